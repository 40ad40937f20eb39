/** Prefixes with the sites that announce them, and how much each of these can answer. */
import type { Prefix } from '../scenario.ts';
import type { PrefixKeys } from '../schema/place.ts';
import { shorten } from '../tree.ts';
import { blockOf } from './blocks.ts';
import { communitiesOf } from './communities.ts';
import type { Conditions } from './conditions.ts';
import type { Made } from './entries.ts';
import { checkSource, Fields } from './fields.ts';
import { systemsOf } from './systems.ts';
import { drawOf, numberOf, wordOf } from './values.ts';
import { siteAsks } from './world.ts';

export function buildPrefix(conditions: Conditions, made: Made): Prefix {
  const { world } = conditions;
  const { context } = world;
  const prefix = Fields.of<PrefixKeys>(world, made);
  checkSource(world, prefix.get('source'));
  const whileSo = prefix.get('while');
  return {
    name: made.name,
    cidr: blockOf(context, prefix.get('cidr')),
    count: numberOf(context, prefix.get('count'), 1, { least: 1, whole: true }),
    sites: [...(world.sites.get(made.name) ?? [])].map((site) => ({
      site,
      while: whileSo ? conditions.read(whileSo, siteAsks(world, site)) : null,
    })),
    withdrawAfter: drawOf(context, prefix.get('withdrawAfter')),
    announceAfter: drawOf(context, prefix.get('announceAfter')),
    tail: systemsOf(world, prefix.get('tail')),
    communities: communitiesOf(world, prefix.get('communities'), false),
    traffic: wordOf(context, prefix.get('traffic'), ['here', 'drop', 'on'], 'here'),
    withdrawLag: drawOf(context, prefix.get('withdrawLag')),
    announceLag: drawOf(context, prefix.get('announceLag')),
    ...readRoom(prefix, made.name),
  };
}

/** Who gets no answer asks again: what is lost by too many questions makes more of them, and so a gap is needed (R1). */
function readRoom(prefix: Fields<PrefixKeys>, name: string): Pick<Prefix, 'capacity' | 'recovers'> {
  const { context, drafts, sections } = prefix.world;
  const written = prefix.get('capacity');
  // After a problem no second one follows from what stands in for the number.
  const capacity = written ? numberOf(context, written, Number.NaN, { least: 1 }) : null;
  const below = prefix.get('recovers');
  const recovers = below ? numberOf(context, below, Number.NaN, { least: 1 }) : (capacity ?? 1);
  if (capacity === null) {
    if (below) prefix.problem('recovers', '"recovers" goes with "capacity"');
    return { capacity, recovers };
  }
  if (!below)
    prefix.problem(
      'capacity',
      'what a site does not answer is asked again, so that this feeds on itself: say under `recovers` when it has caught up',
      'without a gap between capacity and recovers it would flicker',
    );
  else if (recovers >= capacity)
    prefix.problem('recovers', `it has caught up below ${recovers}, which must lie under its capacity (${capacity})`);
  else if (recovers === 1)
    prefix.problem('recovers', 'on an ordinary day it is asked once its share: so it would never have caught up');
  const same = drafts.get(name)?.kind === 'resolver' ? 'resolver' : sections.zones.has(name) ? 'zone' : null;
  if (same)
    prefix.problem(
      'capacity',
      `"${shorten(name)}" is a ${same} too, and how much either is asked has one name: queries/${shorten(name)}`,
      'give one of them another name',
    );
  return { capacity, recovers };
}
