/** Prefixes with the sites that announce them, and zones with the nameservers that answer for them. */
import type { Prefix, Zone } from '../scenario.ts';
import type { PrefixKeys, ZoneKeys } from '../schema/place.ts';
import { checkCidr } from './cidr.ts';
import type { Conditions } from './conditions.ts';
import type { Made } from './entries.ts';
import { checkSource, Fields } from './fields.ts';
import { targets } from './selectors.ts';
import { drawOf, leafOf, numberOf, spanOf } from './values.ts';
import { siteAsks, type World } from './world.ts';

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

export function buildZone(world: World, made: Made): Zone {
  const zone = Fields.of<ZoneKeys>(world, made);
  checkSource(world, zone.get('source'));
  const servers = zone.need('nameservers', 'say who answers for this zone');
  return {
    name: made.name,
    nameservers: targets(world, [world.sections.nodes], servers, ['nameserver']),
    ttl: spanOf(world.context, zone.need('ttl', 'say how long resolvers keep an answer')),
  };
}
