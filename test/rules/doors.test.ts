/** R7, doors: one that asks the centre every time, and one that goes on by the list it has. */
import { expect, test } from 'vitest';
import { story } from '../../sim/analysis/story.ts';
import { problems } from '../model/reading.ts';
import { MINUTE, simulate } from '../support/scenario.ts';

const world = (door: string, faults: string): string => `
nodes:
  centre: { kind: service }
  mains: { kind: power }
  door: { kind: access, needs: [ centre, mains ]${door} }
faults: { ${faults} }`;
const CUT = 'f: { at: 1m, to: centre, until: 30m }';
const ups = (text: string) =>
  simulate(text)
    .times('up/door')
    .map((at) => at / MINUTE);

test('R7 doors: without `alone`, or never alone, it asks every time and is shut at once', () => {
  expect(ups(world('', CUT))).toEqual([1, 30]);
  expect(ups(world(', alone: never', CUT))).toEqual([1, 30]);
});

test('R7 doors: alone, it goes on for that long by the list it has', () => {
  const run = simulate(world(', alone: 10m', CUT));
  expect(run.times('up/door')).toEqual([11, 30].map((m) => m * MINUTE));
  expect(run.times('alone/door')).toEqual([1, 11].map((m) => m * MINUTE));
  expect(run.tippedBy(run.change('up/door', 11 * MINUTE))).toBe('up/centre');
  expect(ups(world(', alone: 40m', CUT))).toEqual([]);
});

test('R7 doors: for ever is for ever, but to begin it must ask', () => {
  const run = simulate(world(', alone: forever', `${CUT}, g: { at: 5m, to: door, for: 1m }`));
  expect(run.times('up/door')).toEqual([5, 30].map((m) => m * MINUTE));
  expect(run.times('alone/door')).toEqual([1, 5].map((m) => m * MINUTE));
  const quiet = simulate(world(', alone: forever', 'f: { at: 1m, to: centre }'));
  expect([quiet.times('up/door'), quiet.trace.reason]).toEqual([[], 'quiet']);
});

test('R7 doors: power is no list', () => {
  expect(ups(world(', alone: forever', 'f: { at: 1m, to: mains, until: 2m }'))).toEqual([1, 2]);
  expect(ups(world(', alone: 10m', 'f: { at: 1m, to: mains, until: 2m }'))).toEqual([1, 2]);
});

test('R7 doors: the story tells that it decides by itself, and that it falls only once', () => {
  const { scenario, trace } = simulate(world(', alone: 10m', CUT));
  const told = story(scenario, trace).map(({ says }) => says);
  expect(told).toContain('door can ask nobody and decides by itself');
  expect(told).toContain('door goes down');
  expect(told).not.toContain('door can ask again');
  const longer = simulate(world(', alone: 40m', CUT));
  expect(story(longer.scenario, longer.trace).map(({ says }) => says)).toContain('door can ask again');
});

test('R7 doors: whether it decides by itself can be asked', () => {
  const run = simulate(`${world(', alone: 10m', CUT)}\ntasks: { look: { after: { alone: door }, takes: 1m } }`);
  expect(run.times('task/look', 'working')).toEqual([MINUTE]);
});

test.each([
  ['{ kind: service, needs: y, alone: 1h }', '"alone" is for an access, and this is a service'],
  ['{ kind: access, alone: 1h }', 'this asks nobody, and so it is never alone'],
  ['{ kind: access, needs: mains, alone: 1h }', 'this asks nobody, and so it is never alone'],
  ['{ kind: access, needs: y, alone: 1h, downAfter: 1m }', '"alone" and "downAfter" both say'],
  ['{ kind: access, needs: y, alone: ever }', 'expected a time span such as 90s'],
])('R7 doors: %s is refused', (door, says) => {
  const found = problems(`nodes: { y: { kind: service }, mains: { kind: power }, door: ${door} }`);
  expect(found.length).toBe(1);
  expect(found[0]).toContain(says);
});
