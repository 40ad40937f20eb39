/** Two runs beside each other: where they part, and what became of each trouble, on made-up pairs and on real ones. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Class, changesOf } from '../../viz/frame/classes.ts';
import { compare, compareText } from '../../viz/frame/compare.ts';
import { contrastOf } from '../../viz/frame/contrast.ts';
import { divergenceOf } from '../../viz/frame/differ.ts';
import { minutesUnder } from '../../viz/frame/figures.ts';
import { type Spell, spellsOf } from '../../viz/frame/spells.ts';
import { type World, worldOf } from '../../viz/frame/world.ts';
import { stepAt } from '../../viz/load/board.ts';
import { parse } from '../../viz/load/parse.ts';
import { chain, textOf } from '../support/sample-trace.ts';
import { runOf, runOfSimulation, scenarioText, simulated } from './real-run.ts';
import { rowThat } from './rows.ts';

const GRAIN = 10;
/** `100-200`: stopped all that time; `100-200/30`: for 30 of it. */
const spells = (text: string): Spell[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((one) => {
      const [from = 0, to = 0, deep = to - from] = one.split(/[-/]/).map(Number);
      return { from, to, deep, word: 'down' };
    });
const classes = (ours: string, theirs: string): Class[] =>
  changesOf(spells(ours), spells(theirs), GRAIN).map(({ as }) => as);

describe('what became of a trouble', () => {
  test.each([
    ['fixed', '', '100-200', ['fixed']],
    ['new', '100-200', '', ['new']],
    ['the same, but for less than the grain', '105-195', '100-200', []],
    ['longer is worse', '100-300', '100-200', ['worsened']],
    ['stopped for longer is worse, however short', '100-150/50', '100-200/20', ['worsened']],
    ['as long, and stopped for less, is eased', '100-200/20', '100-200/80', ['eased']],
    ['over sooner is eased', '100-150', '100-200', ['eased']],
    ['begins later, as long', '150-250', '100-200', ['delayed']],
    ['begins later, and is shorter', '150-200', '100-200', ['delayed']],
    ['begins later, and is longer: worse comes first', '150-400', '100-200', ['worsened']],
    ['begins sooner, as long', '50-150', '100-200', ['sooner']],
    ['far later: matched by order where nothing overlaps', '900-1000', '100-200', ['delayed']],
    ['far sooner', '100-200', '900-1000', ['sooner']],
    ['the second of two is gone', '100-200', '100-200 500-600', ['fixed']],
    ['the first of two is gone, the second overlaps', '500-600', '100-200 500-600', ['fixed']],
    ['one more', '100-200 500-600', '100-200', ['new']],
    ['one in two pieces is one trouble', '100-150 180-200', '100-200', ['eased']],
    ['two made one', '100-600', '100-200 500-600', ['worsened']],
    ['order holds on both sides of a match', '50-80 500-600 800-950', '10-40 500-600 700-790', ['delayed', 'worsened']],
  ] satisfies [string, string, string, Class[]][])('%s', (_, ours, theirs, expected) => {
    expect(classes(ours, theirs)).toEqual(expected);
  });

  const list = fc
    .uniqueArray(fc.integer({ min: 0, max: 2000 }), { maxLength: 16 })
    .map((borders) => borders.sort((a, b) => a - b))
    .map((borders) =>
      borders.flatMap((from, i): Spell[] =>
        i % 2 === 0 && borders[i + 1] !== undefined
          ? [{ from, to: borders[i + 1] as number, deep: ((borders[i + 1] as number) - from) / 2, word: 'down' }]
          : [],
      ),
    );
  test('of two runs seen from either side: new and fixed, delayed and sooner, worsened and eased trade places or stay', () => {
    fc.assert(
      fc.property(list, list, (ours, theirs) => {
        const [one, other] = [changesOf(ours, theirs, 0), changesOf(theirs, ours, 0)];
        const count = (all: typeof one, ...as: Class[]) => all.filter((each) => as.includes(each.as)).length;
        expect(count(one, 'new')).toBe(count(other, 'fixed'));
        expect(count(one, 'fixed')).toBe(count(other, 'new'));
        expect(count(one, 'worsened')).toBeLessThanOrEqual(count(other, 'eased', 'delayed'));
        expect(one.length).toBe(other.length);
        expect(changesOf(ours, ours, 0)).toEqual([]);
        // No spell is lost and none is told twice.
        const told = (all: typeof one, side: 'ours' | 'theirs') =>
          all.reduce((sum, each) => sum + (each[side]?.spells ?? 0), 0);
        expect(told(one, 'ours')).toBeLessThanOrEqual(ours.length);
        expect(told(one, 'theirs')).toBeLessThanOrEqual(theirs.length);
      }),
      { seed: 4102021 },
    );
  });
});

test('spells: what is shorter than the grain is none, nor is a break in one', () => {
  const turn = (at: number, depth: 0 | 1 | 2, word: string) => ({ at, depth, word, bad: depth });
  expect(
    spellsOf(
      [
        turn(0, 0, 'up'),
        turn(100, 1, 'degraded'),
        turn(150, 2, 'down'),
        turn(200, 0, 'up'),
        turn(205, 1, 'degraded'),
        turn(300, 0, 'up'),
        turn(400, 2, 'down'),
        turn(404, 0, 'up'),
        turn(990, 2, 'down'),
      ],
      1000,
      10,
    ),
  ).toEqual([
    { from: 100, to: 300, deep: 50, word: 'down' },
    { from: 990, to: 1000, deep: 10, word: 'down' },
  ]);
});

test('the area under a curve', () => {
  const points = [
    { at: 0, value: 0 },
    { at: 60_000, value: 0 },
    { at: 60_000, value: 100 },
    { at: 120_000, value: 100 },
    { at: 180_000, value: 0 },
  ];
  expect(minutesUnder(points)).toBe(150);
});

const text = textOf(chain());
const small = worldOf(parse(text).run);
const changed = (from: string, to: string): World => worldOf(parse(text.replaceAll(from, to)).run);

describe('where two runs part', () => {
  test('nowhere, with themselves', () => {
    expect(divergenceOf(small.run, parse(text).run)).toBeNull();
    expect(compare(small, worldOf(parse(text).run))).toMatchObject({ list: [], parts: null });
  });

  test('at the start, where something is not as it was', () => {
    const other = parse(
      text.replace(
        '"fact":"up/web","kind":"up","subjects":["web"],"value":true',
        '"fact":"up/web","kind":"up","subjects":["web"],"value":false',
      ),
    ).run;
    expect(divergenceOf(other, small.run)).toEqual({
      at: 0,
      fact: 'up/web',
      ours: { value: false, row: -1 },
      theirs: { value: true, row: -1 },
    });
  });

  test('where one ends before the other', () => {
    const lines = text.trimEnd().split('\n');
    const cut = parse(lines.slice(0, 8).join('\n')).run;
    const found = divergenceOf(cut, small.run);
    expect(found?.at).toBe(small.run.changes.at[cut.changes.count]);
    expect(found?.theirs.row).toBe(cut.changes.count);
  });

  test('what one alone speaks of counts only when it changes', () => {
    const other = changed('"fact":"up/web"', '"fact":"up/www"');
    const row = rowThat(small.run, 'web goes down');
    expect(divergenceOf(small.run, other.run)).toEqual({
      at: small.run.changes.at[row],
      fact: 'up/web',
      ours: { value: false, row },
      theirs: { value: null, row: -1 },
    });
  });
});

describe('a pattern and its variant', () => {
  const file = 'patterns/tool-needs-what-it-repairs';
  const base = worldOf(runOf(scenarioText(file)));
  const freed = worldOf(runOf(scenarioText(file), { variant: 'on-site' }));

  test('the variant is back at 10:25: its troubles are eased, and the numbers say so', () => {
    const comparison = compare(freed, base);
    expect(comparison.counts).toMatchObject({ new: 0, worsened: 0, delayed: 0, fixed: 0 });
    expect(comparison.counts.eased).toBeGreaterThanOrEqual(3);
    const { lines, numbers, parts } = compareText(comparison, ['On site', 'As it was']);
    expect(lines.find(({ label }) => label === 'network')).toMatchObject({
      as: 'eased',
      ours: '09:10:00 to 10:25:00, 1 h 15 min: off',
      theirs: '09:10:00 to the end, 7 h 50 min: off',
      by: '6 h 35 min less',
    });
    expect(numbers.find(({ label }) => label === 'last trouble over')).toEqual({
      label: 'last trouble over',
      ours: '10:25:00',
      theirs: 'not over',
      better: 'ours',
    });
    expect(parts?.time).toMatch(/^09:[34]0:00$/);
    // Seen from the other side the same troubles are worse.
    expect(compare(base, freed).counts.worsened).toBe(comparison.counts.eased);
  });

  test('at a moment, each part that is better here', () => {
    const at = 2 * 3_600_000;
    const cards = freed.things.list.map((thing) => ({
      id: thing.id,
      kind: 'one' as const,
      lane: thing.lane,
      label: thing.name,
      fold: null,
      block: null,
      things: [thing],
      width: 100,
      height: 33,
    }));
    const before = contrastOf(freed, freed.boards.at(stepAt(freed.run, 600_001)), base, 600_001, cards);
    expect(before).toMatchObject({ better: 0, worse: 0, other: 0, cards: [], ended: false });
    const after = contrastOf(freed, freed.boards.at(stepAt(freed.run, at)), base, at, cards);
    expect(after.cards.map(({ card, side }) => `${card} ${side}`)).toEqual(
      expect.arrayContaining(['network better', 'names better', 'log-in better']),
    );
    expect(after.worse).toBe(0);
  });

  test('a moment beyond the end of the other run is compared with its end', () => {
    expect(contrastOf(base, base.boards.at(0), freed, freed.run.length + 1, []).ended).toBe(true);
  });
});

test('of the flagship and its variant without the bug everything is fixed, and nothing is new', () => {
  const flagship = scenarioText('outages/facebook-2021');
  const simulation = simulated(flagship);
  const [base, other] = [worldOf(runOfSimulation(simulation)), worldOf(runOf(flagship, { variant: 'audit-works' }))];
  const { counts, figures, parts } = compare(other, base);
  expect(counts).toMatchObject({ new: 0, worsened: 0, delayed: 0, sooner: 0, eased: 0 });
  expect(counts.fixed).toBeGreaterThan(500);
  expect(figures[0]).toMatchObject({ userMinutes: 0, over: 'none', firstTrouble: null });
  expect(parts).toMatchObject({ at: 0, ours: { row: -1 }, theirs: { row: -1 } });
  // The people's minutes of the page are those of the simulator.
  expect((figures[1].userMinutes ?? 0) / (simulation.troubled ?? 1)).toBeCloseTo(1, 4);
});
