/** One line on how a thing is, since when, and because of what. */
import type { Board } from '../load/board.ts';
import type { Run } from '../load/run.ts';
import type { Status } from './status.ts';
import { clockText } from './time.ts';

export interface Reason {
  readonly word: string;
  readonly since: string;
  /** The change that made it so, or -1 when it is as it was at the start. */
  readonly row: number;
  readonly because: string;
}

export function reasonOf(run: Run, board: Board, status: Status, brief: boolean): Reason {
  const row = status.fact < 0 ? -1 : board.last[status.fact]!;
  if (row < 0) return { word: status.word, since: 'the start', row, because: '' };
  const cause = run.changes.tipped[row]!;
  return {
    word: status.word,
    since: clockText(run.epoch, run.changes.at[row]!, brief),
    row,
    because: run.changes.says(cause >= 0 ? cause : row),
  };
}

export const reasonText = ({ word, since, row, because }: Reason): string =>
  row < 0 ? word : `${word} since ${since}, because ${because}`;
