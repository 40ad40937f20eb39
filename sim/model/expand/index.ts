/** From the written scenario to the expanded one: every name written out, every question concrete, every problem said. */

import type { Context } from '../context.ts';
import { readSpan, Wrong } from '../draws.ts';
import type { Scenario, Task } from '../scenario.ts';
import { type Dict, shorten, type Tree, under } from '../tree.ts';
import { byName, type Ms, parseDateTime } from '../units.ts';
import { checkAnnouncements } from './announcements.ts';
import { buildAuthorisation } from './authorisations.ts';
import { buildChange } from './changes.ts';
import { buildCheckpoint, buildExpectation } from './checkpoints.ts';
import { Conditions } from './conditions.ts';
import { withEnds } from './ends.ts';
import { type Made, makeEntries } from './entries.ts';
import { buildFault } from './faults.ts';
import { checkSource } from './fields.ts';
import { cutDown, usualOf } from './internet.ts';
import { buildJourneys } from './journeys.ts';
import { buildNode } from './nodes.ts';
import { Policies } from './policies.ts';
import { checkPower } from './power.ts';
import { buildPrefix } from './prefixes.ts';
import { buildCaption, checkRequirements, readParameters, readSources, readVariants } from './provenance.ts';
import { buildForce, buildRate } from './rates.ts';
import { checkRings } from './rings.ts';
import { checkRoundTrips } from './round-trips.ts';
import { buildTask } from './tasks.ts';
import { Texts } from './texts.ts';
import { titlesOf } from './titles.ts';
import { checkChains } from './trust.ts';
import { textOf } from './values.ts';
import { readWheres } from './wheres.ts';
import { type Parts, worldOf } from './world-of.ts';
import { buildZone, checkZones } from './zones.ts';

/** `written`: the document before anything was merged in. After problems the result is of no use. */
export function expand(context: Context, root: Dict, variant: string | null, written: Dict): Omit<Scenario, 'written'> {
  const section = (key: string): Dict | undefined => {
    const value = under(root, key);
    return value?.is === 'map' ? value : undefined;
  };
  const sources = readSources(section('sources'));
  const parameters = readParameters(context, section('parameters'), sources);
  const values = new Map(
    [...(section('parameters')?.entries ?? [])].flatMap(([name, { value }]): [string, Tree][] => {
      const written = under(value, 'value');
      return written ? [[name, written]] : [];
    }),
  );
  const texts = new Texts(context, values);
  for (const [name, value] of values) texts.parameter(name, value.at);
  checkRequirements(context, texts, section('require'));
  const clock = readClock(context, texts, section('clock'));
  const { world, parts } = worldOf(context, texts, root, clock, written);
  const conditions = new Conditions(world);
  for (const { tree } of [...parts.linkEntries, ...world.journeys.values()]) checkSource(world, under(tree, 'source'));
  checkSource(world, under(section('internet'), 'source'));
  for (const key of ['variants', 'require']) {
    for (const { value } of section(key)?.entries.values() ?? []) checkSource(world, under(value, 'source'));
  }
  checkId(context, under(root, 'id'));
  const told = (key: string, from: Dict | undefined) => makeEntries(context, texts, from, key);
  const checkpoints = told('checkpoint', section('checkpoints'));
  const chosen = variant === null ? undefined : under(section('variants'), variant);
  const expect = under(chosen, 'expect');
  const expectations = told('expectation', expect?.is === 'map' ? expect : undefined);
  const ids = new Set([...checkpoints.keys(), ...expectations.keys()]);
  // Before the nodes are made: a claim about each of very many of them is the cheapest way to ask for too much.
  const claims = {
    checkpoints: inFileOrder(checkpoints, section('checkpoints'), (one) => buildCheckpoint(conditions, one, ids)),
    expectations: inFileOrder(expectations, expect, (one) => buildExpectation(conditions, one, ids)),
    story: [
      ...inFileOrder(told('caption', section('story')), section('story'), (one) =>
        buildCaption(conditions, one),
      ).values(),
    ],
  };
  const made = build(conditions, parts);
  for (const name of world.conditions.keys()) conditions.checkUnused(name);
  return {
    id: textOf(under(root, 'id')) ?? '',
    title: textOf(under(root, 'title')) ?? '',
    ...clock,
    variant,
    sources,
    parameters,
    variants: readVariants(section('variants')),
    ...made,
    titles: titlesOf(parts),
    ...claims,
  };
}

function checkId(context: Context, id: Tree | undefined): void {
  const text = textOf(id);
  if (!id || text === null || /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)) return;
  const kebab = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const says = `an id is of small letters, digits and single hyphens, found "${shorten(text)}"`;
  context.problem(id.at, says, kebab === '' ? undefined : `write ${shorten(kebab)}`);
}

type Built = Pick<
  Scenario,
  | 'nodes'
  | 'places'
  | 'wheres'
  | 'links'
  | 'internet'
  | 'prefixes'
  | 'policies'
  | 'authorisations'
  | 'zones'
  | 'faults'
  | 'changes'
  | 'tasks'
  | 'journeys'
  | 'rates'
  | 'forces'
>;

/** By name, so that the order of the file does not matter. */
function build(conditions: Conditions, parts: Parts): Built {
  const { world } = conditions;
  const each = <M extends { readonly name: string }, T>(
    made: Iterable<M>,
    of: (one: M) => T | null,
  ): Map<string, T> => {
    const found = new Map<string, T>();
    for (const one of [...made].sort((a, b) => byName(a.name, b.name))) {
      const built = of(one);
      if (built !== null) found.set(one.name, built);
    }
    return found;
  };
  const nodes = each(world.drafts.values(), (draft) => buildNode(conditions, draft));
  checkPower(world, nodes);
  const zones = each(parts.zones.values(), (made) => buildZone(world, made));
  checkZones(world, zones, parts.zones);
  checkRoundTrips(world, nodes, zones);
  const tasks = parts.tasks.flatMap((task) => buildTask(conditions, task)).sort((a, b) => byName(a.name, b.name));
  const forces = each(parts.forces.values(), (made) => buildForce(conditions, made));
  const named = new Map(tasks.map((task): [string, Task] => [task.name, task]));
  checkRings(world.context, named, parts.tasks, forces.values());
  const applied = new Set(tasks.flatMap((task) => task.applies));
  const policies = new Policies(conditions, parts.policies);
  const sorted = new Map([...parts.links].sort(([a], [b]) => byName(a, b)));
  const links = withEnds(world, policies, sorted, parts.linkEnds, (node) => usualOf(parts.internet, node));
  const prefixes = each(parts.prefixes.values(), (made) => buildPrefix(conditions, made));
  checkAnnouncements(world, prefixes, parts.prefixes);
  const changes = each(parts.changes.values(), (made) => buildChange(conditions, made, applied, links));
  checkChains(world, zones, parts.zones, changes, parts.changes);
  return {
    nodes,
    wheres: readWheres(world, parts.map.values()),
    places: new Map([
      ...[...parts.linkEnds].map(([name, { at }]) => [name, at.source.place(at.offset)] as const),
      ...[...parts.prefixes.values(), ...world.drafts.values()].map(
        ({ name, at }) => [name, at.source.place(at.offset)] as const,
      ),
    ]),
    links,
    internet: parts.internet && cutDown(world, policies, parts.internet, links, prefixes),
    prefixes,
    policies: policies.all(),
    authorisations: each(parts.authorisations.values(), (made) => buildAuthorisation(world, made)),
    zones,
    faults: each(parts.faults.values(), (made) => buildFault(conditions, made, links)),
    changes,
    tasks: named,
    journeys: buildJourneys(conditions).sort(
      (a, b) =>
        byName(a.population, b.population) || byName(a.name, b.name) || byName(a.resolver ?? '', b.resolver ?? ''),
    ),
    rates: each(world.rates.values(), (made) => buildRate(conditions, made)),
    forces,
  };
}

/** What is told to people keeps the order it was written in. */
function inFileOrder<T>(
  made: ReadonlyMap<string, Made>,
  written: Tree | undefined,
  of: (made: Made) => T,
): Map<string, T> {
  const order = new Map(written?.is === 'map' ? [...written.entries.values()].map((entry, i) => [entry.at, i]) : []);
  const sorted = [...made.values()].sort(
    (a, b) => (order.get(a.at) ?? 0) - (order.get(b.at) ?? 0) || byName(a.name, b.name),
  );
  return new Map(sorted.map((one) => [one.name, of(one)]));
}

function readClock(context: Context, texts: Texts, clock: Dict | undefined): { start: number; run: Ms } {
  const read = (key: string) => {
    const tree = under(clock, key);
    return tree && texts.fill(tree);
  };
  const [start, run] = [read('start'), read('run')];
  const epoch = start ? parseDateTime(textOf(start) ?? '') : null;
  if (start && epoch === null)
    context.problem(
      start.at,
      `expected a date-time with zone such as 2021-10-04T15:30:00Z, found "${textOf(start) ?? ''}"`,
    );
  const lasts = run ? readSpan(textOf(run) ?? '') : 0;
  if (run && lasts instanceof Wrong) context.problem(run.at, lasts.says, lasts.hint);
  else if (run && lasts === 0) context.problem(run.at, 'a run lasts longer than 0');
  return { start: epoch ?? 0, run: lasts instanceof Wrong ? 0 : lasts };
}
