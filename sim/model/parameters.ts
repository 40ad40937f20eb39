/** Which parameters a document mentions: one that nothing uses is a mistake. */

import type { Context } from './context.ts';
import { globMatcher } from './expand/globs.ts';
import { type Dict, type Entry, type Tree, under } from './tree.ts';

/** A name, in which captures may stand: `$people-$1`. */
const MENTION = /\$([A-Za-z](?:[A-Za-z0-9_]|\$\d+|-(?=[A-Za-z0-9]|\$\d))*)/g;
/** With more patterns than this, any name may be meant. */
const MOST_PATTERNS = 1000;

export function checkUnused(root: Dict, context: Context): void {
  for (const [name, { at }] of unusedParameters(root))
    context.problem(at, `nothing uses the parameter "${name}"`, `write $${name} where it belongs, or take it out`);
}

/** Parameters that nothing mentions, by name. */
export function unusedParameters(root: Dict): ReadonlyMap<string, Entry> {
  const parameters = under(root, 'parameters');
  const unused = new Map<string, Entry>();
  if (parameters?.is !== 'map') return unused;
  const mentioned = new Set<string>();
  const patterns = new Map<string, (name: string) => readonly string[] | null>();
  const look = (text: string) => {
    if (!text.includes('$')) return;
    for (const [, name] of text.matchAll(MENTION)) {
      // `$people-$1` may be any parameter that begins so.
      const pattern = (name as string).replace(/\$\d+/g, '*');
      if (pattern.includes('*')) patterns.set(pattern, globMatcher(pattern));
      else mentioned.add(pattern);
    }
  };
  walk(root, look);
  const required = under(root, 'require');
  for (const { value } of required?.is === 'map' ? required.entries.values() : [])
    walk(under(value, 'sum'), (text) => mentioned.add(text));
  if (patterns.size > MOST_PATTERNS) return unused;
  for (const [name, entry] of parameters.entries) {
    if (mentioned.has(name) || [...patterns.values()].some((match) => match(name) !== null)) continue;
    unused.set(name, entry);
  }
  return unused;
}

function walk(tree: Tree | undefined, look: (text: string) => void): void {
  if (tree?.is === 'leaf') look(tree.text);
  else if (tree?.is === 'list') for (const item of tree.items) walk(item, look);
  else
    for (const [key, { value }] of tree?.entries ?? []) {
      look(key);
      walk(value, look);
    }
}
