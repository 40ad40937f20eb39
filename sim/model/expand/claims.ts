/** What a checkpoint claims about the trace, and in which unit it was seen and is tolerated. */
import { FACTS, type FactKind, rowOf } from '../facts.ts';
import { didYouMean } from '../nearest.ts';
import type { Claim, Counted, NodeKind, NumberFact } from '../scenario.ts';
import type { CheckpointKeys } from '../schema/claims.ts';
import { shorten, type Tree, under } from '../tree.ts';
import { MINUTE } from '../units.ts';
import { BEARERS } from './bearing.ts';
import type { Conditions } from './conditions.ts';
import type { Fields } from './fields.ts';
import { isGlob } from './globs.ts';
import type { Section } from './sections.ts';
import { parseSelector, select } from './selectors.ts';
import { leafOf, listOf, momentOf, spanOf, textOf } from './values.ts';
import { NOBODY, type World } from './world.ts';

/** What `seen` and `accept` are written in; null: the claim is so or not so. */
export type Unit = 'moment' | 'span' | 'number' | null;

/** All kinds of claim, as they are written. */
export const CLAIMS = [
  'first',
  'last',
  'back',
  'lasts',
  'always',
  'holds',
  'never',
  'count',
  'at',
  'lag',
  'order',
  'after',
  'peak',
  'max',
  'ratio',
  'share',
  'gain',
  'ends',
] as const;

export const UNIT: Readonly<Record<Claim['claim'], Unit>> = {
  first: 'moment',
  last: 'moment',
  back: 'moment',
  peak: 'moment',
  lasts: 'span',
  lag: 'span',
  count: 'number',
  max: 'number',
  ratio: 'number',
  share: 'number',
  gain: 'number',
  always: null,
  never: null,
  at: null,
  order: null,
  after: null,
  ends: null,
};

/** Exactly one claim; null if there is none, or after a problem. `ids`: the checkpoints a claim may come after. */
export function readClaim(
  conditions: Conditions,
  entry: Fields<CheckpointKeys>,
  ids: ReadonlySet<string>,
): Claim | null {
  const { world } = conditions;
  const claims = entry.among(...CLAIMS);
  const [name, second] = claims;
  if (second) entry.problem(second, `"${name}" and "${second}" are two claims in one`, 'write two checkpoints');
  if (!name) return null;
  if (entry.has('per') && name !== 'peak') entry.problem('per', '"per" goes with "peak"');
  const tree = entry.get(name) as Tree;
  switch (name) {
    case 'at': {
      const [when, so] = [under(tree, 'when'), under(tree, 'so')];
      const moment = momentOf(world.context, when, world.start);
      return so ? { claim: 'at', of: conditions.read(so, NOBODY), moment: moment ?? 0 } : null;
    }
    case 'lag': {
      const [from, to, more] = listOf(tree);
      if (from && to && !more)
        return { claim: 'lag', from: conditions.read(from, NOBODY), to: conditions.read(to, NOBODY) };
      return say(world, tree, `a lag is between two conditions, found ${listOf(tree).length}`);
    }
    case 'order':
      if (listOf(tree).length < 2) return say(world, tree, 'an order is of two conditions or more');
      return { claim: 'order', of: listOf(tree).map((one) => conditions.read(one, NOBODY)) };
    case 'after':
      return after(conditions, tree, ids);
    case 'peak':
      return peak(world, entry, tree);
    case 'max':
      return { claim: 'max', numbers: numbersOf(world, tree) };
    case 'ratio':
      return { claim: 'ratio', numbers: numbersOf(world, under(tree, 'of') ?? tree), to: 'before' };
    case 'share': {
      const of = countedIn(conditions, tree);
      return of && { claim: 'share', of };
    }
    case 'gain':
      return gain(conditions, tree);
    case 'ends':
      return { claim: 'ends', reason: textOf(tree) as 'quiet' | 'horizon' | 'race' };
    default:
      return { claim: name === 'holds' ? 'always' : name, of: conditions.read(tree, NOBODY) };
  }
}

function say(world: World, tree: Tree, says: string, hint?: string): null {
  world.context.problem(tree.at, says, hint);
  return null;
}

function after(conditions: Conditions, tree: Tree, ids: ReadonlySet<string>): Claim | null {
  const { world } = conditions;
  const [so, checkpoint, within] = [under(tree, 'so'), under(tree, 'checkpoint'), under(tree, 'within')];
  const id = textOf(checkpoint);
  if (checkpoint && id !== null && !ids.has(id))
    say(world, checkpoint, `there is no checkpoint "${shorten(id)}"`, didYouMean(id, ids));
  return so && id !== null
    ? { claim: 'after', of: conditions.read(so, NOBODY), checkpoint: id, within: spanOf(world.context, within) }
    : null;
}

function peak(world: World, entry: Fields<CheckpointKeys>, tree: Tree): Claim | null {
  const facts = leafOf(world.context, tree, 'facts such as route/*/ns-*')?.text;
  if (facts === undefined) return null;
  const kind = facts.split('/')[0] as string;
  if (!Object.hasOwn(FACTS, kind) && !kind.includes('*'))
    say(world, tree, `there is no kind of fact "${shorten(kind)}"`, didYouMean(kind, Object.keys(FACTS)));
  const per = spanOf(world.context, entry.get('per'), MINUTE);
  if (per === 0) entry.problem('per', 'a bin is longer than 0');
  return { claim: 'peak', facts, per };
}

/** A rate by its name, or facts that are numbers: `queries/public`, or the highest of `queries/isp.*`. */
function numbersOf(world: World, tree: Tree): readonly NumberFact[] {
  const { rates, nodes, zones, prefixes, journeys } = world.sections;
  const leaf = leafOf(world.context, tree, 'the name of a rate, or of a fact that is a number');
  if (!leaf) return [];
  const slash = leaf.text.indexOf('/');
  const said = leaf.text.slice(0, Math.max(0, slash));
  const kind = Object.hasOwn(FACTS, said) ? (said as FactKind) : null;
  if (kind !== null && rowOf(kind).domain.is !== 'number') {
    say(world, tree, `${kind} is no number`, 'ask when it is so with first, lasts or count');
    return [];
  }
  const rest = kind === null ? leaf.text : leaf.text.slice(slash + 1);
  const pattern = isGlob(rest) ? `any ${rest}` : rest;
  if (kind === 'stopped')
    return (
      say(world, tree, 'a share is of a journey and its people', 'ask for affected/JOURNEY or troubled/POPULATION') ??
      []
    );
  const where: { readonly [K in FactKind]?: readonly [readonly Section[], readonly NodeKind[]] } = {
    queries: [[nodes, zones, prefixes], ['resolver']],
    load: [[nodes], BEARERS],
    troubled: [[nodes], ['population']],
    affected: [[journeys], []],
  };
  const [sections, kinds] = where[kind ?? 'rate'] ?? [[rates], []];
  const found = select(world, sections, { ...leaf, value: pattern, text: pattern }, NOBODY, kinds);
  return (found?.names ?? []).map((name) => ({ kind: kind ?? 'rate', subjects: [name] }));
}

function gain(conditions: Conditions, tree: Tree): Claim | null {
  const { context, start } = conditions.world;
  const so = under(tree, 'of');
  const [from, to] = [under(tree, 'from'), under(tree, 'to')].map((one) => momentOf(context, one, start) ?? 0);
  const of = so ? countedIn(conditions, so) : null;
  if (!of || from === undefined || to === undefined) return null;
  return from < to ? { claim: 'gain', of, from, to } : say(conditions.world, tree, 'it is gained before it begins');
}

/**
 * What stands under `each` is written out: one condition for every name, weighed by what it stands for. It may stand in several places,
 * and is the same name in all of them.
 */
function countedIn(conditions: Conditions, tree: Tree): readonly Counted[] | null {
  const { world } = conditions;
  const found = eachIn(tree, null);
  const [each] = found;
  if (!each)
    return say(world, tree, 'a share says of what, by "each"', 'such as { route: each ns-*, from: cloudflare }');
  const { sections } = world;
  const sectionOf = ({ key }: { readonly key: string | null }): Section =>
    key === 'route' || key === 'announces'
      ? sections.prefixes
      : key === 'resolves'
        ? sections.zones
        : key === 'carries'
          ? sections.links
          : sections.nodes;
  const section = sectionOf(each);
  const other = found.find((one) => one.leaf.text !== each.leaf.text || sectionOf(one) !== section);
  if (other) return say(world, other.leaf, 'a share is of one "each", found two');
  const { pattern } = parseSelector(each.leaf.text);
  const all = select(world, [section], { ...each.leaf, value: `all ${pattern}`, text: `all ${pattern}` }, NOBODY);
  if (!all) return null;
  return all.names.map(
    (name): Counted => ({
      condition: conditions.read(replaced(tree, new Set(found.map(({ leaf }) => leaf)), name), NOBODY),
      weight: section === sections.prefixes ? (world.counts.get(name) ?? 1) : 1,
    }),
  );
}

type Leaf = Extract<Tree, { is: 'leaf' }>;

function eachIn(tree: Tree, key: string | null): readonly { readonly leaf: Leaf; readonly key: string | null }[] {
  if (tree.is === 'leaf') return parseSelector(tree.text).how === 'each' ? [{ leaf: tree, key }] : [];
  if (tree.is === 'list') return tree.items.flatMap((item) => eachIn(item, null));
  return [...tree.entries].flatMap(([name, { value }]) => eachIn(value, name));
}

function replaced(tree: Tree, leaves: ReadonlySet<Tree>, name: string): Tree {
  if (tree.is === 'leaf') return leaves.has(tree) ? { ...tree, value: name, text: name } : tree;
  if (tree.is === 'list') return { ...tree, items: tree.items.map((item) => replaced(item, leaves, name)) };
  return {
    ...tree,
    entries: new Map(
      [...tree.entries].map(([key, entry]) => [key, { ...entry, value: replaced(entry.value, leaves, name) }]),
    ),
  };
}
