/** R21: patches, variants and forks: other scenarios by few words. */
import { expect, test } from 'vitest';
import { HEAD, MINUTE, problemsOf, scenarioOf, simulate } from '../support/scenario.ts';

const TEXT = `
defaults: { service: { downAfter: 1s } }
nodes:
  x: { kind: service }
  "n.{1..4}": { kind: service, needs: [ x ] }
  n.*: { downAfter: 2s }
  "n.{3,4}": { downAfter: 3s }
  n.4: { downAfter: 4s }
  m: { kind: service, needs: [ x ] }
faults: { f: { at: 1m, to: x } }
variants:
  slow-two: { title: The second is slow, patch: { nodes: { n.2: { downAfter: 9s } } } }
  no-fault: { title: Nothing happens, patch: { faults: { f: null } } }
  both:     { title: Both, also: [ slow-two, no-fault ], patch: { faults: { g: { at: 2m, to: x } } } }
  longer:   { title: One need more, patch: { nodes: { m: { needs+: [ n.1 ] } } } }
  shorter:  { title: None, patch: { nodes: { m: { needs-: [ x ] } } } }`;
const falls = (variant?: string, names = ['m', 'n.1', 'n.2', 'n.3', 'n.4']) => {
  const run = simulate(TEXT, variant === undefined ? {} : { variant });
  return names.map((name) => run.times(`up/${name}`).map((at) => (at - MINUTE) / 1000));
};

test('R21 precedence: a plain name outranks a brace, a brace a glob, a glob what made the node, that a default', () => {
  expect(falls()).toEqual([[1], [2], [2], [3], [4]]);
});

test('R21 patches: patching one of many is an ordinary refinement', () => {
  expect(falls('slow-two')).toEqual([[1], [2], [9], [3], [4]]);
});

test('R21 patches: null deletes', () => {
  expect(falls('no-fault')).toEqual([[], [], [], [], []]);
});

test('R21 patches: a variant may build on others', () => {
  expect(falls('both')).toEqual([[61], [62], [69], [63], [64]]);
});

test('R21 patches: `x+` and `x-` extend and shorten a list', () => {
  expect([falls('longer', ['m']), falls('shorter', ['m'])]).toEqual([[[1]], [[]]]);
  expect(scenarioOf(TEXT, { variant: 'longer' }).nodes.get('m')?.needs.length).toBe(1);
});

test('R21 patches: what is not there can be neither deleted nor taken out', () => {
  expect(problemsOf(TEXT, { patch: { faults: { q: null } } }).length).toBe(1);
  expect(problemsOf(TEXT, { patch: { nodes: { m: { 'needs-': ['n.4'] } } } }).length).toBe(1);
});

test('R21 patches: two refinements of one rank that differ are an error, whatever their order', () => {
  const clash = TEXT.replace('n.4: {', '"n.{4,5}": { downAfter: 5s }\n  n.4: {').replace('n.{1..4}', 'n.{1..5}');
  expect(problemsOf(clash.replace('n.4: { downAfter: 4s }', '')).join()).toMatch(/n\.4/);
});

test('R21 patches: a variant is another scenario from time zero', () => {
  expect(simulate(TEXT, { variant: 'no-fault' }).changes()).toEqual([]);
});

const fork = (faults: string, at = '5m'): string =>
  `netfall: 1\nextends: ./base.yaml\nat: ${at}\nfaults: { ${faults} }`;
const forked = { read: () => HEAD + TEXT };

test('R21 forks: the same scenario and seed, and more after a moment', () => {
  const base = simulate(TEXT, { seed: '3' }).changes();
  const later = simulate(fork('late: { at: 10m, to: m }'), { ...forked, seed: '3' }).changes();
  expect(later.slice(0, base.length)).toEqual(base);
  expect(later.slice(base.length).map(([at, fact]) => [at, fact])).toEqual([[10 * MINUTE, 'fault/m']]);
});

test('R21 forks: nothing before that moment', () => {
  expect(problemsOf(fork('early: { at: 4m, to: m }'), forked).length).toBe(1);
  expect(problemsOf(fork('f: { at: 6m, to: m }'), forked).length).toBe(1);
});
