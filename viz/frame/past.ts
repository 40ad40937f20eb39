/** How each thing was over the whole run, and how many of many were in which state when. */
import { walker } from '../load/board.ts';
import type { Run } from '../load/run.ts';
import type { Scale } from './scale.ts';
import type { StatusOf } from './status.ts';
import type { Thing, Things } from './things.ts';
import type { Touch } from './touch.ts';
import { STATES, type State } from './words.ts';

interface Turn {
  readonly at: number;
  readonly state: State;
}

/** The states of each thing, by its index: the first at time zero, then each that it turns to. */
export type Past = readonly (readonly Turn[])[];

/** Walks the run once. A thing is looked at only when a fact about it, or about the place it stands in, has changed. */
export function pastOf(run: Run, things: Things, statusOf: StatusOf, touch: Touch): Past {
  const { changes } = run;
  const boardAt = walker(run);
  const states = things.list.map((thing) => statusOf(boardAt(0), thing).state);
  const past: Turn[][] = states.map((state) => [{ at: 0, state }]);
  for (let row = 0; row < changes.count; ) {
    const at = changes.at[row]!;
    const from = row;
    while (row < changes.count && changes.at[row] === at) row++;
    const board = boardAt(row);
    touch(from, row, (index) => {
      const { state } = statusOf(board, things.list[index]!);
      if (state === states[index]) return;
      states[index] = state;
      past[index]!.push({ at, state });
    });
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

/** The same in columns of a pixel each, each as it is at its end: for more turns than anybody could see apart. */
export function columnsOf(past: Past, things: readonly Thing[], scale: Scale): readonly Step[] {
  const columns = Math.max(1, Math.ceil(scale.width));
  const change = STATES.map(() => new Int32Array(columns + 1));
  for (const { index } of things) {
    let before = -1;
    for (const { at, state } of past[index]!) {
      if (at > scale.to) break;
      const column = at <= scale.from ? 0 : Math.min(Math.floor(scale.x(at)), columns - 1);
      const now = STATES.indexOf(state);
      if (before >= 0) change[before]![column]! -= 1;
      change[now]![column]! += 1;
      before = now;
    }
  }
  const counts = STATES.map(() => 0);
  const steps: Step[] = [];
  for (let column = 0; column < columns; column++) {
    if (column > 0 && change.every((list) => list[column] === 0)) continue;
    change.forEach((list, i) => {
      counts[i]! += list[column]!;
    });
    steps.push({
      at: column === 0 ? scale.from : scale.at(column),
      shares: counts.map((count) => count / things.length),
    });
  }
  return steps;
}
