/** Lists that are extended (`x+`) or shortened (`x-`) rather than replaced. */
import { type Entry, foundOf, type List, type Origin, sameTree, type Tree } from './tree.ts';

/** A thing alone counts as a list of one. */
export const listOf = (tree: Tree | undefined): readonly Tree[] =>
  !tree ? [] : tree.is === 'list' ? tree.items : [tree];

/** The list with these appended (`+`) or without them (`-`); null after a problem. */
export function changeList(
  before: Tree | undefined,
  entry: Entry,
  sign: '+' | '-',
  report: (at: Origin, says: string) => void,
): List | null {
  if (sign === '+') return { is: 'list', at: entry.value.at, items: [...listOf(before), ...listOf(entry.value)] };
  if (!before) {
    report(entry.at, 'there is no list to take this from');
    return null;
  }
  let items = listOf(before);
  for (const gone of listOf(entry.value)) {
    const rest = items.filter((item) => !sameTree(item, gone));
    if (rest.length === items.length) report(gone.at, `the list has no ${foundOf(gone)} to take out`);
    items = rest;
  }
  return { is: 'list', at: before.at, items };
}

/** Where two maps set the same key differently: the keys that lead there, and the entry of the second; null when nowhere. */
export function disagreement(a: Tree, b: Tree): { readonly path: readonly string[]; readonly entry: Entry } | null {
  if (a.is !== 'map' || b.is !== 'map') return null;
  for (const [key, entry] of b.entries) {
    const other = a.entries.get(key);
    if (!other || /[+-]$/.test(key)) continue;
    if (other.value.is === 'map' && entry.value.is === 'map') {
      const inner = disagreement(other.value, entry.value);
      if (inner) return { path: [key, ...inner.path], entry: inner.entry };
    } else if (!sameTree(other.value, entry.value)) return { path: [key], entry };
  }
  return null;
}
