/** Prefixes with the sites that announce them. */
import type { Prefix } from '../scenario.ts';
import type { PrefixKeys } from '../schema/place.ts';
import { checkCidr } from './cidr.ts';
import type { Conditions } from './conditions.ts';
import type { Made } from './entries.ts';
import { checkSource, Fields } from './fields.ts';
import { drawOf, leafOf, numberOf } from './values.ts';
import { siteAsks } from './world.ts';

export function buildPrefix(conditions: Conditions, made: Made): Prefix {
  const { world } = conditions;
  const { context } = world;
  const prefix = Fields.of<PrefixKeys>(world, made);
  checkSource(world, prefix.get('source'));
  const whileSo = prefix.get('while');
  const cidr = prefix.get('cidr');
  const text = cidr ? (leafOf(context, cidr, 'an address block such as 129.134.30.0/24')?.text ?? null) : null;
  const wrong = text === null ? null : checkCidr(text);
  if (wrong) context.problem(prefix.get('cidr')?.at ?? made.at, wrong.says, wrong.hint);
  return {
    name: made.name,
    cidr: text,
    count: numberOf(context, prefix.get('count'), 1, { least: 1, whole: true }),
    sites: [...(world.sites.get(made.name) ?? [])].map((site) => ({
      site,
      while: whileSo ? conditions.read(whileSo, siteAsks(world, site)) : null,
    })),
    withdrawAfter: drawOf(context, prefix.get('withdrawAfter')),
    announceAfter: drawOf(context, prefix.get('announceAfter')),
    withdrawLag: drawOf(context, prefix.get('withdrawLag')),
    announceLag: drawOf(context, prefix.get('announceLag')),
  };
}
