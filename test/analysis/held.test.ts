/** What holds a fact, and the smallest change: small worlds whose answer is known. */
import { describe, expect, test } from 'vitest';
import { type Held, type HeldTest, type WhatHolds, whatHolds } from '../../sim/analysis/held.ts';
import type { Asked } from '../../sim/compile.ts';
import { MINUTE, simulate } from '../support/scenario.ts';

interface Answer extends WhatHolds {
  /** Everything that is missing, in the order in which it is told. */
  readonly missing: readonly string[];
  readonly clocks: readonly (readonly [rule: string, until: number | null])[];
  /** The smallest sets, as texts. */
  readonly least: readonly string[];
}

function ask(text: string, fact: string, minute: number, asked: readonly Asked[] = []): Answer {
  const { plan, trace } = simulate(text, { asked });
  const what = whatHolds(plan, trace, plan.factByName.get(fact) as number, minute * MINUTE);
  if (!what) throw new Error(`${fact} is a number or a path`);
  const tests: HeldTest[] = [];
  const clocks: [string, number | null][] = [];
  const visit = (held: Held): void => {
    if (held.is === 'gate') held.of.forEach(visit);
    if (held.is === 'clock') {
      if (held.runs) clocks.push([held.rule, held.until]);
      visit(held.once);
    }
    if (held.is !== 'test' || held.so) return;
    tests.push(held);
    if (held.by) visit(held.by);
  };
  visit(what.by);
  const least = (what.smallest?.sets ?? []).map(({ flips }) => flips.map(({ says }) => says).join(' and '));
  return { ...what, missing: tests.map(({ says }) => says), clocks, least };
}

describe('what still works', () => {
  const SPARE = `
nodes:
  "{a,b}": { kind: service }
  tool: { kind: tool, needs: [ { any: [ a, b ] } ] }
faults: { first: { at: 5m, to: a }, second: { at: 40m, to: b, until: 50m } }
`;
  test('one of two alternatives is up: the other already is not', () => {
    const { says, missing, by, least, turns } = ask(SPARE, 'up/tool', 10);
    expect(says).toBe('tool is up');
    expect(missing).toEqual(['b is up', 'b is not broken']);
    expect(by).toMatchObject({
      is: 'gate',
      need: 2,
      of: [{ fact: 'up/a', so: true, since: 5 * MINUTE }, { so: false }],
    });
    expect(least).toEqual(['b is broken']);
    expect(turns).toBe(40 * MINUTE);
  });
  test('with both of them, two changes at once', () => {
    expect(ask(SPARE, 'up/tool', 1).least).toEqual(['a is broken and b is broken']);
  });
  test('a fault that is to come is told with its time', () => {
    expect(ask(SPARE, 'up/tool', 10).clocks).toEqual([['schedule', 40 * MINUTE]]);
  });
  test('of several smallest changes three are told, by name', () => {
    const { least, smallest } = ask(
      'nodes:\n  "m.{1..5}": { kind: service }\n  all: { kind: service, needs: [ "m.1", "m.2", "m.3", "m.4", "m.5" ] }\n',
      'up/all',
      1,
    );
    expect(least).toEqual(['m.1 is down', 'm.2 is down', 'm.3 is down']);
    expect(smallest).toMatchObject({ found: 5, sure: true });
  });
  test('k of n: so many as are more than it can bear', () => {
    const text = (k: number) =>
      `nodes:\n  "m.{1..5}": { kind: service }\n  some: { kind: service, needs: [ { atLeast: ${k}, of: [ m.1, m.2, m.3, m.4, m.5 ] } ] }\n`;
    expect(ask(text(3), 'up/some', 1).least[0]).toBe('m.1 is down and m.2 is down and m.3 is down');
    expect(ask(text(3), 'up/some', 1).smallest?.found).toBe(10);
  });
  test('a cached answer lives on when its source is gone', () => {
    const text = `
nodes:
  ns: { kind: nameserver }
  r:  { kind: resolver, timeout: 0s }
  tool: { kind: tool, needs: [ { resolves: example.com, via: r } ] }
zones: { example.com: { nameservers: ns, ttl: 300s } }
faults: { stop: { at: 5m, to: ns } }
`;
    const before = ask(text, 'resolves/r/example.com', 4);
    expect(before.clocks).toEqual([['schedule', 5 * MINUTE]]);
    expect(before.least).toEqual(['ns is broken', 'r is down']);
    expect(before.smallest?.sets.map(({ begins }) => begins)).toEqual([true, false]);
    const kept = ask(text, 'resolves/r/example.com', 5);
    expect(kept.clocks).toEqual([['expiry', kept.turns]]);
    expect(kept.turns).toBeGreaterThan(5 * MINUTE);
    expect(kept.least).toEqual(['']);
    // Which resolver gives which answer is computed as a whole: for the tool it is a leaf.
    expect(ask(text, 'up/tool', 4).least).toEqual(['r cannot resolve example.com (SERVFAIL)']);
  });
  test('a need that was lost has to stay lost for a while', () => {
    const text = `
nodes: { a: { kind: service }, b: { kind: service, needs: [ a ], downAfter: 3m } }
faults: { break: { at: 5m, to: a } }
`;
    expect(ask(text, 'up/b', 6)).toMatchObject({ clocks: [['hold', 8 * MINUTE]], turns: 8 * MINUTE, least: [''] });
  });
  test('a number has to stay below its limit for a while: from when it crossed it, not from when it bent', () => {
    const text = `
nodes:
  a: { kind: service }
  b: { kind: service, needs: [ { not: { rate: heat, above: 40 } } ], upAfter: 10m }
rates: { heat: { unit: degrees, rest: 0, while: { not: a }, to: 100, over: 10s, back: 20m } }
faults: { break: { at: 5m, to: a, until: 10m } }
`;
    const { turns, ...later } = ask(text, 'up/b', 30);
    expect(turns).toBeGreaterThan(30 * MINUTE);
    expect(later).toMatchObject({ clocks: [['hold', turns]], least: [''] });
    expect(ask(text, 'up/b', 15).clocks).toEqual([]);
  });
  test('a way in the network holds by its narrowest place, or by its end', () => {
    const text = `
nodes: { "{a,b,m.1,m.2}": { kind: router } }
links: { "l.{1,2}": { from: a, to: m.$1 }, "r.{1,2}": { from: m.$1, to: b } }
faults: { cut: { at: 5m, to: l.1 } }
`;
    const asked: readonly Asked[] = [['reach', 'a', 'b']];
    expect(ask(text, 'reach/a/b', 1, asked).least).toEqual(['b is down']);
    expect(ask(text, 'reach/a/b', 6, asked).least).toEqual(['b is down', 'm.2 is down']);
  });
});

describe('what does not happen', () => {
  const CONSOLE = `
nodes:
  "{switch,names}": { kind: service }
  console: { kind: tool, needs: [ switch, names ] }
  crew: { kind: team }
faults: { card: { at: 5m, to: switch, until: fix } }
tasks: { fix: { team: crew, after: { not: switch }, needs: console, takes: 5m } }
`;
  test('work waits for a tool, and that for a fault that only the work would mend: a circle', () => {
    const { says, missing, by, least, smallest } = ask(CONSOLE, 'done/fix', 20);
    expect(says).toBe('fix is called for but cannot begin');
    expect(missing).toEqual(['console is down', 'switch is down', 'switch is broken']);
    const [last] = declared(by);
    expect(last).toMatchObject({ fact: 'fault/switch', declared: ['card'], circle: true, by: null });
    expect(least).toEqual(['switch is not broken']);
    expect(smallest?.sets[0]?.begins).toBe(true);
  });
  test('work that was never called for: what would call for it', () => {
    const { says, missing, least } = ask(CONSOLE, 'done/fix', 1);
    expect(says).toBe('fix is not called for');
    expect(missing).toEqual(['switch is up', 'switch is not broken']);
    // Its fault calls for it and takes the tool away at once.
    expect(least).toEqual(['switch is broken']);
  });
  test('work under way lacks nothing but time', () => {
    const text = CONSOLE.replace('needs: [ switch, names ]', 'needs: [ names ]');
    expect(ask(text, 'done/fix', 8)).toMatchObject({ clocks: [['work', 10 * MINUTE]], least: [''] });
  });
  test('hands that are busy elsewhere', () => {
    const text = `
nodes: { a: { kind: service }, crew: { kind: team } }
faults: { break: { at: 5m, to: a } }
tasks:
  look: { team: crew, after: { not: a }, takes: 20m }
  tell: { team: crew, after: { not: a }, takes: 5m }
`;
    const { missing, least } = ask(text, 'done/tell', 10);
    expect(missing).toEqual(['work on look is under way', 'crew is up']);
    // They are free in time.
    expect(least).toEqual(['']);
    expect(ask(text, 'busy/crew', 10, [['busy', 'crew']]).missing[0]).toBe('work on look is under way');
  });
  test('a start by hand that never came, and one that would be too early', () => {
    const text = `
nodes: { a: { kind: service, starts: { any: [] } } }
faults: { trip: { at: 5m, to: a, until: 6m } }
changes: { push: { at: 30m, to: a, effect: { start: true } } }
`;
    const { missing, clocks, least, turns } = ask(text, 'up/a', 10);
    expect(missing).toEqual(['a is not started by hand']);
    expect(clocks).toEqual([['schedule', 30 * MINUTE]]);
    expect(least).toEqual(['a is started by hand']);
    expect(turns).toBe(30 * MINUTE);
  });
  test('a hand that was laid in vain: another one, or the same anew', () => {
    const text = `
nodes: { a: { kind: service, starts: { any: [] } } }
faults: { trip: { at: 5m, to: a, until: 6m } }
changes:
  early: { at: 2m, to: a, effect: { start: true } }
  later: { at: 30m, to: a, effect: { start: true } }
`;
    const { missing, clocks, least, turns } = ask(text, 'up/a', 10);
    expect(missing).toEqual(['the change later is not in force']);
    expect(clocks).toEqual([['schedule', 30 * MINUTE]]);
    expect(least).toEqual(['the change later is in force']);
    expect(turns).toBe(30 * MINUTE);
  });
  test('a hand that was taken away again has still started it: what it lacks is its need', () => {
    const text = `
nodes: { b: { kind: service }, a: { kind: service, needs: [ b ], starts: { any: [] } } }
faults: { trip: { at: 5m, to: b, until: 20m } }
changes: { push: { at: 8m, to: a, effect: { start: true }, until: { done: wait } } }
tasks: { wait: { after: { not: b }, takes: 4m } }
`;
    expect(ask(text, 'up/a', 12)).toMatchObject({ missing: ['b is down', 'b is broken'], turns: 20 * MINUTE });
  });
  test('a change that is called for while it is taken back begins when it is back', () => {
    const text = `
nodes: { "a.{1..4}": { kind: service } }
changes:
  stop: { at: 5m, to: a.*, effect: { off: true }, rollback: { batches: 4, every: 5m }, until: { done: undo } }
tasks:
  undo: { after: { not: a.1 }, takes: 5m }
  redo: { after: { done: undo }, takes: 2m, does: { apply: stop } }
`;
    const before = ask(text, 'config/a.1/off', 11);
    expect(before.missing).toContain('work on redo is under way');
    const { clocks, least } = ask(text, 'config/a.1/off', 13);
    expect([clocks, least]).toEqual([[['work', null]], ['']]);
  });
  test('a task that failed for want of a way goes on when one is called for', () => {
    const text = `
nodes: { "{a,b,tool}": { kind: service } }
faults:
  break: { at: 5m, to: a }
  call: { at: 6m, to: b, until: 7m }
  lose: { at: 8m, to: tool }
  again: { at: 30m, to: b }
tasks:
  fix:
    after: { not: a }
    ways:
      near: { needs: tool, onLoss: fail, takes: 9m }
      far:  { after: { not: b }, needs: tool, onLoss: fail, takes: 9m }
`;
    const { says, least, turns } = ask(text, 'task/fix', 20);
    expect([says, least, turns]).toEqual(['fix has failed', ['b is broken'], 30 * MINUTE]);
    expect(ask(text, 'task/fix', 6).least).toEqual(['']);
    expect(ask(text, 'task/fix', 6).missing).toContain('work on fix.near is under way');
  });
  test('a change that its guard has blocked', () => {
    const text = `
nodes: { "{a,b}": { kind: router }, audit: { kind: tool } }
links: { l: { from: a, to: b, layer: wan } }
changes: { drain: { at: 5m, to: a, effect: { drain: wan }, guard: { by: audit, asks: { reach: b, over: wan, from: a }, whenDown: open } } }
`;
    const { missing, by, least } = ask(text, 'config/a/drain/wan', 10);
    expect(missing).toEqual(['the check blocks drain']);
    expect(JSON.stringify(by)).toContain('the check of drain comes to another finding');
    expect(least).toEqual([]);
  });
  test('a fact that is forced stays so until it is released', () => {
    const text = `
nodes: { a: { kind: service }, b: { kind: service, needs: [ a ] } }
forces: { pin: { up: a, holds: false, at: 5m, until: 15m } }
`;
    expect(ask(text, 'up/b', 10)).toMatchObject({ missing: ['a is down'], clocks: [['forced', 15 * MINUTE]] });
  });
  test('things that wait for each other: one of them by hand', () => {
    const text = `
nodes:
  a: { kind: service, needs: [ b ] }
  b: { kind: service, needs: [ c ] }
  c: { kind: service, needs: [ a ] }
faults: { blink: { at: 5m, to: a, until: 6m } }
`;
    const { least, smallest } = ask(text, 'up/a', 10);
    expect(smallest).toMatchObject({ circular: true, sure: true });
    expect(least).toEqual(['b is up', 'c is up']);
  });
  test('what nothing in the scenario changes', () => {
    expect(ask('nodes: { a: { kind: service } }\n', 'up/a', 1)).toMatchObject({
      missing: [],
      smallest: null,
      turns: null,
    });
  });
  test('a way in the network lacks the fewest things on it', () => {
    const text = `
nodes: { "{a,b,m.1,m.2}": { kind: router } }
links: { "l.{1,2}": { from: a, to: m.$1 }, "r.{1,2}": { from: m.$1, to: b } }
faults: { cut: { at: 5m, to: [ l.1, l.2, r.1 ] } }
`;
    const { missing, least } = ask(text, 'reach/a/b', 6, [['reach', 'a', 'b']]);
    expect(missing).toEqual(['the link l.2 carries nothing', 'l.2 is broken']);
    expect(least).toEqual(['l.2 is not broken']);
  });
  test('what is computed as a whole is turned over as a whole, and told with what that takes', () => {
    const text = `
nodes:
  "{a,b,m.1,m.2}": { kind: router, title: box }
  tool: { kind: tool, needs: [ { reach: b, from: a } ] }
links: { "l.{1,2}": { from: a, to: m.$1 }, "r.{1,2}": { from: m.$1, to: b } }
faults: { cut: { at: 5m, to: [ l.1, l.2, r.1 ] } }
`;
    const { smallest } = ask(text, 'up/tool', 6);
    expect(smallest?.sets.map(({ flips }) => flips)).toEqual([
      [
        {
          fact: 'reach/a/b',
          says: 'box (a) reaches box (b)',
          takes: [{ fact: 'fault/l.2', says: 'l.2 is not broken' }],
        },
      ],
    ]);
  });
  test('what has come to rest is known as such, and what waits for itself is not at rest', () => {
    const rests = (text: string, fact: string): readonly boolean[] => {
      const found: boolean[] = [];
      const visit = (held: Held): void => {
        if (held.is === 'gate') held.of.forEach(visit);
        if (held.is === 'clock') visit(held.once);
        if (held.is !== 'test') return;
        found.push(held.rests);
        if (held.by) visit(held.by);
      };
      visit(ask(text, fact, 10).by);
      return found;
    };
    const row =
      'nodes: { a: { kind: service }, b: { kind: service, needs: [ a ] }, c: { kind: service, needs: [ b ] } }\n';
    expect(rests(row, 'up/c')).toEqual([true, true]);
    expect(rests(`${row}faults: { late: { at: 50m, to: a } }\n`, 'up/c')).toEqual([false, false, false]);
    const ring = `
nodes: { a: { kind: service, needs: [ b ] }, b: { kind: service, needs: [ c ] }, c: { kind: service, needs: [ a ] } }
faults: { blink: { at: 5m, to: a, until: 6m } }
`;
    expect(rests(ring, 'up/a')).not.toContain(true);
  });
});

test('people: ok by every stage, else by the stages that fail', () => {
  const text = `
nodes: { "{a,b}": { kind: service }, people: { kind: population, people: 10, does: [ buy ] } }
faults: { break: { at: 5m, to: a } }
journeys: { buy: [ { up: a, else: refused }, b ] }
`;
  expect(ask(text, 'works/people/buy', 1).least).toEqual(['a is broken', 'b is down']);
  expect(ask(text, 'works/people/buy', 10)).toMatchObject({
    missing: ['a is down', 'a is broken'],
    least: ['a is not broken'],
  });
});

test('routes: a site that announces again, and the news of it', () => {
  const text = `
nodes:
  "{home,away}": { kind: network }
  site.{1,2}: { kind: pop, network: home }
links: { s: { from: away, to: site.*, bgp: peers, delay: 5s } }
prefixes: { p: { from: site.*, withdrawAfter: 1m } }
faults: { break: { at: 5m, to: site.*, until: 20m } }
`;
  const asked: readonly Asked[] = [['route', 'away', 'p']];
  expect(ask(text, 'route/away/p', 1, asked).least).toEqual(['site.1 is broken and site.2 is broken']);
  expect(ask(text, 'route/away/p', 10, asked).least).toEqual(['site.1 is not broken', 'site.2 is not broken']);
});

test('numbers and paths are never just otherwise', () => {
  const { plan, trace } = simulate(`
nodes: { a: { kind: service }, people: { kind: population, people: 10, does: [ buy ] } }
journeys: { buy: [ a ] }
`);
  expect(whatHolds(plan, trace, plan.factByName.get('affected/buy') as number, 0)).toBeNull();
});

function declared(held: Held): readonly HeldTest[] {
  if (held.is === 'gate') return held.of.flatMap(declared);
  if (held.is === 'clock') return declared(held.once);
  if (held.is === 'outside') return [];
  return held.declared.length > 0 ? [held] : held.by ? declared(held.by) : [];
}
