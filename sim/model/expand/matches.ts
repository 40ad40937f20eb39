/** What a term of a policy looks for in a route: blocks with their lengths, paths, and how long these are. */
import type { RouteMatch } from '../scenario-routing.ts';
import type { TermKeys } from '../schema/routing.ts';
import type { Tree } from '../tree.ts';
import { blockOf } from './blocks.ts';
import { lengthsOf } from './cidr.ts';
import { Fields } from './fields.ts';
import { checkSystem } from './systems.ts';
import { leafOf, listOf, numberOf } from './values.ts';
import type { World } from './world.ts';

/** No path is longer: a number of networks that everything is below. */
const LONGEST = 65_535;

interface RangeKeys {
  readonly cidr?: unknown;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** A plain block is that block exactly; with `from` and `to` its parts of these lengths. */
export function withinOf(world: World, tree: Tree | undefined): RouteMatch['within'] {
  return tree ? listOf(tree).flatMap((item) => rangeOf(world, item) ?? []) : null;
}

function rangeOf(world: World, tree: Tree): { cidr: string; from: number; to: number } | null {
  const { context } = world;
  if (tree.is !== 'map') {
    const cidr = blockOf(context, tree);
    return cidr === null ? null : { cidr, from: lengthsOf(cidr).own, to: lengthsOf(cidr).own };
  }
  const range = new Fields<RangeKeys>(world, tree, tree.at);
  const cidr = blockOf(context, range.get('cidr'));
  if (cidr === null) return null;
  const { own, most } = lengthsOf(cidr);
  const limits = { least: own, most, whole: true };
  const from = numberOf(context, range.get('from'), own, limits);
  const to = numberOf(context, range.get('to'), from, limits);
  if (to < from) range.problem('to', `nothing is at least ${from} and at most ${to} long`);
  return { cidr, from, to };
}

/** Each a text: names of systems, `*` for any number of them, `?` for one. */
export function pathsOf(world: World, tree: Tree | undefined): RouteMatch['paths'] {
  if (!tree) return null;
  return listOf(tree).flatMap((item) => {
    const text = leafOf(world.context, item, 'a path such as "* transit *"')?.text.trim();
    if (text === undefined) return [];
    const steps = text.split(/\s+/).filter((step) => step !== '');
    if (steps.length === 0) {
      world.context.problem(item.at, 'a path holds at least one name, * or ?');
      return [];
    }
    for (const step of steps) if (step !== '*' && step !== '?') checkSystem(world, step, item.at);
    return [steps];
  });
}

/** A plain number is that length exactly. */
export function anyLength(world: World, tree: Tree | undefined): RouteMatch['length'] {
  if (!tree) return null;
  const { context } = world;
  const limits = { least: 0, most: LONGEST, whole: true };
  if (tree.is !== 'map') {
    const exactly = numberOf(context, tree, 0, limits);
    return { from: exactly, to: exactly };
  }
  const length = new Fields<Extract<NonNullable<TermKeys['length']>, object>>(world, tree, tree.at);
  const from = numberOf(context, length.get('from'), 0, limits);
  const to = numberOf(context, length.get('to'), LONGEST, limits);
  if (to < from) length.problem('to', `no path has at least ${from} networks and at most ${to}`);
  return { from, to };
}
