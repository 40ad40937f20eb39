/** Resolvers of many caches: who is stopped, what is refused, what is told, and what a change of a share follows from. */
import { describe, expect, test, vi } from 'vitest';
import { Fluid } from '../../sim/mechanisms/naming/fluid.ts';
import { MINUTE, problemsOf, type Run, simulate } from '../support/scenario.ts';

const world = (more = '', trouble = 'f: { at: 10m, to: ns, for: 40m }', traits = ''): string => `
nodes:
  "{ns,top}": { kind: nameserver }
  "{r,q}": { kind: resolver, caches: many, failureCache: 1m${traits} }
  users: { kind: population, people: 1000, via: { r: 60%, r > q: rest }, does: use }
zones: { z: { nameservers: ns, ttl: 20m }, y: { nameservers: top, ttl: 20m } }
faults: { ${trouble} }
journeys: { use: [ { resolves: z } ] }
${more}`;
const at = ({ trace, history }: Run, name: string, moment: number): number => {
  const fact = history.fact(name) as number;
  const { columns, numbers, facts } = trace;
  const id = history.lastAt(fact, moment);
  if (id < 0) return numbers[facts.initial[fact] as number] as number;
  const slope = numbers[columns.slope[id] as number] as number;
  return (numbers[columns.to[id] as number] as number) + (slope * (moment - (columns.at[id] as number))) / MINUTE;
};

describe('who asks many caches', () => {
  const run = simulate(world());

  test('is stopped by the share of them; with a second resolver, by that of both', () => {
    const half = 20 * MINUTE;
    expect(at(run, 'stopped/users/use/r', half)).toBeCloseTo(0.5, 6);
    expect(Math.abs(at(run, 'stopped/users/use/r>q', half) - 0.25)).toBeLessThan(1e-3);
    expect(Math.abs(at(run, 'affected/use', half) - 400)).toBeLessThan(1);
    expect(at(run, 'affected/use', 31 * MINUTE)).toBeCloseTo(1000, 3);
    // A minute of remembered failures later all are back.
    expect(at(run, 'stopped/users/use/r', 50.5 * MINUTE)).toBeCloseTo(0.5, 6);
    expect(at(run, 'affected/use', 51 * MINUTE)).toBe(0);
  });

  test('sees as a word what most of them see', () => {
    expect(run.times('resolves/r/z', 'servfail')).toEqual([20 * MINUTE]);
    expect(run.times('works/users/use/r', 'name not resolved')).toEqual([20 * MINUTE]);
    expect(run.tippedBy(run.change('resolves/r/z', 21 * MINUTE))).toBe('up/ns');
    expect(run.ruleOf(run.change('resolves/r/z', 21 * MINUTE))).toBe('expiry');
  });

  test('makes no more changes however many they are', () => {
    expect(run.changes('unresolved/r/z').map(([moment]) => moment / MINUTE)).toEqual([10, 30, 50, 51]);
  });
});

describe('denials', () => {
  test('are kept for their own life, and told apart', () => {
    const text = `
nodes:
  ns: { kind: nameserver }
  r: { kind: resolver, caches: many }
  users: { kind: population, people: 1000, via: { r: 100% }, does: use }
zones: { z: { nameservers: ns, ttl: 10m, negativeTtl: 5m } }
faults: { gone: { at: 10m, to: z, effect: remove, for: 20m } }
journeys: { use: [ { resolves: z } ] }`;
    const run = simulate(text);
    expect(at(run, 'told/r/z/nxdomain', 15 * MINUTE)).toBeCloseTo(0.5, 6);
    expect(at(run, 'unresolved/r/z', 15 * MINUTE)).toBeCloseTo(0.5, 6);
    expect(run.times('works/users/use/r', 'no such name')).toEqual([15 * MINUTE]);
    expect(at(run, 'stopped/users/use/r', 32.5 * MINUTE)).toBeCloseTo(0.5, 6);
    expect(at(run, 'unresolved/r/z', 35 * MINUTE)).toBeCloseTo(0, 6);
  });
});

describe('a flush', () => {
  const flush = (moment: string): string => `changes: { empty: { at: ${moment}, to: r, effect: { flush: z } } }`;

  test('while nobody answers leaves none of them with an answer', () => {
    const run = simulate(world(flush('15m')));
    expect(at(run, 'unresolved/r/z', 15 * MINUTE - 1)).toBeCloseTo(0.25, 4);
    expect(at(run, 'unresolved/r/z', 15 * MINUTE)).toBe(1);
    expect(run.tippedBy(run.change('unresolved/r/z', 15 * MINUTE))).toBe('config/r/flush/z');
  });
  test('before that has all of them filled at once, and so dead at once', () => {
    const run = simulate(world(flush('5m')));
    expect(at(run, 'unresolved/r/z', 25 * MINUTE - 1)).toBeCloseTo(0, 6);
    expect(at(run, 'unresolved/r/z', 25 * MINUTE)).toBe(1);
  });
  test('of failures that are remembered brings all back at once', () => {
    const back = simulate(world('changes: { empty: { at: 50m, to: r, effect: { flush: z } } }'));
    expect(at(back, 'unresolved/r/z', 50 * MINUTE)).toBe(0);
  });
});

test('many caches that are made to forget before silent servers ask before they fail, and so they do when they start anew', () => {
  const waits = ', timeout: 10s, patience: 4s';
  const asked = ['ok', 'timeout', 'servfail'].map((word) => ['told', 'r', 'z', word] as const);
  const shares = (more: string, trouble: string, ...moments: number[]) => {
    const run = simulate(world(more, trouble, waits), { asked });
    return moments.map((moment) => asked.map((fact) => Number(at(run, fact.join('/'), moment * 1000).toFixed(4))));
  };
  const flush = 'changes: { empty: { at: 15m, to: r, effect: { flush: z } } }';
  // Within five minutes less what they ask for a quarter of them has lost it, and goes on without.
  const [before, ...after] = shares(flush, 'f: { at: 10m, to: ns }', 899, 901, 905, 911) as number[][];
  expect(after[0]?.[0]).toBeCloseTo(before?.[0] as number, 2);
  expect(after.slice(1)).toEqual([
    [0, 1, 0],
    [0, 0, 1],
  ]);
  expect(shares('', 'f: { at: 10m, to: ns }, g: { at: 14m, to: r, for: 1m }', 890, 901, 911)).toEqual([
    [0, 1, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
});

test('a resolver that is down has no answer for anybody', () => {
  const run = simulate(world('', 'f: { at: 10m, to: r, for: 5m }'));
  expect(at(run, 'unresolved/r/z', 12 * MINUTE)).toBe(1);
  expect(at(run, 'unresolved/r/z', 15 * MINUTE)).toBe(0);
  expect(at(run, 'unresolved/q/z', 12 * MINUTE)).toBe(0);
});

test('a share may be asked about, and is told of one that is', () => {
  const told = simulate(
    world('checkpoints: { half: { says: half of them, first: { unresolved: z, via: r, above: 50% } } }'),
  );
  expect(told.changes('claim/').map(([moment]) => moment)).toEqual([20 * MINUTE, 50.5 * MINUTE + 1]);
});

describe('what nobody can say of many caches is refused', () => {
  test.each([
    [', capacity: 3, recovers: 2, whenOver: fail, demand: { z: 1% }', 'in many caches they are not alike'],
    [', clientRetry: { tries: 3, back: 5m }, demand: { z: 1% }', 'how long it takes under "back" is told of one'],
  ])('%s', (traits, says) => {
    expect(problemsOf(world('', undefined, traits)).join('\n')).toContain(says);
  });
  test('a remembered failure that is drawn', () => {
    expect(problemsOf(world().replace('failureCache: 1m', 'failureCache: 1m..5m')).join('\n')).toContain(
      'many caches remember a failure for the same time (say one time, such as 30s)',
    );
  });
  test('a session that hangs on them', () => {
    const text = world().replace('{ resolves: z }', '{ resolves: z, session: 1h }');
    expect(problemsOf(text).join('\n')).toContain('a stage with a session asks a resolver of many caches');
  });
  test('two names at one of them in one stage', () => {
    const text = world().replace('{ resolves: z }', '{ all: [ { resolves: z }, { resolves: y } ] }');
    expect(problemsOf(text).join('\n')).toContain('a stage asks both y and z at r, which is made of many caches');
  });
  test('how much the servers in a prefix are asked', () => {
    const text = `
nodes: { ns: { kind: nameserver, prefix: p, in: dc }, dc: { kind: datacenter }, r: { kind: resolver, caches: many, failureCache: 1m } }
prefixes: { p: { from: dc, capacity: 3, recovers: 2 } }
zones: { z: { nameservers: ns, ttl: 1m } }`;
    expect(problemsOf(text).join('\n')).toContain('r is made of many');
  });
  test('a share of one cache', () => {
    const text = world('checkpoints: { a: { says: a, first: { unresolved: z, via: r, above: 50% } } }').replace(
      ', caches: many',
      '',
    );
    expect(problemsOf(text).join('\n')).toContain('r is not made of many caches');
  });
});

test('records of short and of long lives, behind one another: looks ahead are no longer than they are good for', () => {
  const steps = vi.spyOn(Fluid.prototype, 'advance');
  const run = simulate(`
nodes:
  ns: { kind: nameserver }
  r: { kind: resolver, caches: many, failureCache: 30s, serveStale: 10m, prefetch: 0.1, timeout: 10s, patience: 5s, validates: true, demand: { z.y: 50% }, load: 10 }
  users: { kind: population, people: 1000, via: { r: 100% }, does: use }
zones:
  y: { nameservers: ns, ttl: 1d, signed: true }
  z.y: { under: y, nameservers: ns, ttl: 1h, signed: true, ds: 1d }
  a.y: { under: y, nameservers: ns, ttl: 5m, cname: z.y }
faults: { f: { at: 10m, to: ns, for: 25m } }
journeys: { use: [ { resolves: a.y } ] }
`);
  expect(at(run, 'stopped/users/use/r', 34 * MINUTE)).toBeGreaterThan(0.5);
  // Fourteen thousand; when each look went on for as long as it could, the run came to no end.
  expect(steps.mock.calls.length).toBeLessThan(50_000);
});
