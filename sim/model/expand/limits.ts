/** Limits on how many prefixes an end takes over a session, and what is done at their sessions by hand. */
import { shuts } from '../limits.ts';
import type { Effect, Link } from '../scenario.ts';
import type { PrefixLimit } from '../scenario-routing.ts';
import type { LimitKeys } from '../schema/routing.ts';
import type { Tree } from '../tree.ts';
import { Fields } from './fields.ts';
import { numberOf, spanOf, textOf, wordOf } from './values.ts';
import type { World } from './world.ts';

const THENS = ['warn', 'shut'] as const;

export function limitOf(world: World, tree: Tree | undefined): PrefixLimit | null {
  if (!tree) return null;
  const { context } = world;
  const limit = new Fields<LimitKeys>(world, tree, tree.at);
  const then = wordOf(context, limit.get('then'), THENS, 'shut');
  const restart = limit.get('restart');
  if (restart && then === 'warn')
    limit.problem('restart', 'a limit that warns leaves the session up: there is nothing to try again');
  const span = restart && textOf(restart) !== 'never' ? spanOf(context, restart, 1) : null;
  if (span === 0)
    limit.problem('restart', 'a session is not tried again in the moment in which it is shut', 'say a time, or never');
  return {
    prefixes: numberOf(context, limit.need('prefixes', 'say how many are too many'), 1, { least: 1, whole: true }),
    then,
    restart: span,
  };
}

/** What is wrong with whom a change or fault is aimed at, as a sentence: who has no session cannot be silent in one. */
export function misses(
  world: World,
  effect: Effect,
  names: readonly string[],
  links: ReadonlyMap<string, Link>,
): string | null {
  if (effect.setting === 'mute') {
    const speaks = (name: string): boolean =>
      world.ends.has(name) || [...world.sites.values()].some((sites) => sites.has(name));
    const other = names.find((name) => !speaks(name));
    return other === undefined ? null : `${other} has no session and announces nothing: it has nobody to be silent to`;
  }
  if (effect.setting !== 'start') return null;
  const other = names.find((name) => {
    const link = links.get(name);
    return link !== undefined && !shuts(link);
  });
  return other === undefined ? null : `no limit ever shuts ${other}: there is nothing to start`;
}
