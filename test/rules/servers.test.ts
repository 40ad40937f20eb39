/** How late answers come while a resolver tries nameservers that keep silent. */
import { expect, test } from 'vitest';
import { waitedFor } from '../../sim/mechanisms/naming/theory.ts';
import { MINUTE, problemsOf, simulate } from '../support/scenario.ts';
import { Dice } from '../swarm/dice.ts';

const world = (faults: string, traits = ', timeout: 10s, retry: 800ms'): string => `
nodes:
  host.{1..4}: { kind: datacenter }
  ns.{1..4}: { kind: nameserver, in: host.$1 }
  r: { kind: resolver${traits} }
  users: { kind: population, via: { r: 100% }, does: read }
links: { a: { from: r, to: host.* } }
zones: { shop: { nameservers: ns.*, ttl: 1m } }
journeys: { read: [ { resolves: shop }, { not: { delay: shop, above: 1 }, else: slow } ] }
faults: { ${faults} }`;
const late = (faults: string) =>
  simulate(world(faults))
    .changes('delay/r/shop')
    .map(([at, , seconds]) => [at / MINUTE, seconds]);

test('of d silent servers d / (a + 1) are waited for before one of a live ones, as over all orders', () => {
  const dice = new Dice('orders');
  for (const [silent, live] of [
    [1, 1],
    [3, 1],
    [2, 3],
  ] as const) {
    let waits = 0;
    for (let k = 0; k < 20_000; k++) {
      const order = dice.some(
        Array.from({ length: silent + live }, (_, i) => i),
        silent + live,
      );
      waits += order.findIndex((server) => server >= silent) / 20_000;
    }
    expect(Math.abs(waits - waitedFor(silent, live))).toBeLessThan(0.03);
  }
});

test('each silent server that comes first costs one wait, and none answering the whole time', () => {
  const dies = [1, 2, 3, 4].map((n) => `f${n}: { at: ${n}m, to: "a:r~host.${n}", until: 10m }`).join(', ');
  expect(late(dies)).toEqual([
    [1, 0.2],
    [2, Number(((0.8 * 2) / 3).toPrecision(9))],
    [3, 1.2],
    [4, 10],
    [10, 0],
  ]);
});

test('a server that refuses costs nothing', () => {
  expect(late('f: { at: 1m, to: "ns.{1,2,3}" }')).toEqual([]);
});

test('whoever has to ask is slowed, and gets through', () => {
  const dies = [1, 2, 3].map((n) => `f${n}: { at: ${n}m, to: "a:r~host.${n}", until: 10m }`).join(', ');
  expect(
    simulate(world(dies))
      .changes('works/')
      .map(([at, , to]) => [at / MINUTE, to]),
  ).toEqual([
    [3, 'slow'],
    [10, 'ok'],
  ]);
});

test('how long it waits for one server is said beside how long it asks in all', () => {
  expect(problemsOf(world('', ', retry: 800ms')).join()).toMatch(/"retry" is a part of the time it asks in all/);
  expect(problemsOf(world('', ', timeout: 10s')).join()).toMatch(/nothing says how long r waits for one nameserver/);
});
