/** R19, R20: which questions become facts, who may read them, and how they are written. */
import { expect, test } from 'vitest';
import { answer, compile, look, run } from '../../sim/compile.ts';
import type { Mechanism } from '../../sim/engine/mechanism.ts';
import { mechanisms } from '../../sim/mechanisms/index.ts';
import type { FactKind } from '../../sim/model/facts.ts';
import type { Look } from '../../sim/model/looks.ts';
import { MINUTE, problemsOf, scenarioOf, simulate } from '../support/scenario.ts';

const TEXT = `
nodes:
  "{a,b}": { kind: router }
  "{x,y}": { kind: service }
  n: { kind: service, needs: [ x ], wants: [ y ], startTakes: 30s }
links: { cable: { from: a, to: b } }
faults: { f: { at: 1m, to: x, for: 1m }, g: { at: 2m, to: [ y, cable ] } }`;

const WAYS = `
nodes:
  "{a,b}": { kind: router }
  crew: { kind: team }
  "{shop,eyes,alone,apart}": { kind: network }
  ns: { kind: nameserver, network: shop, in: shop, prefix: names }
  r: { kind: resolver, network: eyes, failureCache: 10s, because: assumed }
links: { cable: { from: a, to: b }, up: { from: shop, to: eyes, bgp: buys }, aside: { from: alone, to: apart, bgp: peers } }
prefixes: { names: { cidr: 192.0.2.0/24, from: shop } }
zones: { example: { nameservers: ns, ttl: 60s } }
faults: { dead: { at: 5m, to: shop, for: 10m }, cut: { at: 6m, to: cable, for: 1m } }
tasks: { t: { team: crew, after: { not: { resolves: example, via: r } }, takes: 1m } }`;

test('R19 asked before the start: only what something asks is a fact', () => {
  const run = simulate(TEXT);
  expect(run.trace.facts.names.filter((name) => !name.startsWith('up/'))).toEqual([
    'fault/cable',
    'fault/x',
    'fault/y',
  ]);
});

test('R19 asked before the start: what claims and captions ask is watched: in the trace, outside the digest, read by nothing live', () => {
  const watched = simulate(`${TEXT}
checkpoints: { k: { says: They are joined, lasts: { reach: b, from: a }, accept: 1m.. } }
story: { s: { first: { starting: n }, says: It starts. } }`);
  const { facts, digest } = watched.trace;
  expect(facts.names.slice(facts.firstWatched)).toEqual([
    'carries/cable',
    'claim/k',
    'claim/story s',
    'reach/a/b',
    'starting/n',
  ]);
  expect(watched.times('reach/a/b')).toEqual([2 * MINUTE]);
  expect(digest).toBe(simulate(TEXT).trace.digest);
});

test('R19 a person’s questions: asking changes nothing', () => {
  const scenario = scenarioOf(TEXT);
  const ask = (at: number, ...asked: Parameters<typeof answer>[2]) => {
    const found = answer(scenario, { seed: '1', at }, asked);
    return found.ok ? found.value : null;
  };
  expect([ask(119_999, 'reach', 'a', 'b'), ask(120_000, 'reach', 'a', 'b')]).toEqual([true, false]);
  expect([ask(130_000, 'starting', 'n'), ask(160_000, 'well', 'n')]).toEqual([true, false]);
  const asked = simulate(scenario, {
    asked: [
      ['reach', 'a', 'b'],
      ['starting', 'n'],
      ['well', 'n'],
      ['serves', 'n'],
    ],
  });
  const plain = simulate(scenario);
  expect(asked.trace.digest).toBe(plain.trace.digest);
  const live = new Set(plain.trace.facts.names);
  expect(asked.changes().filter(([, fact]) => live.has(fact))).toEqual(plain.changes());
});

const HEARD: readonly (readonly [FactKind, ...string[]])[] = [
  ['up', 'shop'],
  ['fault', 'cable'],
  ['announces', 'shop', 'names'],
  ['resolves', 'r', 'example'],
  ['route', 'eyes', 'names'],
];

test('R19 a person’s questions: looking in the midst of a run changes nothing of it', () => {
  const scenario = scenarioOf(WAYS);
  const looks: readonly Look[] = [
    { ask: 'route', network: 'eyes', prefix: 'names' },
    { ask: 'packets', network: 'eyes', to: 'names' },
    { ask: 'packets', network: 'eyes', to: '192.0.2.53' },
    { ask: 'links', from: 'a', to: 'b', layer: null },
    { ask: 'dig', resolver: 'r', name: 'example' },
  ];
  let looked = 0;
  // Hears of everything, and looks whenever something changes.
  const curious: Mechanism = {
    name: 'curious',
    owns: [],
    plan: (_, planner) => ({
      expect: () => {
        for (const [kind, ...subjects] of HEARD)
          planner.hearFact(planner.fact(kind, ...subjects), planner.partOf('curious'), 0);
        return null;
      },
      supposes: false,
      define: () => null,
      explain: () => [],
      otherwise: () => null,
      finish: () => {
        return { items: 1, alarms: 0 };
      },
      create: (engine) => ({
        warm: () => false,
        start: () => undefined,
        settle: () => undefined,
        ring: () => undefined,
        act: () => {
          looked++;
          for (const look of looks) expect(engine.look(look, engine.now)).toEqual(engine.look(look, engine.now));
        },
      }),
    }),
  };
  const digestOf = (mechanisms: readonly Mechanism[]): string => {
    const plan = compile(scenario, {
      mechanisms,
      expect: (planner) => {
        for (const look of looks) planner.expect(look);
      },
    });
    if (!plan.ok) throw new Error('it can be planned');
    return run(plan.value, { seed: '1' }).digest;
  };
  expect(digestOf([...mechanisms, curious])).toBe(digestOf(mechanisms));
  expect(looked).toBeGreaterThan(5);
  expect(digestOf(mechanisms)).toBe(simulate(scenario).trace.digest);
});

test('R19 a person’s questions: what is found hangs on scenario, seed, time and question alone', () => {
  const scenario = scenarioOf(WAYS);
  const at = (time: number) => {
    const found = look(scenario, { seed: '1', at: time }, [{ ask: 'packets', network: 'eyes', to: 'names' }]);
    return found.ok ? found.value.told[0] : null;
  };
  const moments = [0, 299_999, 300_000, 400_000, 901_000];
  const forward = moments.map(at);
  expect([...moments].reverse().map(at).reverse()).toEqual(forward);
  expect(forward.map((told) => told?.ask === 'packets' && told.outcome)).toEqual([
    'delivered',
    'delivered',
    'black hole',
    'no route',
    'delivered',
  ]);
});

test('R19 a person’s questions: what cannot be asked is answered by why', () => {
  const found = look(scenarioOf(WAYS), { seed: '1', at: 0 }, [
    { ask: 'route', network: 'alone', prefix: 'names' },
    { ask: 'links', from: 'a', to: 'eyes', layer: null },
    { ask: 'dig', resolver: 'ns', name: 'example' },
    { ask: 'packets', network: 'eyes', to: '203.0.113.1' },
  ]);
  expect(found.ok && found.value.told).toEqual([
    { ask: 'none', says: 'no sessions lead from alone to a site that announces names' },
    { ask: 'none', says: 'eyes has no link, so nothing reaches it' },
    { ask: 'none', says: 'ns is no resolver' },
    { ask: 'none', says: 'no block that is announced holds 203.0.113.1' },
  ]);
});

const needs = (need: string): readonly string[] =>
  problemsOf(`
nodes:
  "dc.{1..3}": { kind: datacenter }
  pop.1: { kind: pop }
  api: { kind: service, in: "dc.*" }
  eye: { kind: tool, in: pop.1, needs: [ ${need} ] }
links: { backbone: { mesh: "dc.*", layer: backbone }, aside: { mesh: "dc.*", layer: spare }, haul: { from: pop.1, to: dc.1 } }
conditions: { there: { up: any dc.* } }`);

test('R20 globs: a bare glob is an error that suggests any and all', () => {
  expect(needs('{ up: "dc.*" }').join()).toMatch(/any dc\.\*/);
  expect(needs('{ up: "dc.*" }').join()).toMatch(/all dc\.\*/);
  for (const good of ['{ up: any dc.* }', '{ up: all dc.* }', '{ up: 2 of dc.* }', '{ up: "60% of dc.*" }', 'there'])
    expect(needs(good)).toEqual([]);
});

test('R20 globs: a glob that matches nothing is an error', () => {
  expect(needs('{ up: any cd.* }').length).toBe(1);
});

test('R20 subjects: an instance group needs a quantifier; one instance has a name', () => {
  expect(needs('{ up: api }').length).toBe(1);
  expect(needs('{ up: any api }')).toEqual([]);
  expect(needs('{ up: api@dc.2 }')).toEqual([]);
});

test('R20 subjects: the asker is who asks; a task, which stands nowhere, must say `from`', () => {
  expect(needs('{ reach: dc.1 }')).toEqual([]);
  const task = (from: string) => `nodes: { "{a,b}": { kind: router } }
links: { cable: { from: a, to: b } }
tasks: { t: { after: { not: { reach: b${from} } }, takes: 1m } }`;
  expect(problemsOf(task('')).join()).toContain('from');
  expect(problemsOf(task(', from: a'))).toEqual([]);
});

test('R20 layers: `over` allows links of that layer and links without one', () => {
  const text = `
nodes: { "{a,b,c,d}": { kind: router },
  "{back,aside,free}": { kind: tool }, back: { needs: [ { reach: c, from: a, over: backbone } ] },
  aside: { standby: true, needs: [ { reach: c, from: a, over: spare } ] }, free: { needs: [ { reach: c, from: a } ] } }
links: { one: { from: a, to: b, layer: backbone }, two: { from: b, to: c }, far: { from: a, to: d, layer: spare } }`;
  const run = simulate(text);
  expect(['back', 'aside', 'free'].map((tool) => run.at(`up/${tool}`, 0))).toEqual([true, false, true]);
});

test('R20 names: what holds slashes is one name', () => {
  const run = simulate(`
nodes: { ns: { kind: nameserver }, eu/cache: { kind: resolver }, eye: { kind: tool, needs: [ { resolves: a/b.example, via: eu/cache } ] } }
zones: { a/b.example: { nameservers: ns, ttl: 1ms } }
faults: { f: { at: 1m, to: ns } }`);
  expect(run.times('resolves/eu/cache/a/b.example')).toEqual([MINUTE]);
  expect(run.trace.facts.subjects[run.history.fact('resolves/eu/cache/a/b.example') as number]).toEqual([
    'eu/cache',
    'a/b.example',
  ]);
});
