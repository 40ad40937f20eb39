/** What parts and tasks are called in sentences: by their titles where these say which is meant, else by their names. */
import type { Run } from '../load/run.ts';
import type { Things } from './things.ts';

export type NameOf = (name: string) => string;

/** Titles of links, prefixes, zones, faults, changes and tasks, by name. */
export const titlesOf = (run: Run): ReadonlyMap<string, string> =>
  new Map((run.scene.titles ?? []).map(({ name, title }) => [name, title]));

export function namesOf(run: Run, things: Things): NameOf {
  const titles = titlesOf(run);
  const counts = new Map<string, number>();
  for (const { title } of run.scene.nodes) if (title !== null) counts.set(title, (counts.get(title) ?? 0) + 1);
  return (name) => {
    const node = things.byId.get(name);
    if (!node) return titles.get(name) ?? name;
    return node.title !== null && counts.get(node.title) === 1 ? node.title : name;
  };
}
