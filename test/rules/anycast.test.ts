/** Anycast: who serves whom is decided by routes, and only by them. */
import { expect, test } from 'vitest';
import { simulate } from '../support/scenario.ts';

const MINUTE = 60_000;
const WORLD = (peers: string, faults: string): string => `
nodes:
  "{net,far}": { kind: network }
  pop.{1,2}: { kind: pop }
  ns: { kind: nameserver, in: pop.*, prefix: p }
  eye: { kind: resolver, network: net }
  user: { kind: tool, needs: [ { resolves: z, via: eye } ] }
links: { ${peers} }
prefixes: { p: { from: pop.* } }
zones: { z: { nameservers: ns, ttl: 1ms } }
faults: { f: ${faults} }`;
const ONE = 'one: { from: net, to: pop.1, bgp: peers }, other: { from: far, to: pop.2, bgp: peers }';
const BOTH = 'both: { from: net, to: pop.*, bgp: peers }';

const lost = (text: string): readonly number[] => simulate(text).times('resolves/eye/z');

test('R2 support: a resolver is not served by a site its network has no way to', () => {
  expect(lost(WORLD(ONE, '{ at: 1m, to: ns@pop.1 }'))).toHaveLength(1);
  expect(lost(WORLD(ONE, '{ at: 1m, to: pop.1 }'))).toHaveLength(1);
  expect(lost(WORLD(ONE, '{ at: 1m, to: ns@pop.2 }'))).toEqual([]);
});

test('R2 support: a server that dies while its site announces takes those down who land there, and nobody else', () => {
  expect(lost(WORLD(BOTH, '{ at: 1m, to: ns@pop.1 }'))).toHaveLength(1);
  expect(lost(WORLD(BOTH, '{ at: 1m, to: ns@pop.2 }'))).toEqual([]);
});

test('R2 support: a site that withdraws hands its callers to the next', () => {
  const run = simulate(WORLD(BOTH, '{ at: 1m, to: pop.1 }'), { asked: [['lands', 'net', 'p', 'pop.2']] });
  expect(run.times('lands/net/p/pop.2').every((at) => at >= MINUTE)).toBe(true);
  expect(run.changes('lands/net/p/pop.2').at(-1)?.[2]).toBe(true);
});

test('a site of a network is asked for by itself: which of them packets come through, and how that moves', () => {
  const run = simulate(
    `
nodes:
  cdn: { kind: network }
  site.{1,2}: { kind: pop, network: cdn }
  "{isp.1,isp.2}": { kind: network }
links:
  up: { from: "site.{1,2}", to: isp.$1, bgp: buys, delay: 10ms }
  between: { from: isp.1, to: isp.2, bgp: peers, delay: 10ms }
prefixes: { p: { cidr: 192.0.2.0/24, from: site.* } }
faults: { f: { at: 1m, to: "up:site.1~isp.1", for: 1m } }`,
    {
      asked: ['site.1', 'site.2', 'cdn'].map((met) => ['passes', 'isp.1', 'p', met] as const),
    },
  );
  const met = (at: number) => ['site.1', 'site.2', 'cdn'].map((name) => run.at(`passes/isp.1/p/${name}`, at));
  expect(met(0)).toEqual([true, false, true]);
  expect(met(1.5 * MINUTE)).toEqual([false, true, true]);
  expect(met(3 * MINUTE)).toEqual([true, false, true]);
});

test('R2 support: a server with an address in each of two blocks is lost with the last of them', () => {
  const both = (faults: string) =>
    lost(
      WORLD(BOTH, faults)
        .replace('prefix: p }', 'prefix: [ p, six ] }')
        .replace('p: { from: pop.* }', 'p: { from: pop.* }, six: { from: pop.2 }'),
    );
  expect(both('{ at: 1m, to: ns@pop.1 }')).toEqual([]);
  expect(both('{ at: 1m, to: "ns@pop.*" }')).toHaveLength(1);
});

test('R2 support: a server behind a site is lost with the site, though routes to it outlive it', () => {
  const run = simulate(
    `
nodes:
  "{net,isp}": { kind: network }
  pop: { kind: pop, network: net }
  farm: { kind: datacenter, network: net }
  ns: { kind: nameserver, in: farm, prefix: p }
  eye: { kind: resolver, network: isp }
  user: { kind: tool, needs: [ { resolves: z, via: eye } ] }
links: { up: { from: pop, to: isp, bgp: buys, hold: 10m } }
prefixes: { p: { from: pop } }
zones: { z: { nameservers: ns, ttl: 1ms } }
faults: { f: { at: 1m, to: pop } }`,
    { asked: [['route', 'isp', 'p']] },
  );
  expect(run.times('resolves/eye/z')[0]).toBeLessThan(MINUTE + 2);
  expect(run.times('route/isp/p')[0]).toBe(11 * MINUTE);
});
