/** Populations: which resolvers they ask, by share, and which journeys they make. */

import type { Context } from '../context.ts';
import { readNumber, Wrong } from '../draws.ts';
import { didYouMean } from '../nearest.ts';
import type { NodeKind } from '../scenario.ts';
import type { NodeKeys } from '../schema/place.ts';
import { aKind, type Dict, type Origin, shorten } from '../tree.ts';
import { byName } from '../units.ts';
import { BEARERS } from './bearing.ts';
import { isGlob } from './globs.ts';
import type { Draft } from './places.ts';
import type { Section } from './sections.ts';
import { listsOf } from './stubs.ts';
import { leafOf, listOf, numberOf } from './values.ts';
import type { Cohort, People } from './world.ts';

export function readPeople(
  context: Context,
  drafts: ReadonlyMap<string, Draft>,
  nodes: Section,
  journeys: Section,
): Map<string, People> {
  const all = new Map<string, People>();
  const populations = [...drafts.values()].filter(({ kind }) => kind === 'population');
  for (const draft of populations.sort((a, b) => byName(a.name, b.name))) {
    const get = (key: keyof NodeKeys) => draft.tree.entries.get(key)?.value;
    const via = get('via');
    const people = get('people');
    const does = new Set<string>();
    for (const item of listOf(get('does'))) {
      const leaf = leafOf(context, item, 'the name of a journey');
      const names = leaf ? journeys.matching(leaf.text, leaf.at) : [];
      if (leaf && names.length === 0)
        context.problem(
          leaf.at,
          `there is no journey "${shorten(leaf.text)}"`,
          didYouMean(leaf.text, journeys.names()),
        );
      context.spend('work', names.length, item.at);
      for (const name of names) does.add(name);
    }
    all.set(draft.name, {
      name: draft.name,
      people: people ? numberOf(context, people, 0, { least: 0 }) : null,
      cohorts: via?.is === 'map' ? cohortsOf(context, via, nodes, drafts) : [{ resolver: null, share: 1 }],
      does: new Set([...does].sort(byName)),
      spill: spillOf(context, draft, nodes, drafts),
    });
  }
  return all;
}

/** Who goes where while troubled: of a pattern each gets that share. */
function spillOf(
  context: Context,
  { tree }: Draft,
  nodes: Section,
  drafts: ReadonlyMap<string, Draft>,
): People['spill'] {
  const written = tree.entries.get('spill');
  if (written?.value.is !== 'map') return [];
  const shares = new Map<string, number>();
  for (const [pattern, { value, at }] of written.value.entries) {
    const names = nodesCalled(context, pattern, at, nodes);
    const wrong = names.find((name) => !BEARERS.includes(drafts.get(name)?.kind as NodeKind));
    if (wrong !== undefined)
      context.problem(at, `${wrong} is ${aKind(drafts.get(wrong)?.kind as string)}, and bears no load of people`);
    const twice = names.find((name) => shares.has(name));
    if (twice !== undefined) context.problem(at, `${twice} has its share already`);
    const share = numberOf(context, value, 0, { least: 0 });
    for (const name of names) shares.set(name, share);
  }
  if (shares.size > 0 && !tree.entries.has('people'))
    context.problem(written.at, 'how many go elsewhere hangs on how many they are', 'say under `people`');
  return [...shares].map(([node, share]) => ({ node, share })).sort((a, b) => byName(a.node, b.node));
}

/** The nodes that a name or pattern means; one that means none is a problem. */
function nodesCalled(context: Context, pattern: string, at: Origin, nodes: Section): readonly string[] {
  const names = nodes.matching(pattern, at);
  if (names.length === 0)
    context.problem(
      at,
      isGlob(pattern) ? `no node matches "${shorten(pattern)}"` : `there is no node "${shorten(pattern)}"`,
      didYouMean(pattern, nodes.names()),
    );
  context.spend('work', names.length, at);
  return names;
}

/** The resolvers that a name or pattern means. */
function resolversCalled(
  context: Context,
  pattern: string,
  at: Origin,
  nodes: Section,
  drafts: ReadonlyMap<string, Draft>,
): readonly string[] {
  const names = nodesCalled(context, pattern, at, nodes);
  const wrong = names.find((name) => drafts.get(name)?.kind !== 'resolver');
  if (wrong !== undefined)
    context.problem(at, `${wrong} is ${aKind(drafts.get(wrong)?.kind as string)}, expected a resolver`);
  return names;
}

/** Shares of the resolvers, or of lists of them; what a pattern matches shares evenly, and `rest` is what the others leave. */
function cohortsOf(context: Context, via: Dict, nodes: Section, drafts: ReadonlyMap<string, Draft>): readonly Cohort[] {
  const shares = new Map<string, number>();
  let sum = 0;
  let rest: ReadonlySet<string> = new Set();
  for (const [pattern, { value, at }] of via.entries) {
    const names = listsOf(pattern, (part) => resolversCalled(context, part, at, nodes, drafts));
    const twice = names.find((name) => shares.has(name) || rest.has(name));
    if (twice !== undefined) context.problem(at, `${twice} has its share already`);
    const leaf = leafOf(context, value, 'a share such as 10%, or rest');
    if (leaf?.text === 'rest') {
      if (rest.size > 0) context.problem(value.at, 'only one may have the rest');
      rest = new Set(names);
      continue;
    }
    const share = leaf ? readNumber(leaf.text) : 0;
    if (share instanceof Wrong || share < 0 || share > 1) {
      context.problem(value.at, `expected a share from 0% to 100%, or rest, found "${shorten(leaf?.text ?? '')}"`);
      continue;
    }
    sum += share;
    for (const name of names) shares.set(name, share / names.length);
  }
  if (sum > 1 + 1e-9 || (rest.size === 0 && sum < 1 - 1e-9)) {
    context.problem(
      via.at,
      `the shares add up to ${Number((sum * 100).toPrecision(9))}%, not to 100%`,
      sum < 1 ? 'write `rest` for one of them' : undefined,
    );
  }
  for (const name of rest) shares.set(name, Math.max(0, 1 - sum) / rest.size);
  return [...shares].map(([resolver, share]) => ({ resolver, share })).sort((a, b) => byName(a.resolver, b.resolver));
}
