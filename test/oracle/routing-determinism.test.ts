/** Routing is a pure function of scenario and seed: the same twice, in any order of the file, whatever else is watched. */
import { expect, test } from 'vitest';
import { hierarchy, networks, runOf, type Sketch, scenarioOf, timed } from './networks.ts';

function sketch(seed: number): Sketch {
  const shape = hierarchy(seed, 20, '1ms..2s');
  const life = timed(shape.names[7] as string, 'p', null, '10m');
  return {
    nodes: { ...networks(shape.names), ...life.nodes, isp: { kind: 'resolver', network: shape.names[19] } },
    links: shape.links,
    changes: life.changes,
    prefixes: { p: { from: [shape.names[7], shape.names[12]] } },
  };
}
const ASKED = [
  ['path', 'as.03', 'p'],
  ['route', 'as.19', 'p'],
] as const;

test('the same seed gives the same digest, another seed another', () => {
  const scenario = sketch(1);
  const asked = hierarchy(1, 20).names.map((name) => ['path', name, 'p'] as const);
  const digests = ['1', '1', '2'].map((seed) => {
    const { trace } = runOf(scenarioOf(scenario), asked, seed);
    return JSON.stringify([[...trace.columns.at], [...trace.columns.to], trace.texts]);
  });
  expect(digests[0]).toBe(digests[1]);
  expect(digests[0]).not.toBe(digests[2]);
});

test('the order of the file does not matter', () => {
  const written = sketch(2);
  const backwards = (map: Record<string, object> | undefined) =>
    Object.fromEntries(Object.entries(map ?? {}).reverse());
  const turned = { ...written, nodes: backwards(written.nodes), links: backwards(written.links) };
  const [one, other] = [written, turned].map((text) => runOf(scenarioOf(text), ASKED).trace);
  expect(other?.digest).toBe(one?.digest);
  expect([...(other?.columns.at ?? [])]).toEqual([...(one?.columns.at ?? [])]);
});

/** Something that happens when a route is lost, so that routes and paths are live, and so in the digest. */
const LIVE: Sketch = {
  ...sketch(3),
  nodes: { ...sketch(3).nodes, gate: { kind: 'service' } },
  changes: {
    ...sketch(3).changes,
    shut: { after: { not: { route: 'p', from: 'as.19' } }, to: 'gate', effect: 'down' },
  },
};

test('watching more changes nothing that lives, and paths are in the digest', () => {
  const scenario = scenarioOf(LIVE);
  const plain = runOf(scenario, []).trace;
  const watched = runOf(scenario, [
    ['path', 'as.01', 'p'],
    ['forwards', 'as.05', 'p'],
    ['route', 'as.11', 'p'],
  ]).trace;
  expect(watched.facts.names.length).toBeGreaterThan(plain.facts.names.length);
  expect(watched.digest).toBe(plain.digest);
  expect(plain.facts.names.slice(0, plain.facts.firstWatched)).toContain('path/as.19/p');
});

test('adding a network that is joined to nobody moves no luck', () => {
  const lines = (sketch: Sketch) => {
    const { trace } = runOf(scenarioOf(sketch), []);
    return Array.from(trace.columns.at, (at, id) => [at, trace.facts.names[trace.columns.fact[id] as number]]);
  };
  const more = { ...LIVE, nodes: { ...LIVE.nodes, lonely: { kind: 'network' } } };
  expect(lines(more)).toEqual(lines(LIVE));
});
