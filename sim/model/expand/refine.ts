/** How entries that speak of the same thing become one: maps merge, lists replace, `x+` and `x-` extend and shorten. */
import { foundOf, type Dict, type Entry, type List, sameTree, type Tree } from '../tree.ts';
import type { Context } from './context.ts';
import { listOf } from './values.ts';

/** What a refinement may not do silently: set what another of its rank sets differently. */
export function mergeRefined(context: Context, base: Dict, over: Dict): Dict {
  const entries = new Map<string, Entry>(base.entries);
  for (const [key, entry] of over.entries) {
    const list = /^(.+)([+-])$/.exec(key);
    if (list) {
      const name = list[1] as string;
      const changed = changeList(context, entries.get(name)?.value, entry, list[2] as '+' | '-');
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

/** A list with these appended (`+`) or without them (`-`); one thing counts as a list of one. */
export function changeList(context: Context, before: Tree | undefined, entry: Entry, sign: '+' | '-'): List | null {
  if (sign === '+') return { is: 'list', at: entry.value.at, items: [...listOf(before), ...listOf(entry.value)] };
  if (!before) {
    context.problem(entry.at, 'there is no list to take this from');
    return null;
  }
  let items = listOf(before);
  for (const gone of listOf(entry.value)) {
    const rest = items.filter((item) => !sameTree(item, gone));
    if (rest.length === items.length) context.problem(gone.at, `the list has no ${foundOf(gone)} to take out`);
    items = rest;
  }
  return { is: 'list', at: before.at, items };
}

/** The first keys that both set, and set differently, with where the second one does. */
export function disagreement(a: Dict, b: Dict): Entry | null {
  for (const [key, entry] of b.entries) {
    const other = a.entries.get(key);
    if (!other || /[+-]$/.test(key)) continue;
    if (other.value.is === 'map' && entry.value.is === 'map') {
      const inner = disagreement(other.value, entry.value);
      if (inner) return inner;
    } else if (!sameTree(other.value, entry.value)) return entry;
  }
  return null;
}
