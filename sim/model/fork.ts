/** Forks: the scenario of another file, and what differs after a moment. */
import { checkSchema } from './check.ts';
import type { Context } from './context.ts';
import { readMoment, Wrong } from './draws.ts';
import type { Problem } from './problems.ts';
import { ForkFile } from './schema.ts';
import { readSource } from './source.ts';
import { type Dict, type Entry, type Tree, under } from './tree.ts';
import { type Ms, parseDateTime } from './units.ts';

export const isFork = (root: Dict): boolean => root.entries.has('extends');

/** The base with the fork's later faults, changes and forces; null after problems. */
export function applyFork(
  fork: Dict,
  read: ((path: string) => string | null) | undefined,
  context: Context,
): Dict | null {
  checkSchema(fork, ForkFile, context);
  const path = under(fork, 'extends') as Tree;
  if (path.is !== 'leaf') return null;
  const text = read?.(path.text) ?? null;
  if (text === null) {
    context.problem(path.at, `there is no file "${path.text}"`, 'the path is meant from the folder of this file');
    return null;
  }
  const found: Problem[] = [];
  const base = readSource(text, path.text, found);
  context.adopt(found);
  if (!base) return null;
  if (isFork(base)) {
    context.problem(path.at, `"${path.text}" is itself a fork`, 'extend what it extends');
    return null;
  }
  return merged(base, fork, context);
}

function merged(base: Dict, fork: Dict, context: Context): Dict {
  const start = parseDateTime(textAt(under(base, 'clock'), 'start'));
  const from = start === null ? null : momentOf(under(fork, 'at'), start, context);
  const entries = new Map(base.entries);
  for (const key of ['id', 'title'] as const) {
    const entry = fork.entries.get(key);
    if (entry) entries.set(key, entry);
  }
  for (const key of ['faults', 'changes', 'forces'] as const) {
    const more = fork.entries.get(key);
    if (more?.value.is !== 'map') continue;
    const before = base.entries.get(key)?.value;
    const section = new Map<string, Entry>(before?.is === 'map' ? before.entries : []);
    for (const [name, entry] of more.value.entries) {
      if (section.has(name))
        context.problem(entry.at, `"${name}" is in the base already`, 'a fork only adds: choose another name');
      if (start !== null && from !== null) checkLater(entry, start, from, textAt(fork, 'at'), context);
      section.set(name, entry);
    }
    entries.set(key, { at: more.at, value: { is: 'map', at: more.value.at, entries: section } });
  }
  return { is: 'map', at: base.at, entries };
}

/** What begins before the fork would change the past. */
function checkLater({ at, value }: Entry, start: number, from: Ms, forkedAt: string, context: Context): void {
  const moment = under(value, 'at');
  if (!moment) {
    context.problem(at, 'what a fork adds begins at a moment', 'say `at`');
    return;
  }
  const ms = momentOf(moment, start, context);
  if (ms !== null && ms < from) context.problem(moment.at, `this is before ${forkedAt}, from when on the fork differs`);
}

function momentOf(tree: Tree | undefined, start: number, context: Context): Ms | null {
  // A parameter is filled in later; it cannot be compared here.
  if (tree?.is !== 'leaf' || tree.text.includes('$')) return null;
  const ms = readMoment(tree.text, start);
  if (!(ms instanceof Wrong)) return ms;
  context.problem(tree.at, ms.says, ms.hint);
  return null;
}

function textAt(tree: Tree | undefined, key: string): string {
  const value = under(tree, key);
  return value?.is === 'leaf' ? value.text : '';
}
