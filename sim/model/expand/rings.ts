/** Tasks that wait for each other in a ring: if nothing else calls for any of them, none can ever begin. */

import type { Context } from '../context.ts';
import type { Condition, Force, Question, Task } from '../scenario.ts';
import { shorten, under } from '../tree.ts';
import { byName } from '../units.ts';
import type { Made } from './entries.ts';
import type { TaskMade } from './tasks.ts';

/** Of the tasks that nobody can ever call for, those that wait for each other; each ring is told once, at its first task by name. */
export function checkRings(
  context: Context,
  tasks: ReadonlyMap<string, Task>,
  made: readonly TaskMade[],
  forces: Iterable<Force>,
): void {
  const pinned = new Set([...forces].map(({ question }) => `${question.kind} ${question.subjects[0]}`));
  /** The task without which this question is never answered by yes; null when the world may do it, or a hand. */
  const taskOf = ({ kind, subjects: [name = ''] }: Question): string | null =>
    (kind === 'done' || kind === 'task' || kind === 'stuck') && tasks.has(name) && !pinned.has(`${kind} ${name}`)
      ? name
      : null;
  const waits = new Map([...tasks.values()].map((task) => [task.name, waitsFor(task, taskOf)]));
  const begun = grown(tasks, waits, taskOf);
  const never = new Map([...waits].filter(([name]) => !begun.has(name)));
  // Without those at either end of a row: what is left lies in rings, or between two.
  const waiting = turned(withoutEnds(turned(withoutEnds(never))));
  const told = new Set<string>();
  for (const name of [...waiting.keys()].sort(byName)) {
    const entry = told.has(name) ? null : (entryOf(made, name) as Entry);
    const ring = entry && ringThrough(name, waiting, () => context.spend('work', 1, entry.at));
    if (!ring) continue;
    for (const member of ring) told.add(member);
    const says =
      ring.length === 1
        ? `${name} waits for itself, and so nobody ever begins it`
        : `these tasks wait for each other, and so nobody ever begins one: ${shorten([...ring, name].join(' after '))}`;
    context.problem(under(entry.tree, 'after')?.at ?? entry.at, says, 'let something else call for one of them');
  }
}

type Waits = ReadonlyMap<string, readonly string[]>;
type Entry = Pick<Made, 'name' | 'tree' | 'at'>;

const entryOf = (made: readonly TaskMade[], name: string): Entry | undefined => {
  for (const { made: task, ways } of made) {
    if (task.name === name) return task;
    const way = name.startsWith(`${task.name}.`) && ways.find((one) => `${task.name}.${one.name}` === name);
    if (way) return way;
  }
  return undefined;
};

/** Grown from nothing: a task can be called for when what calls for it may come true by the world and such tasks alone. */
function grown(
  tasks: ReadonlyMap<string, Task>,
  waits: Waits,
  taskOf: (question: Question) => string | null,
): ReadonlySet<string> {
  const callers = turned(waits);
  const begun = new Set<string>();
  const may = (condition: Condition): boolean => {
    if ('ask' in condition) {
      const task = taskOf(condition.ask);
      return task === null || begun.has(task);
    }
    if ('not' in condition) return true;
    const of = 'all' in condition ? condition.all : 'any' in condition ? condition.any : condition.of;
    const least = 'all' in condition ? of.length : 'any' in condition ? 1 : condition.atLeast;
    return of.filter(may).length >= least;
  };
  for (let open = new Set(tasks.keys()); open.size > 0; ) {
    const next = new Set<string>();
    for (const name of open) {
      const { after, parent } = tasks.get(name) as Task;
      if (begun.has(name) || (parent !== null && !begun.has(parent)) || !may(after)) continue;
      begun.add(name);
      for (const caller of callers.get(name) ?? []) next.add(caller);
    }
    open = next;
  }
  return begun;
}

/** Without those who wait for nobody, and then without those who wait for such alone, and so on. */
function withoutEnds(waits: Waits): Waits {
  const left = among(waits, waits);
  const callers = turned(left);
  const count = new Map([...left].map(([name, others]) => [name, others.length]));
  const open = [...left.keys()].filter((name) => count.get(name) === 0);
  for (const name of open) {
    left.delete(name);
    for (const caller of callers.get(name) ?? []) {
      const fewer = (count.get(caller) as number) - 1;
      count.set(caller, fewer);
      if (fewer === 0) open.push(caller);
    }
  }
  return among(left, left);
}

const among = (waits: Waits, some: ReadonlyMap<string, unknown>): Map<string, readonly string[]> =>
  new Map([...waits].map(([name, others]) => [name, others.filter((other) => some.has(other))]));

/** Who waits for each. */
function turned(waits: Waits): ReadonlyMap<string, readonly string[]> {
  const callers = new Map<string, string[]>();
  for (const [name, others] of waits)
    for (const other of others) {
      const known = callers.get(other);
      if (known) known.push(name);
      else callers.set(other, [name]);
    }
  return callers;
}

/** The shortest way from a task back to itself by what each waits for; null when there is none. */
function ringThrough(name: string, waits: Waits, step: () => void): readonly string[] | null {
  const from = new Map<string, string>();
  const open = [name];
  for (const here of open) {
    for (const next of waits.get(here) ?? []) {
      step();
      if (next === name) {
        const ring = [here];
        for (let back = from.get(here); back !== undefined; back = from.get(back)) ring.unshift(back);
        return ring;
      }
      if (from.has(next)) continue;
      from.set(next, here);
      open.push(next);
    }
  }
  return null;
}

/** The tasks by which a task is called for, a way by its task as well; by name. */
function waitsFor({ after, parent }: Task, taskOf: (question: Question) => string | null): readonly string[] {
  const found = new Set<string>(parent === null ? [] : [parent]);
  const collect = (condition: Condition): void => {
    if ('ask' in condition) {
      const task = taskOf(condition.ask);
      if (task !== null) found.add(task);
    } else if (!('not' in condition))
      for (const part of 'all' in condition ? condition.all : 'any' in condition ? condition.any : condition.of)
        collect(part);
  };
  collect(after);
  return [...found].sort(byName);
}
