/** Texts that are too large, too deep, no text at all, or small and ask for much: refused in time. */
import { describe, expect, test } from 'vitest';
import { expectRefused, HEAD, MOST, PATIENCE, refused } from './refusing.ts';

describe('JSON', () => {
  test.each([
    ['a trailing comma', '{\n  "netfall": 1,\n}', ['2:15 a comma stands before the closing bracket']],
    ['a trailing comma in a list', '{ "a": [1, 2, ] }', ['1:13 a comma stands before the closing bracket']],
    ['a comment', '{\n  // why not\n}', ['2:3 a key in double quotes is expected, found "/"']],
    ['single quotes', "{ 'a': 1 }", ['1:3 a key in double quotes is expected, found "\'"']],
    ['an end too soon', '{ "a": { "b": [1, {"c": ', ['1:25 a value is expected, the file ends']],
    [
      'a key written twice',
      `${JSON.stringify({ netfall: 1, id: 'x' }).slice(0, -1)}, "id": "y" }`,
      ['1:1 "clock" is missing', '1:1 "title" is missing', '1:24 "id" is written twice, first in line 1'],
    ],
    [
      'a forbidden name',
      '{ "nodes": { "__proto__": { "kind": "router" } } }',
      [
        '1:1 "clock" is missing',
        '1:1 "id" is missing',
        '1:1 "netfall" is missing',
        '1:1 "title" is missing',
        '1:14 nothing may be called __proto__',
      ],
    ],
    ['a list', '[]', ['1:1 a scenario is a map of keys and values']],
    ['words of JavaScript', '{ "a": undefined }', ['1:8 a value is expected, found undefined']],
    ['deep nesting', '['.repeat(2_000_000), ['1:66 values are nested more than 64 deep']],
    ['deep maps', '{"a":'.repeat(500_000), ['1:326 values are nested more than 64 deep']],
    [
      'more values than anybody needs',
      `[${'1,'.repeat(2_100_000)}1]`,
      ['1:4000000 the file holds more than 2000000 values'],
    ],
    ['a text without end', `{ "a": "${'x'.repeat(4_000_000)}`, ['1:8 a text is not closed on its line']],
    ['more than 64 MB', ' '.repeat(64 * 1024 * 1024 + 1), ['1:1 the file is larger than 64 MB']],
  ])('with %s', (_, content, problems) => {
    expectRefused(content, 'x.json', problems);
  });
});

const MB4 = 4 * 1024 * 1024;
const many = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

describe('four megabytes', () => {
  test.each([
    ['of opening brackets', '['.repeat(MB4), ['1:401 brackets are nested more than 400 deep']],
    ['of opening braces', '{'.repeat(MB4), ['1:401 brackets are nested more than 400 deep']],
    ['of maps in maps', '{a: '.repeat(MB4 / 4), ['1:1601 brackets are nested more than 400 deep']],
    ['of lists in lists', '- '.repeat(MB4 / 2), ['1:801 a line holds more than 400 dashes']],
    ['of keys in keys', 'a: '.repeat(MB4 / 3), ['1:1202 a line holds more than 400 dashes']],
    ['of keys of keys', '? '.repeat(MB4 / 2), ['1:801 a line holds more than 400 dashes']],
    ['of one list', `[${'1,'.repeat(MB4 / 2 - 1)}`, ['1:120001 the file is too busy: more than 60000']],
    ['of closed lists', `- ${'[]'.repeat(MB4 / 2 - 1)}`, ['1:60002 the file is too busy: more than 60000']],
    ['of lines', many(299_000, (i) => `k${i}: x\n`), ['30001:7 the file is too busy: more than 60000']],
    ['of empty lines', '\n'.repeat(MB4), ['1:1 the file is empty']],
    ['of empty lines in a value', `a: |\n${'\n'.repeat(MB4 - 5)}`, ['59999:1 the file is too busy']],
    [
      'of steps to the right',
      many(2800, (i) => `${' '.repeat(i)}a:\n`),
      ['402:401 a line is indented by more than 400 blanks'],
    ],
    ['of blanks', `a:${' '.repeat(MB4 - 2)}`, ['1:1 "a" has no value', '1:1 "clock" is missing']],
    ['of a quote', `a: "${'\n'.repeat(50_000)}${'x'.repeat(4_000_000)}`, ['1:4 a quote is not closed']],
    ['of marks and their repetition', many(14_000, () => '- &a *a\n'), ['1:6 this is no YAML']],
    ['and one byte', 'x'.repeat(MB4 + 1), ['1:1 the file is larger than 4 MB']],
  ])('%s', (_, content, beginnings) => {
    const { problems, took } = refused(content, 'x.yaml');
    expect(problems.slice(0, beginnings.length).map((problem, i) => problem.slice(0, beginnings[i]?.length))).toEqual(
      beginnings,
    );
    expect(took).toBeLessThanOrEqual(MOST);
  });
});

describe('what is no text', () => {
  test.each([
    ['a compressed file', '\u001f\u008b\u0008\u0000\u0000', '1:1 this is no text: it holds the control character 31'],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000', '2:1 this is no text: it holds the control character 26'],
    ['a text in 16 bits', 'n\u0000e\u0000t\u0000', '1:2 this is no text: it holds the control character 0'],
    [
      'a bell',
      `${HEAD}nodes: { a: { kind: router, title: "\u0007" } }`,
      '5:37 this is no text: it holds the control character 7',
    ],
  ])('%s', (_, content, problem) => {
    expectRefused(content, 'x.yaml', [problem]);
  });
});

describe('a small file that asks for much', () => {
  const nodes = 'nodes:\n  n.{1..190000}: { kind: router }\n';
  test.each([
    [
      'a hundred thousand refinements of each other',
      `nodes:\n${many(4500, (i) => `  n${i}: { kind: router }\n  n*${i}: { role: x }\n`)}`,
      'this makes too much',
    ],
    [
      'everybody needing anybody',
      'nodes:\n  n.{1..190000}: { kind: router, needs: [ any n.* ] }\n',
      'this makes too much',
    ],
    [
      'everything breaking again and again',
      `${nodes}faults:\n${many(4000, (i) => `  f${i}: { at: 1s, to: n.* }\n`)}`,
      'this makes too much',
    ],
    [
      'a share of everything',
      `${nodes}checkpoints:\n${many(100, (i) => `  c${i}: { share: { up: each n.* } }\n`)}`,
      'this makes too much',
    ],
    ['all patterns there are', `${nodes}views:\n${many(5000, (i) => `  v${i}: "n.*${i}"\n`)}`, 'this makes too much'],
    ['a star for every letter', `${nodes}  "${'*n'.repeat(150)}*": { role: x }\n`, 'there is no node'],
    [
      'journeys in journeys',
      `nodes: { u: { kind: population, does: [ j40 ] } }\njourneys:\n  j0: [ up: u ]\n${many(40, (i) => `  j${i + 1}: [ { works: j${i} }, { works: j${i} } ]\n`)}`,
      'this makes too much',
    ],
    [
      'a chain of conditions for everybody',
      `nodes:\n  n.{1..190000}: { kind: router, needs: [ c18 ] }\nconditions:\n  c0: { reach: n.1 }\n${many(18, (i) => `  c${i + 1}: [ c${i} ]\n`)}`,
      'this makes too much',
    ],
    [
      'variants on variants',
      `nodes:\n${many(3000, (i) => `  n${i}: { kind: router }\n`)}variants:\n${many(2000, (i) => `  v${i}: { title: t${i > 0 ? `, also: [ v${i - 1} ]` : ''}, patch: { nodes: { n${i}: { role: x } } } }\n`)}`,
      'a variant builds on more than 50 others',
    ],
    [
      'ways upon ways',
      'nodes: { t: { kind: team } }\ntasks:\n  "a.{1..1000}": { after: t, ways: { "w{1..1000}": { takes: 1s } } }\n',
      'this makes too much',
    ],
    [
      'thousands of misspelt names',
      `nodes:\n${many(2500, (i) => `  name-of-a-node-${i}: { kind: router, needs: [ nime-of-a-node-${i}, nome-${i} ] }\n`)}`,
      'there is no node or task "nime-of-a-node-0"',
    ],
    [
      'a number of a million digits',
      `nodes: { a: { kind: router, downAfter: "${'1'.repeat(1_000_000)}" } }\n`,
      'expected a time span',
    ],
    [
      'a condition in a condition',
      `nodes: { a: { kind: router, needs: ${'{ not: '.repeat(70)}a${' }'.repeat(70)} } }\n`,
      'values are nested more than 64 deep',
    ],
  ])(
    '%s',
    (_, body, says) => {
      const { problems, took } = refused(HEAD + body, 'x.yaml');
      expect(problems.map((problem) => problem.replace(/^\d+:\d+ /, '').slice(0, says.length))).toContain(says);
      expect(took).toBeLessThanOrEqual(MOST);
    },
    PATIENCE,
  );
});
