/** Where nodes are on the map: what the section says, and for all else the place it stands in. */

import { didYouMean } from '../nearest.ts';
import type { Where } from '../scenario.ts';
import type { MapKeys } from '../schema/map.ts';
import { shorten } from '../tree.ts';
import type { Made } from './entries.ts';
import { checkSource, Fields } from './fields.ts';
import { leafOf } from './values.ts';
import type { World } from './world.ts';

const POINT = /^(-?\d{1,2}(?:\.\d+)?)[ ,]+(-?\d{1,3}(?:\.\d+)?)$/;
const EXPECTED = 'degrees north and east such as "52.31 4.76"';

/** By node, those alone that the section names. */
export function readWheres(world: World, entries: Iterable<Made>): ReadonlyMap<string, Where> {
  const { context, sections } = world;
  const found = new Map<string, Where>();
  for (const made of entries) {
    const entry = Fields.of<MapKeys>(world, made);
    checkSource(world, entry.get('source'));
    const at = entry.need('at', 'say where which nodes are');
    if (at?.is !== 'map') continue;
    for (const [pattern, { at: origin, value }] of at.entries) {
      const leaf = leafOf(context, value, EXPECTED);
      const where = leaf && pointOf(leaf.text);
      if (leaf && !where) context.problem(leaf.at, `expected ${EXPECTED}, found "${shorten(leaf.text)}"`, RANGE);
      const names = sections.nodes.matching(pattern, origin);
      if (names.length === 0 && !sections.nodes.isWrong(pattern))
        context.problem(origin, `there is no node "${shorten(pattern)}"`, didYouMean(pattern, sections.nodes.names()));
      for (const name of where ? names : []) {
        if (found.has(name)) context.problem(origin, `${shorten(name)} is somewhere else already`);
        else found.set(name, where as Where);
      }
    }
  }
  return found;
}

const RANGE = 'north is from -90 to 90, east from -180 to 180';

function pointOf(text: string): Where | null {
  const [, north, east] = (POINT.exec(text.trim()) ?? []).map(Number);
  if (north === undefined || east === undefined || Math.abs(north) > 90 || Math.abs(east) > 180) return null;
  return { north, east };
}
