/** The tale of a run: which changes of the trace are worth a sentence, each once, told of subjects that people think of. */
import { PASSING } from '../mechanisms/demand/planned.ts';
import type { FactKind } from '../model/facts.ts';
import type { Scenario } from '../model/scenario.ts';
import { MINUTE, type Ms } from '../model/units.ts';
import { readValue, type Trace } from '../trace/trace.ts';
import { wordOf } from './sentences.ts';
import type { Names } from './story-names.ts';

/** A turn that stands for many: to one value, and from there to another, and so on. */
export interface Cycle {
  readonly other: string;
  readonly times: number;
  /** The last turn of them, and how long one time takes on average; of several things the shortest and the longest. */
  readonly until: Ms;
  readonly every: { readonly least: Ms; readonly most: Ms };
}

/** One turn of one thing told of. Flags are 'yes' and 'no' (or 'gone'), numbers as they are written. */
export interface Turn {
  readonly at: Ms;
  readonly value: string;
  readonly was: string;
  /** Numbers only: per minute from here on. */
  readonly slope: number;
  /** How long it had not been so, if it was so before. */
  readonly away: Ms | null;
  /** The changes of the trace that this tells. */
  readonly changes: readonly number[];
  /** It is the first of many by which two values alternate; null: it is one. */
  readonly cycle: Cycle | null;
}
/** Something told of, with its turns in order. */
export interface Thread {
  readonly kind: FactKind;
  /** As in the table of facts, but for `works`: journey and cohort; and `reach`: who, whom in words, which layer. */
  readonly subjects: readonly string[];
  readonly initial: string;
  readonly turns: readonly Turn[];
}

/** People of one population who ask one resolver, as one subject. */
export const cohortOf = (population: string, resolver: string | undefined): string =>
  JSON.stringify(resolver === undefined ? [population] : [population, resolver]);
export const partsOf = (cohort: string): readonly [population: string, resolver: string | undefined] =>
  JSON.parse(cohort) as [string, string | undefined];

/** Never told: claims, and what another fact says better (`done` by `task`, numbers of people by `works`, `lands` by `resolves`). */
const UNTOLD: ReadonlySet<FactKind> = new Set(['claim', 'done', 'affected', 'troubled', 'sessions', 'lands']);

/** Every thread of a run that has a turn or shares its kind with one that has. */
export function threadsOf(scenario: Scenario, trace: Trace, names: Names): readonly Thread[] {
  const { facts, columns, numbers, count } = trace;
  const changes: number[][] = facts.names.map(() => []);
  for (let id = 0; id < count; id++) (changes[columns.fact[id] as number] as number[]).push(id);
  const threads = facts.names.flatMap((_, fact): Thread[] => {
    const kind = facts.kinds[fact] as FactKind;
    if (UNTOLD.has(kind)) return [];
    if (kind === 'stopped' && !outlives(scenario, facts.subjects[fact] as readonly string[])) return [];
    const steps = (changes[fact] as number[]).map((id) => ({
      at: columns.at[id] as number,
      value: wordOf(trace, id),
      slope: numbers[columns.slope[id] as number] as number,
      changes: [id],
    }));
    const first = readValue(trace, fact, facts.initial[fact] as number);
    const initial = typeof first === 'boolean' ? (first ? 'yes' : 'no') : String(first);
    const subjects = subjectsOf(kind, facts.subjects[fact] as readonly string[]);
    return [threadOf(kind, subjects, initial, kind === 'rate' ? climbed(initial, steps) : steps)];
  });
  const told = [...threads.filter(({ kind }) => kind !== 'reach'), ...withinReach(names, threads)];
  return withoutEchoes(scenario, told);
}

/** Whether some stage of the journey gives a session: then people are stopped one by one. */
const outlives = ({ journeys }: Scenario, [population, journey]: readonly string[]): boolean =>
  journeys.some(
    ({ name, population: who, stages }) =>
      name === journey && who === population && stages.some(({ session }) => session > 0),
  );

function subjectsOf(kind: FactKind, subjects: readonly string[]): readonly string[] {
  if (kind !== 'works' && kind !== 'stopped') return subjects;
  const [population, journey, resolver] = subjects as [string, string, string | undefined];
  return [journey, cohortOf(population, resolver)];
}

interface Step {
  readonly at: Ms;
  readonly value: string;
  readonly slope: number;
  readonly changes: readonly number[];
}

/** A rate that follows people goes up or down by many small steps: told is where a stair of them ends. */
function climbed(initial: string, steps: readonly Step[]): readonly Step[] {
  const stairs: Step[] = [];
  let [was, up] = [Number(initial), 0];
  for (const step of steps) {
    const below = stairs.at(-1);
    const rises = Math.sign(Number(step.value) - was);
    const goesOn = below && below.slope === 0 && step.slope === 0 && step.at - below.at <= MINUTE && rises === up;
    if (goesOn) stairs[stairs.length - 1] = { ...step, changes: [...below.changes, ...step.changes] };
    else stairs.push(step);
    [was, up] = [Number(step.value), rises];
  }
  return stairs;
}

/** Of several steps in one instant the last counts; one that leads back to where the instant began is no turn. */
function threadOf(kind: FactKind, subjects: readonly string[], initial: string, steps: readonly Step[]): Thread {
  const turns: Turn[] = [];
  const left = new Map<string, Ms>();
  let [value, slope] = [initial, 0];
  for (let k = 0; k < steps.length; k++) {
    const { at } = steps[k] as Step;
    const ids = [...(steps[k] as Step).changes];
    while (steps[k + 1]?.at === at) ids.push(...(steps[++k] as Step).changes);
    const to = steps[k] as Step;
    if (to.value === value && to.slope === slope) continue;
    const gone = left.get(to.value);
    turns.push({
      at,
      value: to.value,
      was: value,
      slope: to.slope,
      away: gone === undefined ? null : at - gone,
      changes: ids,
      cycle: null,
    });
    left.set(value, at);
    [value, slope] = [to.value, to.slope];
  }
  return { kind, subjects, initial, turns };
}

/**
 * Who reaches whom is asked of pairs, and told of groups: a pop that can reach no data center any more, or one again at last.
 */
function withinReach(names: Names, threads: readonly Thread[]): readonly Thread[] {
  const groups = new Map<string, Thread[]>();
  for (const thread of threads) {
    if (thread.kind !== 'reach') continue;
    const [from, to, layer] = thread.subjects as [string, string, string | undefined];
    const key = JSON.stringify([from, names.groupOf(to), layer]);
    const group = groups.get(key);
    if (group) group.push(thread);
    else groups.set(key, [thread]);
  }
  return [...groups.values()].map((pairs) => {
    const [from, to, ...layer] = (pairs[0] as Thread).subjects as [string, string, ...string[]];
    const subjects = [from, pairs.length === 1 ? names.one(to) : names.any(to), ...layer];
    const turns = pairs
      .flatMap(({ turns }) => turns)
      .sort((a, b) => (a.changes[0] as number) - (b.changes[0] as number));
    let reached = pairs.filter(({ initial }) => initial === 'yes').length;
    const initial = reached > 0 ? 'yes' : 'no';
    const steps = turns.map(({ at, value, changes }): Step => {
      reached += value === 'yes' ? 1 : -1;
      return { at, value: reached > 0 ? 'yes' : 'no', slope: 0, changes };
    });
    return threadOf('reach', subjects, initial, steps);
  });
}

/** Leaves out turns that say again what another turn of the same instant has said. */
function withoutEchoes(scenario: Scenario, threads: readonly Thread[]): readonly Thread[] {
  const told = new Set<string>();
  const key = (kind: string, subjects: readonly string[], at: Ms, value: string) =>
    JSON.stringify([kind, subjects, at, value]);
  for (const { kind, subjects, turns } of threads)
    for (const { at, value } of turns) told.add(key(kind, subjects, at, value));
  const has = (kind: FactKind, subjects: readonly string[], at: Ms, value: string) =>
    told.has(key(kind, subjects, at, value));
  const ups = new Map(threads.filter(({ kind }) => kind === 'up').map((thread) => [thread.subjects[0], thread]));
  const isDown = (name: string, when: Ms): boolean => {
    const thread = ups.get(name);
    return (thread?.turns.findLast(({ at }) => at <= when)?.value ?? thread?.initial) === 'no';
  };
  const isEcho = ({ kind, subjects }: Thread, { at, value, was }: Turn): boolean => {
    const [name = '', setting] = subjects;
    switch (kind) {
      case 'up':
        return value === 'no' && (has('fault', [name], at, 'yes') || has('config', [name, 'off'], at, 'yes'));
      case 'fault':
        return value === 'no' && has('up', [name], at, 'yes');
      case 'config':
        return value === 'no' && (setting === 'off' || setting === 'down') && has('up', [name], at, 'yes');
      case 'rollout':
        return (
          ((value === 'complete' || value === 'rolling') && has('applied', [name], at, 'yes')) ||
          (value === 'reverted' && has('applied', [name], at, 'no'))
        );
      case 'task':
        // What a task does in one of several ways is told of the way; that none is left is news of its own.
        return (
          (value !== 'failed' && scenario.tasks.get(name)?.ways.some((way) => has('task', [way], at, value))) ?? false
        );
      case 'alone':
        // Who is down asks nobody.
        return value === 'no' && has('up', [name], at, 'no');
      case 'stuck':
        return value === 'no';
      case 'queries':
        // What sites share moves with each of them: a little more, or less, is no news.
        return scenario.prefixes.has(name) && Number(value) < 2 && Number(was) < 2;
      case 'load':
        // Told is that it rises above the usual, and that it is the usual again; that it is too much `overloaded` says.
        return Number(value) > 1 ? has('overloaded', subjects, at, 'yes') : !(value === '1' && Number(was) > 1);
      case 'overloaded':
        // What is down bears nothing.
        return value === 'no' && isDown(name, at);
      case 'stopped':
        // Told is that it begins to be so, and that it is over; what all of them see `works` says.
        return value !== '0' || has('works', subjects, at, 'ok');
      case 'reach': {
        // What stands in a place reaches what the place reaches.
        const place = scenario.nodes.get(name)?.place ?? null;
        return place !== null && has('reach', [place, ...subjects.slice(1)], at, value);
      }
      default:
        return false;
    }
  };
  return threads.map((thread) => ({ ...thread, turns: thread.turns.filter((turn) => !isEcho(thread, turn)) }));
}

/** Kinds that are so on a bad day. */
const BAD: ReadonlySet<FactKind> = new Set(['fault', 'config', 'stuck', 'busy', 'over', 'overloaded', 'alone']);

/** Whether people get through; for everything else, whether it is as on a good day. */
export function isGood(kind: FactKind, value: string): boolean {
  if (kind === 'works') return PASSING.has(value);
  return BAD.has(kind) ? value === 'no' : value === 'yes' || value === 'ok';
}
