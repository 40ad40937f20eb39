/** The first half of the expansion: all names, before any condition is read. */

import type { Context } from '../context.ts';
import type { Link } from '../scenario.ts';
import { type Dict, type Tree, under } from '../tree.ts';
import type { Ms } from '../units.ts';
import { type Made, makeEntries } from './entries.ts';
import { type ReadInternet, readInternet } from './internet.ts';
import { buildLinks } from './links.ts';
import { readPeople } from './people.ts';
import { placeNodes } from './places.ts';
import { Section } from './sections.ts';
import { targets } from './selectors.ts';
import { Spoken } from './spoken.ts';
import { nameTasks, type TaskMade } from './tasks.ts';
import type { Texts } from './texts.ts';
import { listOf, numberOf, textOf } from './values.ts';
import { checkViews } from './views.ts';
import type { World } from './world.ts';

/** Entries of each section with everything merged, waiting for their conditions to be read. */
export interface Parts {
  readonly links: ReadonlyMap<string, Link>;
  readonly linkEntries: readonly Made[];
  /** What links say of their ends, by name. */
  readonly linkEnds: ReadonlyMap<string, Tree>;
  readonly internet: ReadInternet | null;
  readonly policies: ReadonlyMap<string, Made>;
  readonly map: ReadonlyMap<string, Made>;
  readonly authorisations: ReadonlyMap<string, Made>;
  readonly prefixes: ReadonlyMap<string, Made>;
  readonly zones: ReadonlyMap<string, Made>;
  readonly faults: ReadonlyMap<string, Made>;
  readonly changes: ReadonlyMap<string, Made>;
  readonly tasks: readonly TaskMade[];
  readonly forces: ReadonlyMap<string, Made>;
}

/** `written`: the document before anything was merged in. */
export function worldOf(
  context: Context,
  texts: Texts,
  root: Dict,
  clock: { start: number; run: Ms },
  written: Dict,
): { world: World; parts: Parts } {
  const section = (key: string): Dict | undefined => {
    const value = under(root, key);
    return value?.is === 'map' ? value : undefined;
  };
  const entries = (key: string, what: string) => makeEntries(context, texts, section(key), what);
  const { drafts, nodes } = placeNodes(context, texts, section('nodes'), section('defaults'));
  const built = buildLinks(context, texts, section('links'), drafts, nodes, section('defaults'));
  const sectionOf = (what: string, made: ReadonlyMap<string, Made>): Section => {
    const names = new Section(what, context);
    for (const { name, at } of made.values()) {
      context.spend('things', 1, at);
      names.add(name);
    }
    return names;
  };
  const [prefixes, zones, faults, changes] = [
    entries('prefixes', 'prefix'),
    entries('zones', 'zone'),
    entries('faults', 'fault'),
    entries('changes', 'change'),
  ];
  const [journeys, rates, tasks] = [
    entries('journeys', 'journey'),
    entries('rates', 'rate'),
    new Section('task', context),
  ];
  const taskMade = nameTasks(context, texts, entries('tasks', 'task'), tasks);
  const journeyNames = sectionOf('journey', journeys);
  const views = new Map(
    [...entries('views', 'view')].map(([name, { tree }]) => [name, listOf(tree).flatMap((item) => textOf(item) ?? [])]),
  );
  const [policies, authorisations] = [entries('policies', 'policy'), entries('authorisations', 'authorisation')];
  const spoken = new Spoken();
  for (const document of new Set([written, root])) spoken.document(document);
  for (const { tree } of [...faults.values(), ...changes.values()]) spoken.effect(tree);
  for (const { tree } of prefixes.values()) spoken.announcement(tree);
  for (const { tree } of policies.values()) spoken.policy(tree);
  const sites = new Map<string, ReadonlySet<string>>();
  const ends = new Set([...built.links.values()].flatMap(({ bgp, from, to }) => (bgp === null ? [] : [from, to])));
  const usual = under(section('defaults'), 'bgp');
  const internet = readInternet(context, texts, section('internet'), usual, drafts, ends);
  for (const name of internet?.own.keys() ?? []) ends.add(name);
  const speakers = new Set(ends);
  const world: World = {
    context,
    texts,
    ...clock,
    drafts,
    sections: {
      nodes,
      links: built.section,
      prefixes: sectionOf('prefix', prefixes),
      zones: sectionOf('zone', zones),
      faults: sectionOf('fault', faults),
      changes: sectionOf('change', changes),
      tasks,
      journeys: journeyNames,
      rates: sectionOf('rate', rates),
    },
    layers: new Set([...built.links.values()].flatMap(({ layer }) => layer ?? [])),
    sites,
    ends,
    speakers,
    blocks: new Map(
      [...prefixes].flatMap(([name, { tree }]): [string, string][] => {
        const cidr = textOf(under(tree, 'cidr'));
        return cidr === null ? [] : [[name, cidr]];
      }),
    ),
    spoken,
    removes: [...faults.values(), ...changes.values()].some(({ tree }) => {
      const effect = under(tree, 'effect');
      return textOf(effect) === 'remove' || under(effect, 'remove') !== undefined;
    }),
    counts: new Map([...prefixes].map(([name, { tree }]) => [name, numberOf(context, under(tree, 'count'), 1)])),
    people: readPeople(context, drafts, nodes, journeyNames),
    journeys,
    rates,
    views,
    conditions: new Map([...entries('conditions', 'condition')].map(([name, { tree }]) => [name, tree])),
    sources: new Set(section('sources')?.entries.keys()),
    parameters: new Set(section('parameters')?.entries.keys()),
    variants: new Set(section('variants')?.entries.keys()),
  };
  checkViews(world, section('views'));
  for (const [name, { tree, at }] of prefixes) {
    const from = under(tree, 'from');
    if (!from) context.problem(at, '"from" is missing', 'say which sites announce it');
    const names = targets(world, [nodes], from);
    for (const site of names) speakers.add(site);
    sites.set(name, new Set(names));
  }
  return {
    world,
    parts: {
      links: built.links,
      linkEntries: built.entries,
      linkEnds: built.ends,
      internet,
      policies,
      map: entries('map', 'map entry'),
      authorisations,
      prefixes,
      zones,
      faults,
      changes,
      tasks: taskMade,
      forces: entries('forces', 'force'),
    },
  };
}
