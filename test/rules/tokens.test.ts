/** R9: tokens that everybody takes back alone, forces that pin a fact, starts by hand. */
import { expect, test } from 'vitest';
import { MINUTE, problemsOf, simulate } from '../support/scenario.ts';

test('R9 tokens: a thing is broken while at least one token is on it; an end takes back its own', () => {
  const run = simulate(`
nodes: { x: { kind: service } }
faults: { f: { at: 1m, to: x, until: 5m }, g: { at: 2m, to: x, until: 9m } }`);
  expect(run.times('fault/x')).toEqual([MINUTE, 9 * MINUTE]);
});

test('R9 tokens: a revert removes only its own', () => {
  const run = simulate(`
nodes: { x: { kind: service } }
changes: { a: { at: 1m, to: x, effect: off }, b: { at: 2m, to: x, effect: off } }
tasks: { undo: { after: { applied: b }, takes: 1m, does: { revert: a } }, more: { after: undo, takes: 1m, does: { revert: b } } }`);
  expect(run.times('applied/a', false)).toEqual([3 * MINUTE]);
  expect(run.times('config/x/off')).toEqual([MINUTE, 4 * MINUTE]);
  expect(run.times('up/x')).toEqual([MINUTE, 4 * MINUTE]);
});

test('R9 tokens: a fault is over at its end, however often it began before, and not begun after', () => {
  const run = simulate(`
nodes: { "{x,bell}": { kind: service }, crew: { kind: team } }
faults:
  ring: { at: 1m, to: bell, for: 1m }
  again: { at: 10m, to: bell, for: 1m }
  late: { at: 40m, to: bell, for: 1m }
  f: { after: { not: bell }, to: x, until: 30m }
tasks: { fix: { team: crew, after: { fault: x }, takes: 5m, does: { revert: f } } }
changes: { home: { at: 8m, to: crew, effect: off } }`);
  // Taken back by the crew at 6m; at 10m nobody is there, so it lasts to its end; at 40m it is over.
  expect(run.times('fault/x')).toEqual([1, 6, 10, 30].map((m) => m * MINUTE));
});

test('R9 tokens: a fault from before the start lasts its time from the start', () => {
  const run = simulate('nodes: { x: { kind: service } }\nfaults: { f: { before: true, to: x, for: 5m } }');
  expect([run.at('fault/x', 0), run.times('fault/x')]).toEqual([true, [5 * MINUTE]]);
});

test('R9 tokens: what has failed cannot fail again', () => {
  const one = 'nodes: { x: { kind: service } }\nfaults: { f: { at: 1m, to: x, for: 5m } ';
  const run = simulate(`${one}, g: { at: 2m, to: x, for: 1m } }`);
  expect(run.changes()).toEqual(simulate(`${one} }`).changes());
});

const forced = (force: string, fault = 'at: 1m, for: 3m'): string => `
nodes: { x: { kind: service }, n: { kind: service, needs: [ x ] } }
faults: { f: { to: x, ${fault} } }
forces: { pin: { ${force} } }`;

test('R9 forces: a force pins the fact for all who read it, and its line says so', () => {
  const run = simulate(forced('up: x, holds: true, at: 30s, until: 2m'));
  // The owner goes on underneath: at the release it shows that x has been down since 1m.
  expect(run.changes('up')).toEqual([
    [120_000, 'up/x', false],
    [120_000, 'up/n', false],
    [240_000, 'up/x', true],
    [240_000, 'up/n', true],
  ]);
  expect(run.ruleOf(run.change('up/x', 120_000))).toBe('released');
  expect(run.ruleOf(run.change('up/x', 240_000))).toBe('now');
});

test('R9 forces: a force that changes nothing has no line; one that does says forced', () => {
  const run = simulate(forced('up: x, holds: false, at: 30s, until: 2m'));
  expect(run.changes('up/x').map(([at, , up]) => [at, up, run.ruleOf(run.change('up/x', at))])).toEqual([
    [30_000, false, 'forced'],
    [240_000, true, 'now'],
  ]);
});

test('R9 forces: of two on one fact the later holds, and each takes back only itself', () => {
  const run = simulate(`
nodes: { x: { kind: service } }
faults: { f: { at: 4m, to: x, for: 10m } }
forces: { off: { up: x, holds: false, at: 1m, until: 7m }, on: { up: x, holds: true, at: 2m, until: 5m } }`);
  expect(run.changes('up').map(([at, , up]) => [at / MINUTE, up])).toEqual([
    [1, false],
    [2, true],
    [5, false],
    [14, true],
  ]);
});

test('R9 forces: what its owner does in the millisecond of the force is kept underneath', () => {
  const run = simulate(forced('fault: x, holds: false, at: 1m, until: 2m'));
  expect(run.changes('fault').map(([at, , broken]) => [at, broken, run.ruleOf(run.change('fault/x', at))])).toEqual([
    [120_000, true, 'released'],
    [240_000, false, 'schedule'],
  ]);
});

test('R9 forces: facts that nothing else could ever change are pinned all the same', () => {
  const run = simulate(`
nodes: { "{a,b}": { kind: router }, eye: { kind: tool, needs: [ { reach: b, from: a } ] } }
links: { cable: { from: a, to: b } }
forces: { cut: { carries: cable, holds: false, at: 1m, until: 2m }, broken: { fault: b, holds: true, at: 3m } }`);
  expect(run.times('up/eye')).toEqual([MINUTE, 2 * MINUTE, 3 * MINUTE]);
});

test('R9 forces: words may be pinned, and reach', () => {
  const text = `
nodes:
  "{a,b}": { kind: router }
  ns: { kind: nameserver }
  cache: { kind: resolver }
  eye: { kind: tool, needs: [ { reach: b, from: a }, { resolves: z, via: cache } ] }
links: { cable: { from: a, to: b } }
zones: { z: { nameservers: ns, ttl: 1m } }
forces:
  word: { resolves: z, via: cache, as: nxdomain, holds: true, at: 1m, until: 2m }
  path: { reach: b, from: a, holds: false, at: 3m, until: 4m }`;
  const run = simulate(text);
  expect(run.times('resolves/cache/z')).toEqual([MINUTE, 2 * MINUTE]);
  expect(run.times('up/eye')).toEqual([MINUTE, 2 * MINUTE, 3 * MINUTE, 4 * MINUTE]);
  // To deny a word says not what else.
  expect(problemsOf(text.replace('as: nxdomain, holds: true', 'as: nxdomain, holds: false')).length).toBe(1);
});

const byHand = (more: string): string => `
nodes: { key: { kind: service }, a: { kind: service }, n: { kind: service, needs: [ a ], starts: [ key ] } }
changes: { hand: { at: 10m, to: n, effect: start } }
faults: { gone: { at: 1m, to: key }, f: { at: 5m, to: n, for: 1m }${more} }`;

test('R9 start by hand: it satisfies `starts`', () => {
  expect(simulate(byHand('')).times('up/n')).toEqual([5 * MINUTE, 10 * MINUTE]);
});

test('R9 start by hand: it satisfies `starts` once', () => {
  const run = simulate(byHand(', g: { at: 20m, to: n, for: 1m }'));
  expect(run.times('up/n')).toEqual([5 * MINUTE, 10 * MINUTE, 20 * MINUTE]);
});

test('R9 start by hand: it never satisfies `needs`, and waits for them', () => {
  const run = simulate(byHand(', g: { at: 8m, to: a, until: 15m }'));
  expect(run.times('up/n')).toEqual([5 * MINUTE, 15 * MINUTE]);
  // What lifted it in the end is the need that came back.
  expect(run.tippedBy(run.change('up/n'))).toBe('up/a');
});

test('R9 start by hand: a second one satisfies `starts` once more, while the first is still on', () => {
  const text = byHand(', g: { at: 20m, to: n, for: 1m }').replace(
    'hand: {',
    'again: { at: 30m, to: n, effect: start }, hand: {',
  );
  const run = simulate(text);
  expect(run.times('up/n')).toEqual([5, 10, 20, 30].map((m) => m * MINUTE));
  expect(run.at('config/n/start', 30 * MINUTE)).toBe(true);
  expect(run.tippedBy(run.change('up/n'))).toBe('config/n/start');
});

test('R9 start by hand: a hand upon a hand that still waits for needs is one start', () => {
  const text = byHand(', g: { at: 8m, to: a, until: 15m }, h: { at: 20m, to: n, for: 1m }').replace(
    'hand: {',
    'again: { at: 12m, to: n, effect: start }, hand: {',
  );
  expect(simulate(text).times('up/n')).toEqual([5, 15, 20].map((m) => m * MINUTE));
});

test('R9 start by hand: two hands in one instant are one, and each takes back its own', () => {
  const run = simulate(`
nodes: { "{key,y}": { kind: service }, n: { kind: service, needs: [ y ], starts: [ key ] } }
changes: { one: { at: 2m, to: n, effect: start, until: { not: key } }, two: { at: 2m, to: n, effect: start } }
faults: { f: { at: 1m, to: n, for: 10s }, gone: { at: 3m, to: key }, g: { at: 4m, to: n, for: 1m } }`);
  expect(run.times('config/n/start')).toEqual([2 * MINUTE]);
  expect(run.times('up/n')).toEqual([MINUTE, 70_000, 4 * MINUTE]);
});
