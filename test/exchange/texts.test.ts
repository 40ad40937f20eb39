/** Tables and the draft of a review: nothing in a name becomes a formula, a cell of its own, or markup. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inline, table } from '../../sim/exchange/markdown.ts';
import { accountOf, type Cell, changesGrid, csvLines, jsonGrid, review } from '../../sim/index.ts';
import { named, shipped, simulated } from './runs.ts';

/** Reads CSV as RFC 4180 has it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain as string) : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.slice(0, -1);
}

describe('CSV', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\r=1', 'a,b', '"', 'a\r\nb', ''),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );

  test('is read as it was written, and begins no formula', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (rows: Cell[][]) => {
        const text = [...csvLines({ columns: ['a', 'b'], rows })].join('');
        const read = readCsv(text);
        expect(read[0]).toEqual(['a', 'b']);
        expect(read.length).toBe(rows.length + 1);
        for (const [i, row] of rows.entries()) {
          for (const [k, one] of row.entries()) {
            const got = read[i + 1]?.[k] as string;
            if (typeof one !== 'string') {
              expect(got).toBe(one === null ? '' : String(one));
              continue;
            }
            expect(got === one || got === `'${one}`).toBe(true);
            expect(got).not.toMatch(/^\s*[=+\-@]/);
          }
        }
      }),
      { seed: 4102021 },
    );
  });

  test('a number stays one, even below zero', () => {
    expect([...csvLines({ columns: ['n'], rows: [[-5], ['-5']] })].join('')).toBe("n\r\n-5\r\n'-5\r\n");
  });
});

test('a table as JSON holds each row by its columns, and what it is of', () => {
  const grid = {
    columns: ['a', 'b'],
    rows: [
      [1, '</script>'],
      [null, true],
    ],
  };
  expect(JSON.parse([...jsonGrid(grid, { title: 'x', rows: 'no' })].join(''))).toEqual({
    title: 'x',
    rows: [
      { a: 1, b: '</script>' },
      { a: null, b: true },
    ],
  });
  expect(JSON.parse([...jsonGrid({ ...grid, rows: [] }, { title: ']' })].join(''))).toEqual({ title: ']', rows: [] });
});

test('every change is in the table, with what tipped it', () => {
  const account = accountOf(simulated(named('web')));
  const rows = [...changesGrid(account).rows];
  expect(rows.length).toBe(account.count);
  expect(rows[0]?.slice(1, 8)).toEqual([
    600_000,
    '2025-03-01T09:10:00.000Z',
    'fault',
    'fault/r',
    false,
    true,
    'r breaks',
  ]);
  const down = rows.find(([, , , , fact]) => fact === 'up/s');
  expect(down?.slice(7, 10)).toEqual(['s goes down', 'r goes down', 2]);
});

describe('Markdown', () => {
  test('a text is itself: no markup, no cell, no line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = inline(text);
        expect(written).not.toMatch(/[\n\r\u2028\u2029\u202e]/);
        // Without what is escaped, nothing is left that means something.
        expect(written.replace(/\\[\\|`*_<>[\]#~$!]|&amp;/g, '')).not.toMatch(/[|`*_<>[\]#~$!&\\]/);
        expect(table(['a', 'b'], [[text, 'x']]).split('\n').length).toBe(3);
      }),
      { seed: 4102021 },
    );
  });

  test('of a run with a hostile name', () => {
    const text = review(simulated(named('<img src=x onerror=alert(1)>|[a](javascript:b)')));
    expect(text).not.toMatch(/(?<!\\)[<>]/);
    expect(text).not.toMatch(/(?<!\\)\]\(/);
    for (const line of text.split('\n').filter((one) => one.startsWith('| ')))
      expect([4, 5, 9]).toContain(line.match(/(?<!\\)\|/g)?.length);
  });

  test('of the flagship tells what began it, who was hit, what held, and what to ask', () => {
    const text = review(simulated(shipped('outages/facebook-2021')));
    expect(text.match(/^## .*$/gm)).toEqual([
      '## Summary',
      '## Impact',
      '## Timeline',
      '## What held, and what did not',
      '## Checkpoints',
      '## Open questions',
    ]);
    expect(text).toContain(
      'At 15:38:30 the check of drain-all is broken and lets it through. 5,591 of the 5,592 changes',
    );
    expect(text).toMatch(/had everything back at 22:44:02\. Together they lost 1\.08 trillion user-minutes/);
    expect(text).toContain('| 15:39:00 | **Every data center is cut off from every other, and from the world.');
    expect(text).toMatch(/\| log in at work works again .* \| sso comes up \|/);
    expect(text).toContain('- [ ] repair.from-afar waited 4h10m in all.');
  });

  test('of a run in which nothing happens says so', () => {
    const text = review(simulated(named('web').replace(/faults:\n.*\n/, '')));
    expect(text).toContain('Nothing changed in this run.');
    expect(text).toContain('Nobody was hit.');
  });
});
