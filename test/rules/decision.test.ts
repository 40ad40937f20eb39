/** The decision among several routes (RFC 4271 §9.1.2.2): its steps in their order, and MED by groups. */
import { expect, test } from 'vitest';
import { type Candidate, decide } from '../../sim/mechanisms/routing/decision.ts';
import { dice } from '../oracle/networks.ts';
import { pathsOf } from '../support/routes.ts';
import { MINUTE, simulate } from '../support/scenario.ts';

const SAME: Candidate = { own: false, rank: 0, preference: 100, length: 3, system: 1, med: 0, order: 0 };
const route = (order: number, more: Partial<Candidate> = {}): Candidate => ({ ...SAME, order, ...more });

test('every loser is told the step at which it lost', () => {
  const routes = [
    route(0, { preference: 100, length: 1 }),
    route(1, { preference: 200, length: 4 }),
    route(2, { preference: 200, med: 7 }),
    route(3, { preference: 200, med: 5 }),
    route(4, { preference: 200, med: 5 }),
    route(5, { preference: 200, med: 9, system: 2 }),
  ];
  expect(decide(routes)).toEqual({
    winner: 3,
    lostAt: ['preference', 'path length', 'MED', null, 'neighbour', 'neighbour'],
  });
  expect(decide([...routes, route(9, { own: true })]).lostAt).toEqual([...Array<string>(6).fill('own'), null]);
  expect(decide([])).toEqual({ winner: -1, lostAt: [] });
});

test('the outcome hangs on no order of the routes', () => {
  for (let seed = 0; seed < 500; seed++) {
    const roll = dice(seed);
    const routes = Array.from({ length: 2 + roll(5) }, (_, order) =>
      route(order, { preference: roll(2), length: roll(2), med: roll(3), system: roll(2) }),
    );
    const winner = routes[decide(routes).winner];
    const shuffled = [...routes].sort((a, b) => roll(3) - 1 || a.order - b.order);
    expect(shuffled[decide(shuffled).winner]).toBe(winner);
  }
});

/** Three origins behind three edges: e.1 and e.3 are of system a, e.2 is b's; each tells me its MED. */
const meds = (one: number, two: number, three: number, faults = ''): string => `
policies:
  one: { all: { med: ${one} } }
  two: { all: { med: ${two} } }
  three: { all: { med: ${three} } }
nodes:
  "{a,b,x,y,z,me}": { kind: network }
  "e.{1,3}": { kind: pop, network: a }
  e.2: { kind: pop, network: b }
links:
  s1: { from: x, to: e.1, bgp: buys, delay: 10ms }
  s2: { from: y, to: e.2, bgp: buys, delay: 10ms }
  s3: { from: z, to: e.3, bgp: buys, delay: 10ms }
  m1: { from: me, to: e.1, bgp: buys, delay: 10ms, ends: { to: { exports: one } } }
  m2: { from: me, to: e.2, bgp: buys, delay: 10ms, ends: { to: { exports: two } } }
  m3: { from: me, to: e.3, bgp: buys, delay: 10ms, ends: { to: { exports: three } } }
prefixes: { p: { cidr: 192.0.2.0/24, from: "{x,y,z}" } }
faults: { ${faults} }`;
const mine = (text: string): string => pathsOf(text, 'p', ['me']).me as string;

test('MED decides between routes of one neighbouring system only, and none counts as 0', () => {
  expect(mine(meds(0, 0, 0))).toBe('a x');
  // Between a's edges it decides; against b it does not, be b's lower or higher.
  expect(mine(meds(5, 0, 9))).toBe('a x');
  expect(mine(meds(5, 5, 5))).toBe('a x');
  expect(mine(meds(9, 100, 5))).toBe('b y');
  expect(mine(meds(9, 100, 5).replace('exports: three', 'imports: three'))).toBe('b y');
});

/**
 * By MED e.3 beats e.1, by name e.1 beats e.2 and e.2 beats e.3: no order of two at a time (RFC 3345 §2). When e.3's route goes, which
 * nobody used, e.1's is no longer beaten and is the best.
 */
test('a route that is not used decides between two others, and its end is the cause', () => {
  const run = simulate(meds(9, 0, 5, 'f: { at: 1m, to: s3 }'), { asked: [['path', 'me', 'p']] });
  expect(run.at('path/me/p', 0)).toBe('b y');
  expect(run.changes('path/me/p')).toEqual([[MINUTE + 10, 'path/me/p', 'a x']]);
  expect(run.tippedBy(run.change('path/me/p'))).toBe('carries/s3');
});

test('the MED of a neighbour goes no further (RFC 4271 §5.1.4)', () => {
  // Two edges of me hear of different MEDs, and far hears of both edges: by name, and not by what a has told them.
  const text = meds(9, 0, 5)
    .replace('x,y,z,me', 'x,y,z,me,far')
    .replace('nodes:', 'nodes:\n  "m.{1,2}": { kind: pop, network: me }')
    .replace('from: me, to: e.1', 'from: m.1, to: e.1')
    .replace('from: me, to: e.3', 'from: m.2, to: e.3')
    .replace('prefixes:', '  far-me: { from: far, to: "m.{1,2}", bgp: buys }\nprefixes:');
  expect(pathsOf(text, 'p', ['far'])).toEqual({ far: 'me a x' });
});
