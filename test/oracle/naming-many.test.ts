/** Shares of very many caches: against closed forms, against as many resolvers of one cache each, and against what is worked out by hand. */
import { describe, expect, test } from 'vitest';
import { run } from '../../sim/compile.ts';
import { stillAnswering, stillStale } from '../../sim/mechanisms/naming/theory.ts';
import { History } from '../../sim/trace/history.ts';
import { MINUTE, planOf, type Run, SECOND, scenarioOf, simulate } from '../support/scenario.ts';
import { Dice } from '../swarm/dice.ts';

const HOUR = 60 * MINUTE;
/** A week of a resolver `r` with these traits, whose clients ask for `z`. */
const world = (traits: string, zone: string, trouble: string, many = true): string => `
netfall: 1
id: many
title: Many
clock: { start: 2021-10-04T15:30:00Z, run: 7d }
nodes:
  "{ns,top}": { kind: nameserver }
  ${many ? 'r' : '"r.{1..2000}"'}: { kind: resolver${many ? ', caches: many' : ''}${traits} }
  eye: { kind: tool, standby: true, needs: [ { resolves: z, via: ${many ? 'r' : 'any r.*'} } ] }
zones: { ${zone} }
${trouble}`;

/** A number at a moment, along its slope, in full. */
function level({ trace, history }: Run, name: string, at: number): number {
  const fact = history.fact(name) as number;
  const { columns, numbers, facts } = trace;
  const id = history.lastAt(fact, at);
  if (id < 0) return numbers[facts.initial[fact] as number] as number;
  const [from, slope] = [numbers[columns.to[id] as number] as number, numbers[columns.slope[id] as number] as number];
  return from + (slope * (at - (columns.at[id] as number))) / MINUTE;
}
const bends = (one: Run, name: string): number => one.changes(name).length;

describe('after a loss', () => {
  test('of caches that are never idle, a share of t/TTL answers no more: in two bends, exactly', () => {
    const dice = new Dice('shares');
    for (let k = 0; k < 20; k++) {
      const ttl = dice.int(20, 5000);
      const one = simulate(world('', `z: { nameservers: ns, ttl: ${ttl}s }`, 'faults: { f: { at: 1h, to: ns } }'));
      expect(bends(one, 'unresolved/r/z')).toBe(2);
      for (let after = 0; after < 1.2 * ttl; after += ttl / 7)
        expect(level(one, 'unresolved/r/z', HOUR + after * SECOND)).toBeCloseTo(
          1 - stillAnswering(after, 1e12, ttl),
          6,
        );
    }
  });

  test('of caches that are asked now and then, the closed form', () => {
    const dice = new Dice('rates');
    for (let k = 0; k < 20; k++) {
      const [ttl, rate] = [dice.int(20, 5000), dice.int(1, 1000) / 10_000];
      const traits = `, load: ${rate}, demand: { z: 100% }`;
      const one = simulate(world(traits, `z: { nameservers: ns, ttl: ${ttl}s }`, 'faults: { f: { at: 1h, to: ns } }'));
      for (let after = 0; after < 1.2 * ttl; after += ttl / 7)
        expect(level(one, 'unresolved/r/z', HOUR + after * SECOND)).toBeCloseTo(
          1 - stillAnswering(after, rate, ttl),
          6,
        );
    }
  });

  test('with dead answers too, within a thousandth, in few bends', () => {
    const dice = new Dice('stale');
    for (let k = 0; k < 20; k++) {
      const [ttl, stale] = [dice.int(20, 5000), dice.int(20, 20_000)];
      const rate = dice.int(1, 1000) / Math.max(10_000, 2 * stale);
      const traits = `, serveStale: ${stale}s, load: ${rate}, demand: { z: 100% }`;
      const one = simulate(world(traits, `z: { nameservers: ns, ttl: ${ttl}s }`, 'faults: { f: { at: 1h, to: ns } }'));
      const end = ttl + stale;
      for (let after = 0; after < 1.1 * end; after += end / 37)
        expect(
          Math.abs(level(one, 'unresolved/r/z', HOUR + after * SECOND) - 1 + stillStale(after, rate, ttl, stale)),
        ).toBeLessThan(1e-3);
      expect(bends(one, 'unresolved/r/z')).toBeLessThan(60);
    }
  });

  test('the word is that of most: of half of them', () => {
    const one = simulate(world('', 'z: { nameservers: ns, ttl: 10m }', 'faults: { f: { at: 1h, to: ns } }'));
    expect(one.times('resolves/r/z', 'servfail')).toEqual([HOUR + 5 * MINUTE]);
  });
});

/** The share of 2,000 resolvers of one cache each that have no answer, at these moments. */
function counted(traits: string, zone: string, trouble: string, moments: readonly number[]): readonly number[] {
  const plan = planOf(scenarioOf(world(traits, zone, trouble, false)));
  const history = new History(run(plan, { seed: 'crowd' }));
  return moments.map((at) => {
    let failing = 0;
    for (let r = 1; r <= 2000; r++) {
      const word = history.valueAt(history.fact(`resolves/r.${r}/z`) as number, at);
      if (word !== 'ok' && word !== 'stale') failing++;
    }
    return failing / 2000;
  });
}

describe('as many resolvers of one cache each', () => {
  const twice = 'faults: { f: { at: 60m, to: ns, for: 5m }, g: { at: 68m, to: ns, for: 20m } }';
  const zone = 'z: { nameservers: ns, ttl: 10m, negativeTtl: 3m }';
  test.each([
    ['lose, get back and lose again', ', failureCache: 3m', zone, twice],
    ['are asked now and then', ', failureCache: 3m, load: 0.002, demand: { z: 100% }', zone, twice],
    ['wait for servers that keep silent', ', failureCache: 1m, timeout: 20s, patience: 5s', zone, twice],
    ['give dead answers', ', failureCache: 1m, timeout: 5s, serveStale: 4m', zone, twice],
    ['ask ahead', ', failureCache: 1m, prefetch: 0.3', zone, twice],
    [
      'restart empty',
      ', failureCache: 1m',
      zone,
      'faults: { f: { at: 60m, to: "r*", for: 1m }, g: { at: 65m, to: ns } }',
    ],
    [
      'lose what they know of whom to ask',
      ', failureCache: 1m',
      'com: { nameservers: top, ttl: 30m }, z: { nameservers: ns, ttl: 10m, under: com }',
      'faults: { f: { at: 60m, to: top, for: 28m } }',
    ],
  ])('%s', (_, traits, zones, trouble) => {
    const moments = Array.from({ length: 40 }, (_, k) => (58 + k) * MINUTE + 17 * SECOND);
    const one = simulate(world(traits, zones, trouble));
    const each = counted(traits, zones, trouble, moments);
    for (const [k, at] of moments.entries()) {
      const share = level(one, 'unresolved/r/z', at);
      // Four and a half times the standard error of so many draws, and what a chord may be off.
      const error = 4.5 * Math.sqrt((share * (1 - share)) / 2000) + 1.1e-3;
      expect(Math.abs(share - (each[k] as number)), `${at}: ${share} and ${each[k]}`).toBeLessThan(error);
    }
  });
});

describe('records that do not run out in all caches at once', () => {
  test('a delegation of two days hides a short answer: the share is behind by half a life, within a thousandth', () => {
    const zones = 'com: { nameservers: top, ttl: 2d }, z: { nameservers: ns, ttl: 4h, under: com }';
    const one = simulate(world('', zones, 'faults: { f: { at: 1h, to: top } }'));
    const [long, short] = [48 * HOUR, 4 * HOUR];
    // A cache that lost the delegation at a time L has its answer for what is left of a life, anything up to a whole one.
    const failed = (t: number): number => {
      const after = Math.min(t, long);
      const ramp = (x: number): number => (x <= 0 ? 0 : x < short ? (x * x) / (2 * short) : x - short / 2);
      return (ramp(t) - ramp(t - after)) / long;
    };
    for (let t = 0; t < 54 * HOUR; t += HOUR / 3)
      expect(Math.abs(level(one, 'unresolved/r/z', HOUR + t) - failed(t))).toBeLessThan(1e-3);
    expect(bends(one, 'unresolved/r/z')).toBeLessThan(30);
    expect(bends(one, 'keeps/r/z/delegation')).toBe(2);
  });

  test('a DS record outlives its withdrawal: the share of caches that fetched it fails, a life long (Slack, 2021)', () => {
    const zones =
      'com: { nameservers: top, ttl: 2d, negativeTtl: 10h, signed: true }, z: { under: com, nameservers: ns, ttl: 1m, ds: 24h }';
    const changes = `changes:
  sign: { at: 1m, to: z, effect: { sign: on } }
  publish: { at: 1h, to: z, effect: { ds: published } }
  withdraw: { at: 3h, to: z, effect: { ds: withdrawn } }
  unsign: { at: 3h, to: z, effect: { sign: off } }`;
    const one = simulate(world(', validates: true', zones, changes));
    // In two hours of ten a fifth learns of it; each keeps it for a day from then.
    expect(level(one, 'keeps/r/z/present', 3 * HOUR)).toBeCloseTo(0.2, 6);
    expect(level(one, 'unresolved/r/z', 3 * HOUR)).toBeCloseTo(0, 6);
    expect(level(one, 'unresolved/r/z', 3 * HOUR + 30 * SECOND)).toBeCloseTo(0.1, 6);
    expect(level(one, 'unresolved/r/z', 20 * HOUR)).toBeCloseTo(0.2, 6);
    expect(Math.abs(level(one, 'unresolved/r/z', 26 * HOUR) - 0.1)).toBeLessThan(1e-3);
    expect(level(one, 'unresolved/r/z', 27 * HOUR + MINUTE)).toBeCloseTo(0, 6);
    expect(one.times('resolves/r/z')).toEqual([]);
  });
});
