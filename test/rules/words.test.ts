/** A word in the configuration of a node: put there and taken back by changes and faults, and asked for by whoever hangs on it. */
import { expect, test } from 'vitest';
import { wordsFor } from '../../sim/analysis/sentences.ts';
import { MINUTE, simulate } from '../support/scenario.ts';

const NODES = `
nodes:
  n.{1..2}: { kind: service, needs: { not: { set: closed } } }
  gate: { kind: service, needs: { not: { set: closed, at: any n.* } } }
  crew: { kind: team }
`;

test('a change puts it there, step by step, and a task takes it back', () => {
  const run = simulate(`${NODES}
changes: { close: { at: 1m, to: n.*, effect: { set: closed }, rollout: { batches: 2, every: 2m } } }
tasks: { open: { team: crew, after: { not: n.2 }, takes: 5m, does: { revert: close } } }`);
  expect(run.times('config/n.1/set/closed').map((at) => at / MINUTE)).toEqual([1, 8]);
  expect(run.times('up/n.1').map((at) => at / MINUTE)).toEqual([1, 8]);
  expect(run.times('up/n.2').map((at) => at / MINUTE)).toEqual([3, 8]);
  expect(run.times('up/gate').map((at) => at / MINUTE)).toEqual([1, 8]);
});

test('a fault does too, and words are each their own', () => {
  const run = simulate(`${NODES}
faults: { slip: { at: 1m, to: n.1, effect: { set: closed }, for: 3m } }
changes: { other: { at: 2m, to: n.2, effect: { set: open } } }`);
  expect(run.times('up/n.1').map((at) => at / MINUTE)).toEqual([1, 4]);
  expect(run.times('up/n.2')).toEqual([]);
  expect(run.times('config/n.2/set/open').map((at) => at / MINUTE)).toEqual([2]);
});

test('two who put it there must both take it back', () => {
  const run = simulate(`${NODES}
faults: { a: { at: 1m, to: n.1, effect: { set: closed }, for: 3m }, b: { at: 2m, to: n.1, effect: { set: closed }, for: 5m } }`);
  expect(run.times('up/n.1').map((at) => at / MINUTE)).toEqual([1, 7]);
});

test('it reads aloud as what it is', () => {
  const run = simulate(`${NODES}
changes: { close: { at: 1m, to: n.1, effect: { set: closed } } }`);
  const says = wordsFor(run.trace, 'config', 'n.1');
  expect(says(['n.1', 'set', 'closed'], 'yes')).toBe('n.1 is set to closed');
  expect(says(['n.1', 'set', 'closed'], 'no')).toBe('n.1 is no longer set to closed');
});
