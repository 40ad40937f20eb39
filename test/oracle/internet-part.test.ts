/** The part of an Internet that is made is enough: all that is asked goes in it just as in the whole, to the millisecond. */
import { expect, test } from 'vitest';
import type { Asked } from '../../sim/compile.ts';
import { run } from '../../sim/compile.ts';
import { type Internet, nameOf } from '../../sim/model/internet/internet.ts';
import { readRelations } from '../../sim/model/internet/relations.ts';
import { PLAIN_END, type Rest } from '../../sim/model/internet/rest.ts';
import { load } from '../../sim/model/load.ts';
import { formatProblem } from '../../sim/model/problems.ts';
import type { Scenario } from '../../sim/model/scenario.ts';
import { readValue, type Trace } from '../../sim/trace/trace.ts';
import { checkedRun } from '../support/invariants.ts';
import { planOf } from '../support/scenario.ts';
import { Dice } from '../swarm/dice.ts';

/** Who has a low number sells to who has a high one; some peer, and a few are siblings. */
function relations(dice: Dice, networks: number, siblings: number): string {
  const lines: string[] = [];
  const joined = new Set<string>();
  const join = (one: number, other: number, relation: number): void => {
    const pair = [one, other].sort((a, b) => a - b).join();
    if (one === other || joined.has(pair)) return;
    joined.add(pair);
    lines.push(`${one}|${other}|${relation}`);
  };
  for (let network = 4; network <= networks; network++)
    for (let k = dice.int(1, 3); k > 0; k--) join(dice.int(1, Math.max(1, Math.floor(network * 0.6))), network, -1);
  for (let k = networks; k > 0; k--) join(dice.int(1, networks), dice.int(1, networks), 0);
  for (let k = 0; k < siblings; k++) join(dice.int(1, networks), dice.int(1, networks), 1);
  return lines.join('\n');
}

/** The whole of it, under the names a scenario gives to some. */
function whole({ asn, from, to, relation }: Internet, { nodes, links, internet }: Scenario): Rest {
  const own = new Map(
    [...nodes.values()].flatMap(({ name, asn: number }) => (number === null ? [] : [[number, name]])),
  );
  const names = [...asn].map((number) => own.get(number) ?? nameOf(number));
  const said = new Set([...links.values()].flatMap((link) => [`${link.from} ${link.to}`, `${link.to} ${link.from}`]));
  const kept = [...from.keys()]
    .filter((link) => !said.has(`${names[from[link] as number]} ${names[to[link] as number]}`))
    .sort((a, b) => (from[a] as number) - (from[b] as number) || (to[a] as number) - (to[b] as number));
  const { session, ends, names: some } = internet as Rest;
  // What lies outside may be as odd as anything inside.
  const odd = ends.find((end) => end.imports) ?? PLAIN_END;
  return {
    asn,
    names,
    declared: Uint8Array.from(asn, (number) => Number(own.has(number))),
    from: Int32Array.from(kept, (link) => from[link] as number),
    to: Int32Array.from(kept, (link) => to[link] as number),
    relation: Uint8Array.from(kept, (link) => relation[link] as number),
    session,
    ends: names.map((name) => ends[some.indexOf(name)] ?? odd),
  };
}

const said = ({ facts, ...trace }: Trace): readonly string[] => [
  ...facts.names.map((name, fact) => `${name} ${readValue({ facts, ...trace }, fact, facts.initial[fact] as number)}`),
  ...Array.from({ length: trace.count }, (_, id) => {
    const fact = trace.columns.fact[id] as number;
    const to = readValue({ facts, ...trace }, fact, trace.columns.to[id] as number);
    return `${trace.columns.at[id]} ${facts.names[fact]} ${to}`;
  }),
];

interface Sort {
  readonly siblings?: number;
  /** Lines of nodes and more: what makes the scenario one of its sort. */
  readonly more?: (dice: Dice) => { readonly nodes?: string; readonly rest?: string };
  readonly imports?: string;
}

/** Five networks are declared, two of them announce; a third is a site of its own that buys of one; things break and come back. */
function compare(
  seed: string,
  { siblings = 0, more = () => ({}), imports = '' }: Sort,
): { part: number; whole: number; changes: number } {
  const dice = new Dice(seed);
  const networks = dice.int(30, 120);
  const text = relations(dice, networks, siblings);
  const numbers = dice.some(
    Array.from({ length: networks }, (_, k) => k + 1),
    6,
  );
  const { nodes = '', rest = '' } = more(dice);
  const yaml = `netfall: 1
id: part
title: Part
clock: { start: 2021-10-04T15:30:00Z, run: 1h }
defaults: { bgp: { delay: 1ms..${dice.int(2, 900)}ms, mrai: ${dice.pick(['0s', '5s', '30s'])} } }
internet: { caida: as-rel.txt${imports} }
nodes:
  a: { kind: network, asn: ${numbers[0]} }
  b: { kind: network, asn: ${numbers[1]} }
  c: { kind: network, asn: ${numbers[2]}${nodes} }
  d: { kind: network, asn: ${numbers[3]} }
  e: { kind: network, asn: ${numbers[4]} }
  edge: { kind: pop }
links:
  up: { from: edge, to: d, bgp: buys }
  own: { from: c, to: d, bgp: peers }
prefixes:
  p: { cidr: 10.0.0.0/8, from: [a, edge] }
  q: { cidr: 10.1.0.0/16, from: b }
faults:
  f: { at: ${dice.int(1, 9)}m, to: a, for: 10m }
  g: { at: ${dice.int(5, 19)}m, to: up, for: 7m }
  h: { at: 30m, to: ${dice.pick(['b', 'c', 'd', 'e'])}, for: 5m }
changes:
  w: { at: 45m, to: b, effect: { withdraw: q } }
${rest}`;
  const read = load(yaml, { file: 'part.yaml', readBytes: () => new TextEncoder().encode(text) });
  if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
  const internet = readRelations(new TextEncoder().encode(text), 'as-rel.txt');
  if (!internet.ok) throw new Error('the file is sound');
  const asked = ['a', 'b', 'c', 'd', 'e', 'edge'].flatMap((name): Asked[] =>
    ['p', 'q'].flatMap((prefix): Asked[] => [
      ['path', name, prefix],
      ['forwards', name, prefix],
    ]),
  );
  const scenario = read.value;
  const all = { ...scenario, internet: whole(internet.value, scenario) };
  const part = checkedRun(planOf(scenario, asked), '1', scenario.run);
  const full = run(planOf(all, asked), { seed: '1' });
  expect(said(part), `seed ${seed}`).toEqual(said(full));
  return { part: scenario.internet?.asn.length ?? 0, whole: networks, changes: part.count };
}

test.each<readonly [string, number, Sort]>([
  ['by relation alone', 60, {}],
  ['with siblings', 40, { siblings: 6 }],
  [
    'with a network that tells everything to everybody',
    40,
    { more: () => ({ nodes: ', exports: leak', rest: 'policies:\n  leak: { all: { then: accept } }\n' }) },
  ],
  [
    'with a network that likes some routes better',
    30,
    {
      more: (dice) => ({
        nodes: ', imports: odd',
        rest: `policies:\n  odd: { some: { prefixes: ${dice.pick(['p', 'q'])}, preference: ${dice.pick(['50', '150', '350'])} } }\n`,
      }),
    },
  ],
  [
    'with policies of the rest',
    30,
    {
      imports: ', imports: { hard: 20%, odd: 30% }',
      more: (dice) => ({
        rest: `policies:
  hard: { some: { prefixes: ${dice.pick(['p', 'q'])}, then: reject } }
  odd: { some: { prefixes: [p, q], learnt: ${dice.pick(['peer', 'provider'])}, preference: ${dice.pick(['150', '350'])} } }
`,
      }),
    },
  ],
])('%s', (called, count, sort) => {
  const sums = { part: 0, whole: 0, changes: 0 };
  for (let seed = 0; seed < count; seed++) {
    const found = compare(`${called} ${seed}`, sort);
    sums.part += found.part;
    sums.whole += found.whole;
    sums.changes += found.changes;
  }
  // It is a part indeed, and something happens in it.
  expect(sums.part).toBeLessThan(sums.whole * 0.8);
  expect(sums.changes).toBeGreaterThan(count * 10);
});
