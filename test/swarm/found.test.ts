/** What the swarm has found, each in the smallest world that shows it. */
import { expect, test } from 'vitest';
import { Reasons } from '../../sim/analysis/why.ts';
import { MINUTE, type Run, SECOND, simulate } from '../support/scenario.ts';

/** The names of the facts behind the change of a fact at a moment. */
function behind(run: Run, fact: string, at: number): string[] {
  const because = new Reasons(run.plan, run.trace).because(run.change(fact, at));
  return because.map((id) => run.factOf(id));
}

const TWO_PLACES = `
nodes:
  "dc.{1,2}": { kind: datacenter }
  far: { kind: service, in: dc.1, needs: [ { reach: dc.2 } ] }
  audit: { kind: tool }
links:
  cable: { from: dc.1, to: dc.2, layer: backbone }
`;

test('a link that nothing but a force can touch is cut by the force', () => {
  const run = simulate(`${TWO_PLACES}
forces:
  hand: { carries: cable, holds: false, at: 1m, until: 2m }
`);
  expect(run.changes('up/far')).toEqual([
    [MINUTE, 'up/far', false],
    [2 * MINUTE, 'up/far', true],
  ]);
});

test('a check that supposes a drain leaves no mark on a link held by force', () => {
  const run = simulate(`${TWO_PLACES}
forces:
  hand: { carries: cable, holds: true, at: 1m, until: 3m }
changes:
  drain: { at: 2m, to: dc.1, effect: { drain: backbone }, guard: { by: audit, asks: { up: dc.1 } }, takes: 10m }
`);
  expect(run.changes('guard')).toEqual([[2 * MINUTE, 'guard/drain', 'passes']]);
  expect(run.at('carries/cable', 5 * MINUTE)).toBe(true);
  expect(run.at('carries/cable', 12 * MINUTE)).toBe(false);
});

test('a number between its limits is on the side from which it came, whichever way it moves', () => {
  const run = simulate(`
nodes:
  "{source,limited}": { kind: service }
  limited: { needs: [ { not: { rate: load, above: 60, below: 20 } } ], downAfter: 5m }
rates:
  load: { rest: 0, while: { not: source }, to: 100, over: 10m, back: 10m }
faults:
  first:  { to: source, at: 0s, for: 8m }
  second: { to: source, at: 12m }
`);
  // 80 at 8 min, falling; 40 at 12 min, rising again: never below 20, so it was too high from 6 min on.
  expect(run.times('up/limited')).toEqual([11 * MINUTE]);
  expect(behind(run, 'up/limited', 11 * MINUTE)).toContain('rate/load');
});

test('people are counted once a millisecond: what changes twice in one is counted in the next', () => {
  const run = simulate(`
nodes:
  "region.{1,2}": { kind: region }
  shop: { kind: service, in: region.* }
  users.1: { kind: population, in: region.1, people: 1, does: buy }
  users.2: { kind: population, in: region.2, people: 10, does: buy }
faults:
  one: { to: shop@region.1, at: 1s }
  other: { to: shop@region.2, after: { not: shop@region.1 } }
journeys:
  buy: [ { up: shop@here } ]
`);
  expect(run.changes('works').map(([at]) => at)).toEqual([SECOND, SECOND]);
  expect(run.changes('affected')).toEqual([
    [SECOND, 'affected/buy', 1],
    [SECOND + 1, 'affected/buy', 11],
  ]);
});

test('a symptom follows from the stages before it too', () => {
  const run = simulate(`
nodes:
  "{door,shop}": { kind: service }
  users: { kind: population, does: buy }
faults:
  door: { to: door, at: 1m, until: 3m }
  shop: { to: shop, at: 2m }
journeys:
  buy: [ { up: door, else: login refused }, { up: shop, else: server error } ]
`);
  expect(run.changes('works')).toEqual([
    [MINUTE, 'works/users/buy', 'login refused'],
    [3 * MINUTE, 'works/users/buy', 'server error'],
  ]);
  expect(behind(run, 'works/users/buy', 3 * MINUTE).sort()).toEqual(['up/door', 'up/shop']);
});
