/** Which parameters a document mentions: one that nothing uses is a mistake. */
import type { Problem } from './problems.ts';
import { type Dict, problemAt, type Tree, under } from './tree.ts';

const MENTION = /\$([A-Za-z](?:[A-Za-z0-9_$]|-(?=[A-Za-z0-9$]))*)/g;

export function checkUnused(root: Dict, problems: Problem[]): void {
  const parameters = under(root, 'parameters');
  if (parameters?.is !== 'map') return;
  const mentioned = new Set<string>();
  const patterns: RegExp[] = [];
  const look = (text: string) => {
    if (!text.includes('$')) return;
    for (const [, name] of text.matchAll(MENTION)) {
      // `$people-$1` may be any parameter that begins so.
      if ((name as string).includes('$'))
        patterns.push(new RegExp(`^${(name as string).replace(/\$\d+/g, '.*').replace(/\$/g, '')}$`));
      else mentioned.add(name as string);
    }
  };
  walk(root, look);
  const required = under(root, 'require');
  for (const { value } of required?.is === 'map' ? required.entries.values() : [])
    walk(under(value, 'sum'), (text) => mentioned.add(text));
  for (const [name, { at }] of parameters.entries) {
    if (mentioned.has(name) || patterns.some((pattern) => pattern.test(name))) continue;
    problems.push(
      problemAt(at, `nothing uses the parameter "${name}"`, `write $${name} where it belongs, or take it out`),
    );
  }
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
