/** Forwarding by longest match: delivered, no route, black hole, loop (RFC 4632 section 5.1). */
import { expect, test } from 'vitest';
import { forward, type Outcome, type View } from '../../sim/mechanisms/routing/forward.ts';
import { covers } from '../../sim/model/blocks.ts';
import { changesOf, networks, runOf, type Sketch, scenarioOf, valueAt } from './networks.ts';

/** Speakers in a row of levels: -1 no route, -2 one's own, else the next speaker; half n leads to speaker n. */
function send(
  levels: readonly (readonly number[])[],
  dead: readonly number[] = [],
  serves: readonly number[] = [],
): Outcome {
  const view: View = {
    levels: levels.length,
    over: (speaker, level) => levels[level]?.[speaker] as number,
    teller: (half) => half,
    carries: (half) => !dead.includes(half),
    takes: (speaker, level) => (level === 0 || serves.includes(speaker) ? 'here' : 'lost'),
    drops: () => false,
  };
  return forward(view, 0);
}

test('a packet follows the longest prefix that each hop has a route for', () => {
  expect(send([[1, 2, -2]])).toBe('delivered');
  expect(send([[-1, 2, -2]])).toBe('no route');
  expect(send([[1, -1, -2]])).toBe('no route');
  expect(send([[1, 2, 0]])).toBe('loop');
  expect(send([[1, 2, -2]], [2])).toBe('black hole');
  // The first hop has only the wider block, the second the longer one too.
  expect(
    send([
      [-1, 2, -2],
      [1, 3, -1, -2],
    ]),
  ).toBe('delivered');
  // The longer one is gone everywhere: the wider block leads to a site that cannot serve.
  expect(
    send([
      [-1, -1, -1],
      [1, 2, -2],
    ]),
  ).toBe('black hole');
  // Unless another edge of the same network announces the longer one.
  expect(
    send(
      [
        [-1, -1, -1],
        [1, 2, -2],
      ],
      [],
      [2],
    ),
  ).toBe('delivered');
});

test('blocks lie in each other by their bits, IPv4 and IPv6 apart', () => {
  expect(covers('129.134.0.0/16', '129.134.30.0/24')).toBe(true);
  expect(covers('129.134.30.0/24', '129.134.0.0/16')).toBe(false);
  expect(covers('129.134.30.0/23', '129.134.31.0/24')).toBe(true);
  expect(covers('129.134.30.0/24', '129.134.31.0/24')).toBe(false);
  expect(covers('0.0.0.0/0', '10.0.0.0/8')).toBe(true);
  expect(covers('::/0', '10.0.0.0/8')).toBe(false);
  expect(covers('2a03:2880::/32', '2a03:2880:f0fc::/48')).toBe(true);
  expect(covers('2a03:2881::/32', '2a03:2880:f0fc::/48')).toBe(false);
});

/** A site with a nameserver's block, inside a wider one that another site of the network announces too. */
const NESTED: Sketch = {
  nodes: {
    ...networks(['meta', 'transit', 'user']),
    'pop.{1,2}': { kind: 'pop', network: 'meta' },
    check: { kind: 'service' },
  },
  links: {
    a: { from: 'pop.1', to: 'transit', bgp: 'buys', delay: '20ms' },
    b: { from: 'pop.2', to: 'transit', bgp: 'buys', delay: '20ms' },
    c: { from: 'user', to: 'transit', bgp: 'buys', delay: '20ms' },
  },
  prefixes: {
    names: { cidr: '129.134.30.0/24', from: 'pop.1', while: { up: 'check' } },
    wide: { cidr: '129.134.0.0/16', from: 'pop.2' },
  },
};
const FORWARDS = [
  ['forwards', 'user', 'names'],
  ['route', 'user', 'names'],
  ['route', 'user', 'wide'],
] as const;

test('when a longer prefix is withdrawn under a wider one, packets fall into a black hole', () => {
  const ran = runOf(scenarioOf({ ...NESTED, faults: { f: { at: '1m', to: 'check' } } }), FORWARDS);
  expect(valueAt(ran, 'forwards/user/names', 0)).toBe('delivered');
  expect(changesOf(ran, 'route/user/names')).toEqual([[60_040, false]]);
  expect(valueAt(ran, 'route/user/wide', 120_000)).toBe(true);
  // The route to a site that no longer announces it leads nowhere already before the withdrawal is heard of.
  expect(changesOf(ran, 'forwards/user/names').at(-1)?.[1]).toBe('black hole');
});

test('when both are withdrawn there is no route', () => {
  const prefixes = {
    names: { cidr: '129.134.30.0/24', from: 'pop.1', while: { up: 'check' } },
    wide: { cidr: '129.134.0.0/16', from: 'pop.2', while: { up: 'check' } },
  };
  const ran = runOf(scenarioOf({ ...NESTED, prefixes, faults: { f: { at: '1m', to: 'check', for: '5m' } } }), FORWARDS);
  expect(valueAt(ran, 'forwards/user/names', 120_000)).toBe('no route');
  expect(valueAt(ran, 'forwards/user/names', 600_000)).toBe('delivered');
});

test('a route that outlives its session is a black hole until the hold timer ends', () => {
  const ran = runOf(scenarioOf({ ...NESTED, faults: { f: { at: '1m', to: 'pop.1' } } }), FORWARDS);
  expect(changesOf(ran, 'forwards/user/names')).toEqual([[60_000, 'black hole']]);
  expect(changesOf(ran, 'route/user/names')).toEqual([[150_020, false]]);
});
