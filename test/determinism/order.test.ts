/** The order in which things are written, listed or run decides nothing. */
import { describe, expect, test } from 'vitest';
import { isMap, isPair, isScalar, parseDocument, visit } from 'yaml';
import { compile, run } from '../../sim/compile.ts';
import { mechanisms } from '../../sim/mechanisms/index.ts';
import { load } from '../../sim/model/load.ts';
import type { Scenario } from '../../sim/model/scenario.ts';
import { Dice } from '../swarm/dice.ts';
import { cases } from './cases.ts';
import { firstDifference, report, type Simulator } from './report.ts';

const simulator: Simulator = { load, compile, run };
const again = (text: string, seed: string, other: Partial<Simulator> = {}) =>
  report({ ...simulator, ...other }, { name: '', text, seed });

/** A list in another order. */
function shuffled<T>(list: readonly T[], dice: Dice): T[] {
  return dice.some(list, list.length);
}

/** A policy: its terms are asked in their order. */
const isPolicy = (path: readonly unknown[]): boolean => {
  const around = path.at(-3);
  return isPair(around) && isScalar(around.key) && around.key.value === 'policies';
};

/** The text with the entries of every map in another order, but for terms; lists stay, since their order may mean something. */
function shuffledText(text: string, dice: Dice): string {
  const document = parseDocument(text);
  visit(document, {
    Map: (_, node, path) => {
      if (!isPolicy(path)) node.items = shuffled(node.items, dice);
    },
  });
  if (!isMap(document.contents)) throw new Error('no map');
  return document.toString({ lineWidth: 0 });
}

const reversed = <K, V>(map: ReadonlyMap<K, V>): ReadonlyMap<K, V> => new Map([...map].reverse());

/** The scenario with everything in it the other way round. */
function turned(scenario: Scenario): Scenario {
  return {
    ...scenario,
    nodes: reversed(scenario.nodes),
    wheres: reversed(scenario.wheres),
    links: reversed(scenario.links),
    prefixes: new Map(
      [...reversed(scenario.prefixes)].map(([name, prefix]) => [
        name,
        { ...prefix, sites: [...prefix.sites].reverse() },
      ]),
    ),
    policies: reversed(scenario.policies),
    authorisations: reversed(scenario.authorisations),
    zones: new Map(
      [...reversed(scenario.zones)].map(([name, zone]) => [
        name,
        { ...zone, nameservers: [...zone.nameservers].reverse() },
      ]),
    ),
    faults: reversed(scenario.faults),
    changes: reversed(scenario.changes),
    tasks: reversed(scenario.tasks),
    journeys: [...scenario.journeys].reverse(),
    rates: reversed(scenario.rates),
    forces: reversed(scenario.forces),
  };
}

describe.each(cases)('$name', ({ name, text, seed }) => {
  const dice = new Dice(name);
  const first = again(text, seed);

  test('runs the same twice, and after other runs', () => {
    again(text, 'another seed');
    expect(firstDifference(first, again(text, seed))).toBeNull();
  });

  test('runs the same with the entries of its file in another order', () => {
    for (let k = 0; k < 3; k++) expect(firstDifference(first, again(shuffledText(text, dice), seed))).toBeNull();
  });

  test('runs the same with the mechanisms listed in another order', () => {
    const other = { compile: (scenario: Scenario) => compile(scenario, { mechanisms: shuffled(mechanisms, dice) }) };
    for (let k = 0; k < 3; k++) expect(firstDifference(first, again(text, seed, other))).toBeNull();
  });

  test('runs the same with all that is in it the other way round', () => {
    const other = { compile: (scenario: Scenario) => compile(turned(scenario)) };
    expect(firstDifference(first, again(text, seed, other))).toBeNull();
  });
});
