/** Caches against what is known of them: hit rates, residual lives, what is still answered, and what is asked in vain (oracles g1 to g4). */
import { describe, expect, test } from 'vitest';
import { run } from '../../sim/compile.ts';
import { log } from '../../sim/engine/arithmetic.ts';
import { hashName, Luck } from '../../sim/engine/luck.ts';
import {
  drowned,
  failingQueries,
  hitRate,
  residual,
  stillAnswering,
  stillStale,
} from '../../sim/mechanisms/naming/theory.ts';
import { History } from '../../sim/trace/history.ts';
import { planOf, SECOND, scenarioOf } from '../support/scenario.ts';

const PURPOSE = hashName('test of naming');
/** Exponential waits of mean 1/rate, each found by its name. */
const waits = (seed: string, rate: number) => {
  const luck = new Luck(seed);
  return (occasion: number): number => -log(luck.uniform(PURPOSE, 0, occasion)) / rate;
};

describe('hit rate of Poisson questions', () => {
  test.each([
    [0.1, 60, 0.8571428571428571],
    [0.05, 300, 0.9375],
    [0.001, 3600, 0.782608695652174],
  ])('rate %d, TTL %d: %d (g1)', (rate, ttl, expected) => {
    expect(Math.abs(hitRate(rate, ttl) - expected)).toBeLessThan(1e-12);
    let hits = 0;
    for (let seed = 0; seed < 20; seed++) {
      const wait = waits(String(seed), rate);
      let [now, stored] = [0, -Infinity];
      for (let k = 0; k < 20_000; k++) {
        now += wait(k);
        // Valid on [stored, stored + TTL): a question at its very end misses.
        if (now < stored + ttl) hits++;
        else stored = now;
      }
    }
    expect(Math.abs(hits / 400_000 - hitRate(rate, ttl))).toBeLessThan(0.002);
  });
});

describe('a cache at a random moment', () => {
  test('a live entry has a uniform part of its TTL left (Kolmogorov and Smirnov)', () => {
    const luck = new Luck('residual');
    const lives = Array.from({ length: 20_000 }, (_, k) => residual(luck.uniform(PURPOSE, 1, k), 300, 0.05).left);
    const alive = lives.filter((left) => left > 0).sort((a, b) => a - b);
    expect(Math.abs(alive.length / lives.length - 0.9375)).toBeLessThan(0.007);
    const gap = alive.reduce((most, left, k) => Math.max(most, Math.abs(left / 300 - (k + 0.5) / alive.length)), 0);
    expect(gap).toBeLessThan(1.95 / Math.sqrt(alive.length));
  });

  test('without one, it has been idle for as long as questions are rare', () => {
    const luck = new Luck('idle');
    const drawn = Array.from({ length: 20_000 }, (_, k) => residual(luck.uniform(PURPOSE, 2, k), 10, 0.1).idle);
    const idle = drawn.filter((time) => time > 0);
    const mean = idle.reduce((sum, time) => sum + time, 0) / idle.length;
    expect(Math.abs(mean - 10)).toBeLessThan((4 * 10) / Math.sqrt(idle.length));
  });

  test('one that asks ahead never comes to the last part of a life', () => {
    expect(residual(1e-9, 300, null, 0.1).left).toBeCloseTo(30, 5);
    expect(residual(1 - 1e-9, 300, null, 0.1).left).toBeCloseTo(300, 5);
  });
});

describe('the last of several caches', () => {
  const DRAWS = 20_000;
  const drawn = (seed: string, of: (u: number) => number): readonly number[] => {
    const luck = new Luck(seed);
    return Array.from({ length: DRAWS }, (_, k) => of(luck.uniform(PURPOSE, 3, k)));
  };

  test.each([2, 5, 30])('of %d has n/(n+1) of a TTL left on average, and a share u^n of them at most u', (n) => {
    const left = drawn('last', (u) => residual(u, 1, null, 0, n).left).toSorted((a, b) => a - b);
    const mean = left.reduce((sum, one) => sum + one, 0) / DRAWS;
    const error = Math.sqrt(n / (n + 2) / DRAWS) / (n + 1);
    expect(Math.abs(mean - n / (n + 1))).toBeLessThan(4 * error);
    const gap = left.reduce((most, one, k) => Math.max(most, Math.abs(one ** n - (k + 0.5) / DRAWS)), 0);
    expect(gap).toBeLessThan(1.95 / Math.sqrt(DRAWS));
  });

  test('is the best of as many that are drawn one by one, with and without questions that are rare', () => {
    const luck = new Luck('each');
    const [ttl, rate, n] = [300, 0.01, 4];
    const best = Array.from({ length: DRAWS }, (_, k) =>
      Math.max(...[0, 1, 2, 3].map((cache) => residual(luck.uniform(PURPOSE, cache, k), ttl, rate, 0.1).left)),
    ).sort((a, b) => a - b);
    const last = drawn('one', (u) => residual(u, ttl, rate, 0.1, n).left).toSorted((a, b) => a - b);
    const idle = (lives: readonly number[]): number => lives.filter((left) => left === 0).length / DRAWS;
    expect(Math.abs(idle(last) - (1 - hitRate(rate, ttl)) ** n)).toBeLessThan(0.002);
    expect(Math.abs(idle(best) - idle(last))).toBeLessThan(0.003);
    for (let k = 500; k < DRAWS; k += 500)
      expect(Math.abs((best[k] as number) - (last[k] as number))).toBeLessThan(0.03 * ttl);
  });

  test('of one is that one, to the bit', () => {
    for (const u of drawn('same', (x) => x).slice(0, 1000))
      for (const rate of [null, 0.01]) expect(residual(u, 300, rate, 0.1, 1)).toEqual(residual(u, 300, rate, 0.1));
  });
});

/** 20,000 caches of the simulator, in ten runs: the share that answers with one of these words, so many seconds after the loss. */
function shares(seconds: readonly number[], more: string, words: readonly string[]): readonly number[] {
  const plan = planOf(
    scenarioOf(`
nodes:
  ns: { kind: nameserver }
  "r.{1..2000}": { kind: resolver, load: 0.05, demand: { z: 100% }${more} }
zones: { z: { nameservers: ns, ttl: 300s } }
faults: { f: { at: 60s, to: ns } }`),
  );
  const counts = seconds.map(() => 0);
  for (let seed = 0; seed < 10; seed++) {
    const history = new History(run(plan, { seed: String(seed) }));
    for (const [k, after] of seconds.entries()) {
      const answering = Array.from({ length: 2000 }, (_, r) => history.fact(`resolves/r.${r + 1}/z`) as number).filter(
        (fact) => words.includes(history.valueAt(fact, (60 + after) * SECOND) as string),
      );
      counts[k] = (counts[k] as number) + answering.length;
    }
  }
  return counts.map((count) => count / 20_000);
}

describe('resolvers of the simulator after their source is gone', () => {
  test('so many still answer (g2)', () => {
    const times = [0, 60, 150, 225, 300];
    const found = shares(times, '', ['ok']);
    for (const [k, expected] of [0.9375, 0.75, 0.46875, 0.234375, 0].entries()) {
      expect(stillAnswering(times[k] as number, 0.05, 300)).toBeCloseTo(expected, 9);
      expect(Math.abs((found[k] as number) - expected)).toBeLessThan(0.015);
    }
  });

  test('so many where dead answers may be given for 200 s more (g3)', () => {
    const times = [150, 200, 300, 450];
    const found = shares(times, ', serveStale: 200s', ['ok', 'stale']);
    for (const [k, expected] of [0.99487, 0.9375, 0.625, 0.15625].entries()) {
      expect(stillStale(times[k] as number, 0.05, 300, 200)).toBeCloseTo(expected, 5);
      expect(Math.abs((found[k] as number) - expected)).toBeLessThan(0.014);
    }
  });
});

describe('queries to servers that do not answer', () => {
  const cases = [
    [0, 60],
    [1, 5.454545454545454],
    [5, 1.1764705882352942],
    [300, 0.019993335554815063],
  ] as const;

  test.each(cases)('failures remembered for %d s: %d a second (g4)', (time, rate) => {
    expect(failingQueries(10, 6, time)).toBeCloseTo(rate, 9);
    // One cycle: six queries, silence while the failure is remembered, then the wait for the next question.
    const wait = waits('g4', 10);
    let span = 0;
    for (let k = 0; k < 200_000; k++) span += time + wait(k);
    expect(Math.abs((6 * 200_000) / span / rate - 1)).toBeLessThan(0.01);
  });

  test.each(cases)('the zone above has them beside its usual load: remembered for %d s', (time, rate) => {
    const plan = planOf(
      scenarioOf(`
nodes:
  "{top,ns}": { kind: nameserver }
  r: { kind: resolver, load: 100, demand: { z: 10% }, tries: 6, failureCache: ${time}s }
zones:
  com: { nameservers: top, ttl: 1h, load: 1000 }
  z: { nameservers: ns, ttl: 1ms, under: com }
faults: { f: { at: 1m, to: ns } }`),
    );
    const history = new History(run(plan, { seed: '1' }));
    const times = history.valueAt(history.fact('queries/com') as number, 600 * SECOND) as number;
    expect((times - 1) * 1000).toBeCloseTo(rate, 4);
  });
});

describe('a resolver that drowns', () => {
  test('its load is a fixed point: what is not answered is asked again', () => {
    for (const [dead, tries, capacity] of [
      [0.1, 10, 2],
      [0.5, 10, 3],
      [0, 20, 4],
    ] as const) {
      const often = drowned(dead, tries, capacity);
      const load = dead * tries + (1 - dead) * often;
      const answered = capacity / load;
      expect(often).toBeCloseTo(answered + (1 - answered) * tries, 9);
      expect(load).toBeGreaterThan(capacity);
    }
  });

  test('with enough capacity there is no such point, and it comes up by itself', () => {
    // Two roots while 10² > 4 · 9 · capacity, so up to a capacity of 2.78.
    expect(drowned(0, 10, 2.7)).toBeGreaterThan(1);
    expect(drowned(0, 10, 2.8)).toBe(1);
  });
});
