/** R1, R2: what a value is, and what may hold because it held. */
import { expect, test } from 'vitest';
import { MINUTE, problemsOf, simulate } from '../support/scenario.ts';

const grows = (rate: string, more = '') => `
nodes:
  x:   { kind: service }
  eye: { kind: monitor, watches: { rate: r, above: 1, below: 0.5 } }
rates:  { r: { unit: calls, rest: 0, while: { not: x }, ${rate} } }
faults: { f: { at: 1m, to: x, for: 10s } }
tasks:  { look: { after: { sees: eye }, takes: 0 } }${more}`;

test('R1 domains: a number is written where it bends, with its level and its slope a minute', () => {
  const run = simulate(grows('to: 3, over: 1s, back: 1s'));
  const { columns, numbers } = run.trace;
  const bends = Array.from({ length: run.trace.count }, (_, id) => id).filter((id) => run.factOf(id) === 'rate/r');
  const number = (row: Int32Array, id: number) => numbers[row[id] as number];
  expect(bends.map((id) => [columns.at[id], number(columns.to, id), number(columns.slope, id)])).toEqual([
    [60_000, 0, 180],
    [61_000, 3, 0],
    [70_000, 3, -180],
    [71_000, 0, 0],
  ]);
});

test('R1 domains: a crossing is placed at the first whole millisecond at or after it', () => {
  const run = simulate(grows('to: 3, over: 1s, back: 1s'));
  // 1 of 3 is crossed a third of a second up, and 0.5 is left five sixths of a second down, and a moment later it is below.
  expect(run.changes('sees')).toEqual([
    [60_334, 'sees/eye', true],
    [70_834, 'sees/eye', false],
  ]);
});

test('R1 domains: a test with `below` stays true between its limits', () => {
  const run = simulate(grows('to: 3, over: 30s, back: 1s'));
  // Ten seconds up, just to the limit, and down again.
  expect(run.changes('sees')).toEqual([
    [70_000, 'sees/eye', true],
    [70_167, 'sees/eye', false],
  ]);
});

test.each([
  ['itself', 'nodes: { x: { kind: service } }', '{ not: full }'],
  [
    'what a node needs',
    'nodes: { x: { kind: service, needs: [ { not: full } ] }, y: { kind: service, needs: [ x ] } }',
    'y',
  ],
])('R1 domains: where a test feeds back on its own number through %s, `below` is required', (_, nodes, grows) => {
  const text = (below: string) => `
${nodes}
conditions: { full: { rate: r, above: 5${below} } }
rates: { r: { unit: calls, rest: 0, while: ${grows}, to: 9, over: 1m, back: 1m } }
story: { s: { first: full, says: It is full. } }`;
  expect(problemsOf(text('')).join()).toContain('`below`');
  expect(problemsOf(text(', below: 2'))).toEqual([]);
});

test('R1 domains: a number bends at most once a millisecond', () => {
  const run = simulate(`
nodes: { x: { kind: service }, y: { kind: service } }
rates: { r: { unit: calls, rest: 0, while: { not: x }, to: 60, over: 1m, back: 1m } }
faults: { f: { at: 1m, to: x } }
tasks: { undo: { after: { not: x }, takes: 0, does: { revert: f } } }`);
  expect(run.times('up/x')).toEqual([MINUTE, MINUTE]);
  expect(run.changes('rate')).toEqual([
    [60_000, 'rate/r', 0],
    [60_001, 'rate/r', 0.001],
    [60_002, 'rate/r', 0],
  ]);
});

test('R1 domains: a number that arrives in the millisecond in which it turns, turns', () => {
  const run = simulate(grows('to: 3, over: 10s, back: 10s'));
  expect(run.changes('rate').map(([at, , level]) => [at, level, run.ruleOf(run.change('rate/r', at))])).toEqual([
    [60_000, 0, 'now'],
    [70_000, 3, 'now'],
    [80_000, 0, 'work'],
  ]);
});

test('R1 domains: numbers in the trace have nine significant digits', () => {
  const run = simulate(grows('to: 0.1234567891234, over: 0, back: 0'));
  expect(run.changes('rate')[0]).toEqual([MINUTE, 'rate/r', 0.123456789]);
});

test('R1 domains: gates count tests of words, not words', () => {
  const run = simulate(`
nodes:
  ns:    { kind: nameserver }
  cache: { kind: resolver, serveStale: 1m }
  fine:  { kind: service, needs: [ { resolves: zone, via: cache } ] }
  fresh: { kind: service, needs: [ { resolves: zone, via: cache, as: ok } ] }
zones:  { zone: { nameservers: ns, ttl: 1ms } }
faults: { f: { at: 1m, to: ns } }`);
  expect(run.changes('resolves')).toEqual([
    [60_000, 'resolves/cache/zone', 'stale'],
    [120_000, 'resolves/cache/zone', 'servfail'],
  ]);
  expect(run.times('up/fresh')).toEqual([60_000]);
  expect(run.times('up/fine')).toEqual([120_000]);
});

test('R2 support: services that need each other go on because they went on', () => {
  const run = simulate(`
nodes: { a: { kind: service, needs: [ b ] }, b: { kind: service, needs: [ { any: [ a, x ] } ] }, x: { kind: service } }
faults: { f: { at: 1m, to: x } }`);
  expect(run.changes('up')).toEqual([[MINUTE, 'up/x', false]]);
});

test('R2 support: two nodes do not keep each other reachable when their source is cut', () => {
  const run = simulate(`
nodes:
  "{source,a,b}": { kind: router }
  watch: { kind: service, needs: [ { any: [ { reach: a, from: source }, { reach: b, from: source } ] } ] }
links: { cable: { from: source, to: a }, loop: { from: a, to: b } }
faults: { f: { at: 1m, to: cable } }`);
  expect(run.changes('reach').map(([at, fact]) => [at, fact])).toEqual([
    [MINUTE, 'reach/source/a'],
    [MINUTE, 'reach/source/b'],
  ]);
  expect(run.times('up/watch', false)).toEqual([MINUTE]);
});

test('R2 support: a route is gone with its last source, however many networks tell each other of it', () => {
  const run = simulate(`
nodes: { pop: { kind: pop }, gate: { kind: service }, "net.{1..4}": { kind: network }, eye: { kind: tool, needs: [ { route: p, from: any net.* } ] } }
links: { sessions: { from: "net.*", to: pop, bgp: siblings }, mesh: { mesh: "net.*", bgp: siblings } }
prefixes: { p: { from: pop, while: gate } }
faults: { f: { at: 1m, to: gate } }`);
  // Each believes for a while that another has a way; every such way is through itself in the end.
  for (const net of ['net.1', 'net.2', 'net.3', 'net.4']) expect(run.at(`route/${net}/p`, 2 * MINUTE)).toBe(false);
  expect(run.changes('path').every(([at]) => at > MINUTE && at <= MINUTE + 100)).toBe(true);
  expect(run.times('up/eye', false)).toHaveLength(1);
});

test('R2 support: of a site that is gone the routes live on until the hold timers end, and no longer', () => {
  const run = simulate(`
nodes: { pop: { kind: pop }, "net.{1..3}": { kind: network }, eye: { kind: tool, needs: [ { route: p, from: any net.* } ] } }
links: { sessions: { from: "net.*", to: pop, bgp: peers }, peers: { mesh: "net.*", bgp: peers } }
prefixes: { p: { from: pop } }
faults: { f: { at: 1m, to: pop } }`);
  expect(run.changes('route').map(([at, , value]) => [at, value])).toEqual(Array(3).fill([150_000, false]));
  expect(run.times('up/eye')).toEqual([150_000]);
});
