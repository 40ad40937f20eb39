/** Policies after Gao and Rexford (2001): one state, whatever the order; no valley, no loop, no phantom; as the closed form has it. */
import { expect, test } from 'vitest';
import { Paths } from '../../sim/mechanisms/routing/paths.ts';
import { OWN, solveStatically } from '../../sim/mechanisms/routing/static.ts';
import { isHierarchy, topologyOf } from '../../sim/mechanisms/routing/topology.ts';
import type { Scenario } from '../../sim/model/scenario.ts';
import {
  changesOf,
  dice,
  type Hierarchy,
  hierarchy,
  networks,
  plainRunOf,
  type Ran,
  runOf,
  scenarioOf,
  timed,
  valueAt,
} from './networks.ts';

const MINUTE = 60_000;

/** The closed form as texts, by name: with these sites announcing, and these sessions cut. */
function closedForm(
  scenario: Scenario,
  on: readonly string[],
  cut: readonly string[] = [],
): Readonly<Record<string, string>> {
  const topology = topologyOf(scenario.nodes, [...scenario.links.values()], on, []);
  const paths = new Paths();
  const origins = new Set(on.map((name) => topology.indexOf.get(name)));
  const routes = solveStatically(
    topology,
    paths,
    (speaker) => origins.has(speaker),
    (half) => !cut.includes(topology.sessions[topology.session[half] as number]?.name ?? ''),
  );
  const text = (speaker: number): string =>
    routes.half[speaker] === OWN
      ? 'local'
      : paths
          .list(routes.path[speaker] as number)
          .map((n) => topology.networks[n])
          .join(' ');
  return Object.fromEntries(topology.speakers.map((name, speaker) => [name, text(speaker)]));
}

/** Two origins come and go: `one` from 1 m to 9 m, `other` from 5 m to 13 m; some links are cut for a time. */
function comeAndGo({ names, links }: Hierarchy, one: string, other: string, cuts: readonly Cut[] = []): Scenario {
  const [first, second] = [timed(one, 'p', '1m', '9m'), timed(other, 'p', '5m', '13m')];
  const faults = cuts.map(({ link, from, to }) => [
    `cut.${link}.${from}`,
    { at: `${from}m`, to: link, for: `${to - from}m` },
  ]);
  return scenarioOf({
    run: '20m',
    nodes: { ...networks(names), ...first.nodes, ...second.nodes },
    links,
    faults: { ...first.faults, ...second.faults, ...Object.fromEntries(faults) },
    changes: { ...first.changes, ...second.changes },
    prefixes: { p: { from: [one, other] } },
  });
}
/** A link that is cut, from a minute to another. */
interface Cut {
  readonly link: string;
  readonly from: number;
  readonly to: number;
}
const asking = (names: readonly string[]) => names.map((name) => ['path', name, 'p'] as const);
const pathsAt = (ran: Ran, names: readonly string[], at: number): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, String(valueAt(ran, `path/${name}/p`, at))]));

/** What the second of two neighbours is to the first. */
function relations(links: Hierarchy['links']): Map<string, string> {
  const found = new Map<string, string>();
  for (const link of Object.values(links) as { from: string; to: string; bgp: string }[]) {
    found.set(`${link.from} ${link.to}`, link.bgp === 'peers' ? 'peer' : 'provider');
    found.set(`${link.to} ${link.from}`, link.bgp === 'peers' ? 'peer' : 'customer');
  }
  return found;
}

/** Traffic goes up to providers, over at most one peer, then down to customers. */
function isValleyFree(relation: ReadonlyMap<string, string>, hops: readonly string[]): boolean {
  let descending = false;
  for (let i = 0; i + 1 < hops.length; i++) {
    const next = relation.get(`${hops[i]} ${hops[i + 1]}`);
    if (descending && next !== 'customer') return false;
    if (next !== 'provider') descending = true;
  }
  return true;
}

test('messages end in the closed form on 1,000 random hierarchies, before and after withdrawals and session losses', () => {
  let moved = 0;
  for (let seed = 0; seed < 1000; seed++) {
    const roll = dice(seed);
    const shape = hierarchy(seed, 8 + roll(12), '1ms..200ms');
    const { names } = shape;
    const one = names[roll(names.length)] as string;
    const other = names.filter((name) => name !== one)[roll(names.length - 1)] as string;
    const links = Object.keys(shape.links);
    const cuts = [
      { link: links[roll(links.length)] as string, from: 2, to: 4 },
      { link: links[roll(links.length)] as string, from: 6, to: 11 },
      { link: links[roll(links.length)] as string, from: 7, to: 11 },
    ];
    const scenario = comeAndGo(shape, one, other, cuts);
    // All laws of traces are looked at in some of the runs, for they take longer than the runs.
    const ran = (seed < 50 ? runOf : plainRunOf)(scenario, asking(names), String(seed));
    const expected = (on: readonly string[], minute: number) => {
      const cut = cuts.filter(({ from, to }) => from <= minute && minute < to).map(({ link }) => link);
      const state = closedForm(scenario, on, cut);
      if (cut.length > 0 && JSON.stringify(state) !== JSON.stringify(closedForm(scenario, on))) moved++;
      return { ...Object.fromEntries(names.map((name) => [name, ''])), ...state };
    };
    for (const minute of [3, 4])
      expect(pathsAt(ran, names, (minute + 1) * MINUTE - 1)).toEqual(expected([one], minute));
    for (const minute of [5, 6, 8])
      expect(pathsAt(ran, names, (minute + 1) * MINUTE - 1)).toEqual(expected([one, other], minute));
    for (const minute of [9, 12])
      expect(pathsAt(ran, names, (minute + 1) * MINUTE - 1)).toEqual(expected([other], minute));
    // No phantom: when the last origin is gone, so are all routes.
    expect(pathsAt(ran, names, 20 * MINUTE)).toEqual(expected([], 20));
    expect(ran.trace.disputes).toEqual([]);
  }
  // The cuts were no idle ones.
  expect(moved).toBeGreaterThan(1000);
}, 120_000);

test('with an MRAI the end is the same', () => {
  for (let seed = 0; seed < 20; seed++) {
    const plain = hierarchy(seed, 15);
    const links = Object.fromEntries(
      Object.entries(plain.links).map(([name, link]) => [name, { ...link, delay: '1ms..2s', mrai: '5s' }]),
    );
    const [one, other] = [plain.names[3] as string, plain.names[14] as string];
    const scenario = comeAndGo({ names: plain.names, links }, one, other);
    const ran = runOf(scenario, asking(plain.names), String(seed));
    expect(pathsAt(ran, plain.names, 9 * MINUTE - 1)).toEqual(closedForm(scenario, [one, other]));
    expect(pathsAt(ran, plain.names, 13 * MINUTE - 1)).toEqual(closedForm(scenario, [other]));
  }
});

test('f4: 30 hierarchies of 40 in 6 orders have one final state, valley-free and without loops', () => {
  for (let seed = 1000; seed < 1030; seed++) {
    const shape = hierarchy(seed, 40, '1ms..1s');
    const relation = relations(shape.links);
    const origin = shape.names[dice(seed)(40)] as string;
    const life = timed(origin, 'p', '1m', null);
    const scenario = scenarioOf({
      run: '10m',
      nodes: { ...networks(shape.names), ...life.nodes },
      links: shape.links,
      faults: life.faults,
      changes: life.changes,
      prefixes: { p: { from: origin } },
    });
    const finals = Array.from({ length: 6 }, (_, order) => {
      const ran = runOf(scenario, asking(shape.names), String(order));
      for (const name of shape.names) {
        for (const [, path] of changesOf(ran, `path/${name}/p`)) {
          if (path === '' || path === 'local') continue;
          const hops = [name, ...String(path).split(' ')];
          expect(new Set(hops).size).toBe(hops.length);
          expect(isValleyFree(relation, hops)).toBe(true);
        }
      }
      return pathsAt(ran, shape.names, 10 * MINUTE);
    });
    for (const final of finals) expect(final).toEqual(finals[0]);
    expect(finals[0]).toEqual(closedForm(scenario, [origin]));
  }
}, 120_000);

test('the state before the start is the one the messages end in', () => {
  for (let seed = 0; seed < 30; seed++) {
    const shape = hierarchy(seed, 20);
    const origin = shape.names[seed % 20] as string;
    const started = scenarioOf({ nodes: networks(shape.names), links: shape.links, prefixes: { p: { from: origin } } });
    const ran = runOf(started, asking(shape.names));
    expect(pathsAt(ran, shape.names, 0)).toEqual(closedForm(started, [origin]));
    // Nothing was left untold: nothing happens.
    expect(ran.trace.count).toBe(0);
  }
});

test('a hierarchy is known as one; siblings, rankings and circles of providers are not', () => {
  const judge = (links: Record<string, object>, more: object = {}): boolean => {
    const scenario = scenarioOf({
      nodes: { ...networks(['a', 'b', 'c']), ...more },
      links,
      prefixes: { p: { from: 'a' } },
    });
    return isHierarchy(topologyOf(scenario.nodes, [...scenario.links.values()], ['a'], []));
  };
  const buys = (from: string, to: string) => ({ from, to, bgp: 'buys' });
  const chain = { x: buys('a', 'b'), y: buys('b', 'c') };
  expect(judge(chain)).toBe(true);
  expect(judge({ ...chain, z: { from: 'a', to: 'c', bgp: 'peers' } })).toBe(true);
  expect(judge({ ...chain, z: buys('c', 'a') })).toBe(false);
  expect(judge({ ...chain, z: { from: 'a', to: 'c', bgp: 'siblings' } })).toBe(false);
  expect(judge(chain, { c: { kind: 'network', prefer: ['b a'] } })).toBe(false);
});

test('a customer is preferred to a peer, a peer to a provider, whatever the length; then the shorter, then the lower name', () => {
  const decide = (links: Record<string, object>, prepend: Record<string, number> = {}): string => {
    const names = ['me', 'a', 'b', 'c', 'origin'];
    const nodes = Object.fromEntries(names.map((name) => [name, { kind: 'network', prepend: prepend[name] ?? 0 }]));
    const scenario = scenarioOf({ nodes, links, prefixes: { p: { from: 'origin' } } });
    return String(valueAt(runOf(scenario, [['path', 'me', 'p']]), 'path/me/p', 0));
  };
  const link = (from: string, to: string, bgp: string) => ({ from, to, bgp });
  const up = { o1: link('origin', 'a', 'buys'), o2: link('origin', 'b', 'buys'), o3: link('origin', 'c', 'buys') };
  const three = { ...up, m1: link('me', 'a', 'buys'), m2: link('me', 'b', 'peers'), m3: link('c', 'me', 'buys') };
  expect(decide(three)).toBe('c origin');
  expect(decide({ ...three, m3: link('me', 'c', 'buys') })).toBe('b origin');
  expect(decide(three, { c: 3 })).toBe('c c c c origin');
  const two = { ...up, m1: link('me', 'a', 'buys'), m2: link('me', 'b', 'buys') };
  expect(decide(two)).toBe('a origin');
  expect(decide(two, { a: 1 })).toBe('b origin');
});

test('what is learnt from a peer or provider is told to customers only', () => {
  const names = ['origin', 'transit', 'peer', 'customer', 'peer-of-peer'];
  const scenario = scenarioOf({
    nodes: networks(names),
    links: {
      a: { from: 'origin', to: 'transit', bgp: 'peers' },
      b: { from: 'transit', to: 'peer', bgp: 'peers' },
      c: { from: 'customer', to: 'transit', bgp: 'buys' },
      d: { from: 'peer', to: 'peer-of-peer', bgp: 'peers' },
    },
    prefixes: { p: { from: 'origin' } },
  });
  const ran = runOf(scenario, asking(names));
  expect(pathsAt(ran, names, 0)).toEqual({
    origin: 'local',
    transit: 'origin',
    customer: 'transit origin',
    peer: '',
    'peer-of-peer': '',
  });
});
