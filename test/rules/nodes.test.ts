/** R7, R8, R10: when a node falls, when it rises, how it starts, and whom it serves. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MINUTE, simulate } from '../support/scenario.ts';

test('R7 clauses: six nodes, three faults, twenty changes, to the millisecond', () => {
  const text = readFileSync(new URL('../../scenarios/patterns/chain-and-alternative.yaml', import.meta.url), 'utf8');
  const changes = simulate(text).changes('up');
  expect(changes.map(([at, fact, up]) => `${at} ${fact.slice(3)} ${up ? 'up' : 'down'}`)).toEqual([
    '100 bb down',
    '141 auth down',
    '143 dns down',
    '181 api down',
    '192 cdn down',
    '223 web down',
    '400 bb up',
    '443 dns up',
    '449 cdn up',
    '484 auth up',
    '524 api up',
    '566 web up',
    '700 dns down',
    '720 auth down',
    '740 api down',
    '782 web down',
    '850 dns up',
    '891 auth up',
    '931 api up',
    '973 web up',
  ]);
});

test('R7 clauses: all plain needs are one clause: one broken while another is makes no new start', () => {
  const run = simulate(`
nodes: { "{a,b}": { kind: service }, n: { kind: service, needs: [ a, b ], downAfter: 10s } }
faults: { f: { at: 60s, to: a, for: 6s }, g: { at: 64s, to: b } }`);
  expect(run.times('up/n')).toEqual([70_000]);
});

test('R7 clauses: an entry with a delay of its own is a clause of its own', () => {
  const run = simulate(`
nodes: { "{a,b}": { kind: service }, n: { kind: service, needs: [ a, { up: b, downAfter: 10s } ], downAfter: 10s } }
faults: { f: { at: 60s, to: a, for: 6s }, g: { at: 64s, to: b } }`);
  // Neither of the two clauses was false for ten seconds before 74 s.
  expect(run.times('up/n')).toEqual([74_000]);
});

test('R7 clauses: a fault fells at once, whatever the node waits for', () => {
  const run = simulate(`
nodes: { n: { kind: service, downAfter: 10s, upAfter: 10s, needs: [ a ] }, a: { kind: service } }
faults: { f: { at: 1m, to: n, for: 5s } }`);
  // And its end lifts it at once: its needs have been fine all along.
  expect(run.times('up/n')).toEqual([60_000, 65_000]);
});

test('R7 clauses: what is repaired while its needs are gone stays down until they have been back for upAfter', () => {
  const run = simulate(`
nodes: { a: { kind: service }, n: { kind: service, needs: [ a ], upAfter: 10s } }
faults: { f: { at: 1m, to: n, for: 1m }, g: { at: 90s, to: a, for: 1m } }`);
  expect(run.times('up/n')).toEqual([60_000, 160_000]);
});

test('R7 clauses: `starts` is needed to rise, not to keep running', () => {
  const run = simulate(`
nodes: { a: { kind: service }, n: { kind: service, starts: [ a ] } }
faults: { g: { at: 1m, to: a, for: 9m }, f: { at: 5m, to: n, for: 1m } }`);
  expect(run.times('up/n')).toEqual([5 * MINUTE, 10 * MINUTE]);
});

test('R7 clauses: what stands in a place falls with it, at once', () => {
  const run = simulate(`
nodes: { dc: { kind: datacenter }, n: { kind: service, in: dc, downAfter: 1h } }
faults: { f: { at: 1m, to: dc } }`);
  expect(run.times('up/n')).toEqual([MINUTE]);
});

const booting = (faults: string): readonly number[] =>
  simulate(`
nodes: { a: { kind: service }, n: { kind: service, needs: [ a ], startTakes: 30s, upAfter: 10s } }
faults: { f: { at: 1m, to: a, for: 1m }${faults} }`).times('up/n');

test('R8 starting takes time: it begins when the need has looked healthy for upAfter, and lasts startTakes', () => {
  expect(booting('')).toEqual([60_000, 160_000]);
});

test('R8 starting takes time: a break makes it start again from nothing', () => {
  expect(booting(', g: { at: 150s, to: a, for: 5s }')).toEqual([60_000, 155_000 + 10_000 + 30_000]);
});

test('R8 starting takes time: it is work, and `starting` says so meanwhile', () => {
  const run = simulate(`
nodes: { n: { kind: service, startTakes: 30s }, eye: { kind: tool, needs: [ { not: { starting: n } } ] } }
faults: { f: { at: 1m, to: n, for: 1m } }`);
  expect(run.changes('starting')).toEqual([
    [120_000, 'starting/n', true],
    [150_000, 'starting/n', false],
  ]);
  expect(run.ruleOf(run.change('up/n'))).toBe('work');
});

test('R8 starting takes time: two that need each other to begin stay down; a hand on either frees both, or an alternative', () => {
  const locked = (starts: string, hand = 'a') => `
nodes: { a: { kind: service, starts: ${starts} }, b: { kind: service, starts: [ a ] }, c: { kind: service } }
faults: { f: { at: 1m, to: [ a, b ], for: 1m } }
changes: { by-hand: { at: 30m, to: ${hand}, effect: start } }`;
  for (const hand of ['a', 'b']) {
    const run = simulate(locked('[ b ]', hand));
    // Mended at 2m, and nothing comes back of itself.
    expect(run.times('up/a')).toEqual([MINUTE, 30 * MINUTE]);
    expect(run.times('up/b')).toEqual([MINUTE, 30 * MINUTE]);
  }
  expect(simulate(locked('{ any: [ b, c ] }')).times('up/b')).toEqual([MINUTE, 2 * MINUTE]);
});

const served = `
nodes:
  people: { kind: client }
  shop: { kind: service }
  "{road,alley}": { kind: router }
links: { in: { from: people, to: road }, out: { from: road, to: shop } }
faults: { f: { at: 1m, to: road, for: 1m } }
changes: { off: { at: 3m, to: shop, effect: off } }
tasks: { look: { after: { not: { serves: shop } }, takes: 0 } }`;

test('R10 audience: running but unreachable is up and does not serve', () => {
  const run = simulate(served);
  expect(run.changes('serves')).toEqual([
    [60_000, 'serves/shop', false],
    [120_000, 'serves/shop', true],
    [180_000, 'serves/shop', false],
  ]);
  expect(run.times('up/shop')).toEqual([180_000]);
});
