import { describe, expect, test } from 'vitest';
import type { Problem } from '../../sim/model/problems.ts';
import { readSource } from '../../sim/model/source.ts';
import { pathOf, plainOf, type Tree, under } from '../../sim/model/tree.ts';

const tree = (text: string, file = 'a.yaml') => {
  const found: Problem[] = [];
  const root = readSource(text, file, found);
  return { root, problems: found.map(({ place: { line, column }, says }) => `${line}:${column} ${says}`) };
};
const read = (text: string, file = 'a.yaml') => {
  const { root, problems } = tree(text, file);
  return root && problems.length === 0 ? plainOf(root) : problems;
};
const rootOf = (text: string, file = 'a.yaml') => tree(text, file).root ?? undefined;
const place = (tree: Tree | undefined) => {
  const { line, column } = (tree as Tree).at.source.place((tree as Tree).at.offset);
  return `${line}:${column} ${pathOf((tree as Tree).at)}`;
};

describe('YAML', () => {
  test('keeps the place and the path of every value', () => {
    const result = rootOf('a: 1\nb:\n  - x\n  - { c: [ y, z ] }\n', 'a.yaml');
    const list = under(result, 'b') as Extract<Tree, { is: 'list' }>;
    expect(place(list.items[0])).toBe('3:5 b[0]');
    expect(place((under(list.items[1], 'c') as Extract<Tree, { is: 'list' }>).items[1])).toBe('4:15 b[1].c[1]');
  });

  test('is YAML 1.2: yes, on and 1:30 are texts', () => {
    expect(read('a: yes\nb: on\nc: 1:30\nd: 0o17\ne: 15:39Z')).toEqual({
      a: 'yes',
      b: 'on',
      c: '1:30',
      d: 15,
      e: '15:39Z',
    });
  });

  test('takes numbers and words as keys for texts', () => {
    expect(read('1: a\ntrue: b\n1.50: c')).toEqual({ 1: 'a', true: 'b', '1.50': 'c' });
  });

  test('reads Windows line ends and a byte order mark', () => {
    expect(read('\ufeffa: 1\r\nb: 2\r\n')).toEqual({ a: 1, b: 2 });
    expect(read('\ufeffa: 1\r\na: 2\r\n')).toEqual(['2:1 "a" is written twice, first in line 1']);
  });

  test('repeats what an alias stands for, at the place of the alias', () => {
    const result = rootOf('a: &x { k: [ 1 ] }\nb: *x\n', 'a.yaml');
    expect(plainOf(result as Tree)).toEqual({ a: { k: [1] }, b: { k: [1] } });
    expect(place(under(under(result, 'b'), 'k'))).toBe('2:4 b.k');
  });

  test('says every line that is no YAML', () => {
    expect(read('a: "x\nb: 1\n')).toHaveLength(1);
    expect(read('a: 1\n\tb: 2\n')).toEqual([expect.stringMatching(/^2:1 .*tab/)]);
  });
});

describe('JSON', () => {
  test('keeps places', () => {
    const result = rootOf('{\n  "a": [1, {"b": "x\\u0041"}]\n}', 'a.json');
    expect(plainOf(result as Tree)).toEqual({ a: [1, { b: 'xA' }] });
    const list = under(result, 'a') as Extract<Tree, { is: 'list' }>;
    expect(place(under(list.items[1], 'b'))).toBe('2:18 a[1].b');
  });

  test.each([
    ['{"a": 1,}', '1:8 a comma stands before the closing bracket'],
    ['{"a": 1, "a": 2}', '1:10 "a" is written twice, first in line 1'],
    ['{"a": nope}', '1:7 a value is expected, found nope'],
    ['{"a": "x', '1:7 a text is not closed on its line, or holds a character that must be escaped'],
    ['{"a": 1} 2', '1:10 something follows after the end of the document'],
    ['{a: 1}', '1:2 a key in double quotes is expected, found "a"'],
    ['{"a": 01}', '1:7 a value is expected, found 01'],
    ['{"a": 1e999}', '1:7 1e999 is not a number one can count with'],
    ['{"__proto__": 1}', '1:2 nothing may be called __proto__'],
  ])('%s', (text, problem) => {
    expect(read(text, 'a.json')).toEqual([problem]);
  });

  test('takes a network too large for YAML in its stride', () => {
    const links = Array.from({ length: 20_000 }, (_, i) => `"l${i}": {"from": "a", "to": "b"}`).join(',\n');
    expect(Object.keys((read(`{"links": {${links}}}`, 'a.json') as { links: object }).links)).toHaveLength(20_000);
  });
});
