/** R11: the state before the start. */
import { expect, test } from 'vitest';
import { MINUTE, problemsOf, simulate } from '../support/scenario.ts';

const initially = (text: string, facts: readonly string[]) => {
  const run = simulate(text);
  return facts.map((fact) => run.at(fact, 0));
};

test('R11 warm start: the greatest set: what keeps each other going is up', () => {
  const text = 'nodes: { a: { kind: service, needs: [ b ] }, b: { kind: service, needs: [ a ] } }';
  expect(initially(text, ['up/a', 'up/b'])).toEqual([true, true]);
});

test('R11 warm start: paths are walked from their source: two nodes do not keep each other reachable', () => {
  const text = `
nodes:
  "{source,a,b}": { kind: router }
  n: { kind: service, standby: true, needs: [ { reach: b, from: source } ] }
links: { cable: { from: source, to: a }, loop: { from: a, to: b } }
faults: { f: { before: true, to: cable, until: 5m } }`;
  expect(initially(text, ['reach/source/b', 'up/n'])).toEqual([false, false]);
  expect(simulate(text).times('reach/source/b')).toEqual([5 * MINUTE]);
});

test('R11 warm start: what its needs fail is dropped, again and again', () => {
  const text = `
nodes:
  x: { kind: power }
  a: { kind: router, standby: true, needs: [ x ] }
  "{b,c}": { kind: router, standby: true, needs: [ { reach: a, from: far } ] }
  far: { kind: router }
links: { one: { from: a, to: far } }
faults: { f: { before: true, to: x, until: 5m } }`;
  expect(initially(text, ['up/x', 'up/a', 'reach/far/a', 'up/b'])).toEqual([false, false, false, false]);
  expect(simulate(text).times('up/c')).toEqual([5 * MINUTE]);
});

test('R11 warm start: everything marked before is in force, a standby is off, and its clauses lift it', () => {
  const run = simulate(`
nodes:
  x: { kind: service }
  spare: { kind: service, standby: true, needs: [ { not: x } ] }
  "{r,s}": { kind: router }
  eye: { kind: tool, standby: true, needs: [ { reach: s, from: r } ] }
links: { l: { from: r, to: s, layer: backbone } }
changes: { maintenance: { before: true, to: r, effect: { drain: backbone } } }
faults: { f: { at: 1m, to: x } }`);
  expect(run.at('reach/r/s', 0)).toBe(false);
  expect(run.at('rollout/maintenance', 0)).toBe('complete');
  expect([run.at('up/spare', 0), run.times('up/spare')]).toEqual([false, [MINUTE]]);
});

test('R11 warm start: `starts` does not count: it has been running', () => {
  const text = `
nodes: { key: { kind: service }, n: { kind: service, starts: [ key ] } }
faults: { f: { before: true, to: key } }`;
  expect(initially(text, ['up/key', 'up/n'])).toEqual([false, true]);
});

test('R11 warm start: no task was done before the start; what calls for one then is heard at the start', () => {
  const run = simulate(`
nodes: { x: { kind: service } }
faults: { f: { before: true, to: x } }
tasks: { fix: { after: { not: x }, takes: 5m } }`);
  expect(run.at('done/fix', 0)).toBe(false);
  expect(run.changes('task')[0]).toEqual([0, 'task/fix', 'working']);
});

test('R11 warm start: a node without a fault of that time whose needs fail is its author’s error', () => {
  const broken = `
nodes: { a: { kind: service }, n: { kind: service, needs: [ a ] } }
faults: { f: { before: true, to: a } }`;
  expect(problemsOf(broken).join()).toMatch(/n is down before the start.*: a/);
  expect(problemsOf(broken.replace('kind: service, needs', 'kind: service, standby: true, needs'))).toEqual([]);
});

test('R11 warm start: conditions that deny themselves are refused', () => {
  expect(problemsOf('nodes: { n: { kind: service, needs: [ { not: n } ] } }').join()).toMatch(/before the start/);
});

test('R11 warm start: a prefix whose announcement needs its own route is announced by nobody', () => {
  const text = `
nodes: { pop: { kind: pop }, net: { kind: network }, eye: { kind: tool, standby: true, needs: [ { route: p, from: net } ] } }
links: { session: { from: net, to: pop, bgp: peers } }
prefixes: { p: { from: pop, while: { route: p, from: net } } }`;
  expect(initially(text, ['announces/pop/p', 'route/net/p', 'up/eye'])).toEqual([false, false, false]);
});
