/** What a run comes to in a few numbers, to be set beside those of another. */
import type { Run } from '../load/run.ts';
import type { Point } from './curve.ts';
import { countsOfPeople, peopleOver } from './people.ts';
import type { Subject } from './spells.ts';
import type { World } from './world.ts';

export interface Figures {
  /** Minutes of people for whom something fails, each person once; null: the run does not count people. */
  readonly userMinutes: number | null;
  readonly mostPeople: number | null;
  /** Of what people do; where nobody does anything, of parts. Null: no trouble at all. */
  readonly firstTrouble: number | null;
  /** Null: no trouble, or it is not over at the end. */
  readonly troubleOver: number | null;
  readonly over: 'over' | 'not over' | 'none';
  /** Checkpoints that held, and all that could; null where the run has none. */
  readonly held: readonly [held: number, all: number] | null;
}

/** The area under a curve, in minutes of its unit. */
export function minutesUnder(points: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    sum += ((Math.max(0, a.value) + Math.max(0, b.value)) / 2) * (b.at - a.at);
  }
  return sum / 60_000;
}

const known = new WeakMap<Run, readonly Point[] | null>();

/** Worked out once for a run. */
export function peopleOf(run: Run): readonly Point[] | null {
  const there = known.get(run);
  if (there !== undefined) return there;
  const counts = countsOfPeople(run);
  const made = counts.length === 0 ? null : peopleOver(run, counts);
  known.set(run, made);
  return made;
}

export function figuresOf({ run }: World, subjects: readonly Subject[]): Figures {
  const people = peopleOf(run);
  const journeys = subjects.filter(({ kind }) => kind === 'journey');
  const spells = (journeys.length > 0 ? journeys : subjects).flatMap((subject) => subject.spells);
  const last = spells.reduce((a, { to }) => Math.max(a, to), 0);
  const claims = (run.end?.checkpoints ?? []).filter(({ notModelled }) => notModelled === undefined);
  return {
    userMinutes: people && minutesUnder(people),
    mostPeople: people?.reduce((a, { value }) => Math.max(a, value), 0) ?? null,
    firstTrouble:
      spells.length === 0 ? null : spells.reduce((a, { from }) => Math.min(a, from), Number.POSITIVE_INFINITY),
    troubleOver: spells.length === 0 || last >= run.length ? null : last,
    over: spells.length === 0 ? 'none' : last >= run.length ? 'not over' : 'over',
    held: claims.length === 0 ? null : [claims.filter(({ held }) => held).length, claims.length],
  };
}
