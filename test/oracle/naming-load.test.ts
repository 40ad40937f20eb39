/** Who gets no answer asks again: how much a resolver is asked, worked out by hand; what it does to the answers for other names. */
import { describe, expect, test } from 'vitest';
import { MINUTE, problemsOf, SECOND, simulate } from '../support/scenario.ts';

const HOUR = 60 * MINUTE;
/** A resolver that is asked for `dead` and `alive`, whose nameservers are `ns` and `other`; people who read `alive`. */
const world = (traits: string, faults: string, more = ''): string => `
netfall: 1
id: world
title: World
clock: { start: 2021-10-04T15:30:00Z, run: 24h }
nodes:
  "{ns,other}": { kind: nameserver }
  r: { kind: resolver, demand: { dead: 8%, alive: 12% }, ${traits} }
  users: { kind: population, via: { r: 100% }, does: [ read ] }
  tool: { kind: tool, standby: true, needs: [ { resolves: alive, via: r } ] }
zones:
  dead:  { nameservers: ns, ttl: 1ms }
  alive: { nameservers: other, ttl: 1ms }
journeys: { read: [ { resolves: alive } ] }
faults: { ${faults} }
${more}`;
const retry = 'clientRetry: { tries: 51, over: 20m, back: 10m }';
const run = (traits: string, faults: string, more?: string) => simulate(world(traits, faults, more));
const levelsAt = (traits: string, faults: string, ...minutes: number[]) => {
  const made = run(traits, faults);
  return minutes.map((m) => made.at('queries/r', m * MINUTE) as number);
};

describe('how much a resolver is asked', () => {
  test('is its usual load while there are answers', () => {
    expect(run(retry, 'f: { at: 1h, to: tool }').changes('queries')).toEqual([]);
  });

  test('grows to the share of the dead name times the tries of a client, and falls back', () => {
    // 0.08 · 51 + 0.92 = 5; half of the growth after half of the time.
    const levels = levelsAt(retry, 'f: { at: 1h, to: ns, for: 1h }', 60, 70, 80, 100, 120, 125, 130);
    for (const [k, expected] of [1, 3, 5, 5, 5, 3, 1].entries()) expect(levels[k]).toBeCloseTo(expected, 2);
  });

  test('adds up zone by zone, each with a time of its own', () => {
    // Both: 0.08 · 51 + 0.12 · 51 + 0.8 = 11.
    const levels = levelsAt(
      retry,
      'f: { at: 1h, to: ns, for: 3h }, g: { at: 70m, to: other, for: 1h }',
      70,
      80,
      90,
      130,
      140,
      180,
    );
    for (const [k, expected] of [3, 8, 11, 11, 5, 5].entries()) expect(levels[k]).toBeCloseTo(expected, 2);
  });

  test('bends only where it must', () => {
    const bends = run(retry, 'f: { at: 1h, to: ns, for: 1h }').changes('queries');
    expect(bends.map(([at]) => Math.round(at / SECOND))).toEqual([3600, 4800, 7200, 7800]);
    expect(bends.map(([, , to]) => to)).toEqual([1, 5, 5, 1]);
  });

  test('of patient clients it does not grow', () => {
    expect(run('clientRetry: { tries: 1, over: 20m }', 'f: { at: 1h, to: ns }').changes('queries')).toEqual([]);
  });

  test('is not more for an answer that is dead, or that there is no such name', () => {
    expect(run(`${retry}, serveStale: 10h`, 'f: { at: 1h, to: ns, for: 1h }').changes('queries')).toEqual([]);
    const gone = 'changes: { gone: { at: 1h, to: dead, effect: remove } }';
    const removed = run(retry, 'f: { at: 23h, to: tool }', gone);
    expect(removed.times('resolves/r/dead', 'nxdomain').length).toBe(1);
    expect(removed.changes('queries')).toEqual([]);
  });

  test('while the resolver is down, all of it is asked again', () => {
    expect(levelsAt(retry, 'f: { at: 1h, to: r, for: 1h }', 80)[0]).toBeCloseTo(51, 2);
  });

  test('at once, where no time is said; what happens twice in a millisecond bends in the next one', () => {
    const made = run('clientRetry: { tries: 51 }', 'f: { at: 1h, to: ns }, g: { at: 1h, to: r, for: 1ms }');
    expect(made.at('queries/r', HOUR + 2)).toBeCloseTo(5, 6);
    expect(made.changes('queries').length).toBeLessThanOrEqual(3);
  });

  test('from the start, for what is not answered before it', () => {
    const made = run(retry, 'f: { before: true, to: ns }');
    expect([made.at('queries/r', 0), made.at('queries/r', 20 * MINUTE)]).toEqual([1, 5]);
  });

  test('is a question and a claim', () => {
    const asks = run(retry, 'f: { after: { queries: r, above: 3, below: 2 }, to: tool }, g: { at: 1h, to: ns }');
    expect(asks.times('up/tool', false)[0]).toBeCloseTo(70 * MINUTE, -3);
    expect(problemsOf(world(retry, '', 'checkpoints: { k: { says: x, max: queries/users } }')).join()).toMatch(
      /users is a population/,
    );
    expect(problemsOf(world('', '', 'checkpoints: { k: { says: x, max: route/r } }')).join()).toMatch(
      /route is no number/,
    );
    expect(problemsOf(world(retry, '', 'checkpoints: { k: { says: x, max: queries/alive } }')).join()).toMatch(
      /how much it is asked/,
    );
  });
});

describe('a resolver that is asked too much', () => {
  const loss = 'f: { at: 1h, to: ns, for: 1h }';

  test('answers late, and recovers only below its lower limit', () => {
    const made = run(`${retry}, capacity: 3, recovers: 2`, loss);
    // 3 is reached half-way up; 2 three quarters down.
    expect(made.times('over/r').map((at) => Math.round(at / MINUTE))).toEqual([70, 128]);
    expect(made.changes('works').map(([, , to]) => to)).toEqual(['slow', 'ok']);
    expect(made.times('up/tool', false)).toEqual([]);
    expect(made.tippedBy(made.change('over/r', 100 * MINUTE))).toBe('queries/r');
  });

  test('with room enough it is never over', () => {
    expect(run(`${retry}, capacity: 6`, `${loss}, g: { after: { over: r }, to: tool }`).changes('over')).toEqual([]);
  });

  test('that fails takes unrelated names with it, comes up late, but does come up', () => {
    // Alive again, 51² < 4 · 50 · capacity from 13.005 on: no way to stay down; and 20 % dead names ask for 11.
    const both = 'f: { at: 1h, to: [ns, other], for: 1h }';
    const made = run(`${retry}, capacity: 14, recovers: 7, whenOver: fail`, `${both}, g: { at: 65m, to: r, for: 30m }`);
    const [over, under] = made.times('over/r') as [number, number];
    expect(made.times('over/r').length).toBe(2);
    expect(under).toBeGreaterThan(2 * HOUR);
    expect(made.times('up/tool', true).at(-1)).toBeGreaterThanOrEqual(under);
    expect(over).toBeLessThan(95 * MINUTE);
    expect(made.changes('works').at(-1)?.[2]).toBe('ok');
  });

  test('may stay down by itself when all names are back: what it does not answer is asked again', () => {
    const made = run(`${retry}, capacity: 4, recovers: 2, whenOver: fail`, loss);
    expect(made.times('over/r').length).toBe(1);
    expect(made.at('resolves/r/dead', 5 * HOUR)).toBe('ok');
    expect(made.at('works/users/read/r', 5 * HOUR)).toBe('name not resolved');
    // The upper root of q² - 51 q + 4 · 50 · 4.
    expect(made.at('queries/r', 20 * HOUR)).toBeCloseTo((51 + Math.sqrt(51 * 51 - 200 * 4)) / 2, 4);
  });

  test('may be what a node hangs on, that is asked in vain without it: then too there is a gap', () => {
    const feeds = (limits: string) =>
      world(`${retry}, ${limits}`, '').replace(
        '"{ns,other}": { kind: nameserver }',
        `other: { kind: nameserver }
  ns: { kind: nameserver, needs: [ { not: { over: r } } ] }`,
      );
    expect(problemsOf(feeds('capacity: 4')).join()).toMatch(/say under `recovers`/);
    expect(problemsOf(feeds('capacity: 4, recovers: 3'))).toEqual([]);
  });

  test('needs a gap between its limits where it feeds on itself', () => {
    expect(problemsOf(world(`${retry}, capacity: 4, whenOver: fail`, '')).join()).toMatch(/say under `recovers`/);
    expect(problemsOf(world('capacity: 4, recovers: 5', '')).join()).toMatch(/lies over its capacity/);
  });
});

test('the zone above is asked again and again, for as long as nobody answers', () => {
  const asked = (more: string) =>
    simulate(
      world(
        `${retry}, load: 1000, tries: 3, failureCache: 1s${more}`,
        'f: { at: 1h, to: ns, for: 1h }, g: { after: { queries: com, above: 1.01 }, to: tool }',
      )
        .replace('dead:  {', 'com: { nameservers: top, ttl: 2d, load: 100 }\n  dead:  { under: com,')
        .replace('{ns,other}', '{ns,other,top}'),
    );
  const made = asked('');
  // 80 questions a second for the dead name, 51 times as many in the end, three queries each; a failure is remembered for 1 s.
  const at = (minutes: number) => made.at('queries/com', minutes * MINUTE) as number;
  expect(at(59)).toBe(1);
  expect(made.at('queries/com', HOUR + SECOND)).toBeCloseTo(1 + (3 * 80) / 81 / 100, 4);
  expect(at(90)).toBeCloseTo(1 + (3 * 4080) / 4081 / 100, 6);
  expect(at(121)).toBe(1);
  // Each of 80 caches gets one of these a second, and remembers its own failure.
  expect(asked(', caches: 80').at('queries/com', HOUR + SECOND)).toBeCloseTo(1 + (80 * 3) / 2 / 100, 1);
});
