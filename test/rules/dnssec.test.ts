/** Chains of trust: what a resolver that validates makes of a zone whose signatures and whose DS record do not agree (RFC 4035). */
import { describe, expect, test } from 'vitest';
import { hitRate, stillAnswering } from '../../sim/mechanisms/naming/theory.ts';
import { MINUTE, problemsOf, type Run, simulate } from '../support/scenario.ts';

const HOUR = 60 * MINUTE;
/** A zone under a signed one, asked for by resolvers that validate (`v.*`) and by one that does not. */
const world = (zone: string, trouble: string, { traits = '', count = 1, more = '' } = {}): string => `
netfall: 1
id: world
title: World
clock: { start: 2021-09-30T12:00:00Z, run: 4d }
nodes:
  "{top,ns}": { kind: nameserver }
  plain: { kind: resolver }
  v.{1..${count}}: { kind: resolver, validates: true${traits} }
  eye: { kind: tool, standby: true, needs: [ { resolves: any *, via: any v.* }, { resolves: any *, via: plain }, { ds: shop, via: any v.* } ] }
zones:
  com: { nameservers: top, ttl: 2d, negativeTtl: 15m, signed: true }
  shop: { nameservers: ns, ttl: 1m, negativeTtl: 10m, under: com${zone} }
${more}
changes:
${trouble}`;
const SIGNED = ', signed: true, ds: 24h';
const UNSIGN = '  unsign: { at: 1h, to: shop, effect: { sign: off } }\n';
const WITHDRAW = '  withdraw: { at: 1h, to: shop, effect: { ds: withdrawn } }\n';

const holding = (run: Run, at: number, count: number): number =>
  Array.from({ length: count }, (_, k) => run.at(`ds/v.${k + 1}/shop`, at)).filter((word) => word === 'present')
    .length / count;

describe('a zone that is signed no longer', () => {
  test('is bogus for whoever has its DS record, within the TTL of the answer, until that of the record is over', () => {
    const run = simulate(world(SIGNED, UNSIGN + WITHDRAW));
    const [lost] = run.times('resolves/v.1/shop', 'servfail') as [number];
    expect(lost).toBeGreaterThanOrEqual(HOUR);
    expect(lost).toBeLessThan(HOUR + MINUTE);
    const [forgot] = run.times('ds/v.1/shop', 'absent') as [number];
    expect(forgot).toBeLessThan(25 * HOUR);
    expect(run.times('resolves/v.1/shop', 'ok')).toEqual([forgot]);
    expect(run.tippedBy(run.change('ds/v.1/shop'))).toBe('config/shop/ds/withdrawn');
    expect(run.ruleOf(run.change('ds/v.1/shop'))).toBe('expiry');
    expect(run.tippedBy(run.change('resolves/v.1/shop', lost))).toBe('config/shop/sign/off');
  });

  test('is an answer as any other for a resolver that does not validate', () => {
    expect(simulate(world(SIGNED, UNSIGN + WITHDRAW)).times('resolves/plain/shop')).toEqual([]);
  });

  test('stays bogus while the record stands', () => {
    expect(simulate(world(SIGNED, UNSIGN)).times('resolves/v.1/shop')).toHaveLength(1);
  });

  test('is no trouble in the order of the textbook: first the record, then, one TTL later, the signatures', () => {
    const late = '  unsign: { at: 26h, to: shop, effect: { sign: off } }\n';
    expect(simulate(world(SIGNED, WITHDRAW + late)).times('resolves/v.1/shop')).toEqual([]);
  });

  test('is given SERVFAIL for at once, since its servers do answer, and anew only when the failure is forgotten', () => {
    const run = simulate(world(SIGNED, UNSIGN + WITHDRAW, { traits: ', timeout: 10s, failureCache: 5m' }));
    const [lost] = run.times('resolves/v.1/shop', 'servfail') as [number];
    expect(lost).toBeLessThan(HOUR + MINUTE);
    const [forgot] = run.times('ds/v.1/shop', 'absent') as [number];
    const [back] = run.times('resolves/v.1/shop', 'ok') as [number];
    expect(back).toBeGreaterThan(forgot);
    expect(back).toBeLessThanOrEqual(forgot + 5 * MINUTE);
  });

  test('takes the zones under it along, which have to be proven to have no DS record', () => {
    const more = '  app: { nameservers: ns, ttl: 1m, under: shop }\n  else: { nameservers: ns, ttl: 1m, under: com }';
    const run = simulate(world(SIGNED, UNSIGN + WITHDRAW, { more }));
    expect(run.times('resolves/v.1/app', 'servfail')[0]).toBeLessThan(HOUR + 11 * MINUTE);
    expect(run.times('resolves/v.1/app', 'ok')).toEqual(run.times('ds/v.1/shop', 'absent'));
    expect(run.times('resolves/plain/app')).toEqual([]);
    expect(run.times('resolves/v.1/else')).toEqual([]);
  });

  test('resolves again when it is signed again', () => {
    const again = '  again: { at: 3h, to: shop, effect: { sign: on } }\n';
    const fix = UNSIGN.replace('off }', 'off }, until: { applied: again }');
    expect(simulate(world(SIGNED, fix + again)).times('resolves/v.1/shop', 'ok')).toEqual([3 * HOUR]);
  });
});

describe('the DS record in caches', () => {
  test('of caches that are never idle, a share of 1 - t/T holds it a time t after it was withdrawn', () => {
    const run = simulate(world(SIGNED, UNSIGN + WITHDRAW, { count: 400 }));
    expect(holding(run, HOUR - 1, 400)).toBe(1);
    // Standard errors of at most 0.025.
    for (const t of [3, 6, 12, 18, 21])
      expect(Math.abs(holding(run, (1 + t) * HOUR, 400) - (1 - t / 24))).toBeLessThan(0.08);
    expect(holding(run, 25 * HOUR, 400)).toBe(0);
  });

  test('of caches that are asked now and then, the hit rate times that', () => {
    // A question every 12 hours: two thirds of the caches hold it.
    const rate = 1 / (12 * 3600);
    const run = simulate(
      world(SIGNED, UNSIGN + WITHDRAW, { count: 400, traits: `, load: ${rate}, demand: { shop: 100% }` }),
    );
    expect(hitRate(rate, 24 * 3600)).toBeCloseTo(2 / 3);
    for (const t of [1, 6, 12, 18])
      expect(Math.abs(holding(run, (1 + t) * HOUR, 400) - stillAnswering(t * 3600, rate, 24 * 3600))).toBeLessThan(
        0.08,
      );
  });

  const publish = (until: string) =>
    `  sign: { at: 1h, to: shop, effect: { sign: on } }\n  publish: { at: 2h, to: shop, effect: { ds: published } }\n  withdraw: { at: ${until}, to: shop, effect: { ds: withdrawn } }\n`;

  test('those that know there is none do not ask for it until they have forgotten: after x of the negative TTL N a share of x/N has it', () => {
    const run = simulate(world(', ds: 24h', publish('3h'), { count: 400 }));
    for (const minutes of [3, 7.5, 12])
      expect(Math.abs(holding(run, 2 * HOUR + minutes * MINUTE, 400) - minutes / 15)).toBeLessThan(0.08);
    expect(holding(run, 2 * HOUR + 15 * MINUTE, 400)).toBe(1);
    // Each for a whole TTL since it fetched it, and all of them fetched it of late.
    expect(holding(run, 26 * HOUR - 1, 400)).toBe(1);
    expect(holding(run, 26 * HOUR + 15 * MINUTE, 400)).toBe(0);
  });

  test('those that did not ask while it was published never have it', () => {
    // With a question an hour and a negative TTL of 15 minutes, one hour of publication catches 1 - e^-x for what is left of it.
    const traits = `, load: ${1 / 3600}, demand: { shop: 100% }`;
    const run = simulate(world(', ds: 24h', publish('3h'), { count: 400, traits }));
    // A fifth of the caches know that there is none, for up to a quarter of an hour; the others know nothing.
    const early = Array.from({ length: 1000 }, (_, k) => 1 - Math.exp(-(1 - (k + 0.5) / 4000)));
    const expected = 0.8 * (1 - Math.exp(-1)) + 0.2 * (early.reduce((sum, one) => sum + one, 0) / 1000);
    expect(Math.abs(holding(run, 3 * HOUR - 1, 400) - expected)).toBeLessThan(0.08);
    expect(holding(run, 20 * HOUR, 400)).toBeCloseTo(holding(run, 3 * HOUR - 1, 400), 9);
  });

  test('a flush ends it for one resolver, at once, and for what is under the zone too', () => {
    const flush = '  flush: { at: 2h, to: v.1, effect: { flush: shop } }\n';
    const more = '  app: { nameservers: ns, ttl: 1m, under: shop }';
    const run = simulate(world(SIGNED, UNSIGN + WITHDRAW + flush, { count: 2, more }));
    for (const zone of ['shop', 'app']) expect(run.times(`resolves/v.1/${zone}`, 'ok')).toEqual([2 * HOUR]);
    expect(run.times('ds/v.1/shop', 'absent')).toEqual([2 * HOUR]);
    expect(run.tippedBy(run.change('resolves/v.1/shop'))).toBe('config/v.1/flush/shop');
    expect(run.times('ds/v.2/shop', 'absent')).not.toEqual([2 * HOUR]);
  });

  test('a second flush upon a first counts by itself', () => {
    const flush = [2, 3].map((h) => `  flush-${h}: { at: ${h}h, to: v.1, effect: { flush: shop } }\n`).join('');
    const run = simulate(world(SIGNED, flush + WITHDRAW.replace('1h', '150m')));
    expect(run.times('ds/v.1/shop', 'absent')).toEqual([3 * HOUR]);
  });
});

describe('what is checked of a chain as written', () => {
  test('a DS record stands in a zone above, to which a chain leads', () => {
    expect(problemsOf(world('', '', { more: '  z: { nameservers: ns, ttl: 1m, ds: 1h }' })).join()).toMatch(
      /a DS record stands in the zone above, and there is none \(say which under `under`\)/,
    );
    expect(
      problemsOf(world('', '', { more: '  z: { nameservers: ns, ttl: 1m, under: shop, ds: 1h }' })).join(),
    ).toMatch(
      /its DS record proves nothing, since no chain of trust leads to shop \(say under `ds` how long that of shop is kept\)/,
    );
    expect(problemsOf(world(SIGNED, '').replace('15m, signed: true', '15m')).join()).toMatch(
      /no chain of trust leads to com \(say signed: true of com\)/,
    );
  });
  test('a record that is published is kept for so long', () => {
    expect(problemsOf(world('', WITHDRAW)).join()).toMatch(
      /nothing says how long resolvers keep the DS record of shop/,
    );
  });
  test('resolvers are flushed, zones are signed', () => {
    expect(problemsOf(world('', '  f: { at: 1h, to: ns, effect: { flush: shop } }')).join()).toMatch(
      /expected a resolver/,
    );
    expect(problemsOf(world('', '  f: { at: 1h, to: ns, effect: { sign: on } }')).join()).toMatch(
      /there is no zone "ns"/,
    );
  });
});

describe('denials that are reused (RFC 8198)', () => {
  const REUSES = ', reuses: true, first: aaaa';
  const BUG = 'faults: { bug: { at: 1h, to: shop, effect: { deny: a }, for: 2h } }\n';
  const buggy = (traits: string, records = ', records: a', zone = SIGNED) =>
    simulate(
      world(zone + records, '  none: { at: 90h, to: shop, effect: { sign: on } }\n', { traits }).replace(
        'changes:',
        `${BUG}changes:`,
      ),
    );

  test('leave out the address: whoever asks for the other type first is told within a TTL that there is none, for a negative TTL', () => {
    const run = buggy(REUSES);
    const [lost] = run.times('resolves/v.1/shop', 'nodata') as [number];
    expect(lost).toBeGreaterThanOrEqual(HOUR);
    expect(lost).toBeLessThan(HOUR + MINUTE);
    const [back] = run.times('resolves/v.1/shop', 'ok') as [number];
    expect(back).toBeGreaterThanOrEqual(3 * HOUR);
    expect(back).toBeLessThan(3 * HOUR + 10 * MINUTE);
    expect(run.tippedBy(run.change('resolves/v.1/shop', lost))).toBe('config/shop/deny/a');
    expect(run.times('resolves/plain/shop')).toEqual([]);
  });

  test.each([
    ['who reuses none', '', ', records: a', SIGNED],
    ['who asks for this type first', ', reuses: true', ', records: a', SIGNED],
    ['who is given the type it asks for first', REUSES, '', SIGNED],
    ['where there are no signatures', REUSES, ', records: a', ', ds: 24h'],
  ])('do no harm: %s', (_, traits, records, zone) => {
    expect(buggy(traits, records, zone).times('resolves/v.1/shop')).toEqual([]);
  });

  test('are only those that were checked', () => {
    expect(problemsOf(world('', '').replace('validates: true', 'reuses: true')).join()).toMatch(
      /only denials that were checked are reused \(RFC 8198\) \(say validates: true\)/,
    );
  });
});
