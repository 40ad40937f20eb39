/** Numbers as curves: which are told, in what unit, how many at once, and what they are at a moment. */
import { describe, expect, test } from 'vitest';
import { FACTS } from '../../sim/index.ts';
import { joined, most, pointsOf, sum } from '../../viz/frame/curve.ts';
import { curvesOf, fewOf } from '../../viz/frame/numbers.ts';
import { amount } from '../../viz/frame/time.ts';
import { NUMBER_UNIT } from '../../viz/frame/words.ts';
import { worldOf } from '../../viz/frame/world.ts';
import { numberAt, stepAt } from '../../viz/load/board.ts';
import { parse } from '../../viz/load/parse.ts';
import { nodeOf, Sample, sceneOf, textOf } from '../support/sample-trace.ts';
import { largeTrace } from './large.ts';

test('every kind of fact that is a number has a unit', () => {
  const kinds = Object.entries(FACTS).flatMap(([kind, { domain }]) => (domain.is === 'number' ? [kind] : []));
  expect(kinds.filter((kind) => NUMBER_UNIT[kind] === undefined)).toEqual([]);
});

describe('a large run', () => {
  const world = worldOf(parse(largeTrace()).run);
  const curves = curvesOf(world.run, world.manyOf);

  test('tells people first, then each kind of number in turn', () => {
    expect(curves.map(({ label, unit, lines }) => [label, unit, lines.length])).toEqual([
      ['people affected', 'people', 1],
      ['calls', 'calls a minute', 1],
      ['queries public', '× the usual', 1],
      ['queries isp.*', '× the usual', 8],
      ['affected read', 'people', 1],
      ['affected talk', 'people', 1],
    ]);
  });

  test('shows six at most, and none twice, until somebody asks for all', () => {
    expect(fewOf(curves).map(({ label }) => label)).toEqual([
      'people affected',
      'calls',
      'queries public',
      'queries isp.*',
    ]);
    expect(fewOf(Array(9).fill(curves[1])).length).toBe(6);
  });

  test('is at each moment what its facts are', () => {
    const of = (label: string) => curves.find((curve) => curve.label === label)!;
    const { run, boards } = world;
    for (let at = 0; at <= run.length; at += run.length / 37) {
      const board = boards.at(stepAt(run, at));
      const fact = (name: string) => numberAt(run, board, run.facts.index.get(name)!, at);
      expect(of('calls').valueAt(board, at)).toBe(fact('rate/calls'));
      const isps = Array.from({ length: 8 }, (_, i) => fact(`queries/isp.${i + 1}`));
      expect(of('queries isp.*').valueAt(board, at)).toBe(Math.max(...isps));
      expect(of('people affected').valueAt(board, at)).toBe(fact('affected/read') + fact('affected/talk'));
    }
    const peak = of('calls').lines[0]!.find(([, share]) => share === 1)!;
    expect(of('calls').valueAt(boards.at(stepAt(run, peak[0])), peak[0])).toBeCloseTo(900, 6);
  });
});

describe('numbers that no page knew before', () => {
  const nodes = ['web.1', 'web.2', 'web.3', 'db'].map((name) => nodeOf(name, 'service'));
  const sample = new Sample(sceneOf('n', 'n', '2021-10-04T00:00:00Z', 60_000, { nodes }));
  for (const [i, { name }] of nodes.entries()) {
    sample.change(1000 + i * 1000, 'queries', [name], 2 + i, 'now');
    sample.change(20_000, 'affected', [name], 10, 'now');
  }
  const text = textOf(sample.lines()).replaceAll('queries', 'heat').replaceAll('affected', 'troubled');
  const world = worldOf(parse(text).run);

  test('are told by their kind and by what they are of, and those that add up are added', () => {
    const curves = curvesOf(world.run, world.manyOf);
    expect(curves.map(({ label, peak, lines }) => [label, peak, lines.length])).toEqual([
      ['people affected', '40', 1],
      ['heat db', '5', 1],
      ['heat web.*', '4', 3],
      ['troubled db', '10', 1],
      ['troubled web.*', '30', 1],
    ]);
  });
});

describe('curves made one', () => {
  test('bend where one of them bends', () => {
    const up = [
      { at: 0, value: 0 },
      { at: 10, value: 10 },
    ];
    const jump = [
      { at: 0, value: 1 },
      { at: 5, value: 1 },
      { at: 5, value: 4 },
      { at: 10, value: 4 },
    ];
    expect(joined([up, jump], sum)).toEqual([
      { at: 0, value: 1 },
      { at: 5, value: 6 },
      { at: 5, value: 9 },
      { at: 10, value: 14 },
    ]);
    expect(joined([up, jump], most).at(-1)).toEqual({ at: 10, value: 10 });
  });

  test('follow slopes', () => {
    const { run } = worldOf(parse(largeTrace()).run);
    const points = pointsOf(run, run.facts.index.get('rate/calls')!);
    expect(points[0]).toEqual({ at: 0, value: 0 });
    expect(points.at(-1)!.at).toBe(run.length);
    for (let i = 1; i < points.length; i++) expect(points[i]!.at).toBeGreaterThanOrEqual(points[i - 1]!.at);
  });
});

test('amounts read like words', () => {
  expect([
    amount(29.72, '× the usual'),
    amount(4200, 'reports a minute'),
    amount(0.25, 'of them'),
    amount(7, ''),
  ]).toEqual(['29.7 × the usual', '4,200 reports a minute', '25 % of them', '7']);
});
