/** Shares of very many caches: against closed forms, against as many resolvers of one cache each, and against what is worked out by hand. */
import { describe, expect, test } from 'vitest';
import { run } from '../../sim/compile.ts';
import { log } from '../../sim/engine/arithmetic.ts';
import { hashName, Luck } from '../../sim/engine/luck.ts';
import { stillAnswering, stillStale } from '../../sim/mechanisms/naming/theory.ts';
import { History } from '../../sim/trace/history.ts';
import { MINUTE, planOf, problemsOf, type Run, SECOND, scenarioOf, simulate } from '../support/scenario.ts';
import { Dice } from '../swarm/dice.ts';

const HOUR = 60 * MINUTE;
const FOLLOWED = hashName('test of many caches');
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

describe('how much is asked', () => {
  const com = 'com: { nameservers: top, ttl: 3d, load: 100 }, ';
  const zone = 'z: { nameservers: ns, ttl: 10m, under: com }';
  const eyes = `
tasks: { t: { after: { queries: r, above: 100 }, takes: 1s }, u: { after: { queries: com, above: 1000 }, takes: 1s } }`;
  const asks = (traits: string, trouble: string, size = ', caches: { many: 1 }') =>
    simulate(world(`${traits}`, `${com}${zone}`, `${trouble}${eyes}`).replace(', caches: many', size));
  const LOST = 'faults: { f: { at: 60m, to: ns, for: 5m }, g: { at: 68m, to: ns, for: 20m } }';

  test('of a resolver: the share that gives no answer, times the tries of a client, in as many bends', () => {
    const traits = ', failureCache: 30s, demand: { z: 8% }, clientRetry: { tries: 51 }';
    const one = asks(traits, 'faults: { f: { at: 1h, to: ns } }');
    for (const minutes of [59, 60, 61, 65, 69, 70, 90])
      expect(level(one, 'queries/r', minutes * MINUTE)).toBeCloseTo(
        1 + 0.08 * 50 * Math.min(1, Math.max(0, minutes - 60) / 10),
        6,
      );
    expect(bends(one, 'queries/r')).toBe(2);
    const down = asks(traits, 'faults: { f: { at: 1h, to: r, for: 1h } }');
    expect([59, 61, 121].map((minutes) => level(down, 'queries/r', minutes * MINUTE))).toEqual([1, 51, 1]);
    // 3 is reached with half of them, 2 with a quarter: the failures of all end within the half minute for which they are remembered.
    const drowns = asks(
      `${traits}, capacity: 3, recovers: 2`,
      'checkpoints: { o: { says: o, first: { over: r } } }\nfaults: { f: { at: 1h, to: ns, for: 6m } }',
    );
    const [over, under] = drowns.times('over/r') as [number, number];
    expect(Math.abs(over - 65 * MINUTE)).toBeLessThanOrEqual(1);
    expect(under - 66 * MINUTE).toBeCloseTo((30 * SECOND * (0.6 - 0.25)) / 0.6, -2);
    expect(drowns.tippedBy(drowns.change('over/r', over))).toBe('queries/r');
  });

  test('of a resolver: as of 2,000 with one cache each that are counted', () => {
    const traits = ', failureCache: 3m, timeout: 20s, patience: 5s, load: 0.02, demand: { z: 30% }';
    const moments = Array.from({ length: 40 }, (_, k) => (58 + k) * MINUTE + 17 * SECOND);
    const one = asks(`${traits}, clientRetry: { tries: 11 }`, LOST);
    const each = counted(traits, `${com}${zone}`, LOST, moments);
    for (const [k, at] of moments.entries()) {
      const share = ((level(one, 'queries/r', at) as number) - 1) / 0.3 / 10;
      const error = 4.5 * Math.sqrt((share * (1 - share)) / 2000) + 1.1e-3;
      expect(Math.abs(share - (each[k] as number)), `${at}`).toBeLessThan(error);
    }
  });

  test('of the zone above: as of 4,000 caches whose every question is followed', () => {
    const [caches, ttl, remembered, rate, often, tries] = [4000, 600, 10, 0.025, 4, 3];
    const one = asks(
      `, failureCache: ${remembered}s, load: 0.05, tries: ${tries}, demand: { z: 50% }, clientRetry: { tries: ${often} }`,
      'faults: { f: { at: 1h, to: ns } }',
      `, caches: { many: ${caches} }`,
    );
    const luck = new Luck('followed');
    const windows = [1, 4, 7, 9, 12, 20].map((minutes) => [60 * minutes, 60 * minutes + 60] as const);
    const sums = windows.map(() => 0);
    for (let cache = 0; cache < caches; cache++) {
      // From long before the loss, which is at 0, to after the last window; each begins at a moment of its own.
      let now = -20 * ttl - luck.uniform(FOLLOWED, cache, 0) * (ttl + 1 / rate);
      let [until, fails] = [now, false];
      for (let k = 1; now < 1300; k++) {
        now += -log(luck.uniform(FOLLOWED, cache, k)) / (fails ? often * rate : rate);
        // Its clients ask more often from the moment on at which it has no answer.
        if (!fails && now > Math.max(0, until)) {
          [now, fails] = [Math.max(0, until), true];
          continue;
        }
        if (now < until) continue;
        if (now < 0) until = now + ttl;
        else {
          for (const [w, [from, to]] of windows.entries())
            if (now >= from && now < to) sums[w] = (sums[w] as number) + tries;
          until = now + remembered;
        }
      }
    }
    for (const [w, [from, to]] of windows.entries()) {
      const mean = (level(one, 'queries/com', HOUR + ((from + to) / 2) * SECOND) - 1) * 100 * (to - from);
      const found = sums[w] as number;
      expect(Math.abs(found / mean - 1), `${from}: ${found} and ${mean}`).toBeLessThan(
        0.03 + 4.5 * Math.sqrt(tries / mean),
      );
    }
  });

  test('of the zone above by shares, beside a resolver of one cache', () => {
    const text = world(
      ', failureCache: 10s, load: 0.05, tries: 3, demand: { z: 50% }',
      `${com}${zone}`,
      `faults: { f: { at: 1h, to: ns } }${eyes.replace('{ queries: r,', '{ queries: other,')}`,
    )
      .replace(', caches: many', ', caches: { many: 100 }')
      .replace('  eye:', '  other: { kind: resolver, failureCache: 10s, load: 20, demand: { z: 10% } }\n  eye:');
    const one = simulate(text);
    const [lost] = one.times('resolves/other/z', 'servfail') as [number];
    const of = (n: number, perSecond: number, tries: number) => (n * tries * perSecond) / (1 + 10 * perSecond) / 100;
    for (const after of [30, 200, 400, 599, 700]) {
      const at = HOUR + after * SECOND;
      // Of many that are asked every forty seconds each, some lie idle.
      const share = 1 - stillAnswering(after, 0.025, 600);
      expect(level(one, 'queries/com', at)).toBeCloseTo(
        1 + of(100, 0.025, 3) * share + (at >= lost ? of(1, 2, 1) : 0),
        6,
      );
    }
  });

  test('what nobody can say', () => {
    const told = (traits: string, caches = ', caches: many', trouble = '') =>
      problemsOf(
        world(`, demand: { z: 8% }${traits}`, `${com}${zone}`, trouble).replace(', caches: many', caches),
      ).join('\n');
    const above = 'tasks: { u: { after: { queries: com, above: 1000 }, takes: 1s } }';
    expect(told(', clientRetry: { tries: 5 }, capacity: 3')).toBe('');
    expect(told(', clientRetry: { tries: 5, over: 10m }')).toMatch(/how long it takes under "over" is told of one/);
    expect(told(', clientRetry: { tries: 5 }, capacity: 3, recovers: 2, whenOver: fail')).toMatch(/not alike/);
    expect(told(', load: 3', ', caches: many', above)).toMatch(/say so, as in caches: \{ many: 4000 \}/);
    expect(told(', load: 3', ', caches: { many: 4000 }', above)).toBe('');
    expect(told('', ', caches: lots')).toMatch(/expected a number of caches, or many, found "lots"/);
    expect(told('', ', caches: mani')).toMatch(/did you mean "many"/);
    expect(told('', ', caches: { many: 0 }')).toMatch(/at least 1/);
    expect(told('', ', caches: { lots: 3 }')).toMatch(/there is no key "lots"|many/);
    expect(told('', ', caches: {}')).toMatch(/"many" is missing/);
  });
});
