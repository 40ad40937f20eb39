/** All facts at a moment: kept every 512 changes, so that any other moment is a short walk from one that is kept. */
import type { Run } from './run.ts';

const EVERY = 512;

/** What holds after `step` changes. The arrays are the keeper's own: read them before the next moment is asked for. */
export interface Board {
  readonly step: number;
  readonly value: Float64Array;
  /** Row of the latest change of each fact, or -1 when it is as it was at time zero. */
  readonly last: Int32Array;
}

export interface Boards {
  at(step: number): Board;
}

export function createBoards(run: Run): Boards {
  const { changes, facts } = run;
  const board = { step: 0, value: facts.initial.slice(), last: new Int32Array(facts.count).fill(-1) };
  const frames: { value: Float64Array; last: Int32Array }[] = [];
  const forward = (step: number): void => {
    for (; board.step < step; board.step++) {
      const fact = changes.fact[board.step]!;
      board.value[fact] = changes.to[board.step]!;
      board.last[fact] = board.step;
    }
  };
  for (let step = 0; step <= changes.count; step += EVERY) {
    forward(step);
    frames.push({ value: board.value.slice(), last: board.last.slice() });
  }
  return {
    at(step) {
      const frame = Math.floor(step / EVERY);
      if (step < board.step || board.step < frame * EVERY) {
        board.value.set(frames[frame]!.value);
        board.last.set(frames[frame]!.last);
        board.step = frame * EVERY;
      }
      forward(step);
      return board;
    },
  };
}

/** How many changes have happened up to and including `at`. */
export function stepAt(run: Run, at: number): number {
  const times = run.changes.at;
  let low = 0;
  let high = run.changes.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A number at a moment: its value at the latest change, and what its slope has added since. */
export function numberAt(run: Run, board: Board, fact: number, at: number): number {
  const last = board.last[fact]!;
  const value = board.value[fact]!;
  return last < 0 ? value : value + (run.changes.slope[last]! * (at - run.changes.at[last]!)) / 60_000;
}
