/** All facts at a moment: kept every some thousand changes, so that any other moment is a short walk from one that is kept. */
import type { Run } from './run.ts';

/** Walking over so many changes takes less than a tenth of a millisecond. */
const NEAR = 4096;
/** Bytes that all kept moments take together at most: a run of more facts keeps fewer. */
const ROOM = 32 << 20;

/** What holds after `step` changes. The arrays are the keeper's own: read them before the next moment is asked for. */
export interface Board {
  readonly step: number;
  readonly value: Float64Array;
  /** Row of the latest change of each fact, or -1 when it is as it was at time zero. */
  readonly last: Int32Array;
}

/** A board of its own that only goes forward, for whoever walks the run from its start. */
export function walker({ changes, facts }: Run): (step: number) => Board {
  const board = { step: 0, value: facts.initial.slice(), last: new Int32Array(facts.count).fill(-1) };
  return (step) => {
    for (; board.step < step; board.step++) {
      const fact = changes.fact[board.step]!;
      board.value[fact] = changes.to[board.step]!;
      board.last[fact] = board.step;
    }
    return board;
  };
}

export interface Boards {
  at(step: number): Board;
  /** Bytes of the moments that are kept. */
  readonly size: number;
}

export function createBoards(run: Run, room = ROOM): Boards {
  const { changes, facts } = run;
  const { fact, to } = changes;
  const board = { step: 0, value: facts.initial.slice(), last: new Int32Array(facts.count).fill(-1) };
  const most = Math.max(1, Math.floor(room / Math.max(1, board.last.byteLength)));
  const every = Math.max(NEAR, Math.ceil(changes.count / most));
  /** Of a moment only which change of each fact was its latest: what it changed to is known. */
  const frames: Int32Array[] = [];
  const walked = board.last.slice();
  for (let row = 0; row < changes.count; row++) {
    if (row % every === 0 && row > 0) frames.push(walked.slice());
    walked[fact[row]!] = row;
  }
  const recall = (frame: number): void => {
    const { value, last } = board;
    if (frame === 0) last.fill(-1);
    else last.set(frames[frame - 1]!);
    for (let i = 0; i < last.length; i++) value[i] = last[i]! < 0 ? facts.initial[i]! : to[last[i]!]!;
    board.step = frame * every;
  };
  return {
    size: frames.length * board.last.byteLength,
    at(step) {
      const { value, last } = board;
      const frame = Math.min(Math.floor(step / every), frames.length);
      if (step < board.step || board.step < frame * every) recall(frame);
      for (let row = board.step; row < step; row++) {
        value[fact[row]!] = to[row]!;
        last[fact[row]!] = row;
      }
      board.step = step;
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
