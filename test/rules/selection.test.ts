/** Whom a resolver asks first that knows how far its nameservers are, and how long an answer then takes. */
import { describe, expect, test } from 'vitest';
import { askedInTurn, type Contender, rivalsAmong, turnsOf } from '../../sim/mechanisms/naming/selection.ts';
import { probedEvery } from '../../sim/mechanisms/naming/theory.ts';
import { MINUTE, problemsOf, SECOND, simulate } from '../support/scenario.ts';
import { Dice } from '../swarm/dice.ts';

const HOUR = 60 * MINUTE;

describe('in turns', () => {
  test('the quickest first, and with it those within the band; then the next quickest of the others', () => {
    expect(turnsOf([180, 12, 500], 0)).toEqual([1, 0, 2]);
    expect(turnsOf([180, 12, 500], 400)).toEqual([0, 0, 1]);
    expect(turnsOf([180, 12, 12], 0)).toEqual([1, 0, 0]);
    expect(turnsOf([0, 0, 0], 0)).toEqual([0, 0, 0]);
    expect(turnsOf([], 0)).toEqual([]);
  });

  test('waits, and the way of the answer, as of one question after the other to servers in an order drawn anew', () => {
    const dice = new Dice('turns');
    for (let world = 0; world < 25; world++) {
      const band = dice.pick([0, 40, 400]);
      const servers = Array.from(
        { length: dice.int(1, 6) },
        (): Contender => ({ rtt: 10 * dice.int(1, 50), does: dice.pick(['answers', 'is silent', 'refuses']) }),
      );
      let [waits, rtt] = [0, 0];
      const QUESTIONS = 4000;
      for (let k = 0; k < QUESTIONS; k++) {
        // Those that may come first are drawn from until they are used up; only then the band is laid anew.
        let left = [...servers];
        let first: Contender[] = [];
        for (;;) {
          if (first.length === 0) {
            const quickest = Math.min(...left.map((one) => one.rtt));
            first = left.filter((one) => one.rtt <= quickest + band);
            left = left.filter((one) => !first.includes(one));
          }
          if (first.length === 0) break;
          const [one] = first.splice(dice.int(0, first.length - 1), 1) as [Contender];
          if (one.does === 'is silent') waits++;
          if (one.does !== 'answers') continue;
          rtt += one.rtt;
          break;
        }
      }
      const mean = askedInTurn(servers, band);
      expect(Math.abs(waits / QUESTIONS - mean.waits)).toBeLessThan(0.1);
      expect(Math.abs(rtt / QUESTIONS - mean.rtt)).toBeLessThan(0.05 * 500);
      expect(mean.answers).toBe(servers.some(({ does }) => does === 'answers'));
    }
  });

  test('who comes before whom: none is asked behind a quicker one that answers', () => {
    const field: Contender[] = [
      { rtt: 100, does: 'answers' },
      { rtt: 100, does: 'answers' },
      { rtt: 50, does: 'is silent' },
    ];
    const rivals = rivalsAmong(field, 0);
    expect([20, 50, 100, 101].map(rivals)).toEqual([0, 0, 2, null]);
    expect(rivalsAmong(field, 60)(105)).toBe(2);
  });
});

const TIMES = 'rtt: { "ns.*": 500ms, "ns.{2,3}": 180ms, ns.1: 12ms }';
const world = (traits: string, faults: string, more = ''): string => `
netfall: 1
id: world
title: World
clock: { start: 2021-10-04T15:30:00Z, run: 12h }
nodes:
  host.{1..4}: { kind: datacenter }
  ns.{1..4}: { kind: nameserver, in: host.$1 }
  r: { kind: resolver, failureCache: 5s, ${traits} }
  users: { kind: population, via: { r: 100% }, does: read }
  eye: { kind: tool, standby: true, needs: [ { not: { delay: shop, via: r, above: 60 } } ] }
zones: { shop: { nameservers: ns.*, ttl: 1m } }
journeys: { read: [ { resolves: shop } ] }
faults: { ${faults} }${more}`;
const delays = (traits: string, faults: string) => {
  const run = simulate(world(traits, faults));
  return [[0, run.at('delay/r/shop', 0)], ...run.changes('delay/r/shop').map(([at, , late]) => [at / MINUTE, late])];
};
const dies = (...hosts: readonly number[]): string =>
  hosts.map((host, k) => `f${k}: { at: ${k + 1}m, to: host.${host}, until: 10m }`).join(', ');

describe('how long an answer takes', () => {
  const ASKS = `timeout: 10s, retry: 800ms, ${TIMES}`;
  test('is the way to the quickest, and a wait for each quicker one that keeps silent', () => {
    expect(delays(ASKS, dies(1, 2, 3, 4))).toEqual([
      [0, 0.012],
      [1, 0.98],
      [2, 1.38],
      [3, 2.9],
      [4, 10],
      [10, 0.012],
    ]);
  });

  test('a slower one that is dead is not missed', () => {
    expect(delays(ASKS, dies(4, 3, 2))).toEqual([[0, 0.012]]);
  });

  test('within a band all are asked as often', () => {
    expect(delays(`${ASKS}, band: 400ms`, dies(1))).toEqual(
      [
        [0, 0.124],
        [1, Number((0.8 / 3 + 0.36 / 2).toPrecision(9))],
        [10, 0.124],
      ].map(([at, late], k) => [at, k === 1 ? expect.closeTo(0.8 / 3 + 0.18, 8) : late]),
    );
  });

  test('is known without waits too', () => {
    expect(delays(TIMES, dies(1))).toEqual([
      [0, 0.012],
      [1, 0.18],
      [10, 0.012],
    ]);
  });

  test('who refuses is passed over at once', () => {
    expect(delays(ASKS, 'f: { at: 1m, to: ns.1 }')).toEqual([
      [0, 0.012],
      [1, 0.18],
    ]);
  });
});

describe('who learns', () => {
  const LEARNS = `timeout: 10s, retry: 800ms, avoids: 30m, ${TIMES}`;
  test('waits for the quickest till it has asked it once, then for a try now and then; for a slower one never', () => {
    const rarely = Number(((0.8 * 60) / probedEvery(0, 1800, 60) + 0.18).toPrecision(9));
    expect(delays(LEARNS, 'f: { at: 1m, to: host.1, for: 2h }, g: { at: 1m, to: host.4 }')).toEqual([
      [0, 0.012],
      [1, 0.98],
      [1 + 60.8 / 60, rarely],
      // Back after two hours, and found with the next try: half an hour and a question after it was left alone, and so on.
      [121, 0.18],
      [(60 + 60.8 + 4 * 1860) / 60, 0.012],
    ]);
  });

  test('and asks those that are back when no other is left', () => {
    const faults = 'f: { at: 1m, to: host.1, for: 5m }, g: { at: 10m, to: "host.{2,3,4}" }';
    expect(delays(LEARNS, faults).slice(0, 5)).toEqual([
      [0, 0.012],
      [1, 0.98],
      [1 + 60.8 / 60, expect.any(Number)],
      [6, 0.18],
      // The two next quickest and the last are waited for, and then the one that was left alone answers.
      [10, 2.412],
    ]);
  });
});

describe('what people see of it', () => {
  test('a name comes late where its resolver waits for longer than they wait for it', () => {
    const told = (patience: string) =>
      simulate(world(`timeout: 10s, retry: 800ms, patience: ${patience}, ${TIMES}`, dies(1, 2, 3)))
        .changes('works/')
        .map(([at, , to]) => [at / MINUTE, to]);
    expect(told('2s')).toEqual([
      [3, 'slow'],
      [10, 'ok'],
    ]);
    expect(told('5s')).toEqual([]);
  });

  test('an anycast server is as far as the site that answers, the nearest if none does', () => {
    const run = simulate(`
nodes:
  "{net,isp}": { kind: network }
  pop.{1..2}: { kind: pop, network: net }
  ns: { kind: nameserver, in: pop.*, prefix: names }
  far: { kind: nameserver }
  r: { kind: resolver, network: isp, timeout: 10s, retry: 1s, rtt: { ns@pop.1: 20ms, ns@pop.2: 70ms, far: 40ms } }
  eye: { kind: tool, standby: true, needs: [ { not: { delay: shop, via: r, above: 60 } } ] }
links: { up: { from: pop.*, to: isp, bgp: buys } }
prefixes: { names: { cidr: 192.0.2.0/24, from: pop.* } }
zones: { shop: { nameservers: [ ns, far ], ttl: 10s } }
faults: { e: { at: 1m, to: pop.1 }, f: { at: 20m, to: "pop.*" } }`);
    expect(run.at('delay/r/shop', 0)).toBe(0.02);
    // The other site takes over, and is farther than the other server.
    expect(run.at('delay/r/shop', 10 * MINUTE)).toBe(0.04);
    expect(run.at('delay/r/shop', 30 * MINUTE)).toBe(1.04);
  });
});

test('what cannot be said', () => {
  const told = (traits: string) => problemsOf(world(traits, '')).join('\n');
  expect(told('timeout: 10s, retry: 800ms, rtt: { ns.1: 12ms }')).toMatch(
    /of the nameservers of shop nothing says how far ns\.2 is.*all of them, or of none/,
  );
  expect(told('timeout: 10s, retry: 100ms, rtt: { "ns.*": 100ms }')).toMatch(/would not hear it/);
  expect(told('timeout: 10s, rtt: { "ns.*": 10s }')).toMatch(/would not hear it/);
  expect(told('timeout: 10s, retry: 100ms, band: 400ms')).toMatch(/say them under `rtt`/);
  expect(told('timeout: 10s, retry: 800ms, rtt: { host.1: 12ms }')).toMatch(/host\.1 is a datacenter/);
  expect(
    problemsOf(world(TIMES, '').replace('  eye:', '  eye: { kind: tool, rtt: { ns.1: 1ms } }\n  eye.2:')).join(),
  ).toMatch(/"rtt" is for a resolver/);
});

test('all is shifted with what happens', () => {
  const at = (hours: number) =>
    simulate(world(`timeout: 10s, retry: 800ms, avoids: 30m, ${TIMES}`, `f: { at: ${hours}h, to: host.1, for: 10m }`))
      .changes('delay/r/shop')
      .map(([when, , late]) => [when - hours * HOUR, late]);
  expect(at(3)).toEqual(at(1));
  expect(at(1)[1]).toEqual([800 + 60 * SECOND, expect.any(Number)]);
});
