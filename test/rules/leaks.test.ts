/** Leaks of routes (RFC 7908), and roles against them (RFC 9234). */
import { expect, test } from 'vitest';
import { isHierarchy, topologyOf } from '../../sim/mechanisms/routing/topology.ts';
import { pathsOf } from '../support/routes.ts';
import { MINUTE, scenarioOf, simulate } from '../support/scenario.ts';

interface Roles {
  readonly p1?: boolean;
  readonly p2?: boolean;
  readonly leaker?: boolean;
}
/** A customer of two providers tells the one what the other tells it. p2's customer would have the origin over a peer otherwise. */
const world = ({ p1 = false, p2 = false, leaker = false }: Roles, leaks = 'all: { then: accept }'): string => `
policies: { leak: { ${leaks} } }
nodes:
  "{origin,far}": { kind: network }
  switch: { kind: service }
  p1: { kind: network, roles: ${p1} }
  p2: { kind: network, roles: ${p2} }
  leaker: { kind: network, roles: ${leaker}, exports: leak }
links:
  o: { from: origin, to: p1, bgp: buys, delay: 10ms }
  pp: { from: p1, to: p2, bgp: peers, delay: 10ms }
  l1: { from: leaker, to: p1, bgp: buys, delay: 10ms }
  l2: { from: leaker, to: p2, bgp: buys, delay: 10ms }
  f: { from: far, to: p2, bgp: buys, delay: 10ms }
prefixes: { p: { cidr: 192.0.2.0/24, from: origin } }
faults: { f: { at: 1m, to: switch, for: 4m } }`;
const CLEAN = { p2: 'p1 origin', far: 'p2 p1 origin' };
const LEAKED = { p2: 'leaker p1 origin', far: 'p2 leaker p1 origin' };
const seen = (text: string) => pathsOf(text, 'p', ['p2', 'far']);

test('whoever accepts everything on the way out leaks, and its provider takes the detour: a customer is preferred', () => {
  expect(seen(world({}, 'all: { then: reject }'))).toEqual(CLEAN);
  expect(seen(world({}))).toEqual(LEAKED);
});

test('only to customers: a provider with roles refuses the leak though the leaker has none', () => {
  expect(seen(world({ p1: true, p2: true }))).toEqual(CLEAN);
});

test('the mark must have been set before the leak, and somebody after it must look', () => {
  expect(seen(world({ p1: true }))).toEqual(LEAKED);
  expect(seen(world({ p2: true }))).toEqual(LEAKED);
});

test('a leaker with roles does not leak, whatever its policy says', () => {
  expect(seen(world({ leaker: true }))).toEqual(CLEAN);
});

test('roles alone change no route', () => {
  const all = { p1: true, p2: true, leaker: true };
  expect(seen(world(all, 'none: { within: 10.0.0.0/8, then: accept }'))).toEqual(CLEAN);
});

test('R16: a leak that begins and ends with a condition is its cause, all the way down', () => {
  const run = simulate(world({}, 'all: { while: { not: { up: switch } }, then: accept }'), {
    asked: [
      ['path', 'far', 'p'],
      ['route', 'far', 'p'],
      ['passes', 'far', 'p', 'leaker'],
    ],
  });
  expect(run.changes('path/far/p')).toEqual([
    [MINUTE + 20, 'path/far/p', LEAKED.far],
    [5 * MINUTE + 20, 'path/far/p', CLEAN.far],
  ]);
  for (const at of [2, 6]) expect(run.tippedBy(run.change('path/far/p', at * MINUTE))).toBe('up/switch');
  // Packets take the detour as soon as the provider does.
  expect(run.times('passes/far/p/leaker', true)).toEqual([MINUTE + 10]);
  expect(run.times('route/far/p')).toEqual([]);
});

test('a peer that leaks is refused by one with roles: the mark is not its own', () => {
  const text = (roles: boolean): string =>
    world({ p1: true, p2: roles })
      .replace('l2: { from: leaker, to: p2, bgp: buys', 'l2: { from: leaker, to: p2, bgp: peers')
      .replace(/ {2}pp: .*\n/, '');
  expect(seen(text(false))).toEqual(LEAKED);
  expect(seen(text(true))).toEqual({ p2: '', far: '' });
});

test('a topology with a leak, or with a preference of one’s own, is no hierarchy', () => {
  const isOne = (text: string): boolean => {
    const { nodes, links } = scenarioOf(text);
    return isHierarchy(topologyOf(nodes, [...links.values()], ['origin'], []));
  };
  expect(isOne(world({}))).toBe(false);
  expect(isOne(world({}, 'all: { then: reject }'))).toBe(true);
  expect(isOne(world({}, 'all: { preference: 7 }').replace('exports: leak', 'imports: leak'))).toBe(false);
});
