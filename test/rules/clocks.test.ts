/** R5: the four clocks a delayed fact may run by. */
import { expect, test } from 'vitest';
import { MINUTE, simulate } from '../support/scenario.ts';

test('R5 four clocks: a hold begins anew with every break', () => {
  const run = simulate(`
nodes: { a: { kind: service }, n: { kind: service, needs: [ a ], downAfter: 10s, upAfter: 20s } }
faults:
  short: { at: 1m, to: a, for: 9s }
  again: { at: 70s, to: a, for: 15s }
  while-waiting: { at: 100s, to: a, for: 1s }`);
  expect(run.changes('up/n')).toEqual([
    [80_000, 'up/n', false],
    [121_000, 'up/n', true],
  ]);
  expect(run.ruleOf(run.change('up/n'))).toBe('hold');
});

const routed = (withdraw: string, announce: string): string => `
nodes: { site: { kind: pop }, gate: { kind: service }, net: { kind: network }, eye: { kind: tool, needs: [ { route: p, from: net } ] } }
links: { session: { from: net, to: site, bgp: peers, delay: 10ms } }
prefixes: { p: { from: site, while: gate, withdrawLag: ${withdraw}, announceLag: ${announce} } }
faults: { f: { at: 1m, to: gate, for: 1s }, g: { at: 70s, to: gate, for: 7s } }`;

test('R5 four clocks: a lag delivers every change, in order, none before the one sent first', () => {
  // A withdrawal takes 8 s, an announcement 2: what is sent at 60 and 61 s arrives together, at 70 and 77 one after the other.
  expect(simulate(routed('8s', '2s')).changes('route')).toEqual([
    [78_010, 'route/net/p', false],
    [79_010, 'route/net/p', true],
  ]);
  expect(simulate(routed('2s', '8s')).changes('route')).toEqual([
    [62_010, 'route/net/p', false],
    [69_010, 'route/net/p', true],
    [72_010, 'route/net/p', false],
    [85_010, 'route/net/p', true],
  ]);
});

test('R5 four clocks: an expiry counts from the last refresh, not from the loss', () => {
  const run = simulate(`
nodes: { ns: { kind: nameserver }, cache: { kind: resolver }, eye: { kind: tool, needs: [ { resolves: z, via: cache } ] } }
zones: { z: { nameservers: ns, ttl: 10m } }
faults:
  cleared: { at: 1m, to: cache, for: 1s }
  f: { at: 4m, to: ns }`);
  // Filled when the resolver is back at 61 s, so it is good until ten minutes later.
  expect(run.times('resolves/cache/z', 'servfail')).toEqual([MINUTE, 661_000]);
  expect(run.ruleOf(run.change('resolves/cache/z'))).toBe('expiry');
});

const worked = (onLoss: string): string => `
nodes: { tool: { kind: tool }, crew: { kind: team }, x: { kind: service } }
faults: { f: { at: 1m, to: x }, g: { at: 3m, to: tool, for: 5m } }
tasks:  { fix: { team: crew, after: { not: x }, needs: tool, takes: 10m, onLoss: ${onLoss} } }`;

test('R5 four clocks: work accumulates, and a break pauses it, starts it again, or ends it', () => {
  expect(simulate(worked('pause')).changes('task')).toEqual([
    [60_000, 'task/fix', 'working'],
    [180_000, 'task/fix', 'paused'],
    [480_000, 'task/fix', 'working'],
    [960_000, 'task/fix', 'done'],
  ]);
  expect(simulate(worked('restart')).times('task/fix', 'done')).toEqual([480_000 + 600_000]);
  expect(simulate(worked('fail')).changes('task').at(-1)).toEqual([180_000, 'task/fix', 'failed']);
});

test('R5 four clocks: gates fall, what is done stays done', () => {
  const run = simulate(worked('pause').replace('for: 5m', 'for: 30m').replace('takes: 10m', 'takes: 1m'));
  expect(run.at('done/fix', 3_600_000)).toBe(true);
  expect(run.at('up/tool', 20 * MINUTE)).toBe(false);
});
