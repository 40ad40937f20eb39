/** Resolution from zone to zone: delegations, other names, names that do not exist, servers that are silent or refuse. */
import { describe, expect, test } from 'vitest';
import { MINUTE, problemsOf, SECOND, simulate } from '../support/scenario.ts';

const HOUR = 60 * MINUTE;
/** A week, a resolver `r` with `traits`, and a tool that asks for every zone. */
const world = (zones: string, trouble: string, traits = '', more = ''): string => `
netfall: 1
id: world
title: World
clock: { start: 2021-10-04T15:30:00Z, run: 7d }
nodes:
  "{top,ns,other}": { kind: nameserver }
  r: { kind: resolver${traits} }
  eye: { kind: tool, standby: true, needs: [ { resolves: any *, via: r } ] }
${more}
zones:
${zones}
${trouble}`;
const words = (text: string, zone: string, seed = '1') =>
  simulate(text, { seed })
    .changes(`resolves/r/${zone}`)
    .map(([at, , to]) => [at, to]);

describe('delegation', () => {
  const zones = '  com: { nameservers: top, ttl: 2d }\n  shop: { nameservers: ns, ttl: 5m, under: com }';

  test('its TTL hides the loss of the parent, for up to the parent’s TTL; then the child goes, though its servers answer', () => {
    const run = simulate(world(zones, 'faults: { f: { at: 1h, to: top } }'));
    const [forgot] = run.times('delegated/r/shop', false) as [number];
    expect(forgot).toBeGreaterThan(1 * HOUR);
    expect(forgot).toBeLessThan(49 * HOUR);
    const [lost, ...more] = run.times('resolves/r/shop', 'servfail') as [number];
    expect(more).toEqual([]);
    expect(lost - forgot).toBeGreaterThanOrEqual(0);
    expect(lost - forgot).toBeLessThan(5 * MINUTE);
    expect(run.tippedBy(run.change('resolves/r/shop'))).toBe('delegated/r/shop');
    expect(run.tippedBy(run.change('delegated/r/shop'))).toBe('up/top');
    expect(run.ruleOf(run.change('delegated/r/shop'))).toBe('expiry');
  });

  test('over many resolvers what is left of a delegation is uniform over the parent’s TTL', () => {
    const text = world(zones, 'faults: { f: { at: 1h, to: top } }');
    const left = Array.from(
      { length: 100 },
      (_, seed) =>
        ((simulate(text, { seed: String(seed) }).times('delegated/r/shop')[0] as number) - HOUR) / (48 * HOUR),
    );
    expect(Math.min(...left)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...left)).toBeLessThan(1);
    // Standard error of the mean of a uniform variable: 0.029.
    expect(Math.abs(left.reduce((sum, share) => sum + share, 0) / 100 - 0.5)).toBeLessThan(0.116);
  });

  test('a resolver of many caches knows it for as long as the last of them', () => {
    const text = world(zones, 'faults: { f: { at: 1h, to: top } }', ', caches: 19');
    const left = Array.from(
      { length: 100 },
      (_, seed) =>
        ((simulate(text, { seed: String(seed) }).times('delegated/r/shop')[0] as number) - HOUR) / (48 * HOUR),
    );
    // The largest of 19 uniform draws: 0.95, with a standard error of 0.005.
    expect(Math.abs(left.reduce((sum, share) => sum + share, 0) / 100 - 0.95)).toBeLessThan(0.02);
  });

  test('a parent that is back before that was never missed, and it is there at once when it is back after', () => {
    expect(words(world(zones, 'faults: { f: { at: 1h, to: top, for: 1ms } }'), 'shop')).toEqual([]);
    const run = simulate(world(zones, 'faults: { f: { at: 1h, to: top, for: 3d } }'));
    expect(run.times('resolves/r/shop', 'ok')).toEqual([HOUR * 73]);
  });

  test('the loss of the child shows within its own TTL, whatever the parent’s', () => {
    const [[at, to]] = words(world(zones, 'faults: { f: { at: 1h, to: ns } }'), 'shop') as [[number, string]];
    expect(to).toBe('servfail');
    expect(at - HOUR).toBeLessThan(5 * MINUTE);
  });

  test('without glue the names of the nameservers must be found first', () => {
    const hosted = `${zones}\n  host: { nameservers: other, ttl: 1h }\n  blog: { nameservers: ns, ttl: 5m, under: com, serversIn: host }`;
    const run = simulate(world(hosted, 'faults: { f: { at: 1h, to: other } }'));
    const [host] = run.times('resolves/r/host', 'servfail') as [number];
    const [blog] = run.times('resolves/r/blog', 'servfail') as [number];
    expect(blog).toBeGreaterThanOrEqual(host);
    expect(blog - host).toBeLessThan(5 * MINUTE);
    expect(run.times('resolves/r/shop')).toEqual([]);
    expect(run.tippedBy(run.change('resolves/r/blog'))).toBe('resolves/r/host');
  });

  test('zones that need each other to be found are an author’s error', () => {
    const circle = '  a: { nameservers: ns, ttl: 1m, serversIn: b }\n  b: { nameservers: top, ttl: 1m, cname: a }';
    expect(problemsOf(world(circle, '')).join()).toMatch(/these zones need each other to be found: a → b → a/);
  });
});

describe('another name', () => {
  const zones = '  shop: { nameservers: ns, ttl: 1h, cname: cdn }\n  cdn: { nameservers: other, ttl: 1m }';

  test('an answer needs both: what is wrong with the second name is wrong with the first, at once', () => {
    const run = simulate(world(zones, 'faults: { f: { at: 1h, to: other, for: 1h } }'));
    expect(run.times('resolves/r/shop')).toEqual(run.times('resolves/r/cdn'));
    expect(run.times('resolves/r/shop', 'servfail')[0]).toBeLessThan(61 * MINUTE);
    expect(run.tippedBy(run.change('resolves/r/shop'))).toBe('resolves/r/cdn');
  });

  test('the loss of its own servers shows when its own record runs out', () => {
    const [[at, to]] = words(world(zones, 'faults: { f: { at: 1h, to: ns } }'), 'shop') as [[number, string]];
    expect(to).toBe('servfail');
    expect(at).toBeGreaterThan(61 * MINUTE);
    expect(at).toBeLessThan(2 * HOUR);
  });

  test('a dead answer for the second name is a dead answer for the first', () => {
    const text = world(zones, 'faults: { f: { at: 1h, to: other } }', ', serveStale: 1d');
    expect(words(text, 'shop').map(([, to]) => to)).toEqual(['stale', 'servfail']);
  });
});

describe('no such name', () => {
  const zones =
    '  com: { nameservers: top, ttl: 1h, negativeTtl: 30m }\n  shop: { nameservers: ns, ttl: 5m, negativeTtl: 10s, under: com }';
  const removed = (until: string) =>
    `changes: { gone: { at: 1h, to: shop, effect: remove } }\ntasks: { undo: { after: { applied: gone }, takes: ${until}, does: { revert: gone } } }`;

  test('a delegation that is taken away shows when the old one and the record have run out, as NXDOMAIN', () => {
    const run = simulate(world(zones, removed('2d')));
    const [[at, to]] = words(world(zones, removed('2d')), 'shop') as [[number, string]];
    expect(to).toBe('nxdomain');
    expect(at).toBeGreaterThan(HOUR);
    expect(at).toBeLessThan(2 * HOUR + 5 * MINUTE);
    // Put back after two days: that there is no such name was said by the zone above, and is believed for up to its TTL (RFC 2308).
    const [back] = run.times('resolves/r/shop', 'ok') as [number];
    expect(back).toBeGreaterThan(49 * HOUR + 10 * SECOND);
    expect(back).toBeLessThan(49 * HOUR + 30 * MINUTE);
  });

  test('when nobody is left to say so, it is SERVFAIL', () => {
    const dead = `${removed('5d')}\nfaults: { f: { at: 1h, to: top } }`;
    expect(words(world(zones, dead), 'shop').map(([, to]) => to)).toEqual(['servfail']);
    const late = `${removed('5d')}\nfaults: { f: { at: 10h, to: top } }`;
    expect(words(world(zones, late), 'shop').map(([, to]) => to)).toEqual(['nxdomain', 'servfail']);
  });

  test('a record that is taken from its own zone; and what lies under it does not exist either (RFC 8020)', () => {
    const nested = '  shop: { nameservers: ns, ttl: 5m }\n  www: { nameservers: other, ttl: 1m, under: shop }';
    const text = world(nested, 'changes: { gone: { at: 1h, to: shop, effect: remove } }');
    expect(words(text, 'shop').map(([, to]) => to)).toEqual(['nxdomain']);
    expect(words(text, 'www').map(([, to]) => to)).toEqual(['nxdomain']);
  });

  test('it may have been so before the start', () => {
    const run = simulate(world(zones, 'changes: { gone: { before: true, to: shop, effect: remove } }'));
    expect(run.at('resolves/r/shop', 0)).toBe('nxdomain');
    expect(run.changes('resolves/r/shop')).toEqual([]);
  });
});

describe('silent and refusing servers', () => {
  const more = '  "{host,home}": { kind: router }\n  web: { kind: nameserver, in: host }\n';
  const zones = '  shop: { nameservers: web, ttl: 5m }';
  const links = 'links: { wire: { from: home, to: host } }';
  const lost = (faults: string, traits = ', in: home, timeout: 10s', seed = '1') =>
    words(world(zones, `${links}\nfaults: { ${faults} }`, traits, more), 'shop', seed);

  test('a process that is down on a host that is reached refuses: SERVFAIL as the entry runs out', () => {
    const [[refused]] = lost('f: { at: 1h, to: web }') as [[number]];
    const [[silent]] = lost('f: { at: 1h, to: wire }') as [[number]];
    const [[dead]] = lost('f: { at: 1h, to: host }') as [[number]];
    const [[hasty]] = lost('f: { at: 1h, to: wire }', ', in: home') as [[number]];
    expect(refused).toBe(hasty);
    expect([silent, dead]).toEqual([refused + 10 * SECOND, refused + 10 * SECOND]);
  });

  test('asking in vain is a hold: servers that answer within it were never missed', () => {
    const [[silent]] = lost('f: { at: 1h, to: wire }') as [[number]];
    expect(lost(`f: { at: 1h, to: wire, for: ${silent - HOUR - 1}ms }`)).toEqual([]);
    const run = simulate(
      world(zones, `${links}\nfaults: { f: { at: 1h, to: wire } }`, ', in: home, timeout: 10s', more),
    );
    expect(run.ruleOf(run.change('resolves/r/shop'))).toBe('hold');
    expect(run.tippedBy(run.change('resolves/r/shop'))).toBe('reach/r/web');
  });

  test('the failure is remembered: the second time nobody waits', () => {
    const run = simulate(
      world(
        zones,
        `${links}\nfaults: { f: { at: 1h, to: wire, for: 1h } }`,
        ', in: home, timeout: 10s, failureCache: 30s',
        more,
      ),
    );
    const [back] = run.times('resolves/r/shop', 'ok') as [number];
    expect(back).toBeGreaterThan(2 * HOUR);
    expect(back).toBeLessThanOrEqual(2 * HOUR + 30 * SECOND);
  });

  test('a dead answer is given before a client has waited for long (RFC 8767: 1.8 s)', () => {
    const [[refused]] = lost('f: { at: 1h, to: web }') as [[number]];
    const [[stale, to]] = lost('f: { at: 1h, to: wire }', ', in: home, timeout: 10s, serveStale: 1h') as [
      [number, string],
    ];
    expect([stale, to]).toEqual([refused + 1800, 'stale']);
  });
});

test('shifting all faults shifts everything', () => {
  const zones = `
  com: { nameservers: top, ttl: 1h }
  shop: { nameservers: ns, ttl: 5m, under: com, cname: cdn }
  cdn: { nameservers: other, ttl: 1m, negativeTtl: 1m }`;
  const traits =
    ', timeout: 10s, failureCache: 5s..30s, serveStale: 10m, demand: { shop: 10% }, clientRetry: { tries: 20, over: 5m, back: 2m }';
  const trouble = (hours: number) => `
faults: { a: { at: ${hours + 1}h, to: top, for: 3h }, b: { at: ${hours + 2}h, to: other, for: 20m } }
changes: { gone: { at: ${hours + 9}h, to: cdn, effect: remove } }`;
  const at = (hours: number) =>
    simulate(world(zones, trouble(hours), traits))
      .changes()
      .filter(([time]) => time > 0)
      .map(([time, fact, to]) => [time - hours * HOUR, fact, to]);
  expect(at(31)).toEqual(at(0));
  expect(at(0).length).toBeGreaterThan(20);
});
