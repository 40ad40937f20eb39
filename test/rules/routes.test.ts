/** R1, R2, R5, R6, R11 among networks that tell each other of prefixes. */
import { expect, test } from 'vitest';
import { captionsOf } from '../../sim/analysis/captions.ts';
import { History } from '../../sim/trace/history.ts';
import { MINUTE, simulate } from '../support/scenario.ts';

/** A site that sells to nobody, two transits that peer, and a customer of both. */
const hierarchy = (faults: string, more = ''): string => `
nodes: { site: { kind: pop }, "{t1,t2,eyes}": { kind: network } }
links:
  up: { from: site, to: t1, bgp: buys${more} }
  across: { from: t1, to: t2, bgp: peers${more} }
  down: { from: eyes, to: "{t1,t2}", bgp: buys${more} }
prefixes: { p: { from: site } }
faults: { ${faults} }`;
const asked = ['t1', 't2', 'eyes'].map((network) => ['path', network, 'p'] as const);

test('R1 domains: a path is a value without parts; tests ask whether there is one', () => {
  const run = simulate(hierarchy(''), { asked });
  expect(['t1', 't2', 'eyes'].map((network) => run.at(`path/${network}/p`, 0))).toEqual(['site', 't1 site', 't1 site']);
});

test('R11 warm start: routes stand before the start, and no message is sent because it starts', () => {
  expect(simulate(hierarchy(''), { asked }).changes()).toEqual([]);
});

test('R2 support: networks that told each other of a prefix do not keep it when its site is gone', () => {
  const run = simulate(hierarchy('f: { at: 1m, to: "up" }', ', delay: 10ms'), { asked });
  for (const network of ['t1', 't2', 'eyes']) expect(run.at(`path/${network}/p`, 10 * MINUTE)).toBe('');
});

test('R5 hold: a session whose end falls silent is given up after its hold time, one that is cut at once', () => {
  const lost = (to: string) =>
    simulate(hierarchy(`f: { at: 1m, to: ${to} }`, ', hold: 90s'), { asked }).times('path/t1/p', '');
  expect([lost('site'), lost('up')]).toEqual([[150_000], [60_000]]);
});

/** Each of three would rather go by the next one than straight: Griffin, Shepherd and Wilfong's bad gadget. */
const BAD = `
nodes:
  "{x,n0}": { kind: network }
  n1: { kind: network, prefer: [ "n2 n0", n0 ] }
  n2: { kind: network, prefer: [ "n3 n0", n0 ] }
  n3: { kind: network, prefer: [ "n1 n0", n0 ] }
links: { spokes: { from: "n{1..3}", to: n0, bgp: siblings, delay: 10s }, rim: { mesh: "n{1..3}", bgp: siblings, delay: 10s } }
prefixes: { p: { from: n0, while: { not: { up: x } } } }
faults: { f: { at: 1m, to: x } }`;

test('R6 dispute: routes that undo each other are reported with members and period, and the run goes on', () => {
  const run = simulate(BAD, { asked: ['n1', 'n2', 'n3'].map((network) => ['path', network, 'p'] as const) });
  const { disputes, reason } = run.trace;
  expect(reason).not.toBe('race');
  expect(disputes.map(({ prefix, members, period, exact }) => [prefix, members, period, exact])).toEqual([
    ['p', ['n1', 'n2', 'n3'], 20_000, true],
  ]);
  // More than eight returns, and nothing but routing has changed since.
  expect(disputes[0]?.at).toBe(MINUTE + 10_000 + 9 * 20_000);
  expect(run.changes('path/n1').at(-1)?.[0]).toBeGreaterThan(59 * MINUTE);
  expect(captionsOf(run.plan.scenario, new History(run.trace)).map(({ at, says }) => [at, says])).toEqual([
    [
      MINUTE + 10_000 + 9 * 20_000,
      'Routes to p do not settle: n1, n2 and n3 keep undoing each other’s choice, and all of it comes round every 20s.',
    ],
  ]);
});
