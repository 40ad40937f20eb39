/** R19, R20: which questions become facts, who may read them, and how they are written. */
import { expect, test } from 'vitest';
import { answer } from '../../sim/compile.ts';
import { MINUTE, problemsOf, scenarioOf, simulate } from '../support/scenario.ts';

const TEXT = `
nodes:
  "{a,b}": { kind: router }
  "{x,y}": { kind: service }
  n: { kind: service, needs: [ x ], wants: [ y ], startTakes: 30s }
links: { cable: { from: a, to: b } }
faults: { f: { at: 1m, to: x, for: 1m }, g: { at: 2m, to: [ y, cable ] } }`;

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
