/** Finds facts by the names people type. */
import type { History, Trace } from '../index.ts';
import { matchGlob } from '../model/expand/globs.ts';
import { nearest } from '../model/nearest.ts';
import { Unreadable } from './io.ts';

/** The number of a fact, named whole; a node alone means whether it is up. */
export function findFact(history: History, name: string): number {
  const fact = history.fact(name) ?? history.fact(`up/${name}`);
  if (fact !== undefined) return fact;
  const { names, subjects } = history.trace.facts;
  const about = names.filter((_, i) => subjects[i]?.join('/') === name).slice(0, 3);
  const near = about.length > 0 ? about : [nearNode(name, names) ?? nearest(name, names)].filter((one) => one !== null);
  const hint = near.length > 0 ? `; did you mean ${near.map((one) => `"${one}"`).join(' or ')}?` : '';
  throw new Unreadable(`there is no fact "${name}" in this scenario${hint}`);
}

/** A misspelt node stays a node. */
function nearNode(name: string, names: readonly string[]): string | null {
  const nodes = names.filter((one) => one.startsWith('up/')).map((one) => one.slice(3));
  return nearest(name.replace(/^up\//, ''), nodes);
}

/** Facts whose whole name is like the glob; without a slash, those of this kind or about such things. */
export function matching({ facts }: Trace, glob: string): readonly number[] {
  const like = (name: string): boolean => matchGlob(glob, name) !== null;
  const found = facts.names.flatMap((name, fact) => {
    const parts = glob.includes('/')
      ? [name]
      : [facts.kinds[fact] as string, ...(facts.subjects[fact] as readonly string[])];
    return parts.some(like) ? [fact] : [];
  });
  if (found.length > 0) return found;
  const known = glob.includes('/') ? facts.names : new Set([...facts.kinds, ...facts.subjects.flat()]);
  const near = nearest(glob, known);
  throw new Unreadable(`no fact is like "${glob}"${near ? `; did you mean "${near}"?` : ''}`);
}
