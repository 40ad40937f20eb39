/** R6: what stops a run, and what does not. */
import { expect, test } from 'vitest';
import { MINUTE, simulate } from '../support/scenario.ts';

const restless = (delay: string): string => `
nodes:
  x: { kind: service }
  a: { kind: service, needs: [ { any: [ x, { not: b } ] } ] }
  b: { kind: service, needs: [ a ], downAfter: ${delay}, upAfter: ${delay} }
faults: { f: { at: 1m, to: x } }`;

test('R6 race: a fact that cannot settle stops the run there, and the facts are named', () => {
  const { trace } = simulate(restless('0'));
  expect(trace.reason).toBe('race');
  expect(trace.end).toBe(MINUTE);
  expect(trace.flipping).toEqual(['up/a', 'up/b']);
});

test('R6 race: the same circle with any delay is no race, and goes on', () => {
  const run = simulate(restless('1s'), { until: 70_000 });
  expect(run.trace.reason).toBe('horizon');
  expect(run.times('up/b')).toEqual([61, 62, 63, 64, 65, 66, 67, 68, 69, 70].map((s) => s * 1000));
});

const chain = (length: number): string =>
  `nodes:\n  n.0: { kind: service }\n${Array.from(
    { length },
    (_, k) => `  n.${k + 1}: { kind: service, needs: [ n.${k} ] }`,
  ).join('\n')}\nfaults: { f: { at: 1m, to: n.0 } }`;

test('R6 race: a cascade of any depth is no race', () => {
  const run = simulate(chain(2000));
  expect(run.times('up/n.2000')).toEqual([MINUTE]);
  expect(run.trace.reason).toBe('quiet');
});

test('R6 race: depth is the length of the causal chain, not the number of the round', () => {
  const run = simulate(chain(3).replace('needs: [ n.1 ]', 'needs: [ n.1 ], downAfter: 5s'));
  const { round, tipped } = run.trace.columns;
  const depth = (id: number): number => (id < 0 ? 0 : 1 + depth(tipped[id] as number));
  const last = run.change('up/n.3');
  expect(round[last]).toBe(1);
  // The fault, and four nodes.
  expect(depth(last)).toBe(5);
});
