/** Sessions: silence is borne for the hold time, a cut is not; a new session begins with the whole table; messages keep their order. */
import { expect, test } from 'vitest';
import { Reasons } from '../../sim/analysis/why.ts';
import { compile, run } from '../../sim/compile.ts';
import { changesOf, networks, runOf, type Sketch, scenarioOf, timed, valueAt } from './networks.ts';

/** meta announces to transit, transit passes it on to user. */
const CHAIN: Sketch = {
  nodes: networks(['meta', 'transit', 'user']),
  links: {
    up: { from: 'meta', to: 'transit', bgp: 'buys', delay: '20ms' },
    down: { from: 'user', to: 'transit', bgp: 'buys', delay: '30ms' },
  },
  prefixes: { p: { from: 'meta' } },
};
const ASKED = [
  ['route', 'transit', 'p'],
  ['route', 'user', 'p'],
  ['path', 'user', 'p'],
] as const;
const times = (sketch: Sketch, fact: string, seed = '1') => changesOf(runOf(scenarioOf(sketch), ASKED, seed), fact);

test('when an end dies its routes live on for the hold time, 90 s if not said', () => {
  const dies = { ...CHAIN, faults: { dies: { at: '10s', to: 'meta' } } };
  expect(times(dies, 'route/transit/p')).toEqual([[100_000, false]]);
  expect(times(dies, 'route/user/p')).toEqual([[100_030, false]]);
  const links = { ...CHAIN.links, up: { ...CHAIN.links?.up, hold: '15s' } };
  expect(times({ ...dies, links }, 'route/transit/p')).toEqual([[25_000, false]]);
});

test('when a link is cut its routes go at once', () => {
  const cut = { ...CHAIN, faults: { cut: { at: '10s', to: 'up' } } };
  expect(times(cut, 'route/transit/p')).toEqual([[10_000, false]]);
  expect(times(cut, 'route/user/p')).toEqual([[10_030, false]]);
});

test('a cut during the hold time ends it', () => {
  const both = { ...CHAIN, faults: { dies: { at: '10s', to: 'meta' }, cut: { at: '40s', to: 'up' } } };
  expect(times(both, 'route/transit/p')).toEqual([[40_000, false]]);
});

test('a session that stands again begins with the whole table', () => {
  const healed = { ...CHAIN, faults: { cut: { at: '10s', to: 'up', for: '1m' } } };
  expect(times(healed, 'route/transit/p')).toEqual([
    [10_000, false],
    [70_020, true],
  ]);
  const late = { ...CHAIN, faults: { dies: { at: '10s', to: 'meta', for: '5m' } } };
  expect(times(late, 'route/user/p')).toEqual([
    [100_030, false],
    [310_050, true],
  ]);
});

test('an end that is back within the hold time is a new session: its routes go and come again', () => {
  const soon = { ...CHAIN, faults: { dies: { at: '10s', to: 'meta', for: '30s' } } };
  expect(times(soon, 'route/transit/p')).toEqual([
    [40_000, false],
    [40_020, true],
  ]);
});

test('a network that is down has no routes, and hears them anew', () => {
  const dies = { ...CHAIN, faults: { dies: { at: '10s', to: 'user', for: '1m' } } };
  expect(times(dies, 'route/user/p')).toEqual([
    [10_000, false],
    [70_030, true],
  ]);
  expect(times(dies, 'route/transit/p')).toEqual([]);
});

test('what is under way when a session is cut is lost', () => {
  const links = { ...CHAIN.links, up: { ...CHAIN.links?.up, delay: '20s' } };
  const life = timed('meta', 'p', '1m', null);
  const sketch = {
    ...CHAIN,
    links,
    nodes: { ...CHAIN.nodes, ...life.nodes },
    changes: life.changes,
    faults: { ...life.faults, cut: { at: '70s', to: 'up', for: '5s' } },
  };
  // Announced at 60 s, lost at 70 s, told again at 75 s.
  expect(times(sketch, 'route/transit/p')).toEqual([[95_000, true]]);
});

test('messages of one prefix over one session arrive in the order in which they were sent', () => {
  const links = { ...CHAIN.links, up: { ...CHAIN.links?.up, delay: '1ms..10m' } };
  const life = timed('meta', 'p', '1m', '61s');
  const sketch = {
    ...CHAIN,
    links,
    nodes: { ...CHAIN.nodes, ...life.nodes },
    changes: life.changes,
    faults: life.faults,
  };
  for (let seed = 0; seed < 30; seed++) {
    const ran = runOf(scenarioOf(sketch), ASKED, String(seed));
    const changes = changesOf(ran, 'route/transit/p');
    // Either both arrived, or both in the same millisecond: never the announcement last.
    expect(changes.map(([, to]) => to)).toEqual(changes.length === 0 ? [] : [true, false]);
    expect(valueAt(ran, 'route/transit/p', 3_600_000)).toBe(false);
  }
});

test('withdrawals leave at once, announcements no oftener than the MRAI', () => {
  const links = { ...CHAIN.links, down: { ...CHAIN.links?.down, mrai: '30s..30s' } };
  const nodes = { ...CHAIN.nodes, blink: { kind: 'service' } };
  const faults = { one: { at: '100s', to: 'blink', for: '1s' }, two: { at: '105s', to: 'blink', for: '1s' } };
  const prefixes = { p: { from: 'meta', while: { up: 'blink' } } };
  const seen = times({ ...CHAIN, links, nodes, faults, prefixes }, 'route/user/p');
  // Told before the start: the first announcement may leave at once, the second 30 s after it.
  expect(seen).toEqual([
    [100_050, false],
    [101_050, true],
    [105_050, false],
    [131_050, true],
  ]);
});

test('the MRAI is shortened by up to a quarter at random (RFC 4271 section 10)', () => {
  const links = { ...CHAIN.links, down: { ...CHAIN.links?.down, mrai: '40s' } };
  const nodes = { ...CHAIN.nodes, blink: { kind: 'service' } };
  const faults = { one: { at: '100s', to: 'blink', for: '1s' }, two: { at: '105s', to: 'blink', for: '1s' } };
  const prefixes = { p: { from: 'meta', while: { up: 'blink' } } };
  const gaps = Array.from({ length: 60 }, (_, seed) => {
    const seen = times({ ...CHAIN, links, nodes, faults, prefixes }, 'route/user/p', String(seed));
    return (seen[3]?.[0] as number) - 101_050;
  });
  for (const gap of gaps) expect(gap >= 30_000 && gap <= 40_000).toBe(true);
  expect(Math.max(...gaps) - Math.min(...gaps)).toBeGreaterThan(7000);
});

test('the lags of a prefix come on top of the first session only', () => {
  const life = timed('meta', 'p', '1m', '5m');
  const sketch = {
    ...CHAIN,
    nodes: { ...CHAIN.nodes, ...life.nodes },
    faults: life.faults,
    changes: life.changes,
    prefixes: { p: { from: 'meta', announceLag: '2s', withdrawLag: '3s' } },
  };
  expect(times(sketch, 'route/user/p')).toEqual([
    [62_050, true],
    [303_050, false],
  ]);
});

test('a network without a session hears every site directly, by the lags of the prefix alone', () => {
  const life = timed('pop.1', 'p', null, '1m');
  const other = timed('pop.2', 'p', null, '2m');
  const sketch = {
    nodes: { ...networks(['meta', 'far']), 'pop.{1,2}': { kind: 'pop', network: 'meta' } },
    changes: { ...life.changes, ...other.changes },
    prefixes: { p: { from: 'pop.*', withdrawLag: '3s' } },
  };
  const ran = runOf(scenarioOf(sketch), [
    ['path', 'far', 'p'],
    ['route', 'far', 'p'],
    ['route', 'meta', 'p'],
  ]);
  expect(changesOf(ran, 'route/far/p')).toEqual([[123_000, false]]);
  expect(changesOf(ran, 'route/meta/p')).toEqual([[123_000, false]]);
  expect(valueAt(ran, 'path/far/p', 0)).toBe('meta');
});

test('sites of one network are edges of their own: anycast, and a network has a route while one of its edges has', () => {
  const sketch: Sketch = {
    nodes: {
      meta: { kind: 'network', asn: 32934 },
      'pop.{1,2}': { kind: 'pop', network: 'meta' },
      east: { kind: 'network', asn: 64500 },
      west: { kind: 'network', asn: 64501 },
      user: { kind: 'network' },
    },
    links: {
      e: { from: 'pop.1', to: 'east', bgp: 'buys' },
      w: { from: 'pop.2', to: 'west', bgp: 'buys' },
      ue: { from: 'user', to: 'east', bgp: 'buys' },
      uw: { from: 'user', to: 'west', bgp: 'buys' },
    },
    prefixes: { p: { from: 'pop.*' }, q: { from: 'pop.1' } },
    changes: { off: { at: '1m', to: 'pop.1', effect: { withdraw: 'p' } } },
  };
  const ran = runOf(scenarioOf(sketch), [
    ['path', 'user', 'p'],
    ['path', 'east', 'p'],
    ['route', 'meta', 'p'],
    ['path', 'meta', 'q'],
    ['path', 'west', 'q'],
  ]);
  expect(valueAt(ran, 'path/user/p', 0)).toBe('64500 32934');
  expect(valueAt(ran, 'path/user/p', 120_000)).toBe('64501 32934');
  // Nobody sells transit from west to east: user tells providers its own routes only.
  expect(valueAt(ran, 'path/east/p', 120_000)).toBe('');
  expect(valueAt(ran, 'route/meta/p', 120_000)).toBe(true);
  expect(valueAt(ran, 'path/meta/q', 0)).toBe('local');
  expect(valueAt(ran, 'path/west/q', 0)).toBe('');
});

test('a lost route is explained by the withdrawal, however far away, and a dead session by what died', () => {
  const why = (sketch: Sketch): string[] => {
    const plan = compile(scenarioOf(sketch), { asked: ASKED });
    if (!plan.ok) throw new Error('no plan');
    const trace = run(plan.value, { seed: '1' });
    const reasons = new Reasons(plan.value, trace);
    const id = reasons.changeOf('route/user/p', 3_600_000) as number;
    return reasons.chain(id).map(({ fact, rule }) => `${fact} ${rule}`);
  };
  const off = { off: { at: '1m', to: 'meta', effect: { withdraw: 'p' } } };
  expect(why({ ...CHAIN, changes: off }).slice(-2)).toEqual(['announces/meta/p now', 'route/user/p message']);
  expect(why({ ...CHAIN, faults: { cut: { at: '1m', to: 'up' } } }).slice(-2)).toEqual([
    'carries/up now',
    'route/user/p message',
  ]);
  const dead = {
    ...CHAIN,
    prefixes: { p: { from: 'meta', withdrawAfter: '1h' } },
    faults: { dies: { at: '1m', to: 'meta' } },
  };
  expect(why(dead)).toEqual(['fault/meta schedule', 'up/meta now', 'route/user/p message']);
});

test('a question that no session leads to, and a session inside a network, are refused with a sentence', () => {
  const complaints = (sketch: Sketch, asked: Parameters<typeof runOf>[1]): string => {
    const plan = compile(scenarioOf(sketch), { asked });
    return plan.ok ? '' : plan.problems.map(({ says }) => says).join('; ');
  };
  const apart = {
    ...CHAIN,
    links: { down: CHAIN.links?.down as object, other: { from: 'meta', to: 'far', bgp: 'peers' } },
    nodes: { ...CHAIN.nodes, ...networks(['far']) },
  };
  expect(complaints(apart, [['route', 'user', 'p']])).toContain(
    'no sessions lead from user to a site that announces p',
  );
  const inside = {
    nodes: { ...networks(['meta']), 'pop.{1,2}': { kind: 'pop', network: 'meta' } },
    links: { i: { from: 'pop.1', to: 'pop.2', bgp: 'peers' } },
    prefixes: { p: { from: 'pop.1' } },
  };
  expect(complaints(inside, [['route', 'meta', 'p']])).toContain('sessions inside a network are not modelled');
});
