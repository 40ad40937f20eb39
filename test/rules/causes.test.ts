/** R16: one tipping cause is stored, everything else a change follows from is derived. */
import { expect, test } from 'vitest';
import { Reasons } from '../../sim/analysis/why.ts';
import { MINUTE, type Run, simulate } from '../support/scenario.ts';

const because = (run: Run, fact: string, at?: number): readonly string[] =>
  new Reasons(run.plan, run.trace)
    .because(run.change(fact, at))
    .map((id) => `${run.factOf(id)} ${(run.trace.columns.at[id] as number) / 1000}`);
const tipped = (run: Run, fact: string, at?: number): string | null => run.tippedBy(run.change(fact, at));

const both = (faults: string): Run =>
  simulate(`
nodes: { "{a,b}": { kind: service }, n: { kind: service, needs: [ a, b ], downAfter: 10s } }
faults: { ${faults} }`);

test('R16 causes: the change after which the test became decided, without a break', () => {
  const run = both('f: { at: 60s, to: b }, g: { at: 65s, to: a }');
  expect(tipped(run, 'up/n')).toBe('up/b');
  // Down by either alone: the other is an also.
  expect(because(run, 'up/n')).toEqual(['up/b 60', 'up/a 65']);
});

test('R16 causes: it tips even when another holds the test by the time the clock has run', () => {
  const run = both('f: { at: 60s, to: b, for: 6s }, g: { at: 64s, to: a }');
  expect([run.times('up/n'), tipped(run, 'up/n')]).toEqual([[70_000], 'up/b']);
  expect(because(run, 'up/n')).toEqual(['up/b 60', 'up/a 64']);
});

test('R16 causes: after a break the new one tips', () => {
  const run = both('f: { at: 60s, to: b, for: 5s }, g: { at: 67s, to: a }');
  expect([run.times('up/n'), tipped(run, 'up/n')]).toEqual([[77_000], 'up/a']);
  expect(because(run, 'up/n')).toEqual(['up/a 67']);
});

test('R16 causes: a clause that has not been false for its own time is no cause', () => {
  const run = simulate(`
nodes:
  "{a,b,c}": { kind: service }
  n: { kind: service, needs: [ { up: a, downAfter: 10s }, { up: b, downAfter: 1h } ] }
  m: { kind: service, needs: [ c, { up: b, downAfter: 1h } ] }
faults: { f: { at: 60s, to: a }, g: { at: 62s, to: b }, h: { at: 64s, to: c } }`);
  expect([because(run, 'up/n'), because(run, 'up/m')]).toEqual([['up/a 60'], ['up/c 64']]);
});

test('R16 causes: a tie in a round goes to the first name', () => {
  const run = both('f: { at: 60s, to: b }, g: { at: 60s, to: a }');
  expect(tipped(run, 'up/n')).toBe('up/a');
  expect(because(run, 'up/n')).toEqual(['up/a 60', 'up/b 60']);
});

test('R16 causes: an alternative falls with its last branch; a rise follows from all that must hold', () => {
  const run = simulate(`
nodes: { "{a,b}": { kind: service }, any: { kind: service, needs: { any: [ a, b ] } }, all: { kind: service, needs: [ a, b ] } }
faults: { f: { at: 1m, to: a, for: 4m }, g: { at: 2m, to: b, for: 8m } }`);
  expect([tipped(run, 'up/any', 2 * MINUTE), because(run, 'up/any', 2 * MINUTE)]).toEqual([
    'up/b',
    ['up/a 60', 'up/b 120'],
  ]);
  expect([tipped(run, 'up/any'), because(run, 'up/any')]).toEqual(['up/a', ['up/a 300']]);
  expect([tipped(run, 'up/all'), because(run, 'up/all')]).toEqual(['up/b', ['up/a 300', 'up/b 600']]);
});

const paths = (faults: string, more = ''): Run =>
  simulate(`
nodes: { power: { kind: power }, "{a,b,c,d,leaf}": { kind: router }, r: { kind: router, needs: [ power ] },
  eye: { kind: tool, needs: [ { reach: d, from: a } ] } }
links: { a-b: { from: a, to: b }, b-d: { from: b, to: d }, a-r: { from: a, to: r }, r-d: { from: r, to: d }, a-leaf: { from: a, to: leaf } ${more} }
faults: { ${faults} }`);

test('R16 causes: a lost reach follows from what is dead at the border of what is still reached', () => {
  const run = paths('f: { at: 1m, to: b-d }, g: { at: 2m, to: r }');
  expect([tipped(run, 'reach/a/d'), because(run, 'reach/a/d')]).toEqual(['up/r', ['carries/b-d 60', 'up/r 120']]);
});

test('R16 causes: of two deaths in one instant the later round tips, and never one that leads nowhere', () => {
  const later = paths('f: { at: 1m, to: b-d }, g: { at: 1m, to: power }');
  expect(tipped(later, 'reach/a/d')).toBe('up/r');
  const aside = paths('f: { at: 30s, to: r }, g: { at: 1m, to: [ b-d, a-leaf ] }');
  expect([tipped(aside, 'reach/a/d'), because(aside, 'reach/a/d')]).toEqual([
    'carries/b-d',
    ['up/r 30', 'carries/b-d 60'],
  ]);
});

test('R16 causes: a gained reach follows from the links and nodes of its path', () => {
  const run = paths('f: { at: 1m, to: b-d, for: 5m }, g: { at: 2m, to: r }, h: { at: 3m, to: a-b, for: 1m }');
  expect([tipped(run, 'reach/a/d'), because(run, 'reach/a/d')]).toEqual([
    'carries/b-d',
    ['carries/a-b 240', 'carries/b-d 360'],
  ]);
});

test('R16 causes: an expiry follows from the last refresh and the loss', () => {
  const run = simulate(`
nodes: { ns: { kind: nameserver }, cache: { kind: resolver }, eye: { kind: tool, needs: [ { resolves: z, via: cache } ] } }
zones: { z: { nameservers: ns, ttl: 10m } }
faults: { cleared: { at: 1m, to: cache, for: 1s }, f: { at: 4m, to: ns } }`);
  expect([tipped(run, 'resolves/cache/z'), because(run, 'resolves/cache/z')]).toEqual([
    'up/ns',
    ['resolves/cache/z 61', 'up/ns 240'],
  ]);
});

test('R16 causes: a lost route follows from the withdrawals, a symptom from the stage that shows', () => {
  const run = simulate(`
nodes: { "pop.{1,2}": { kind: pop }, check: { kind: service, in: pop.* }, net: { kind: network }, x: { kind: service }, users: { kind: population, network: net, does: read } }
links: { session: { from: net, to: pop.*, bgp: peers, delay: 1s } }
prefixes: { p: { from: pop.*, while: check@here, withdrawLag: 10s } }
journeys: { read: [ { route: p }, { up: x, else: overloaded } ] }
faults: { f: { at: 1m, to: check@pop.1 }, g: { at: 2m, to: x }, h: { at: 3m, to: check@pop.2, for: 1m } }`);
  expect([tipped(run, 'route/net/p', 200_000), because(run, 'route/net/p', 200_000)]).toEqual([
    'announces/pop.2/p',
    ['announces/pop.1/p 60', 'announces/pop.2/p 180'],
  ]);
  expect(run.changes('works').map(([at, , word]) => [at / 1000, word])).toEqual([
    [120, 'overloaded'],
    [191, 'no route'],
    [241, 'overloaded'],
  ]);
  // The earlier stage is mended, so the later one shows again.
  expect([tipped(run, 'works/users/read'), because(run, 'works/users/read')]).toEqual([
    'route/net/p',
    ['up/x 120', 'route/net/p 241'],
  ]);
});

test('R16 causes: a symptom is tipped by the stage that fails, though a milder one failed before', () => {
  const run = simulate(`
nodes: { "{x,y}": { kind: service }, users: { kind: population, does: read } }
journeys: { read: [ { up: x, else: slow }, { up: y, else: refused } ] }
faults: { f: { at: 1m, to: x }, g: { at: 2m, to: y } }`);
  expect(run.changes('works').map(([, , word]) => word)).toEqual(['slow', 'refused']);
  expect(tipped(run, 'works/users/read')).toBe('up/y');
});

test('R16 causes: the rule says by which clock', () => {
  const run = simulate(`
nodes:
  ns: { kind: nameserver }
  cache: { kind: resolver }
  pop: { kind: pop }
  check: { kind: service, in: pop, needs: [ { resolves: z, via: cache } ], downAfter: 10s }
  net: { kind: network }
  eye: { kind: tool, needs: [ { route: p, from: net } ] }
links: { session: { from: net, to: pop, bgp: peers } }
prefixes: { p: { from: pop, while: check } }
zones: { z: { nameservers: ns, ttl: 1s } }
faults: { f: { at: 1m, to: ns }, chance: { to: eye, mtbf: 30m, mttr: 1m } }
tasks: { fix: { after: { not: check }, takes: 5m } }
forces: { pin: { up: eye, holds: false, at: 50m, until: 55m } }`);
  const rules = ['fault/ns', 'up/ns', 'resolves/cache/z', 'up/check', 'route/net/p', 'done/fix', 'fault/eye'];
  expect(rules.map((fact) => run.ruleOf(run.change(fact)))).toEqual([
    'schedule',
    'now',
    'expiry',
    'hold',
    'message',
    'work',
    'luck',
  ]);
});

test('R16 causes: what only flickered within the instant tips nothing', () => {
  // The last spare is back for one resolver in the very round in which the other loses b: as many people as a round before.
  const run = simulate(`
nodes:
  a: { kind: service }
  spare.1: { kind: service, standby: true, needs: [ { not: a } ] }
  spare.2: { kind: service, standby: true, needs: [ spare.1 ] }
  spare.3: { kind: service, standby: true, needs: [ spare.2 ] }
  d: { kind: service, needs: [ a ] }
  c: { kind: service, needs: [ d ] }
  b: { kind: service, needs: [ c ] }
  ns: { kind: nameserver }
  one: { kind: resolver, needs: [ { any: [ a, spare.3 ] } ] }
  two: { kind: resolver, needs: [ b ] }
  users: { kind: population, people: 20, does: read, via: { one: 50%, two: 50% } }
zones: { z: { nameservers: ns, ttl: 1h } }
journeys: { read: [ { resolves: z } ] }
faults: { f: { at: 1m, to: a } }`);
  expect(run.changes('up/one')).toEqual([]);
  expect(run.changes('affected')).toEqual([[MINUTE, 'affected/read', 10]]);
  expect(tipped(run, 'affected/read')).toBe('works/users/read/two');
});

test('R16 a hole under a route that still stands follows from what died there, not from what died elsewhere before', () => {
  const run = simulate(
    `nodes: { "{me,t1,t2,site}": { kind: network } }
links: { up: { from: "{me,site}", to: "{t1,t2}", bgp: buys, hold: 90s } }
prefixes: { p: { from: site } }
faults: { other: { at: 1m, to: t2 }, own: { at: 5m, to: t1 } }`,
    { asked: [['forwards', 'me', 'p']] },
  );
  expect(run.at('forwards/me/p', 301_000)).toBe('black hole');
  expect(because(run, 'forwards/me/p', 301_000)).toEqual(['up/t1 300']);
  // Gone for good: no way is left, and both are why.
  expect(run.at('forwards/me/p', 600_000)).toBe('no route');
  expect(because(run, 'forwards/me/p', 600_000)).toEqual(['up/t2 60', 'up/t1 300']);
});
