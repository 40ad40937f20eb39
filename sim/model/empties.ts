/** Values that are not there: an unquoted comma or a forgotten value makes them, and only patches mean something by them. */
import type { Context } from './context.ts';
import { type Dict, type Entry, type Origin, shorten, type Tree } from './tree.ts';

/** Where null is a word: it deletes. */
const PATCHES = new Set(['patch', 'without']);

/** The tree without its empty values, each of them reported. */
export function withoutEmpties(root: Dict, context: Context): Dict {
  return cleaned(root, context) as Dict;
}

function cleaned(tree: Tree, context: Context): Tree {
  if (tree.is === 'leaf') return tree;
  if (tree.is === 'list') {
    let changed = false;
    const items: Tree[] = [];
    for (const item of tree.items) {
      if (isEmpty(item)) report(item.at, null, context);
      const kept = isEmpty(item) ? null : cleaned(item, context);
      if (kept) items.push(kept);
      changed ||= kept !== item;
    }
    return changed ? { ...tree, items } : tree;
  }
  let entries: Map<string, Entry> | null = null;
  for (const [key, entry] of tree.entries) {
    const empty = isEmpty(entry.value);
    if (empty) report(entry.at, key, context);
    const value = empty || PATCHES.has(key) ? entry.value : cleaned(entry.value, context);
    if (!empty && value === entry.value) continue;
    entries ??= new Map(tree.entries);
    if (empty) entries.delete(key);
    else entries.set(key, { ...entry, value });
  }
  return entries ? { ...tree, entries } : tree;
}

const isEmpty = (tree: Tree): boolean => tree.is === 'leaf' && tree.value === null;

function report(at: Origin, key: string | null, context: Context): void {
  const text = key !== null && /\s/.test(key);
  const says = key === null ? 'an entry of this list is empty' : `"${shorten(key)}" has no value`;
  const hint = 'if it belongs to the text before it, quote that text: a comma ends it otherwise';
  context.problem(at, says, text ? hint : undefined);
}
