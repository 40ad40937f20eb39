/** What links, prefixes, zones, faults, changes and tasks are called when people are told of them. */
import { under } from '../tree.ts';
import { byName } from '../units.ts';
import type { Made } from './entries.ts';
import { textOf } from './values.ts';
import type { Parts } from './world-of.ts';

/** By name. Where two things of one name are called differently, neither title says which is meant, and neither is used. */
export function titlesOf(parts: Parts): Map<string, string> {
  const { linkEntries, prefixes, zones, faults, changes, tasks } = parts;
  const made: Made[] = [linkEntries, prefixes.values(), zones.values(), faults.values(), changes.values()].flatMap(
    (section) => [...section],
  );
  const ways = tasks.flatMap(({ made: task, ways }) => [
    task,
    ...ways.map((way) => ({ ...way, name: `${task.name}.${way.name}` })),
  ]);
  const titles = new Map<string, string | null>();
  for (const { name, tree } of [...made, ...ways]) {
    const title = textOf(under(tree, 'title'));
    titles.set(name, !titles.has(name) || titles.get(name) === title ? title : null);
  }
  const known = [...titles].flatMap(([name, title]): [string, string][] => (title === null ? [] : [[name, title]]));
  return new Map(known.sort(([a], [b]) => byName(a, b)));
}
