/** How each thing was over the whole run, and how many of many were in which state when. */
import type { Boards } from '../load/board.ts';
import type { Run } from '../load/run.ts';
import type { StatusOf } from './status.ts';
import type { Thing, Things } from './things.ts';
import { STATES, type State } from './words.ts';

interface Turn {
  readonly at: number;
  readonly state: State;
}

/** The states of each thing, by its index: the first at time zero, then each that it turns to. */
export type Past = readonly (readonly Turn[])[];

/** Walks the run once. A thing is looked at only when a fact about it, or about the place it stands in, has changed. */
export function pastOf(run: Run, boards: Boards, things: Things, statusOf: StatusOf): Past {
  const { changes, facts } = run;
  const inside: Thing[][] = things.list.map(() => []);
  for (const thing of things.list) {
    const place = thing.place === null ? undefined : things.byId.get(thing.place);
    if (place && place !== thing) inside[place.index]!.push(thing);
  }
  const about: Thing[][] = Array.from({ length: facts.count }, () => []);
  for (const thing of things.list) for (const fact of things.facts[thing.index]!) about[fact]!.push(thing);
  const states = things.list.map((thing) => statusOf(boards.at(0), thing).state);
  const past: Turn[][] = states.map((state) => [{ at: 0, state }]);
  const touched = new Set<Thing>();
  const touch = (thing: Thing): void => {
    if (touched.has(thing)) return;
    touched.add(thing);
    for (const one of inside[thing.index]!) touch(one);
  };
  for (let row = 0; row < changes.count; row++) {
    const at = changes.at[row]!;
    for (const thing of about[changes.fact[row]!]!) touch(thing);
    if (row + 1 < changes.count && changes.at[row + 1] === at) continue;
    const board = boards.at(row + 1);
    for (const thing of touched) {
      const { state } = statusOf(board, thing);
      if (state === states[thing.index]) continue;
      states[thing.index] = state;
      past[thing.index]!.push({ at, state });
    }
    touched.clear();
  }
  return past;
}

export interface Step {
  readonly at: number;
  /** Share of the members in each state, 0 to 1, from worst to best as `STATES` lists them. */
  readonly shares: readonly number[];
}

/** How many of these things were in which state, from each moment on at which that changes. */
export function stepsOf(past: Past, things: readonly Thing[]): readonly Step[] {
  const turns = things.flatMap(({ index }) =>
    past[index]!.map((turn, i, all) => ({ ...turn, before: all[i - 1]?.state })),
  );
  turns.sort((a, b) => a.at - b.at);
  const counts = STATES.map(() => 0);
  const steps: Step[] = [];
  turns.forEach(({ at, state, before }, i) => {
    counts[STATES.indexOf(state)]! += 1;
    if (before !== undefined) counts[STATES.indexOf(before)]! -= 1;
    if (turns[i + 1]?.at !== at) steps.push({ at, shares: counts.map((count) => count / things.length) });
  });
  return steps;
}
