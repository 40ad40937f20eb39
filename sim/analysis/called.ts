/** What the parts of a fact's name are called in sentences: nodes and journeys by their titles, where they have one. */
import { type FactKind, rowOf } from '../model/facts.ts';
import type { Scenario } from '../model/scenario.ts';
import { Names } from './story-names.ts';

export type Called = (kind: FactKind, subjects: readonly string[]) => readonly string[];

/** Parts of names that may stand for a node. */
const NODES: ReadonlySet<string> = new Set([
  'thing',
  'node',
  'door',
  'from',
  'to',
  'site',
  'network',
  'resolver',
  'nameserver',
  'resolver, zone or prefix',
  'resolver or prefix',
  'team',
  'monitor',
  'population',
]);

export function byTitle(scenario: Scenario): Called {
  const names = new Names(scenario);
  const journeys = journeysByTitle(scenario);
  return (kind, subjects) =>
    journeys(kind, subjects).map((name, k) =>
      NODES.has(rowOf(kind).of[k] as string) && scenario.nodes.has(name) ? names.one(name) : name,
    );
}

/** What people do by its title, all else by its name: as in pictures, whose parts stand there by their names. */
export function journeysByTitle(scenario: Scenario): Called {
  const titles = new Map(scenario.journeys.map(({ name, title }) => [name, title ?? name]));
  return (kind, subjects) =>
    subjects.map((name, k) => (rowOf(kind).of[k] === 'journey' ? (titles.get(name) ?? name) : name));
}
