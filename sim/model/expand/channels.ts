/** How teams that are needed together talk: over a channel that all of them use, unless they stand in one place. */
import type { Condition } from '../scenario.ts';
import type { NodeKeys } from '../schema/place.ts';
import { type Origin, under } from '../tree.ts';
import type { Conditions } from './conditions.ts';
import type { Draft } from './places.ts';
import { targets } from './selectors.ts';
import { textOf } from './values.ts';
import type { World } from './world.ts';

/** Everything a team uses to talk to others, by name; null: it does not say, and is within reach of everybody. */
export function channelsOf(world: World, { tree }: Pick<Draft, 'tree'>): readonly string[] | null {
  const written = under(tree, 'talks' satisfies keyof NodeKeys);
  return written ? targets(world, [world.sections.nodes], written) : null;
}

/** Teams of one place, who speak for each other. */
interface Party {
  readonly teams: readonly string[];
  /** What any of them uses; null: they are within reach of everybody. */
  readonly channels: ReadonlySet<string> | null;
}

/**
 * That these teams can work together: one channel which all use is up. null when they need none: one team, teams of one place, or
 * teams of which none says what it talks over. No channel in common is a problem of the author, told at `at`.
 */
export function channelBetween(conditions: Conditions, teams: readonly string[], at: Origin): Condition | null {
  const { world } = conditions;
  const parties = partiesOf(world, teams);
  const [first, ...others] = parties.flatMap(({ channels }) => (channels ? [channels] : []));
  if (!first || parties.length < 2) return null;
  const common = [...first].filter((channel) => others.every((channels) => channels.has(channel)));
  const who = listed(
    parties.flatMap((party) => party.teams),
    'and',
  );
  if (common.length === 0) {
    const each = parties.flatMap((party) =>
      party.channels ? [`${party.teams.join(' and ')}: ${[...party.channels].join(', ') || 'nothing'}`] : [],
    );
    const hint = `give them one under \`talks\` (${each.join('; ')}), or let them stand in one place`;
    return conditions.wrong(at, `${who} are needed together, and no channel is used by all of them`, hint);
  }
  const called = `${listed(
    common.map((name) => textOf(under(world.drafts.get(name)?.tree, 'title')) ?? name),
    'or',
  )} between ${who}`;
  const ups = common.map((channel) => conditions.ask('up', [channel], at));
  return ups.length === 1 ? { called, ...(ups[0] as Condition) } : { called, any: ups };
}

function partiesOf(world: World, teams: readonly string[]): readonly Party[] {
  const groups = new Map<string, string[]>();
  for (const team of new Set(teams)) {
    const place = world.drafts.get(team)?.place ?? null;
    // A space is in no name: who stands nowhere stands with nobody.
    const key = place ?? ` ${team}`;
    groups.set(key, [...(groups.get(key) ?? []), team]);
  }
  return [...groups.values()].map((together): Party => {
    const each = together.map((team) => {
      const draft = world.drafts.get(team);
      return draft ? channelsOf(world, draft) : null;
    });
    const known = each.filter((channels) => channels !== null);
    return { teams: together, channels: known.length < each.length ? null : new Set(known.flat()) };
  });
}

const listed = (names: readonly string[], word: string): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
