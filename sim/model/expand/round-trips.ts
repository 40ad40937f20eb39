/** Round-trip times that a resolver has measured: which nameserver is how far, said by name, by braces or by glob. */
import type { Node, Resolver, Zone } from '../scenario.ts';
import type { NodeKeys } from '../schema/place.ts';
import { byName, type Ms } from '../units.ts';
import { hasBraces } from './braces.ts';
import { Fields } from './fields.ts';
import { isGlob } from './globs.ts';
import { targets } from './selectors.ts';
import { spanOf } from './values.ts';
import type { World } from './world.ts';

/** A plain name outranks braces, and those a glob. */
const rankOf = (pattern: string): number => (isGlob(pattern) ? 0 : hasBraces(pattern) ? 1 : 2);

/** `retry`: how long it waits for one nameserver, and `timeout` for all; 0: nobody says. */
export function readRoundTrips(
  node: Fields<NodeKeys>,
  { retry, timeout }: Pick<Resolver, 'retry' | 'timeout'>,
): Pick<Resolver, 'rtt' | 'band'> {
  const { world } = node;
  const [waits, where] = retry > 0 ? [retry, '`retry`, or `first` of `backoff`'] : [timeout, '`timeout`'];
  const rtt = new Map<string, Ms>();
  const entries = [...(node.inner('rtt')?.entries ?? [])].sort(([a], [b]) => rankOf(a) - rankOf(b) || byName(a, b));
  for (const [pattern, { at, value }] of entries) {
    const time = spanOf(world.context, value);
    if (waits > 0 && time >= waits)
      world.context.problem(
        at,
        'it waits less long for a nameserver than this one takes, and would not hear it',
        `wait longer: under ${where}`,
      );
    const leaf = { is: 'leaf', at, value: pattern, text: pattern } as const;
    for (const name of targets(world, [world.sections.nodes], leaf, ['nameserver'])) rtt.set(name, time);
  }
  if (node.has('band') && !node.has('rtt'))
    node.problem('band', 'which nameserver is slower goes by round-trip times', 'say them under `rtt`');
  return { rtt, band: spanOf(world.context, node.get('band')) };
}

/** Whom it asks first of the servers of a zone goes by the times of all of them. */
export function checkRoundTrips(
  world: World,
  nodes: ReadonlyMap<string, Node>,
  zones: ReadonlyMap<string, Zone>,
): void {
  for (const { name, resolver } of nodes.values()) {
    const known = resolver?.rtt;
    const draft = world.drafts.get(name);
    if (!known || known.size === 0 || !draft) continue;
    const place = Fields.of<NodeKeys>(world, draft).place('rtt');
    for (const zone of zones.values()) {
      world.context.spend('work', zone.nameservers.length, place);
      const unknown = zone.nameservers.find((server) => !known.has(server));
      if (unknown !== undefined && zone.nameservers.some((server) => known.has(server)))
        world.context.problem(
          place,
          `of the nameservers of ${zone.name} nothing says how far ${unknown} is`,
          'say it of all of them, or of none',
        );
    }
  }
}
