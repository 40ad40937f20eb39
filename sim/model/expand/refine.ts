/** How entries that speak of the same thing become one: maps merge, lists replace, `x+` and `x-` extend and shorten. */

import type { Context } from '../context.ts';
import { changeList } from '../lists.ts';
import type { Dict, Entry } from '../tree.ts';

export function mergeRefined(context: Context, base: Dict, over: Dict): Dict {
  context.spend('work', base.entries.size + over.entries.size, over.at);
  const entries = new Map<string, Entry>(base.entries);
  for (const [key, entry] of over.entries) {
    const list = /^(.+)([+-])$/.exec(key);
    if (list) {
      const name = list[1] as string;
      const changed = changeList(entries.get(name)?.value, entry, list[2] as '+' | '-', (at, says) =>
        context.problem(at, says),
      );
      if (changed) entries.set(name, { at: entry.at, value: changed });
      continue;
    }
    const before = entries.get(key);
    if (before?.value.is === 'map' && entry.value.is === 'map') {
      entries.set(key, { at: entry.at, value: mergeRefined(context, before.value, entry.value) });
    } else entries.set(key, entry);
  }
  return { is: 'map', at: over.at, entries };
}
