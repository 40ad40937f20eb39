/** What clients see of resolvers: time-outs before failures, and the next resolver where the first does not answer. */
import { describe, expect, test } from 'vitest';
import { MINUTE, problemsOf, SECOND, simulate } from '../support/scenario.ts';

const HOUR = 60 * MINUTE;
const world = (faults: string, { traits = ', timeout: 10s, patience: 5s', via = 'first: 100%' } = {}): string => `
netfall: 1
id: world
title: World
clock: { start: 2021-10-04T15:30:00Z, run: 4h }
nodes:
  ns: { kind: nameserver, in: host }
  host: { kind: datacenter }
  first: { kind: resolver, failureCache: 30s${traits} }
  second: { kind: resolver }
  other: { kind: nameserver }
  users: { kind: population, people: 100, via: { ${via} }, does: read }
zones:
  shop: { nameservers: ns, ttl: 5m }
journeys: { read: [ { resolves: shop } ] }
faults: { ${faults} }
links: { a: { from: "{first,second}", to: host } }
`;
const CUT = 'f: { at: 1h, to: "a*", for: 1h }';

describe('a client that waits less long than its resolver asks', () => {
  test('has no answer in time first, and SERVFAIL when the resolver gives up', () => {
    const run = simulate(world(CUT));
    const [late] = run.times('resolves/first/shop', 'timeout') as [number];
    expect(run.times('resolves/first/shop', 'servfail')).toEqual([late + 5 * SECOND]);
    expect(late).toBeLessThan(HOUR + 5 * MINUTE + 5 * SECOND);
    expect(run.ruleOf(run.change('resolves/first/shop', late))).toBe('hold');
    expect(run.changes('works/').map(([at, , to]) => [at, to])).toEqual([
      [late, 'black hole'],
      [late + 5 * SECOND, 'name not resolved'],
      [run.times('resolves/first/shop', 'ok')[0], 'ok'],
    ]);
  });

  test('has nothing but time-outs of a resolver that asks on and on', () => {
    const run = simulate(world(CUT, { traits: ', timeout: 2h, patience: 5s' }));
    expect(run.changes('works/').map(([, , to]) => to)).toEqual(['black hole', 'ok']);
    // It is still asking when the server is back.
    expect(run.times('resolves/first/shop', 'ok')).toEqual([2 * HOUR]);
  });

  test('is told at once where servers refuse', () => {
    const run = simulate(world('f: { at: 1h, to: ns, for: 1h }'));
    expect(run.changes('works/').map(([, , to]) => to)).toEqual(['name not resolved', 'ok']);
  });

  test('has no answer from a resolver that is down', () => {
    expect(
      simulate(world('f: { at: 1h, to: first, for: 1h }'))
        .changes('works/')
        .map(([at, , to]) => [at, to]),
    ).toEqual([
      [HOUR, 'black hole'],
      [2 * HOUR, 'ok'],
    ]);
  });

  test('is given a dead answer before it tires', () => {
    const run = simulate(world(CUT, { traits: ', timeout: 10s, patience: 5s, serveStale: 1d' }));
    expect(run.changes('resolves/first/').map(([, , to]) => to)).toEqual(['stale', 'ok']);
  });

  test('waits on where nobody says how long it waits', () => {
    expect(simulate(world(CUT, { traits: ', timeout: 10s' })).times('resolves/first/shop', 'timeout')).toEqual([]);
  });

  test('is answered if the servers are back in the instant in which it tires', () => {
    const [late] = simulate(world(CUT)).times('resolves/first/shop', 'timeout') as [number];
    const run = simulate(world(`f: { at: 1h, to: "a*", for: ${late - HOUR}ms }`));
    expect(run.at('resolves/first/shop', late)).toBe('ok');
  });
});

describe('a stub with two resolvers', () => {
  const via = 'first > second: 100%';
  const seen = (faults: string, traits?: string) =>
    simulate(world(faults, { via, ...(traits === undefined ? {} : { traits }) }))
      .changes('works/users/read/first>second')
      .map(([at, , to]) => [at, to]);

  test('is slowed by a first one that keeps silent, each time anew, and served by the second', () => {
    expect(seen('f: { at: 1h, to: first, for: 1h }')).toEqual([
      [HOUR, 'slow'],
      [2 * HOUR, 'ok'],
    ]);
  });

  test('goes on at once after SERVFAIL', () => {
    expect(seen('f: { at: 1h, to: "a:first~host", for: 1h }', ', timeout: 0s')).toEqual([]);
  });

  test('fails when both do, and works again with either', () => {
    const both = 'f: { at: 1h, to: first, for: 1h }, g: { at: 90m, to: second, for: 1h }';
    expect(seen(both)).toEqual([
      [HOUR, 'slow'],
      [90 * MINUTE, 'black hole'],
      [2 * HOUR, 'ok'],
    ]);
  });

  test('takes it from the first that there is no such name', () => {
    expect(seen('f: { at: 1h, to: shop, effect: remove, for: 1h }').map(([, to]) => to)).toEqual([
      'no such name',
      'ok',
    ]);
  });

  test('a pattern stands for one list each', () => {
    const problems = problemsOf(world('', { via: 'first > none: 100%' }));
    expect(problems.join()).toMatch(/there is no node "none"/);
    expect(problemsOf(world('', { via: 'first > ns: 100%' })).join()).toMatch(
      /ns is a nameserver, expected a resolver/,
    );
    const run = simulate(world('f: { at: 1h, to: ns }', { via: '"{first,second} > second": 100%' }));
    expect(new Set(run.changes('works/').map(([, fact]) => fact))).toEqual(
      new Set(['works/users/read/first>second', 'works/users/read/second']),
    );
  });
});
