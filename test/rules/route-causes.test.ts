/** R16 for routes and packets: what a change of one follows from, and nothing that only happened beside it. */
import { expect, test } from 'vitest';
import { Reasons } from '../../sim/analysis/why.ts';
import { type Run, simulate } from '../support/scenario.ts';

const because = (run: Run, fact: string, at?: number): readonly string[] =>
  new Reasons(run.plan, run.trace)
    .because(run.change(fact, at))
    .map((id) => `${run.factOf(id)} ${(run.trace.columns.at[id] as number) / 1000}`);

const anycast = (faults: string): Run =>
  simulate(
    `nodes: { "site.{1..4}": { kind: pop }, "{me,t}": { kind: network } }
links: { up: { from: me, to: t, bgp: buys, hold: 90s }, down: { from: site.*, to: t, bgp: buys, hold: 90s } }
prefixes: { p: { from: site.* } }
faults: { ${faults} }`,
    {
      asked: [
        ['forwards', 'me', 'p'],
        ['route', 'me', 'p'],
        ...['1', '2'].map((n) => ['lands', 'me', 'p', `site.${n}`] as const),
      ],
    },
  );

test('R16 packets that die with their site follow from its death, whatever other sites withdrew before', () => {
  const run = anycast('third: { at: 1m, to: site.3 }, second: { at: 2m, to: site.2 }, first: { at: 5m, to: site.1 }');
  expect([run.at('forwards/me/p', 301_000), run.at('lands/me/p/site.1', 301_000)]).toEqual(['black hole', false]);
  for (const fact of ['forwards/me/p', 'lands/me/p/site.1'])
    expect(because(run, fact, 301_000), fact).toEqual(['announces/site.1/p 300']);
  // It is told of after the hold time, and the packets go on elsewhere.
  expect(run.at('forwards/me/p', 600_000)).toBe('delivered');
});

test('R16 a lost route follows from every site, and a gained one from one that is enough', () => {
  const run = simulate(
    `nodes: { "site.{1..4}": { kind: pop }, "{me,t}": { kind: network } }
links: { up: { from: me, to: t, bgp: buys }, down: { from: site.*, to: t, bgp: buys } }
prefixes: { p: { from: site.* } }
changes:
  early: { at: 1m, to: "site.{1,2}", effect: { withdraw: p } }
  late:  { at: 2m, to: "site.{3,4}", effect: { withdraw: p } }
tasks: { undo: { after: { not: { route: p, from: me } }, takes: 5m, does: { revert: [ early, late ] } } }`,
    { asked: [['route', 'me', 'p']] },
  );
  const [lost, back] = run.times('route/me/p') as [number, number];
  expect(because(run, 'route/me/p', lost)).toEqual([
    'announces/site.1/p 60',
    'announces/site.2/p 60',
    'announces/site.3/p 120',
    'announces/site.4/p 120',
  ]);
  expect(because(run, 'route/me/p', back)).toEqual(['announces/site.1/p 420.02']);
});

test('R16 what died where no way leads through is no cause', () => {
  const run = simulate(
    `nodes: { "{me,t,site,stub,far}": { kind: network } }
links:
  up: { from: "{me,site,stub}", to: t, bgp: buys }
  aside: { from: far, to: stub, bgp: buys }
prefixes: { p: { from: site } }
faults: { other: { at: 1m, to: "{stub,far}" }, own: { at: 5m, to: site } }`,
    { asked: [['route', 'me', 'p']] },
  );
  expect(because(run, 'route/me/p')).toEqual(['up/site 300']);
});

/** Two racks whose switches pass everything on to a backbone and one another; each refuses what is its own once it has new terms. */
const racks = (changes: string): Run =>
  simulate(
    `nodes: { "rack.{1,2}": { kind: network }, "switch.{1,2}": { kind: network, exports: out }, "{backbone,me}": { kind: network } }
policies: { out: { moved: { while: { set: new-terms }, then: reject }, rest: { then: accept } } }
links:
  rack: { from: rack.*, to: "switch.$1", bgp: buys }
  up: { from: "switch.*", to: backbone, bgp: buys }
  eye: { from: me, to: backbone, bgp: buys }
prefixes: { p: { from: rack.1 } }
changes: { ${changes} }`,
    {
      asked: [
        ['route', 'me', 'p'],
        ['path', 'me', 'p'],
      ],
    },
  );

test('R16 where somebody leaks, policies count only on ways that come through nobody twice', () => {
  const run = racks(
    'other: { at: 1m, to: switch.2, effect: { set: new-terms } }, own: { at: 2m, to: switch.1, effect: { set: new-terms } }',
  );
  expect(run.times('route/me/p')).toEqual([120_020]);
  expect(because(run, 'route/me/p')).toEqual(['config/switch.1/set/new-terms 120']);
});

const rivals = (hours: string): Run =>
  simulate(
    `nodes: { "{me,t,one,two}": { kind: network } }
links: { up: { from: "{me,one,two}", to: t, bgp: buys } }
prefixes:
  a: { cidr: 192.0.2.0/24, from: one, while: { not: { set: gone } } }
  b: { cidr: 192.0.2.0/24, from: two, traffic: drop, while: { set: bold } }
changes: { ${hours} }`,
    {
      asked: [
        ['route', 'me', 'a'],
        ['route', 'me', 'b'],
        ['forwards', 'me', '192.0.2.1'],
      ],
    },
  );

test('R16 a route is gained from the rival that went, and is not lost to one that only came besides', () => {
  const run = rivals(
    `bold: { at: 1m, to: two, effect: { set: bold } }, gone: { at: 2m, to: one, effect: { set: gone } }`,
  );
  expect(run.at('forwards/me/192.0.2.1', 150_000)).toBe('filtered');
  expect(because(run, 'forwards/me/192.0.2.1', 150_000)).toEqual(['announces/two/b 60', 'announces/one/a 120']);
  expect(because(run, 'route/me/b', 150_000)).toEqual(['announces/two/b 60', 'announces/one/a 120']);
  expect(because(run, 'route/me/a', 150_000)).toEqual(['announces/one/a 120']);
});
