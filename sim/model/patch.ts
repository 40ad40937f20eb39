/** Patches (RFC 7396) on trees that keep their places: maps merge, null deletes, `x+` and `x-` extend and shorten a list. */

import type { Context } from './context.ts';
import { changeList } from './lists.ts';
import { didYouMean } from './nearest.ts';
import type { Dict, Entry, Tree } from './tree.ts';

/** The target with the patch merged in; what the patch cannot do is a problem at its place. */
export function applyPatch(target: Dict, patch: Dict, context: Context): Dict {
  const report = (at: Entry['at'], says: string, hint?: string) => context.problem(at, says, hint);
  context.spend('work', target.entries.size + patch.entries.size, patch.at);
  const entries = new Map<string, Entry>(target.entries);
  for (const [key, entry] of patch.entries) {
    const { value } = entry;
    const before = entries.get(key);
    if (value.is === 'leaf' && value.value === null) {
      if (!entries.delete(key))
        report(entry.at, `there is no "${key}" here to delete`, didYouMean(key, target.entries.keys()));
      continue;
    }
    const list = /^(.+)([+-])$/.exec(key);
    const grown = list && entries.get(list[1] as string);
    if (list && grown) {
      const changed = changeList(grown.value, entry, list[2] as '+' | '-', report);
      if (changed) entries.set(list[1] as string, { at: grown.at, value: changed });
    } else if (value.is !== 'map') entries.set(key, entry);
    // A new map is merged into nothing: it may hold no null.
    else
      entries.set(key, {
        at: before?.at ?? entry.at,
        value: applyPatch(before?.value.is === 'map' ? before.value : emptyAt(value), value, context),
      });
  }
  return { is: 'map', at: target.at, entries };
}

const emptyAt = ({ at }: Tree): Dict => ({ is: 'map', at, entries: new Map() });
