/** What a resolver learns of nameservers that keep silent: whom it leaves alone, when it asks again, and what its clients see of that. */
import { describe, expect, test } from 'vitest';
import { story } from '../../sim/analysis/story.ts';
import { hashName, Luck } from '../../sim/engine/luck.ts';
import {
  askedEvery,
  givenUpAfter,
  probedEvery,
  probedFor,
  triedAgain,
  untilAsked,
  waitedFor,
} from '../../sim/mechanisms/naming/theory.ts';
import { MINUTE, problemsOf, SECOND, simulate } from '../support/scenario.ts';
import { Dice } from '../swarm/dice.ts';

const HOUR = 60 * MINUTE;

describe('in closed form', () => {
  test('how often silent servers are waited for: as over a Poisson stream of questions, each to servers in any order', () => {
    const dice = new Dice('learns');
    const luck = new Luck('learns');
    const purpose = hashName('test of learning');
    for (const [silent, live, avoids, gap] of [
      [1, 1, 900, 60],
      [2, 3, 300, 100],
      [3, 1, 60, 300],
    ] as const) {
      const until = Array.from({ length: silent }, () => 0);
      let [now, waits] = [0, 0];
      const QUESTIONS = 40_000;
      for (let k = 0; k < QUESTIONS; k++) {
        now += untilAsked(luck.uniform(purpose, silent, k), 1 / gap);
        const may = until.flatMap((end, server) => (end <= now ? [server] : []));
        const order = dice.some(
          Array.from({ length: may.length + live }, (_, i) => i),
          may.length + live,
        );
        for (const one of order) {
          if (one >= may.length) break;
          waits++;
          until[may[one] as number] = now + avoids;
        }
      }
      const mean = probedFor(silent, live, avoids, gap);
      expect(Math.abs(waits / QUESTIONS / mean - 1)).toBeLessThan(0.05);
      expect(mean).toBeCloseTo((silent * gap) / probedEvery(live, avoids, gap), 12);
    }
  });

  test('who learns nothing waits as over all orders; who asks all the time hardly ever', () => {
    expect(probedFor(3, 2, 0, 60)).toBe(waitedFor(3, 2));
    expect(probedFor(3, 2, 0, 0)).toBe(waitedFor(3, 2));
    expect(probedFor(1, 1, 900_000, 1)).toBeLessThan(1e-5);
  });

  test('it asks once a life, and a wait for the next question later', () => {
    expect(askedEvery(null, 60)).toBe(60);
    expect(askedEvery(0.1, 60)).toBeCloseTo(70, 9);
  });

  test('a back-off takes the sum of its tries, and then each try the longest of them', () => {
    const unbound = { first: 376, times: 2, each: 2, most: 4000 };
    expect(givenUpAfter(unbound, 1)).toBe(2 * (376 + 752 + 1504 + 3008));
    expect(givenUpAfter(unbound, 3)).toBe(3 * givenUpAfter(unbound, 1));
    expect(triedAgain(unbound, 2)).toBe(2 * 2 * 4000);
    expect(givenUpAfter({ first: 800, times: 1.5, each: 1, most: 1801 }, 1)).toBe(800 + 1200 + 1800);
  });
});

const world = (faults: string, traits: string, more = ''): string => `
netfall: 1
id: world
title: World
clock: { start: 2021-10-04T15:30:00Z, run: 6h }
nodes:
  host.{1..2}: { kind: datacenter }
  ns.{1..2}: { kind: nameserver, in: host.$1 }
  r: { kind: resolver, failureCache: 5s${traits} }
  users: { kind: population, people: 100, via: { r: 100% }, does: read }
zones: { shop: { nameservers: ns.*, ttl: 1m } }
journeys: { read: [ { resolves: shop }, { not: { delay: shop, above: 60 }, else: slow } ] }
faults: { ${faults} }${more}`;
const ASKS = ', timeout: 10s, retry: 800ms, avoids: 30m';
const BACKS_OFF = ', avoids: 15m, backoff: { first: 376ms, each: 2, most: 2s }';
const GIVES_UP = 2 * 2 * (376 + 752 + 1504);
const TRIES = 2 * 2 * 2000;
const delays = (faults: string, traits: string) =>
  simulate(world(faults, traits))
    .changes('delay/r/shop')
    .map(([at, , seconds]) => [at, seconds]);
const words = (faults: string, traits: string, seed = '1') =>
  simulate(world(faults, traits), { seed })
    .changes('resolves/r/shop')
    .map(([at, , word]) => [at, word] as [number, string]);

describe('one of two servers is silent', () => {
  const LEARNT = 800 + 2 * MINUTE;
  const RARELY = Number(((0.8 * 60) / (1800 + 120)).toPrecision(9));

  test('an answer comes late until it is learnt, and then hardly ever, until it is back', () => {
    expect(delays('f: { at: 1h, to: host.1, for: 1h }', ASKS)).toEqual([
      [HOUR, 0.4],
      [HOUR + LEARNT, RARELY],
      [2 * HOUR, 0],
    ]);
  });

  test('who asks more often learns it sooner', () => {
    const asks = (load: number) =>
      delays('f: { at: 1h, to: host.1 }', `${ASKS}, load: ${load}, demand: { shop: 100% }`).map(([at]) => at);
    expect(asks(0.01)).toEqual([HOUR, HOUR + 800 + 2 * (60 + 100) * SECOND]);
    expect(asks(1)).toEqual([HOUR, HOUR + 800 + 2 * (60 + 1) * SECOND]);
  });

  test('it is not told apart from others while it is back and left alone; but when no other is left it is asked', () => {
    const faults = (gap: string) => `f: { at: 1h, to: host.1, for: 10m }, g: { at: ${gap}, to: host.2 }`;
    // Still left alone: the other is asked first by everybody, until it is learnt that it is silent.
    expect(delays(faults('75m'), ASKS).slice(2)).toEqual([
      [70 * MINUTE, 0],
      [75 * MINUTE, 0.8],
      [75 * MINUTE + 800 + MINUTE, Number(((0.8 * 60) / (1800 + 120)).toPrecision(9))],
    ]);
    // Tried again in the meantime: as good as any.
    expect(delays(faults('3h'), ASKS).slice(2, 4)).toEqual([
      [70 * MINUTE, 0],
      [3 * HOUR, 0.4],
    ]);
    expect(words(faults('75m'), ASKS)).toEqual([]);
  });

  test('a resolver that is not said to learn goes on as it was, and one that has known it from the start does not wait', () => {
    expect(delays('f: { at: 1h, to: host.1 }', ', timeout: 10s, retry: 800ms')).toEqual([[HOUR, 0.4]]);
    const run = simulate(world('f: { before: true, to: "{host,ns}.1" }', ASKS));
    expect(run.at('delay/r/shop', 0)).toBe(RARELY);
    expect(run.changes('delay/r/shop')).toEqual([]);
  });

  test('the sites of an anycast server are one server', () => {
    const text = `
nodes:
  "{net,isp}": { kind: network }
  pop.{1..5}: { kind: pop, network: net }
  ns: { kind: nameserver, in: pop.*, prefix: names }
  other: { kind: nameserver }
  r: { kind: resolver, network: isp, failureCache: 5s, backoff: { first: 500ms, most: 2s }, avoids: 15m, patience: 1s }
  tool: { kind: tool, standby: true, needs: [ { resolves: shop, via: r }, { not: { delay: shop, via: r, above: 60 } } ] }
links: { up: { from: pop.*, to: isp, bgp: buys } }
prefixes: { names: { cidr: 192.0.2.0/24, from: pop.* } }
zones: { shop: { nameservers: [ ns, other ], ttl: 10s } }
faults: { f: { at: 1m, to: "pop.*" }, g: { at: 1m, to: other } }`;
    const run = simulate(text, { until: 5 * MINUTE });
    expect(run.changes('delay/r/shop').map(([at, , to]) => [at, to])).toEqual([[MINUTE, 2 * (0.5 + 1)]]);
    const [late] = run.times('resolves/r/shop', 'timeout') as [number];
    expect(run.times('resolves/r/shop', 'servfail')[0]).toBe(late - SECOND + 2 * (500 + 1000));
  });
});

describe('all servers are silent', () => {
  const FOREVER = 'f: { at: 1h, to: "host.*" }';

  test('who asks anew waits anew: time-outs and failures by turns, each as long as it asks and remembers', () => {
    const run = simulate(world(FOREVER, `${ASKS}, patience: 4s`), { until: 61 * MINUTE + 60 * SECOND });
    const told = run.changes('resolves/r/shop').map(([at, , word]) => [at, word] as [number, string]);
    expect(told.length).toBeGreaterThan(4);
    const [first] = told[0] as [number, string];
    for (const [k, [at, word]] of told.entries()) {
      expect(word).toBe(k % 2 === 0 ? 'timeout' : 'servfail');
      expect(at - first).toBe(Math.floor(k / 2) * 15 * SECOND + (k % 2) * 6 * SECOND);
      expect(run.ruleOf(run.change('resolves/r/shop', at))).toBe('hold');
      expect(run.tippedBy(run.change('resolves/r/shop', at))).toBe('up/ns.2');
    }
  });

  test('made to forget it asks before it fails: nothing in time, then SERVFAIL; and so it does when it starts anew', () => {
    const told = (more: string, traits: string, faults = 'f: { at: 1h, to: "host.*" }') =>
      simulate(world(faults, traits, more).replace('ttl: 1m', 'ttl: 5h'))
        .changes('resolves/r/shop')
        .slice(0, 3)
        .map(([at, , word]) => [(at - 2 * HOUR) / SECOND, word]);
    const flush = '\nchanges: { c: { at: 2h, to: r, effect: { flush: shop } } }';
    const waits = ', timeout: 10s, retry: 800ms, patience: 4s';
    expect(told(flush, waits)).toEqual([
      [4, 'timeout'],
      [10, 'servfail'],
    ]);
    expect(told(flush, `${waits}, serveStale: 1d`)).toEqual([
      [4, 'timeout'],
      [10, 'servfail'],
    ]);
    expect(told(flush, ', timeout: 10s, retry: 800ms')).toEqual([[10, 'servfail']]);
    expect(told(flush, `${ASKS}, patience: 4s`)).toEqual([
      [4, 'timeout'],
      [10, 'servfail'],
      [19, 'timeout'],
    ]);
    const back = 'f: { at: 1h, to: "host.*", for: 3606s }';
    expect(told(flush, waits, back)).toEqual([
      [4, 'timeout'],
      [6, 'ok'],
    ]);
    const restarts = 'f: { at: 1h, to: "host.*" }, g: { at: 119m, to: r, for: 1m }';
    expect(told('', waits, restarts)).toEqual([
      [-60, 'timeout'],
      [10, 'servfail'],
    ]);
    // Who is refused, or has given all of them up, says so at once.
    expect(told(flush, waits, 'f: { at: 1h, to: "ns.*" }')).toEqual([[0, 'servfail']]);
    const run = simulate(world('f: { at: 1h, to: "host.*" }', waits, flush).replace('ttl: 1m', 'ttl: 5h'));
    expect(run.tippedBy(run.change('resolves/r/shop', 2 * HOUR + 4 * SECOND))).toBe('config/r/flush/shop');
  });

  test('a question that is rare makes it ask anew when it comes', () => {
    const told = words(FOREVER, `${ASKS}, patience: 4s, load: 0.01, demand: { shop: 100% }`);
    const late = told.filter(([, word]) => word === 'timeout').map(([at]) => at);
    const mean = ((late.at(-1) as number) - (late[0] as number)) / (late.length - 1);
    expect(late.length).toBeGreaterThan(50);
    // 10 s, 5 s, and 100 s on average: exponential, so that the error of the mean is that over the root of their number.
    expect(Math.abs(mean - 115 * SECOND)).toBeLessThan((4 * 100 * SECOND) / Math.sqrt(late.length));
  });

  test('with back-off it gives them up, leaves them alone, and tries again with the longest wait', () => {
    const told = words(FOREVER, `${BACKS_OFF}, patience: 1s`);
    const asked = told.flatMap(([at, word], k) =>
      word === 'timeout' ? [[at - SECOND, told[k + 1]?.[0] as number]] : [],
    );
    const lasts = asked.slice(0, -1).map(([at, failed]) => (failed as number) - (at as number));
    expect(lasts[0]).toBe(GIVES_UP);
    expect(new Set(lasts.slice(1))).toEqual(new Set([TRIES]));
    for (const [k, [at]] of asked.slice(1).entries()) {
      const left = (at as number) - (asked[k]?.[0] as number);
      // At the first loss anything is left of what is known of them.
      expect(left).toBeGreaterThanOrEqual(k === 0 ? GIVES_UP + 5 * SECOND : 15 * MINUTE);
      expect(left).toBeLessThanOrEqual(15 * MINUTE + 5 * SECOND);
    }
    expect(asked.length).toBeGreaterThan(15);
  });

  test('of what is known of them at first anything is left', () => {
    const lefts = Array.from({ length: 100 }, (_, seed) => {
      const late = words(FOREVER, `${BACKS_OFF}, patience: 1s`, String(seed)).filter(([, word]) => word === 'timeout');
      return ((late[1]?.[0] as number) - (late[0]?.[0] as number)) / (15 * MINUTE);
    });
    expect(Math.abs(lefts.reduce((sum, left) => sum + left, 0) / 100 - 0.5)).toBeLessThan(4 * 0.029);
  });

  test('servers that are back are not asked before: the failure outlives its cause by up to that long', () => {
    const back = 'f: { at: 1h, to: "host.*", for: 1h }';
    const [again] = simulate(world(back, `${BACKS_OFF}, patience: 1s`)).times('resolves/r/shop', 'ok') as [number];
    expect(again).toBeGreaterThan(2 * HOUR + 5 * SECOND);
    expect(again).toBeLessThanOrEqual(2 * HOUR + 15 * MINUTE + 5 * SECOND);
    const [soon] = simulate(world(back, `${ASKS}, patience: 4s`)).times('resolves/r/shop', 'ok') as [number];
    expect(soon).toBeLessThanOrEqual(2 * HOUR + 5 * SECOND);
  });

  test('who is heard while he is asked is heard at once', () => {
    const [late = 0] = words(FOREVER, `${ASKS}, patience: 4s`).flatMap(([at, word]) =>
      word === 'servfail' ? [at] : [],
    );
    // The second time it asks, before and after its clients have lost patience.
    for (const after of [6, 10])
      expect(
        words(`f: { at: 1h, to: "host.*", for: ${late - HOUR + after * SECOND}ms }`, `${ASKS}, patience: 4s`).at(-1),
      ).toEqual([late + after * SECOND, 'ok']);
  });

  test('clients that wait as long as it takes see nothing but failure, and those of who refuses neither', () => {
    expect(words(FOREVER, ASKS).map(([, word]) => word)).toEqual(['servfail']);
    expect(words('f: { at: 1h, to: "ns.*", for: 1h }', `${ASKS}, patience: 4s`).map(([, word]) => word)).toEqual([
      'servfail',
      'ok',
    ]);
  });

  test('it is so from the start', () => {
    const run = simulate(world('f: { before: true, to: "{host,ns}.*" }', `${ASKS}, patience: 4s`), {
      until: 2 * MINUTE,
    });
    const told = run.changes('resolves/r/shop');
    expect(told.slice(0, 3).map(([, , word]) => word)).toEqual(['timeout', 'servfail', 'timeout']);
    expect(told[0]?.[0]).toBeLessThanOrEqual(9 * SECOND);
  });

  test('a failure is remembered for a second at least (RFC 9520)', () => {
    const text = world(FOREVER, ', timeout: 3s, avoids: 0s, patience: 1s').replace(
      'failureCache: 5s',
      'failureCache: 0s',
    );
    const late = simulate(text.replace(/journeys:.*/, 'journeys: { read: [ { resolves: shop } ] }'), {
      until: 62 * MINUTE,
    }).times('resolves/r/shop', 'timeout');
    expect((late[1] as number) - (late[0] as number)).toBe(4 * SECOND);
  });

  test('ten thousand times, and then the run follows it no further', () => {
    const text = world('f: { at: 1h, to: "host.*", for: 4h }', ', timeout: 100ms, avoids: 0s, patience: 50ms')
      .replace('failureCache: 5s', 'failureCache: 1s')
      .replace(/journeys:.*/, '')
      .replace(', does: read', '')
      .replace('zones:', '  tool: { kind: tool, standby: true, needs: [ { resolves: shop, via: r } ] }\nzones:');
    const run = simulate(text);
    expect(run.times('resolves/r/shop', 'timeout').length).toBe(10_000);
    expect(run.at('resolves/r/shop', 5 * HOUR - 1)).toBe('servfail');
    expect(run.changes('resolves/r/shop').at(-1)?.[2]).toBe('ok');
  });

  test('the same without what is drawn when all is shifted', () => {
    const shifted = (hours: number) =>
      words(`f: { at: ${hours}h, to: "host.*", for: 30m }`, `${BACKS_OFF}, patience: 1s`).map(([at, word]) => [
        at - hours * HOUR,
        word,
      ]);
    expect(shifted(3)).toEqual(shifted(1));
  });

  test('what goes on and on by turns is one sentence', () => {
    const run = simulate(world('f: { at: 1h, to: "host.*", for: 1h }', `${ASKS}, patience: 4s`));
    const told = story(run.scenario, run.trace).map(({ says }) => says);
    const cycles = told.filter((says) => says.includes('by turns'));
    expect(cycles).toEqual([
      expect.stringMatching(
        /^r gives no answer in time for shop, then SERVFAIL, and so on by turns every 15s, 23\d times$/,
      ),
      expect.stringMatching(
        /^read still fails for users \(100 people\), now with: black hole, then name not resolved, and so on by turns every 15s, 23\d times$/,
      ),
    ]);
    expect(told.filter((says) => says.includes('SERVFAIL')).length).toBe(2);
  });
});

test('what must be said together', () => {
  const without = (traits: string, failureCache = 'failureCache: 5s') =>
    problemsOf(world('', traits).replace('failureCache: 5s', failureCache)).join('\n');
  expect(without(`${BACKS_OFF}, timeout: 5s, retry: 1s`)).toMatch(
    /with "backoff" it follows from its tries how long it asks.*\n.*with "backoff"/,
  );
  expect(without(', backoff: { first: 1s, most: 10s }')).toMatch(/nothing says how long it leaves a nameserver alone/);
  expect(without(', avoids: 5m')).toMatch(/nothing says how long it waits for a nameserver that keeps silent/);
  expect(without(ASKS, 'load: 1, demand: { shop: 1% }')).toMatch(/before it asks anew \(RFC 9520\)/);
  expect(without(', avoids: 5m, backoff: { first: 1s, most: 1s }')).toMatch(/give a nameserver up without asking/);
  expect(without(', avoids: 5m, backoff: { most: 1s }')).toMatch(/"first" is missing/);
});
