/** R18: the same scenario, seed and version give the same digest, and what nobody lives by is not in it. */
import { expect, test } from 'vitest';
import { compile, run } from '../../sim/compile.ts';
import { mechanisms } from '../../sim/mechanisms/index.ts';
import { byName } from '../../sim/model/units.ts';
import { scenarioOf, simulate } from '../support/scenario.ts';

const file = (parts: readonly string[]): string => parts.join('\n');
const NODES = 'nodes:\n  a: { kind: service }\n  n: { kind: service, needs: [ a ], downAfter: 1s..1m }';
const FAULTS = 'faults: { f: { at: 1m, to: a, for: 5m }, g: { at: 20m, to: n } }';
const digest = (text: string, seed = '1'): string => simulate(text, { seed }).trace.digest;
const plain = digest(file([NODES, FAULTS]));

test('R18 digest: SHA-256 of the live changes, the same for the same seed', () => {
  expect(plain).toMatch(/^[0-9a-f]{64}$/);
  expect(digest(file([NODES, FAULTS]))).toBe(plain);
  expect(digest(file([NODES, FAULTS]), '2')).not.toBe(plain);
});

test('R18 digest: it leaves out titles, sources, captions, checkpoints, watched facts and the order of the file', () => {
  expect(
    digest(file([FAULTS, 'nodes:\n  n: { kind: service, downAfter: 1s..1m, needs: [ a ] }\n  a: { kind: service }'])),
  ).toBe(plain);
  expect(digest(file([NODES.replaceAll('kind: service', 'kind: service, title: Some name'), FAULTS]))).toBe(plain);
  expect(digest(file([NODES, FAULTS, 'sources: { S: { title: Somebody, basis: press } }']))).toBe(plain);
  expect(
    digest(file([NODES, FAULTS, 'story: { s: { first: { not: a }, says: Down. }, t: { at: 2m, says: Later. } }'])),
  ).toBe(plain);
  expect(
    digest(file([NODES, FAULTS, 'checkpoints: { k: { says: It is well, always: { well: a }, accept: never } }'])),
  ).toBe(plain);
});

test('R18 digest: ways of doing a task have no order but that of their names', () => {
  const ways = ['one: { team: c1, takes: 5m }', 'two: { team: c2, takes: 5m }'];
  const text = (list: readonly string[]) => `
nodes: { x: { kind: service }, "{c1,c2}": { kind: team } }
faults: { f: { at: 1m, to: x } }
tasks: { fix: { after: { not: x }, ways: { ${list.join(', ')} } } }`;
  expect(digest(text([...ways].reverse()))).toBe(digest(text(ways)));
});

test('R18 digest: it holds what happens, when, and what tipped it', () => {
  expect(digest(file([NODES, FAULTS.replace('20m', '21m')]))).not.toBe(plain);
  expect(digest(file([NODES, `${FAULTS.slice(0, -2)}, h: { at: 21m, to: a } }`]))).not.toBe(plain);
});

test('R18 determinism: names compare by code unit, in no language', () => {
  expect(['é', 'a', 'Z', 'ä', 'z', '10', '9'].sort(byName)).toEqual(['10', '9', 'Z', 'a', 'z', 'ä', 'é']);
});

test('R18 determinism: the order of the mechanisms means nothing', () => {
  const scenario = scenarioOf(file([NODES, FAULTS]));
  const plan = compile(scenario, { mechanisms: [...mechanisms].reverse() });
  expect(plan.ok && run(plan.value, { seed: '1' }).digest).toBe(plain);
});

test('R18 determinism: a plan is read only: runs of other seeds between leave no mark', () => {
  const plan = compile(scenarioOf(file([NODES, FAULTS])));
  if (!plan.ok) throw new Error('no plan');
  const digests = ['1', '2', '1', '3', '1'].map((seed) => run(plan.value, { seed }).digest);
  expect([digests[0], digests[2], digests[4]]).toEqual([plain, plain, plain]);
});

test('R18 determinism: a run that is cut short is the beginning of the whole run', () => {
  const text = file([NODES, FAULTS]);
  const whole = simulate(text).changes();
  for (const until of [60_000, 61_000, 300_000])
    expect(simulate(text, { until }).changes()).toEqual(whole.filter(([at]) => at <= until));
});
