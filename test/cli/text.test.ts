/** Text in columns: widths, breaks, tables, and nothing that a terminal would obey. */
import { describe, expect, test } from 'vitest';
import { clean, hang, widthOf, wrap } from '../../sim/cli/text/layout.ts';
import { table } from '../../sim/cli/text/table.ts';

test('how wide a text is', () => {
  expect(widthOf('abc')).toBe(3);
  expect(widthOf('東京')).toBe(4);
  expect(widthOf('e\u0301')).toBe(1);
  expect(widthOf('–·●')).toBe(3);
});

test('what a terminal would obey becomes a dot', () => {
  expect(clean('a\u001b[2Jb\u0007\u202ec\r\n')).toBe('a·[2Jb··c··');
  expect(clean('Zürich – “ok”')).toBe('Zürich – “ok”');
});

describe('wrap', () => {
  test('breaks at blanks, never beyond the width', () => {
    expect(wrap('the quick brown fox', 9)).toEqual(['the quick', 'brown fox']);
    expect(wrap('', 10)).toEqual(['']);
  });
  test('a long word stands alone, or is broken where there must be room', () => {
    expect(wrap('a resolves/public/example.com b', 10)).toEqual(['a', 'resolves/public/example.com', 'b']);
    expect(wrap('resolves/public', 10, true)).toEqual(['resolves/', 'public']);
    for (const line of wrap('x'.repeat(95), 10, true)) expect(line.length).toBeLessThanOrEqual(10);
  });
  test('hangs beside its front', () => {
    expect(hang('12:00  ', 'one two three four five six seven', 30)).toEqual([
      '12:00  one two three four five',
      '       six seven',
    ]);
  });
});

describe('table', () => {
  const plain = (text: string): string => text;
  const rows = [
    [{ text: 'a' }, { text: 'some words that may be wrapped' }, { text: '1,000' }],
    [{ text: 'bb' }, { text: 'few' }, { text: '7' }],
  ];
  const columns = [{ head: 'Id' }, { head: 'Says', wraps: true }, { head: 'N', align: 'right' }] as const;

  test('as wide as its words where there is room', () => {
    expect(table(columns, rows, 80, plain)).toEqual([
      'Id  Says                                N',
      'a   some words that may be wrapped  1,000',
      'bb  few                                 7',
    ]);
  });
  test('wraps what may be wrapped where there is not', () => {
    expect(table(columns, rows, 26, plain)).toEqual([
      'Id  Says                 N',
      'a   some words that  1,000',
      '    may be wrapped',
      'bb  few                  7',
    ]);
  });
  test('a head gives way before texts do, and a number never', () => {
    const wide = [
      { head: 'Says', wraps: true },
      { head: 'How many', align: 'right', wraps: 'head' },
    ] as const;
    const cells = [[{ text: 'some words' }, { text: '1.93 bn' }]];
    expect(table(wide, cells, 19, plain)).toEqual([
      'Says            How',
      '               many',
      'some words  1.93 bn',
    ]);
    expect(table(wide, cells, 14, plain)).toEqual(['Says       How', '          many', 'some   1.93 bn', 'words']);
  });
  test('breaks a word rather than the line', () => {
    const lines = table(
      [{ head: 'Who', wraps: true }, { head: 'N' }],
      [[{ text: 'users.of.the.north' }, { text: '7' }]],
      14,
      plain,
    );
    expect(lines).toEqual(['Who          N', 'users.of.    7', 'the.north']);
  });
  test('breaks no moment: a window at its dots, a claim before it', () => {
    const columns = [{ head: 'Claim', wraps: true }, { head: 'Accepted', wraps: true }, { head: 'Out' }] as const;
    const row = (accept: string) => [[{ text: 'unforeseeable' }, { text: accept }, { text: '15:39:00' }]];
    expect(table(columns, row('(15:41:30.250Z..15:57:30.500Z)'), 38, plain)).toEqual([
      'Claim       Accepted          Out',
      'unforeseea  (15:41:30.250Z..  15:39:00',
      'ble         15:57:30.500Z)',
    ]);
    for (let width = 30; width < 60; width++) {
      const told = table(columns, row('2021-10-01T17:02:00.500Z..2021-10-02T17:02:00.750Z'), width, plain).join('\n');
      expect(told, String(width)).toContain('2021-10-01T17:02:00.500Z..');
      expect(told, String(width)).toContain('2021-10-02T17:02:00.750Z');
    }
  });
});
