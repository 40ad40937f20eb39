/** R12: a cache in steady use has no history that the start of the run could cut off. */
import { expect, test } from 'vitest';
import { MINUTE, simulate } from '../support/scenario.ts';

const cached = (faults: string, more = ''): string => `
nodes: { ns: { kind: nameserver }, cache: { kind: resolver${more} } }
zones: { z: { nameservers: ns, ttl: 10m } }
journeys: { read: [ { resolves: z, via: cache } ] }
faults: { ${faults} }
netfall: 1
id: cached
title: Cached
clock: { start: 2021-10-04T15:30:00Z, run: 100h }`;
const withPeople = (text: string) => text.replace('nodes: {', 'nodes: { users: { kind: population, does: read },');
const dark = (faults: string, seed = '1', more = '') =>
  simulate(withPeople(cached(faults, more)), { seed }).times('resolves/cache/z', 'servfail');

test('R12 caches: when the supply is lost, what is left of a life is uniform over the TTL', () => {
  const left = Array.from(
    { length: 200 },
    (_, seed) => (dark('f: { at: 1h, to: ns }', String(seed))[0] ?? 0) - 60 * MINUTE,
  );
  expect(Math.min(...left)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...left)).toBeLessThan(10 * MINUTE);
  const mean = left.reduce((sum, ms) => sum + ms, 0) / left.length;
  expect(Math.abs(mean - 5 * MINUTE)).toBeLessThan(MINUTE / 2);
});

test('R12 caches: shifting all faults shifts everything', () => {
  const [early] = dark('f: { at: 1h, to: ns }');
  expect(dark('f: { at: 3h7m, to: ns }')).toEqual([(early as number) + 127 * MINUTE]);
});

test('R12 caches: no refresh is an event', () => {
  const run = simulate(withPeople(cached('f: { at: 99h, to: ns }')));
  expect(run.changes().every(([at]) => at >= 99 * 60 * MINUTE)).toBe(true);
});

test('R12 caches: a supply that is back before the expiry was never missed', () => {
  expect(dark('f: { at: 1h, to: ns, for: 1ms }')).toEqual([]);
});

test('R12 caches: after a known fill less than one TTL ago, the rest of that life is left', () => {
  // Empty since the resolver was down; filled as it came back.
  expect(dark('f: { at: 1h, to: cache, for: 1m }, g: { at: 65m, to: ns }')).toEqual([60 * MINUTE, 71 * MINUTE]);
});

test('R12 caches: a supply that flickers does not lengthen the life of an entry', () => {
  const [once] = dark('f: { at: 1h, to: ns }');
  const flicker = Array.from({ length: 30 }, (_, k) => `f${k}: { at: ${3600 + k}s, to: ns, for: 500ms }`).join(', ');
  expect(dark(`${flicker}, g: { at: 3630s, to: ns }`)).toEqual([once]);
});

test('R12 caches: a dead answer may be given for a while, a failure is remembered for a while', () => {
  const run = simulate(withPeople(cached('f: { at: 1h, to: ns, for: 1h }', ', serveStale: 5m, failureCache: 30s')));
  const [stale] = run.times('resolves/cache/z', 'stale') as [number];
  expect(run.times('resolves/cache/z', 'servfail')).toEqual([stale + 5 * MINUTE]);
  const [back] = run.times('resolves/cache/z', 'ok') as [number];
  expect(back).toBeGreaterThan(120 * MINUTE);
  expect(back).toBeLessThanOrEqual(120 * MINUTE + 30_000);
});

test('R12 caches: a resolver that is made of several loses a name with the last of them', () => {
  const mean = (more: string, count: number): number =>
    Array.from(
      { length: count },
      (_, seed) => ((dark('f: { at: 1h, to: ns }', String(seed), more)[0] ?? 0) - 60 * MINUTE) / (10 * MINUTE),
    ).reduce((sum, left) => sum + left / count, 0);
  // The largest of n uniform draws: n/(n+1), here with standard errors of 0.0064 and 0.0167.
  expect(Math.abs(mean(', caches: 9', 200) - 0.9)).toBeLessThan(0.026);
  expect(Math.abs(mean(', caches: 2', 200) - 2 / 3)).toBeLessThan(0.067);
  expect(dark('f: { at: 1h, to: ns }', '1', ', caches: 1')).toEqual(dark('f: { at: 1h, to: ns }'));
});

test('R12 caches: of the last of several its fill is known from then on, and a source that flickers does not lengthen its life', () => {
  const many = (faults: string) => dark(faults, '1', ', caches: 9');
  const [once] = many('f: { at: 1h, to: ns }') as [number];
  const flicker = Array.from({ length: 30 }, (_, k) => `f${k}: { at: ${3600 + k}s, to: ns, for: 500ms }`).join(', ');
  expect(many(`${flicker}, g: { at: 3630s, to: ns }`)).toEqual([once]);
});

test('R12 caches: while there is a source again some of several ask anew, and the last of them counts from there', () => {
  const faults = 'f: { at: 1h, to: ns, for: 1ms }, g: { at: 65m, to: ns }';
  const left = Array.from(
    { length: 200 },
    (_, seed) => ((dark(faults, String(seed), ', caches: 9')[0] ?? 0) - 65 * MINUTE) / (10 * MINUTE),
  );
  expect(Math.abs(left.reduce((sum, one) => sum + one / 200, 0) - 0.9)).toBeLessThan(0.026);
  expect(Math.max(...left)).toBeLessThanOrEqual(1);
});
