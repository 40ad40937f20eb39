/** What tasks wait for, how they and others are called, and what a checkpoint tells: as marks of the timeline, from runs of the simulator. */
import { describe, expect, test } from 'vitest';
import { nextStop } from '../../viz/control/walk-lanes.ts';
import { claimMarks, verdictsOf } from '../../viz/frame/claims.ts';
import { compare } from '../../viz/frame/compare.ts';
import { contrastOf } from '../../viz/frame/contrast.ts';
import { endsOf } from '../../viz/frame/ends.ts';
import { frames } from '../../viz/frame/frame.ts';
import { pointedOf, speaksOf } from '../../viz/frame/pointed.ts';
import { scaleOf } from '../../viz/frame/scale.ts';
import { tagsOf } from '../../viz/frame/tags.ts';
import { timelineOf } from '../../viz/frame/timeline.ts';
import { type World, worldOf } from '../../viz/frame/world.ts';
import { stepAt } from '../../viz/load/board.ts';
import { parse } from '../../viz/load/parse.ts';
import { opening } from '../../viz/state/session.ts';
import { nodeOf, Sample, sceneOf, textOf } from '../support/sample-trace.ts';
import { runOf, scenarioText } from './real-run.ts';
import { rowThat } from './rows.ts';

const MINUTE = 60_000;

const made = (tasks: string, faults: string, more = ''): World =>
  worldOf(
    runOf(`netfall: 1
id: waits
title: Waits
clock: { start: 2026-03-02T09:00:00Z, run: 1h }
nodes:
  "{x,y,z}": { kind: service }
  key: { kind: tool, title: the master key }
  "{tool,car}": { kind: tool }
  crew: { kind: team }
  edge: { kind: pop }
faults: { ${faults} }
tasks:
${tasks}
${more}`),
  );
/** Each stretch of a task's lane, as `from–to word`, in minutes. */
const told = (world: World, task: string): string[] =>
  world.rows
    .find(({ id }) => id === `task:${task}`)!
    .spans.map(({ from, to, word }) => `${from / MINUTE}–${to / MINUTE} ${word}`);
const span = (world: World, task: string, i: number) => world.rows.find(({ id }) => id === `task:${task}`)!.spans[i]!;

describe('a task waits for', () => {
  test('what it needs and has not, by its title, until that is there', () => {
    const world = made(
      '  fix: { team: crew, after: { not: x }, needs: key, takes: 5m }',
      'f: { at: 1m, to: x }, g: { at: 30s, to: key, until: 3m }',
    );
    expect(told(world, 'fix')).toEqual(['1–3 waits for the master key', '3–8 at work', '8–60 done']);
    expect(span(world, 'fix', 0)).toMatchObject({
      called: true,
      leads: rowThat(world.run, 'work on fix begins'),
      told: 'waits for the master key; then work on fix begins, because key comes up',
    });
    expect(span(world, 'fix', 1)).toMatchObject({ called: false, told: 'crew at work; then fix is done' });
    expect(world.run.changes.says(span(world, 'fix', 1).leads!)).toBe('fix is done');
  });

  test('one of several, or all of them; and only for what is still missing', () => {
    const needs = 'needs: [ key, { any: [ tool, car ] } ]';
    const world = made(
      `  fix: { team: crew, after: { not: x }, ${needs}, takes: 5m }`,
      'f: { at: 1m, to: x }, g: { at: 30s, to: [ key, tool, car ], until: 3m }, h: { at: 2m, to: [ tool, car ], until: 9m }',
    );
    expect(told(world, 'fix').slice(0, 3)).toEqual([
      '1–3 waits for the master key and (tool or car)',
      '3–9 waits for tool or car',
      '9–14 at work',
    ]);
    // Where it comes to lack less, the change that made it so is where a click leads.
    expect(world.run.changes.says(span(world, 'fix', 0).leads!)).toBe('key comes up');
  });

  test('a free hand, and tells who has it', () => {
    const world = made(
      '  first: { team: crew, after: { not: x }, takes: 5m }\n  second: { team: crew, after: { not: y }, takes: 5m }',
      'f: { at: 1m, to: x }, g: { at: 2m, to: y }',
    );
    expect(told(world, 'second').slice(0, 2)).toEqual([
      '2–6 waits for a free hand of crew, at work on first',
      '6–11 at work',
    ]);
  });

  test('one of its ways, each with what that waits for', () => {
    const world = made(
      '  fix: { after: { not: x }, ways: { near: { team: crew, needs: key, takes: 5m }, far: { team: crew, needs: car, takes: 5m } } }',
      'f: { at: 1m, to: x }, g: { at: 30s, to: [ key, car ], until: 3m }',
    );
    expect(told(world, 'fix')[0]).toBe('1–3 waits for one of its ways');
    expect(span(world, 'fix', 0).told).toMatch(/^waits for far \(for car\) or near \(for the master key\); then /);
    expect(told(world, 'fix.near').at(-1)).toMatch(/ called off$/);
  });

  test('what it lost while it was at work', () => {
    const world = made(
      '  fix: { team: crew, after: { not: x }, needs: key, takes: 5m }',
      'f: { at: 1m, to: x }, g: { at: 3m, to: key, until: 4m }',
    );
    expect(told(world, 'fix').slice(0, 3)).toEqual([
      '1–3 at work',
      '3–4 interrupted, waits for the master key',
      '4–7 at work',
    ]);
  });

  test('ever: the click leads to where it began', () => {
    const world = made(
      '  fix: { team: crew, after: { not: x }, needs: key, takes: 5m }',
      'f: { at: 1m, to: x }, g: { at: 30s, to: key }',
    );
    expect(told(world, 'fix')).toEqual(['1–60 waits for the master key']);
    expect(span(world, 'fix', 0)).toMatchObject({ told: 'waits for the master key' });
    expect(span(world, 'fix', 0).leads).toBe(span(world, 'fix', 0).row);
  });
});

describe('names', () => {
  test('tasks and prefixes are called by their titles', () => {
    const world = made(
      '  fix: { title: Put it right, after: { not: x }, ways: { near: { title: On foot, team: crew, takes: 5m } } }',
      'f: { at: 1m, to: x }',
      'prefixes: { home: { title: The home network, cidr: 192.0.2.0/24, from: edge } }',
    );
    expect(world.rows.filter(({ kind }) => kind === 'task').map(({ label }) => label)).toEqual([
      'Put it right',
      'On foot',
    ]);
    expect(world.things.byId.get('prefix:home')?.title).toBe('The home network, 192.0.2.0/24');
  });

  test('rows of one journey tell whose they are, though their people have one title', () => {
    const scene = sceneOf('two', 'Two', '2026-03-02T09:00:00Z', MINUTE, {
      nodes: ['north', 'south', 'staff'].map((name) =>
        nodeOf(name, 'population', { title: name === 'staff' ? 'Staff of the company' : 'Customers' }),
      ),
      journeys: ['north', 'south', 'staff'].map((population) => ({
        name: 'pay',
        title: 'pay with a card',
        population,
        resolver: null,
        people: 10,
      })),
    });
    const sample = new Sample(scene);
    for (const population of ['north', 'south', 'staff']) sample.fact('works', [population, 'pay'], 'ok');
    const world = worldOf(parse(textOf(sample.lines())).run);
    expect(world.rows.map(({ title }) => title)).toEqual([
      'pay with a card, north',
      'pay with a card, south',
      'pay with a card, Staff of the company',
    ]);
    const { rows } = timelineOf(world, {
      width: 700,
      narrow: false,
      gaps: [],
      thing: null,
      pins: [],
      claim: null,
      span: null,
      wall: true,
      all: false,
      cards: [],
    });
    const labels = rows.filter(({ kind }) => kind === 'journey').map(({ label }) => label);
    expect(new Set(labels).size).toBe(3);
    expect(labels[0]).toMatch(/^north: pay/);
  });
});

test('a checkpoint tells what was seen, accepted and simulated, and who says so', () => {
  const { run } = worldOf(runOf(scenarioText('patterns/tool-needs-what-it-repairs'), { variant: 'on-site' }));
  const claim = {
    id: 'K1',
    says: 'It is back',
    observed: '10:25Z',
    simulated: '10:30Z',
    accept: '±10m',
    held: true,
    fitted: false,
    foil: null,
    source: 'LOG',
    moment: { seen: 85 * MINUTE, from: 75 * MINUTE, to: 95 * MINUTE, simulated: 90 * MINUTE },
  };
  const sources = [{ name: 'LOG', title: 'The log of the day', basis: 'measured', url: null }];
  const marks = claimMarks(
    [claim, { ...claim, id: 'K2', held: false, source: null }],
    scaleOf(run.length, [], 600),
    null,
    sources,
  );
  expect(marks.map(({ title }) => title)).toEqual([
    'It is back: held. Observed 10:25Z, accepted ±10m; simulated 10:30Z, 5 min after it. Source: The log of the day (measured).',
    'It is back: missed. Observed 10:25Z, accepted ±10m; simulated 10:30Z, 5 min after it.',
  ]);
  expect(verdictsOf(marks)).toBe('◆ 1 held · ✕ 1 missed');
});

describe('what is pointed at, and what a change came from and led to', () => {
  const world = worldOf(runOf(scenarioText('patterns/tool-needs-what-it-repairs')));
  const size = { picture: { width: 800, height: 500, zoom: 1 }, timeline: 800, notes: 400, narrow: false };
  const { layout } = frames(world)(opening(1), size);

  test('is a card with all in it, or one part; the story knows which of its lines speak of it', () => {
    expect(pointedOf(world, layout.boxes, null)).toBeNull();
    expect(pointedOf(world, layout.boxes, 'nothing')).toBeNull();
    const names = pointedOf(world, layout.boxes, 'names')!;
    expect([...names]).toEqual(['names']);
    expect(speaksOf(world, rowThat(world.run, 'names goes down'), names)).toBe(true);
    expect(speaksOf(world, rowThat(world.run, 'network goes down'), names)).toBe(false);
    expect(speaksOf(world, -1, names)).toBe(false);
  });

  test('stand in the picture with their sentences', () => {
    const ends = endsOf(world, layout, rowThat(world.run, 'names goes down'));
    expect(ends.map(({ box, because, so, title }) => [box.card.id, because, so, title])).toEqual(
      expect.arrayContaining([
        ['network', true, false, 'because network goes down'],
        ['log-in', false, true, 'so log-in goes down'],
      ]),
    );
    expect(ends).toHaveLength(2);
    expect(endsOf(world, layout, null)).toEqual([]);
  });

  test('map and table have the side of now, and the worst that became of a trouble', () => {
    const freed = worldOf(runOf(scenarioText('patterns/tool-needs-what-it-repairs'), { variant: 'on-site' }));
    const at = 3 * 60 * MINUTE;
    const { parts } = contrastOf(world, world.boards.at(stepAt(world.run, at)), freed, at, []);
    const tags = tagsOf(parts, compare(world, freed).classes);
    expect(tags.get('names')).toEqual({
      side: 'worse',
      there: 'up',
      as: 'worsened',
      says: 'worse than in the other run: there up; over the run worsened',
    });
  });
});

test('the arrows walk in a lane, and from lane to lane to what is nearest', () => {
  const stops = [
    { x: 10, y: 0 },
    { x: 50, y: 0 },
    { x: 12, y: 20 },
    { x: 60, y: 20 },
    { x: 55, y: 40 },
  ];
  const go = (from: number, key: string) => stops.indexOf(nextStop(stops, stops[from]!, key)!);
  expect(go(0, 'ArrowRight')).toBe(1);
  expect(go(1, 'ArrowRight')).toBe(-1);
  expect(go(1, 'ArrowDown')).toBe(3);
  expect(go(4, 'ArrowUp')).toBe(3);
  expect(go(2, 'ArrowUp')).toBe(0);
});
