/** R13, roll-outs: batches, their order, the halt that is latched, and the way back. */
import { expect, test } from 'vitest';
import { MINUTE, simulate } from '../support/scenario.ts';

const fleet = (change: string, more = ''): string => `
nodes: { "n.{1..6}": { kind: service }, crew: { kind: team } }
changes: { c: { at: 1m, to: n.*, effect: off, ${change} } }
${more}`;
/** When each of the fleet was switched off, in minutes. */
const offs = (text: string, seed = '1') => {
  const run = simulate(text, { seed });
  return [1, 2, 3, 4, 5, 6].map((n) => run.times(`config/n.${n}/off`, true).map((at) => at / MINUTE));
};

test('R13 roll-outs: batches of like size, in the order of names', () => {
  expect(offs(fleet('rollout: { batches: 3, every: 2m }'))).toEqual([[1], [1], [3], [3], [5], [5]]);
  expect(offs(fleet('rollout: { batches: 4, every: 1m }'))).toEqual([[1], [2], [2], [3], [4], [4]]);
});

test('R13 roll-outs: or by drawn rank: another order for another seed, each node once', () => {
  const shuffled = fleet('rollout: { batches: 6, every: 1m, order: shuffled }');
  const orders = ['1', '2', '3'].map((seed) => offs(shuffled, seed).flat());
  for (const order of orders) expect([...order].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  expect(new Set(orders.map(String)).size).toBeGreaterThan(1);
});

test('R13 roll-outs: a node’s rank is its own: one more node moves no other’s', () => {
  const rank = (names: string) => {
    const run = simulate(`
nodes: { "{${names}}": { kind: service } }
changes: { c: { at: 1m, to: "{${names}}", effect: off, rollout: { batches: 9, every: 1m, order: shuffled } } }`);
    return run.changes('config').map(([, fact]) => fact);
  };
  const all = rank('a,b,c,d,e,f,g,h,i');
  expect(rank('a,b,c,d,e,f,g,h')).toEqual(all.filter((fact) => fact !== 'config/i/off'));
});

const HALTED = 'rollout: { batches: 3, every: 2m, halt: { not: n.1 } }';

test('R13 roll-outs: the halt is watched while a batch bakes: what is out stays out', () => {
  const run = simulate(fleet(HALTED));
  expect(run.changes('rollout').map(([at, , state]) => [at / MINUTE, state])).toEqual([
    [1, 'rolling'],
    [1, 'halted'],
  ]);
  expect(run.at('config/n.2/off', 60 * MINUTE)).toBe(true);
});

test('R13 roll-outs: it is latched: when the trouble is over, no batch follows', () => {
  const waits = 'rollout: { batches: 3, every: 2m, halt: { fault: x } }';
  const run = simulate(`${fleet(waits).replace('crew: {', 'x: { kind: service }, crew: {')}
faults: { f: { at: 2m, to: x, for: 10s } }`);
  expect(run.changes('rollout').map(([at, , state]) => [at / MINUTE, state])).toEqual([
    [1, 'rolling'],
    [2, 'halted'],
  ]);
});

test('R13 roll-outs: a halt condition that was true before the first batch stops after it', () => {
  const waits = 'rollout: { batches: 3, every: 2m, halt: { fault: x } }';
  const run = simulate(`${fleet(waits).replace('crew: {', 'x: { kind: service }, crew: {')}
faults: { f: { at: 30s, to: x } }`);
  expect(run.at('rollout/c', 2 * MINUTE)).toBe('halted');
  expect(run.times('config/n.3/off')).toEqual([]);
});

const reverted = (at: string): string =>
  `tasks: { undo: { team: crew, after: { ${at} }, takes: 1m, does: { revert: c } } }`;

test('R13 roll-outs: a revert while batches remain stops them, and takes back what is out', () => {
  const run = simulate(fleet('rollout: { batches: 3, every: 2m }', reverted('not: n.1')));
  expect(run.changes('rollout').map(([at, , state]) => [at / MINUTE, state])).toEqual([
    [1, 'rolling'],
    [2, 'reverted'],
  ]);
  expect(run.times('config/n.3/off')).toEqual([]);
  expect(run.times('up/n.2')).toEqual([MINUTE, 2 * MINUTE]);
});

test('R13 roll-outs: a revert while the change is still being made leaves nothing of it', () => {
  const run = simulate(fleet('takes: 5m', reverted('rollout: c, is: starting')));
  expect(run.changes('rollout').map(([at, , state]) => [at / MINUTE, state])).toEqual([
    [1, 'starting'],
    [2, 'reverted'],
  ]);
  expect(run.changes('config')).toEqual([]);
});

test('R13 roll-outs: the way back has batches of its own', () => {
  const run = simulate(fleet('rollback: { batches: 3, every: 10m }', reverted('not: n.1')));
  expect(run.changes('rollout').map(([at, , state]) => [at / MINUTE, state])).toEqual([
    [1, 'complete'],
    [2, 'reverting'],
    [22, 'reverted'],
  ]);
  expect([1, 3, 5].map((n) => run.times(`config/n.${n}/off`, false)[0])).toEqual([2, 12, 22].map((m) => m * MINUTE));
  expect(run.times('applied/c')).toEqual([MINUTE, 22 * MINUTE]);
});

test('R13 roll-outs: what was halted may be begun anew, and is then taken back whole', () => {
  const text = fleet(
    HALTED.replace('not: n.1', 'fault: x'),
    `faults: { f: { at: 2m, to: x, for: 1m } }
tasks:
  again: { team: crew, after: { rollout: c, is: halted }, takes: 5m, does: { apply: c } }
  undo: { team: crew, after: { rollout: c, is: complete }, takes: 5m, does: { revert: c } }`,
  ).replace('crew: {', 'x: { kind: service }, crew: {');
  const run = simulate(text);
  expect(run.changes('rollout').map(([, , state]) => state)).toEqual([
    'rolling',
    'halted',
    'rolling',
    'complete',
    'reverted',
  ]);
  expect(run.changes('config').filter(([, , off]) => off === true).length).toBe(6);
  expect([1, 2, 3, 4, 5, 6].map((n) => run.at(`config/n.${n}/off`, 60 * MINUTE))).toEqual(Array(6).fill(false));
});

const AGAIN = (again: string, more = '') =>
  fleet(
    'rollback: { batches: 3, every: 10m }',
    `faults: { bell: { at: 5m, to: bell, for: 1m }${more} }
tasks:
  undo: { team: crew, after: { not: n.1 }, takes: 1m, does: { revert: c } }
  ${again}`,
  ).replace('crew: {', '"{bell,gong}": { kind: service }, crew: {');
const ROLL = 'again: { after: { fault: bell }, takes: 1m, does: { apply: c } }';

test('R13 roll-outs: what is to begin while it is taken back begins when it has been', () => {
  const run = simulate(AGAIN(ROLL));
  const moved = run.changes('rollout').map(([at, , state]) => [at / MINUTE, state]);
  expect(moved.slice(0, 4)).toEqual([
    [1, 'complete'],
    [2, 'reverting'],
    [22, 'reverted'],
    [22, 'complete'],
  ]);
  expect(run.tippedBy(run.change('applied/c'))).toBe('rollout/c');
});

test('R13 roll-outs: and it does not if it is taken back once more before', () => {
  const text = AGAIN(
    `${ROLL}\n  no: { after: { fault: gong }, takes: 1m, does: { revert: c } }`,
    ', gong: { at: 7m, to: gong }',
  );
  expect(
    simulate(text)
      .changes('rollout')
      .map(([at, , state]) => [at / MINUTE, state]),
  ).toEqual([
    [1, 'complete'],
    [2, 'reverting'],
    [22, 'reverted'],
  ]);
});

test('R17 luck: step 1001 of one roll-out is not step 1 of the next', () => {
  const run = simulate(`
nodes: { "n.{1001..2010}": { kind: service }, "{bell,gong}": { kind: service } }
changes: { c: { at: 1s, to: n.*, effect: off, rollout: { batches: 1010, every: 1ms..900ms } } }
faults: { bell: { at: 30m, to: bell }, gong: { at: 31m, to: gong } }
tasks:
  undo: { after: { fault: bell }, takes: 0s, does: { revert: c } }
  again: { after: { fault: gong }, takes: 0s, does: { apply: c } }`);
  const at = run
    .changes('config')
    .filter(([, , off]) => off)
    .map(([when]) => when);
  expect(at.length).toBe(2020);
  const gaps = (from: number) => [0, 1, 2, 3].map((k) => (at[from + k + 1] as number) - (at[from + k] as number));
  expect(gaps(1000)).not.toEqual(gaps(1010));
});
