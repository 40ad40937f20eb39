/** R3, R4: what happens inside an instant, and on which side of it a moment stands. */
import { expect, test } from 'vitest';
import { MINUTE, simulate } from '../support/scenario.ts';

const relays = (count: number): string =>
  Array.from(
    { length: count },
    (_, k) => `  relay.${k}: { kind: router, standby: true, needs: [ ${k === 0 ? 'spare' : `relay.${k - 1}`} ] }`,
  ).join('\n');

test.each([1, 5, 20])(
  'R3 two phases: a standby that rises in the same millisecond is in time behind %i relays',
  (count) => {
    const run = simulate(`
nodes:
  "{home,site}": { kind: datacenter }
  spare: { kind: router, standby: true, needs: [ { not: { reach: site, from: home } } ] }
${relays(count)}
  consumer: { kind: service, needs: [ { any: [ { reach: site, from: home }, relay.${count - 1} ] } ] }
links:  { cable: { from: home, to: site } }
faults: { f: { at: 1m, to: cable } }
tasks:  { alarm: { after: { not: consumer }, takes: 0 } }`);
    expect(run.times('reach/home/site')).toEqual([MINUTE]);
    expect(run.times(`up/relay.${count - 1}`)).toEqual([MINUTE]);
    // A glitch is not in the trace, and starts nothing.
    expect(run.times('up/consumer')).toEqual([]);
    expect(run.changes('task')).toEqual([]);
  },
);

test('R3 two phases: in a round everyone sees the same, and what a round sets holds in the next', () => {
  const run = simulate(`
nodes: { a: { kind: service }, b: { kind: service, needs: [ a ] }, c: { kind: service, needs: [ { any: [ a, b ] } ] } }
faults: { f: { at: 1m, to: a } }`);
  const rounds = run.changes('up').map(([, fact]) => [fact, run.trace.columns.round[run.change(fact)]]);
  expect(rounds).toEqual([
    ['up/a', 1],
    ['up/b', 2],
    ['up/c', 3],
  ]);
});

test('R3 two phases: what acts do without delay opens another phase of the same instant', () => {
  const run = simulate(`
nodes: { a: { kind: service }, b: { kind: service } }
faults: { f: { at: 1m, to: a }, g: { after: { not: a }, to: b } }`);
  const { at, phase } = run.trace.columns;
  const [first, second] = [run.change('up/a'), run.change('up/b')];
  expect([at[first], at[second]]).toEqual([MINUTE, MINUTE]);
  expect([phase[first], phase[second]]).toEqual([0, 1]);
});

const held = (until: string, more = ''): string => `
nodes:
  a: { kind: service }
  n: { kind: service, needs: [ a ], downAfter: 10s${more} }
faults: { f: { at: 1m, to: a, until: ${until} } }`;

test('R4 half-open: false for exactly the delay is enough, a millisecond less is not', () => {
  expect(simulate(held('70s')).changes('up/n')).toEqual([
    [70_000, 'up/n', false],
    [70_000, 'up/n', true],
  ]);
  expect(simulate(held('69999ms')).changes('up/n')).toEqual([]);
});

test('R4 half-open: back for exactly the delay is enough too, though the need goes at that moment', () => {
  const run = simulate(`
nodes:
  a: { kind: service }
  n: { kind: service, needs: [ a ], upAfter: 10s }
faults: { f: { at: 1m, to: a, for: 1m }, g: { at: 130s, to: a } }`);
  expect(run.changes('up/n')).toEqual([
    [60_000, 'up/n', false],
    [130_000, 'up/n', true],
    [130_000, 'up/n', false],
  ]);
});

test('R4 half-open: two clauses that never hold at one moment do not make a node rise', () => {
  const run = simulate(`
nodes:
  "{a,b}": { kind: service }
  n: { kind: service, needs: [ b, { up: a, upAfter: 10s } ] }
faults:
  before: { before: true, to: [ a, n ], until: 1m }
  b-off: { at: 30s, to: b, until: 70s }
  a-off: { at: 70s, to: a }`);
  // At 70 s a has been up for its ten seconds and goes, and b comes.
  expect(run.times('up/b')).toEqual([30_000, 70_000]);
  expect(run.times('up/n')).toEqual([]);
});

test('R4 half-open: all alarms due at a moment ring in its first round', () => {
  const run = simulate(
    `
nodes:
  a: { kind: service }
  "n.{1..3}": { kind: service, needs: [ a ], downAfter: 10s }
  last: { kind: service, needs: [ all n.* ], downAfter: 5s }
faults: { f: { at: 1m, to: a }, g: { at: 70s, to: last } }`.replace('[ all n.* ]', '[ { up: all n.* } ]'),
  );
  const falls = ['up/n.1', 'up/n.2', 'up/n.3', 'fault/last'].map((fact) => run.change(fact));
  const { at, phase, round } = run.trace.columns;
  for (const id of falls) expect([at[id], phase[id], round[id]]).toEqual([70_000, 0, 0]);
});

test('R4 half-open: alarms at the end of the run are in it, and state at t is after everything of t', () => {
  const run = simulate(held('never'), { until: 70_000 });
  expect(run.trace.end).toBe(70_000);
  expect(run.times('up/n')).toEqual([70_000]);
  expect(run.at('up/n', 69_999)).toBe(true);
  expect(run.at('up/n', 70_000)).toBe(false);
  expect(simulate(held('never'), { until: 69_999 }).times('up/n')).toEqual([]);
});

test('R4 half-open: a limit crossed in the millisecond in which an alarm is due comes after it', () => {
  // Above 5 from 65 s on, below 2 again at 70.001 s: five seconds and a millisecond, which is what it takes to fell n.
  const run = simulate(`
conditions: { calm: { not: { rate: r, above: 5, below: 2 } } }
nodes:
  "{x,y}": { kind: service }
  n: { kind: service, needs: [ calm ], downAfter: 5001ms }
  pop: { kind: pop }
  net: { kind: network }
  eye: { kind: tool, needs: [ { route: p, from: net } ] }
links: { session: { from: net, to: pop, bgp: peers } }
prefixes: { p: { from: pop, while: { any: [ calm, y ] }, withdrawAfter: 2001ms } }
rates: { r: { unit: calls, rest: 0, while: { not: x }, to: 10, over: 10s, back: 10s } }
faults: { f: { at: 60s, to: x, for: 6s }, g: { at: 68s, to: y } }`);
  expect(run.changes('up/n')).toEqual([
    [70_001, 'up/n', false],
    [70_001, 'up/n', true],
  ]);
  // Here the crossing was foreseen before the alarm was set.
  expect(run.times('announces/pop/p')).toEqual([70_001, 70_001]);
});
