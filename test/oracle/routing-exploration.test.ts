/** Path exploration in full meshes after Labovitz, Ahuja, Bose and Jahanian (2000). */
import { expect, test } from 'vitest';
import { LOCAL, Paths } from '../../sim/mechanisms/routing/paths.ts';
import { topologyOf } from '../../sim/mechanisms/routing/topology.ts';
import type { Scenario } from '../../sim/model/scenario.ts';
import { changesOf, networks, type Ran, runOf, scenarioOf, switched } from './networks.ts';

/** A mesh of n networks in which everybody gives everybody transit; n.0 announces from a minute on, and withdraws after ten. */
function mesh(n: number, session: object): Scenario {
  const names = Array.from({ length: n }, (_, i) => `n.${i}`);
  const { node, faults, holds } = switched('n.0', '1m', '10m');
  return scenarioOf({
    nodes: { ...networks(names), ...node },
    links: { mesh: { mesh: 'n.*', bgp: 'siblings', ...session } },
    prefixes: { p: { from: 'n.0', while: holds } },
    faults,
  });
}
const asking = (n: number) => Array.from({ length: n - 1 }, (_, i) => ['path', `n.${i + 1}`, 'p'] as const);
const ON = 60_000;
const OFF = 600_000;

function lastChange(ran: Ran, n: number, before = Number.POSITIVE_INFINITY): number {
  const times = asking(n).flatMap(([, name]) => changesOf(ran, `path/${name}/p`).map(([at]) => at));
  return Math.max(...times.filter((at) => at < before));
}

test('f3: with an MRAI of 30 s the last route changes (n - 3) x 30 s and two link delays after the withdrawal', () => {
  const found = [4, 5, 6, 7, 8].map((n) => {
    const ran = runOf(mesh(n, { delay: '10ms', mrai: '30s..30s' }), asking(n));
    expect(lastChange(ran, n, OFF) - ON).toBe(10);
    expect(ran.trace.disputes).toEqual([]);
    return lastChange(ran, n) - OFF;
  });
  expect(found).toEqual([30_020, 60_020, 90_020, 120_020, 150_020]);
});

test('a plain MRAI is shortened by up to a quarter, so it is over sooner', () => {
  const ran = runOf(mesh(6, { delay: '10ms', mrai: '30s' }), asking(6));
  const after = lastChange(ran, 6) - OFF;
  expect(after).toBeLessThan(90_020);
  expect(after).toBeGreaterThan(30_000);
});

test('good news is fast, bad news slow', () => {
  const ran = runOf(mesh(7, { delay: '10ms..100ms', mrai: '30s' }), asking(7));
  expect(lastChange(ran, 7, OFF) - ON).toBeLessThanOrEqual(200);
  expect(lastChange(ran, 7) - OFF).toBeGreaterThan(30_000);
});

test('f5: the paths to the origin are the simple ones, and exploration never leaves them', () => {
  const counts = [3, 4, 5, 6, 7, 8].map((n) => {
    const scenario = mesh(n, {});
    const topology = topologyOf(scenario.nodes, [...scenario.links.values()], ['n.0'], []);
    const paths = new Paths();
    const found = new Set<number>();
    const goes = (speaker: number, path: number): void => {
      if (speaker === 1) found.add(path);
      const longer = paths.cons(topology.network[speaker] as number, path);
      for (let i = topology.firstOut[speaker] as number; i < (topology.firstOut[speaker + 1] as number); i++) {
        const to = topology.to[topology.outs[i] as number] as number;
        if (!paths.has(longer, topology.network[to] as number)) goes(to, longer);
      }
    };
    goes(0, LOCAL);
    return found.size;
  });
  expect(counts).toEqual([2, 5, 16, 65, 326, 1957]);
});

test('without an MRAI exploration is long, goes through simple paths only, and ends without a route', () => {
  for (const [n, simple] of [
    [5, 16],
    [6, 65],
  ] as const) {
    for (let seed = 0; seed < 10; seed++) {
      const ran = runOf(mesh(n, { delay: '1ms..1s' }), asking(n), String(seed));
      for (const [, name] of asking(n)) {
        const taken = changesOf(ran, `path/${name}/p`);
        expect(taken.at(-1)?.[1]).toBe('');
        const paths = taken.map(([, path]) => String(path)).filter((path) => path !== '');
        expect(new Set(paths).size).toBeLessThanOrEqual(simple);
        for (const path of paths) {
          const hops = path.split(' ');
          expect(new Set(hops).size).toBe(hops.length);
          expect(hops).not.toContain(name);
          expect(hops.at(-1)).toBe('n.0');
        }
      }
    }
  }
});
