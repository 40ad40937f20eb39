/** Reading a trace: what is kept, what is refused with which sentence, and that every moment is the same however it is reached. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBoards, numberAt, stepAt } from '../../viz/load/board.ts';
import { traceUrl } from '../../viz/load/fetch.ts';
import { parse } from '../../viz/load/parse.ts';
import { slice, valueAs } from '../../viz/load/run.ts';
import { chain, Sample, sceneOf, textOf } from '../support/sample-trace.ts';
import { rowThat } from './rows.ts';
import { outage } from './sample-outage.ts';

const read = (text: string) => parse(text).run;
const lines = (text: string) => text.trimEnd().split('\n');

describe('a sound trace', () => {
  const run = read(textOf(chain()));

  test('keeps changes, causes and captions', () => {
    expect(run.changes.count).toBe(26);
    expect(run.captions.map(({ at, step }) => [at, step])).toEqual([
      [100, 2],
      [192, 6],
      [730, 19],
    ]);
    const web = rowThat(run, 'web goes down');
    expect([...slice(run.changes.because, web)].map((row) => run.changes.says(row))).toEqual([
      'api goes down',
      'cdn goes down',
    ]);
    expect([...slice(run.changes.ledTo, run.changes.tipped[web]!)]).toContain(web);
  });

  test('leaves out claims, which only serve the score', () => {
    const text = textOf(chain());
    const [start = '', ...rest] = lines(text);
    const claim = {
      line: 'change',
      id: 99,
      at: 0,
      phase: 0,
      round: 0,
      fact: 'claim/K1',
      from: false,
      to: true,
      by: 'watch',
      rule: 'now',
      tipped: null,
      because: [],
      says: 'K1: so',
      watched: true,
    };
    expect(read([start, JSON.stringify(claim), ...rest].join('\n')).changes.count).toBe(26);
  });

  test('takes a fact that only a change speaks of', () => {
    const [start = '', ...rest] = lines(textOf(chain()));
    const bare = JSON.stringify({ ...JSON.parse(start), facts: [] });
    const run = read([bare, ...rest].join('\n'));
    expect(run.facts.kinds[run.facts.index.get('up/web')!]).toBe('up');
    expect(run.facts.subjects[run.facts.index.get('up/web')!]).toEqual(['web']);
  });
});

describe('a trace that is not sound', () => {
  const good = lines(textOf(chain()));
  const start = JSON.parse(good[0] as string);
  test.each([
    ['empty', '', 'Line 1 is empty.'],
    ['another kind of file', '<!doctype html>', 'Line 1 is not JSON.'],
    ['JSON, but no trace', '{"a":1}', 'Line 1 does not say which line of a trace it is.'],
    ['no start', good.slice(1).join('\n'), 'Line 1 is not the start of a trace.'],
    ['a later format', JSON.stringify({ ...start, format: 7 }), 'It says format 7; this page reads format 1.'],
    [
      'no nodes',
      JSON.stringify({ ...start, scenario: { ...start.scenario, nodes: null } }),
      'Line 1 lacks a part of the scenario.',
    ],
    [
      'a node without its needs',
      JSON.stringify({ ...start, scenario: { ...start.scenario, nodes: [{ name: 'x', kind: 'service' }] } }),
      'Line 1 has a part without a name, a kind or its needs.',
    ],
    [
      'a task whose needs are none',
      JSON.stringify({
        ...start,
        scenario: { ...start.scenario, tasks: [{ name: 'x', teams: [], needs: { all: 1 } }] },
      }),
      'Line 1 has a task whose teams or needs cannot be read.',
    ],
    [
      'needs without an end',
      JSON.stringify({
        ...start,
        scenario: {
          ...start.scenario,
          tasks: [
            {
              name: 'x',
              teams: [],
              needs: Array(99)
                .fill(0)
                .reduce((not) => ({ not }), { fact: 'up/web', says: 'web' }),
            },
          ],
        },
      }),
      'Line 1 has a task whose teams or needs cannot be read.',
    ],
    [
      'a title that is no text',
      JSON.stringify({ ...start, scenario: { ...start.scenario, titles: [{ name: 'x', title: 7 }] } }),
      'Line 1 has a title that is none.',
    ],
    [
      'no clock',
      JSON.stringify({ ...start, scenario: { ...start.scenario, start: 'soon' } }),
      'Line 1 does not say when the run starts.',
    ],
    ['a broken line in the middle', [good[0], '{"line":', ...good.slice(1)].join('\n'), 'Line 2 is not JSON.'],
    [
      'time that runs back',
      [good[0], good[9], good[2]].join('\n'),
      'Line 3 is a change that is not in the order of time.',
    ],
  ])('%s: says so', (_, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  test('cut off: shown up to there, with a warning', () => {
    const { run, warning } = parse(good.slice(0, 8).join('\n').slice(0, -20));
    expect(run.changes.count).toBe(5);
    expect(run.end).toBeNull();
    expect(warning).toContain('breaks off in line 8');
    expect(parse(good.slice(0, 8).join('\n')).warning).toContain('without its end line');
  });

  test('from elsewhere: not fetched', () => {
    expect(traceUrl('http://127.0.0.1:1/?trace=other.jsonl').href).toBe('http://127.0.0.1:1/other.jsonl');
    expect(() => traceUrl('http://127.0.0.1:1/?trace=https://example.org/x')).toThrow('lies on another server');
    expect(() => traceUrl('http://127.0.0.1:1/?trace=data:,x')).toThrow('lies on another server');
  });
});

describe('the board', () => {
  const run = read(textOf(outage()));
  const slow = (step: number) => {
    const value = run.facts.initial.slice();
    const last = new Int32Array(run.facts.count).fill(-1);
    for (let row = 0; row < step; row++) {
      value[run.changes.fact[row]!] = run.changes.to[row]!;
      last[run.changes.fact[row]!] = row;
    }
    return { value, last };
  };

  test('is the same at a moment, however it was reached', () => {
    const boards = createBoards(run);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: run.changes.count }), { minLength: 1, maxLength: 12 }),
        (steps) => {
          for (const step of steps) {
            const { value, last } = boards.at(step);
            const wanted = slow(step);
            expect([...value]).toEqual([...wanted.value]);
            expect([...last]).toEqual([...wanted.last]);
          }
        },
      ),
      { numRuns: 60, seed: 4102021 },
    );
  });

  test('starts from what each change says it was before', () => {
    for (let row = 0; row < run.changes.count; row++)
      expect(slow(row).value[run.changes.fact[row]!]).toBe(run.changes.from[row]);
  });

  test('reads numbers between their breaks', () => {
    const sample = new Sample(sceneOf('n', 'n', '2021-10-04T00:00:00Z', 600_000));
    sample.change(60_000, 'rate', ['r'], 10, 'schedule', [], 30);
    const run = read(textOf(sample.lines()));
    const board = createBoards(run).at(1);
    expect(numberAt(run, board, 0, 60_000)).toBe(10);
    expect(numberAt(run, board, 0, 180_000)).toBe(70);
    expect(valueAs(run, 0, 3)).toBe(3);
  });

  test('counts the changes of an instant together', () => {
    const chained = read(textOf(chain()));
    expect([stepAt(chained, 99), stepAt(chained, 100), stepAt(chained, 140), stepAt(chained, 1200)]).toEqual([
      0, 2, 2, 26,
    ]);
  });
});

test('the run that the page brings along can be read whole', () => {
  const { run, warning } = parse(
    gunzipSync(
      readFileSync(fileURLToPath(new URL('../../dist/page/facebook-2021.jsonl.gz', import.meta.url))),
    ).toString(),
  );
  expect(warning).toBeNull();
  expect(run.scene.id).toBe('facebook-2021');
});
