/** Announcements beside each other: those of one block compete, and those of wider ones take over. */
import { covers } from '../blocks.ts';
import type { Prefix } from '../scenario.ts';
import { entryOf, type Origin } from '../tree.ts';
import { byName } from '../units.ts';
import { bitsOf } from './cidr.ts';
import type { Made } from './entries.ts';
import type { World } from './world.ts';

export function checkAnnouncements(
  world: World,
  prefixes: ReadonlyMap<string, Prefix>,
  made: ReadonlyMap<string, Made>,
): void {
  const { context } = world;
  const placeOf = ({ name }: Prefix, key: string): Origin => {
    const entry = made.get(name) as Made;
    return entryOf(entry.tree, key)?.at ?? entry.at;
  };
  const byBlock = new Map<string, Prefix[]>();
  for (const prefix of prefixes.values()) {
    const bits = prefix.cidr === null ? null : bitsOf(prefix.cidr);
    if (bits !== null) byBlock.set(bits, [...(byBlock.get(bits) ?? []), prefix]);
  }
  for (const rivals of byBlock.values()) {
    const first = new Map<string, string>();
    for (const prefix of [...rivals].sort((a, b) => byName(a.name, b.name))) {
      const twice = prefix.sites.find(({ site }) => first.has(site))?.site;
      if (twice !== undefined)
        context.problem(
          placeOf(prefix, 'from'),
          `${twice} announces ${prefix.cidr} already, as "${first.get(twice)}"`,
          'a site announces a block once',
        );
      for (const { site } of prefix.sites) if (!first.has(site)) first.set(site, prefix.name);
    }
  }
  for (const prefix of prefixes.values())
    if (prefix.traffic === 'on' && !hasWider(prefix, prefixes))
      context.problem(
        placeOf(prefix, 'traffic'),
        `traffic goes on by the next wider block, and ${prefix.cidr ? `there is none around ${prefix.cidr}` : 'this has no block'}`,
        prefix.cidr ? 'announce a wider one, or say here or drop' : 'say which under `cidr`',
      );
}

const hasWider = ({ cidr }: Prefix, prefixes: ReadonlyMap<string, Prefix>): boolean =>
  cidr !== null &&
  [...prefixes.values()].some((other) => other.cidr !== null && covers(other.cidr, cidr) && !covers(cidr, other.cidr));
