/** Zones: the nameservers that answer for them, who delegates them, and which other zones an answer needs. */
import type { Zone } from '../scenario.ts';
import { ADDRESS_TYPES } from '../scenario-names.ts';
import type { ZoneKeys } from '../schema/place.ts';
import { shorten } from '../tree.ts';
import type { Made } from './entries.ts';
import { checkSource, Fields } from './fields.ts';
import { select, targets } from './selectors.ts';
import { flagOf, listOf, numberOf, spanOf, wordOf } from './values.ts';
import { NOBODY, type World } from './world.ts';

/** Keys that name another zone without which this one does not resolve. */
const HANGS_ON = ['under', 'serversIn', 'cname'] as const;

export function buildZone(world: World, made: Made): Zone {
  const { context } = world;
  const zone = Fields.of<ZoneKeys>(world, made);
  checkSource(world, zone.get('source'));
  const servers = zone.need('nameservers', 'say who answers for this zone');
  const other = (key: (typeof HANGS_ON)[number]): string | null => {
    const written = zone.get(key);
    return (written && select(world, [world.sections.zones], written, NOBODY)?.names[0]) ?? null;
  };
  const load = zone.get('load');
  const ds = zone.get('ds');
  if (ds && !zone.has('under'))
    zone.problem('ds', 'a DS record stands in the zone above, and there is none', 'say which under `under`');
  return {
    name: made.name,
    nameservers: targets(world, [world.sections.nodes], servers, ['nameserver']),
    ttl: spanOf(context, zone.need('ttl', 'say how long resolvers keep an answer')),
    negativeTtl: spanOf(context, zone.get('negativeTtl')),
    under: other('under'),
    serversIn: other('serversIn'),
    cname: other('cname'),
    signed: flagOf(context, zone.get('signed')),
    ds: ds ? spanOf(context, ds) : null,
    records: zone.has('records')
      ? listOf(zone.get('records')).map((type) => wordOf(context, type, ADDRESS_TYPES, 'a'))
      : ADDRESS_TYPES,
    load: load ? numberOf(context, load, 1, { least: 0.001 }) : null,
  };
}

/** Zones that hang on each other in a circle never resolve: there is no name to begin with. */
export function checkZones(world: World, zones: ReadonlyMap<string, Zone>, made: ReadonlyMap<string, Made>): void {
  const done = new Set<string>();
  const open: string[] = [];
  const walk = (name: string): void => {
    const zone = zones.get(name);
    if (!zone || done.has(name)) return;
    if (open.includes(name)) {
      const circle = [...open.slice(open.indexOf(name)), name];
      world.context.problem(
        (made.get(name) as Made).at,
        `these zones need each other to be found: ${shorten(circle.join(' → '))}`,
        'let a parent tell the addresses of one of them, without serversIn',
      );
      return;
    }
    open.push(name);
    for (const key of HANGS_ON) {
      const next = zone[key];
      if (next !== null) walk(next);
    }
    open.pop();
    done.add(name);
  };
  for (const name of zones.keys()) walk(name);
}
