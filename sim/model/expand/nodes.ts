/** Nodes, with what they need to run, to begin, and to be well. */
import { didYouMean } from '../nearest.ts';
import type { Clause, Condition, Node } from '../scenario.ts';
import type { NodeKeys } from '../schema/place.ts';
import { shorten, type Tree } from '../tree.ts';
import { byName } from '../units.ts';
import { readBearing, strained } from './bearing.ts';
import { channelsOf } from './channels.ts';
import type { Conditions } from './conditions.ts';
import { saidBy } from './ends.ts';
import { checkSource, Fields } from './fields.ts';
import { readNeeds } from './needs.ts';
import { checkKeys } from './node-keys.ts';
import type { Draft } from './places.ts';
import { readResolver } from './resolvers.ts';
import { select } from './selectors.ts';
import { drawOf, flagOf, leafOf, listOf, NOW, numberOf, spanOf } from './values.ts';
import { type Asker, askerOf, NOBODY, type World } from './world.ts';

export function buildNode(conditions: Conditions, draft: Draft): Node {
  const { world } = conditions;
  const { context } = world;
  const asker = askerOf(world, draft.name);
  const node = Fields.of<NodeKeys>(world, draft);
  checkKeys(node, draft);
  checkSource(world, node.get('source'));
  // Read again where teams are needed together: what is wrong is said here, even if they never are.
  if (draft.kind === 'team') channelsOf(world, draft);
  const watches = node.get('watches');
  const memory = node.get('failureCache');
  const failureCache = memory ? drawOf(context, memory) : null;
  const people = node.get('people');
  const asn = node.get('asn');
  const bearing = readBearing(node, draft);
  const { need, wish } = strained(conditions, node, draft.name, bearing);
  const { needs, starts, alone } = readNeeds(conditions, node, asker);
  return {
    name: draft.name,
    kind: draft.kind,
    title: node.text('title'),
    role: node.text('role'),
    place: draft.place,
    group: draft.group,
    network: draft.network,
    asn: asn ? numberOf(context, asn, 0, { least: 0, most: 4294967295, whole: true }) : null,
    prepend: numberOf(context, node.get('prepend'), 0, { least: 0, most: 100, whole: true }),
    prefer: listOf(node.get('prefer')).flatMap((path) => pathOf(conditions.world, path)),
    roles: flagOf(context, saidBy(world, draft.name, 'roles')),
    needs: need ? [...needs, need] : needs,
    starts,
    alone,
    wants: whole(conditions, node.get('wants'), asker, wish),
    startTakes: drawOf(context, node.get('startTakes')),
    standby: flagOf(context, node.get('standby')),
    prefixes: prefixesOf(node),
    failureCache,
    serveStale: spanOf(context, node.get('serveStale')),
    resolver: draft.kind === 'resolver' ? readResolver(node, failureCache) : null,
    watches: watches
      ? { condition: conditions.read(watches, asker), downAfter: NOW, upAfter: drawOf(context, node.get('after')) }
      : null,
    size: numberOf(context, node.get('size'), 1, { least: 1, whole: true }),
    people: people ? numberOf(context, people, 0, { least: 0 }) : null,
    via:
      world.people
        .get(draft.name)
        ?.cohorts.flatMap(({ resolver, share }) => (resolver === null ? [] : [{ resolver, share }])) ?? [],
    spill: world.people.get(draft.name)?.spill ?? [],
    bearing,
  };
}

function whole(
  conditions: Conditions,
  tree: Tree | undefined,
  asker: Asker,
  more: Condition | null = null,
): Clause | null {
  const read = [...listOf(tree).map((part) => conditions.read(part, asker)), ...(more ? [more] : [])];
  if (read.length === 0) return null;
  return { condition: read.length === 1 ? (read[0] as Condition) : { all: read }, downAfter: NOW, upAfter: NOW };
}

/** A path as written: the names of networks, or of sites that belong to none. */
function pathOf(world: World, tree: Tree): readonly (readonly string[])[] {
  const text = leafOf(world.context, tree, 'a path such as "transit meta"')?.text;
  const names = text?.split(/\s+/).filter((name) => name !== '') ?? [];
  for (const name of names)
    if (!world.drafts.has(name))
      world.context.problem(tree.at, `there is no network "${shorten(name)}"`, didYouMean(name, world.drafts.keys()));
  return names.length > 0 ? [names] : [];
}

function prefixesOf(node: Fields<NodeKeys>): readonly string[] {
  const { world } = node;
  const named = listOf(node.get('prefix')).flatMap((written) =>
    leafOf(world.context, written, 'the name of a prefix')
      ? (select(world, [world.sections.prefixes], written, NOBODY)?.names.slice(0, 1) ?? [])
      : [],
  );
  return [...new Set(named)].sort(byName);
}
