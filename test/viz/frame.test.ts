/** What is shown at a moment, as marks: states, story, causes, what works, the timeline. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { causesOf, chainOf } from '../../viz/frame/causes.ts';
import { claimMarks, verdictOf } from '../../viz/frame/claims.ts';
import { frames } from '../../viz/frame/frame.ts';
import { lineOf, nowReader } from '../../viz/frame/now.ts';
import { curvesOf } from '../../viz/frame/numbers.ts';
import { reasonOf, reasonText } from '../../viz/frame/reason.ts';
import { scaleOf, ticksOf } from '../../viz/frame/scale.ts';
import { scoreOf } from '../../viz/frame/score.ts';
import { stackOf } from '../../viz/frame/stack.ts';
import { storyFrame } from '../../viz/frame/story.ts';
import { tableOf } from '../../viz/frame/table.ts';
import { clockText, lasting, many, speedsFor } from '../../viz/frame/time.ts';
import { type World, worldOf } from '../../viz/frame/world.ts';
import { stepAt } from '../../viz/load/board.ts';
import { parse } from '../../viz/load/parse.ts';
import { opening } from '../../viz/state/session.ts';
import { realTrace } from '../support/real-trace.ts';
import { chain, nodeOf, Sample, sceneOf, textOf } from '../support/sample-trace.ts';
import { rowThat } from './rows.ts';
import { outage } from './sample-outage.ts';

const small = worldOf(parse(textOf(chain())).run);
const large = worldOf(parse(textOf(outage())).run);
const at = (text: string): number => Date.parse(`2021-10-04T${text}Z`) - large.run.epoch;
const boardAt = (world: World, time: number) => world.boards.at(stepAt(world.run, time));
const status = (world: World, id: string, time: number) =>
  world.statusOf(boardAt(world, time), world.things.byId.get(id)!);
const row = (world: World, says: string) => rowThat(world.run, says);

describe('the state of a part', () => {
  test('down, and why and since when', () => {
    const board = boardAt(small, 230);
    const reason = reasonOf(small.run, board, small.statusOf(board, small.things.byId.get('web')!), true);
    expect(reasonText(reason)).toBe('down since 0.223 s, because api goes down');
    expect(status(small, 'bb', 150)).toMatchObject({ state: 'down', word: 'broken' });
    expect(status(small, 'cdn', 150)).toMatchObject({ state: 'up', word: 'up' });
  });

  test('through the outage', () => {
    const dark = at('15:56:00');
    expect(status(large, 'bb.1.1', dark)).toMatchObject({ state: 'degraded', word: 'drained' });
    expect(status(large, 'dc.1', dark)).toMatchObject({ state: 'unreachable', word: 'cut off' });
    expect(status(large, 'ns.a@pop.3', dark)).toMatchObject({ state: 'unreachable' });
    expect(status(large, 'ris.1', dark)).toMatchObject({ state: 'unreachable', word: 'no route' });
    expect(status(large, 'zone:facebook.com', dark)).toMatchObject({ state: 'down', word: 'SERVFAIL' });
    expect(status(large, 'prefix:ns-a', dark)).toMatchObject({ state: 'down', word: 'no route left' });
    expect(status(large, 'public', dark)).toMatchObject({ state: 'degraded', word: 'SERVFAIL' });
    expect(status(large, 'users', dark)).toMatchObject({ state: 'down', word: 'name not resolved' });
    expect(status(large, 'door', dark)).toMatchObject({ state: 'down', word: 'does not open' });
    expect(status(large, 'audit', 0)).toMatchObject({ state: 'degraded', word: 'has a bug' });
    expect(status(large, 'netops', at('16:00:00'))).toMatchObject({ state: 'up', word: 'at work' });
    expect(status(large, 'meta', dark)).toMatchObject({ state: 'unknown' });
    for (const name of ['dc.1', 'ns.a@pop.3', 'ris.1', 'zone:facebook.com', 'prefix:ns-a', 'users', 'door', 'bb.1.1'])
      expect([name, status(large, name, large.run.length).state]).toEqual([name, 'up']);
  });

  test('the table says it of every part', () => {
    const rows = tableOf(large, boardAt(large, at('15:56:00')), 'door');
    expect(rows.length).toBe(large.things.list.length);
    expect(rows.find(({ id }) => id === 'door')).toMatchObject({
      word: 'does not open',
      since: '15:39:23',
      because: 'dc.1 cannot reach dc.2 over backbone',
      needs: 'dc.1, doors-central',
      selected: true,
    });
  });
});

describe('prefixes', () => {
  const world = worldOf(
    parse(
      realTrace(`
netfall: 1
id: stolen
title: Stolen
clock: { start: 2026-03-02T09:00:00Z, run: 1h }
nodes:
  "{owner,thief,eyes}": { kind: network }
  watch: { kind: tool, standby: true, needs: [ { route: theirs, from: eyes }, { route: half, from: eyes } ] }
links: { up: { from: "{owner,thief}", to: eyes, bgp: buys } }
prefixes:
  theirs: { cidr: 192.0.2.0/24, from: owner }
  half: { cidr: 192.0.2.0/25, from: thief, while: { set: steals } }
faults: { cut: { at: 20m, to: "up:owner~eyes" } }
changes: { steal: { at: 10m, to: thief, effect: { set: steals } } }
`),
    ).run,
  );
  const word = (name: string, minutes: number): [string, string] => {
    const { state, word } = status(world, `prefix:${name}`, minutes * 60_000);
    return [state, word];
  };

  test('that nobody announces yet are no loss; those whose routes are lost are', () => {
    expect([word('half', 5), word('half', 15)]).toEqual([
      ['off', 'not announced'],
      ['up', 'routed'],
    ]);
    expect([word('theirs', 15), word('theirs', 30)]).toEqual([
      ['up', 'routed'],
      ['down', 'no route left'],
    ]);
  });

  test('keep their numbers where like changes are told together', () => {
    expect(['192.0.2.0/24', '129.134.30.12', '2001:db8::/32', 'cable-12'].map(world.manyOf)).toEqual([
      '192.0.2.0/24',
      '129.134.30.12',
      '2001:db8::/32',
      'cable-*',
    ]);
  });
});

describe('what works', () => {
  test('in parts, where nobody does anything', () => {
    expect(nowReader(small.run, small.things, small.statusOf, true)(boardAt(small, 230), 230)).toMatchObject({
      share: '0 of 6',
      what: 'parts are well',
      clock: { main: '0', rest: '.230 s' },
    });
  });

  test('in things people do, and people', () => {
    const read = nowReader(large.run, large.things, large.statusOf, false);
    const now = (time: number) => read(boardAt(large, time), time);
    expect(now(0)).toMatchObject({ share: 'All 9', trouble: false });
    const dark = now(at('16:10:00'));
    expect(dark).toMatchObject({ share: '0 of 9', elapsed: '40 min in', trouble: true });
    expect(dark.more).toEqual(['3.9 billion people affected', 'most see “name not resolved”']);
    expect(lineOf(dark.more, 1000)).toBe('3.9 billion people affected · most see “name not resolved”');
    expect(lineOf(dark.more, 200)).toBe('3.9 billion people affected');
  });

  test('what most see is what most see, not the worst of it', () => {
    const world = worldOf(
      parse(
        realTrace(`
netfall: 1
id: most
title: Most
clock: { start: 2026-03-02T09:00:00Z, run: 1h }
nodes:
  "{ns,ns-too}": { kind: nameserver }
  r.{1..3}: { kind: resolver }
  silent: { kind: resolver, timeout: 20s, patience: 5s }
  users: { kind: population, people: 100, via: { r.*: 90%, silent: 10% }, does: read }
zones: { shop: { nameservers: [ ns, ns-too ], ttl: 5m } }
journeys: { read: [ { resolves: shop } ] }
faults: { off: { at: 10m, to: "{ns,ns-too}" }, dead: { at: 10m, to: silent } }
`),
      ).run,
    );
    const read = nowReader(world.run, world.things, world.statusOf, false);
    const late = 20 * 60_000;
    expect(read(world.boards.at(stepAt(world.run, late)), late).more).toContain('most see “name not resolved”');
  });
});

describe('the story', () => {
  const told = (world: World, time: number) =>
    storyFrame(world.run, world.story, stepAt(world.run, time), time, null, world.brief);

  test('folds like changes and counts how many have happened', () => {
    const line = told(large, at('15:40:00')).lines.find(({ text }) => text === 'pop.* withdraws ns-*')!;
    expect(line).toMatchObject({ tone: 'loss', when: 'past' });
    expect(line.count).toMatch(/^\d+ of 48$/);
    expect(told(large, large.run.length).lines.find(({ text }) => text === 'pop.* withdraws ns-*')).toMatchObject({
      count: '48',
    });
  });

  test('says each single change in its own words, once', () => {
    const { lines } = told(small, 200);
    expect(lines.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['bb breaks', 'auth goes down', 'web comes up']),
    );
    expect(lines.filter(({ kind }) => kind === 'change').length).toBe(26);
  });

  test('a caption comes when all of its moment has happened', () => {
    const inside = storyFrame(small.run, small.story, 1, 100, null, true);
    expect(inside.lines.find(({ kind }) => kind === 'caption')!.when).toBe('future');
    expect(told(small, 100).lines.find(({ when }) => when === 'now')!.text).toMatch(/^The backbone breaks/);
    expect(told(small, 141).lines.find(({ when }) => when === 'now')!.text).toBe('auth goes down');
  });
});

describe('causes', () => {
  test('from the root to the change, with what else it followed from and what it led to', () => {
    const { path, ledTo } = causesOf(small.run, small.manyOf, row(small, 'api goes down'), 27, true, small.tone);
    expect(path.map(({ text, rule }) => `${rule}: ${text}`)).toEqual([
      'as planned: bb breaks',
      'at once: bb goes down',
      'after it had been so for 41 ms: auth goes down',
      'after it had been so for 40 ms: api goes down',
    ]);
    expect(path[3]!.also.map(({ text }) => text)).toEqual(['dns goes down']);
    expect(ledTo.map(({ text }) => text)).toEqual(['web goes down']);
  });

  test('every chain ends in a change that nothing tipped', () => {
    for (let one = 0; one < large.run.changes.count; one++) {
      const chain = chainOf(large.run, one);
      expect(large.run.changes.tipped[chain[0]!]).toBe(-1);
      for (let i = 1; i < chain.length; i++) expect(large.run.changes.tipped[chain[i]!]).toBe(chain[i - 1]);
    }
  });
});

describe('the time scale', () => {
  const { gaps } = large.course;

  test('keeps order, its ends, and every moment that matters out of the stripes', () => {
    for (const width of [120, 366, 1100, 2400]) {
      const scale = scaleOf(large.run.length, gaps, width);
      expect([scale.x(0), scale.x(large.run.length)]).toEqual([0, width]);
      let before = -1;
      for (const time of large.run.changes.at) {
        expect(scale.x(time)).toBeGreaterThanOrEqual(before);
        expect(scale.at(scale.x(time))).toBeCloseTo(time, 0);
        expect(gaps.some((gap) => time > gap.from && time < gap.to)).toBe(false);
        before = scale.x(time);
      }
    }
  });

  test('has round ticks that stand apart', () => {
    for (const width of [290, 1100]) {
      const ticks = ticksOf(scaleOf(large.run.length, gaps, width), large.run.epoch, false);
      ticks.slice(1).forEach((tick, i) => void expect(tick.x - ticks[i]!.x).toBeGreaterThan(55));
      expect([ticks[0]!.label, ticks[ticks.length - 1]!.label]).toEqual(['15:30', '23:30']);
    }
    expect(ticksOf(scaleOf(1200, [], 1000), 0, true).map(({ label }) => label)).toContain('500 ms');
  });

  test('where time runs evenly, nothing is skipped', () => {
    expect(small.course.gaps).toEqual([]);
  });
});

describe('the lanes of the timeline', () => {
  test('a people of several parts fills its bar by its share', () => {
    const span = (from: number, to: number, word: string) => ({
      from,
      to,
      word,
      look: word === 'ok' ? ('ok' as const) : ('service' as const),
      row: 0,
      base: 0,
      share: 1,
    });
    const stack = stackOf([
      { weight: 3, spans: [span(0, 10, 'ok'), span(10, 30, 'refused'), span(30, 50, 'ok')] },
      { weight: 1, spans: [span(0, 10, 'ok'), span(10, 40, 'refused'), span(40, 50, 'ok')] },
    ]);
    expect(stack.map(({ from, to, word, share }) => [from, to, word, share])).toEqual([
      [0, 10, 'ok', 1],
      [10, 30, 'refused', 1],
      [30, 40, 'refused', 0.25],
      [40, 50, 'ok', 1],
    ]);
  });

  test('people who cannot do several things are counted once', () => {
    expect(
      curvesOf(large.run, large.manyOf)
        .slice(0, 2)
        .map(({ label, peak, unit }) => [label, peak, unit]),
    ).toEqual([
      ['people affected', '3.9 billion', 'people'],
      ['complaints', '360 thousand', 'per minute'],
    ]);
  });

  test('people who drop out one by one are a slope, and load and its trips have their places', () => {
    const world = (text: string): World => worldOf(parse(realTrace(text)).run);
    const sessions = world(`netfall: 1
id: sessions
title: Sessions
clock: { start: 2026-03-02T09:00:00Z, run: 6h }
nodes: { identity: { kind: service }, users: { kind: population, people: 1200, does: [ buy ] } }
faults: { crash: { at: 1h, to: identity, for: 1h } }
journeys: { buy: [ { up: identity, session: 3h } ] }
`);
    const [people] = curvesOf(sessions.run, sessions.manyOf);
    const HOUR = 3_600_000;
    expect(people).toMatchObject({ label: 'people affected', peak: '400', unit: 'people' });
    expect(people?.lines[0]?.filter(([when]) => when > 0 && when <= 2 * HOUR)).toEqual([
      [HOUR, 0],
      [2 * HOUR, expect.closeTo(1, 6)],
      [2 * HOUR, 0],
    ]);
    const pattern = readFileSync('scenarios/patterns/all-at-once.yaml', 'utf8');
    const tripped = world(pattern.replace('batches: { value: 4', 'batches: { value: 1'));
    const { facts } = tripped.run;
    for (const [fact, kind] of facts.kinds.entries())
      if (['load', 'overloaded', 'stopped'].includes(kind))
        expect(tripped.things.ofFact[fact]?.id).toBe(facts.subjects[fact]?.[0]);
    expect(status(tripped, 'power', tripped.run.length)).toMatchObject({ state: 'down' });
    const spilled = world(
      readFileSync('scenarios/patterns/spill-over.yaml', 'utf8').replace('value: 18%', 'value: 36%'),
    );
    expect(status(spilled, 'small', HOUR - 1)).toMatchObject({ state: 'up' });
    expect(status(spilled, 'small', 1.5 * HOUR)).toMatchObject({ state: 'degraded', word: 'overloaded' });
  });

  test('checkpoints of one line do not touch', () => {
    const marks = claimMarks(large.run.end!.checkpoints, scaleOf(large.run.length, large.course.gaps, 600), null);
    const ends = new Map<number, number>();
    for (const { line, seen, from, to, simulated } of marks) {
      const all = [seen, from, to, simulated].filter((x) => x !== null);
      expect(Math.min(...all)).toBeGreaterThan(ends.get(line) ?? -Infinity);
      ends.set(line, Math.max(...all));
    }
  });
});

test('the score tells held from fitted, missed and not modelled', () => {
  const { checkpoints } = large.run.end!;
  expect(checkpoints.map(verdictOf)).toEqual([
    'held',
    'held',
    'missed',
    'held',
    'not modelled',
    'fitted',
    'missed',
    'missed',
  ]);
  const score = scoreOf(large.run, 'K04', false);
  expect(score.headline).toBe('3 held · 1 fitted · 3 missed · 1 not modelled');
  expect(score.claims[1]).toMatchObject({
    observed: '15:53:47Z',
    simulated: '15:52:10Z',
    source: 'How Facebook disappeared from the Internet',
    selected: true,
  });
  expect(score.impact.find(({ population }) => population === 'sites')).toMatchObject({
    people: 'unknown',
    minutes: 'unknown',
  });
  expect(scoreOf(small.run, null, true).empty).toContain('nothing to score');
});

test('times and numbers read like words', () => {
  expect([0, 41, 999, 1500, 61_000, 3_600_000, 6_125_000].map((ms) => lasting(ms))).toEqual([
    '0 s',
    '41 ms',
    '999 ms',
    '1.5 s',
    '1 min 1 s',
    '1 h',
    '1 h 42 min',
  ]);
  expect([3, 99_999, 250_000, 1_930_000_000].map(many)).toEqual(['3', '99,999', '250 thousand', '1.9 billion']);
  const epoch = Date.parse('2021-10-04T23:59:00Z');
  expect([clockText(epoch, 59_999, false), clockText(epoch, 60_000, false)]).toEqual(['23:59:59', '+1 day 00:00:00']);
  for (const length of [1200, 28_800_000, 864_000_000]) {
    const { speeds, usual } = speedsFor(length);
    expect(speeds).toContain(usual);
    expect(length / usual).toBeLessThan(120);
  }
});

test('what flaps faster than it should be seen is told with a count, while it plays', () => {
  const sample = new Sample(sceneOf('f', 'f', '2021-10-04T00:00:00Z', 60_000, { nodes: [nodeOf('shaky', 'service')] }));
  for (let i = 0; i < 40; i++) sample.change(1000 + i * 100, 'up', ['shaky'], i % 2 === 1, 'schedule');
  const world = worldOf(parse(textOf(sample.lines())).run);
  const size = { picture: { width: 800, height: 400, zoom: 1 }, timeline: 900, notes: 400, narrow: false };
  const at = { ...opening(1000), moment: { at: 3000, step: stepAt(world.run, 3000) } };
  const card = (session: typeof at) => frames(world)(session, size).picture.cards[0]!;
  expect(card(at)).toMatchObject({ state: 'down', word: 'down' });
  expect(card({ ...at, playing: true })).toMatchObject({ state: 'degraded', word: 'flapping 10×' });
  expect(card({ ...at, playing: true, speed: 100 })).toMatchObject({ state: 'down' });
});
