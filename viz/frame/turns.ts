/** How one thing was over the whole run, in the words of its card, and which change made it so. */
import type { Boards } from '../load/board.ts';
import type { Run } from '../load/run.ts';
import type { StatusOf } from './status.ts';
import type { Thing, Things } from './things.ts';
import type { State } from './words.ts';

export interface WordedTurn {
  readonly at: number;
  readonly state: State;
  readonly word: string;
  /** The change that made it so; -1 at the start. */
  readonly row: number;
}

export type TurnsOf = (thing: Thing) => readonly WordedTurn[];

/**
 * Looks only at the changes of facts about the thing and about the places it stands in.
 * `rowsOf` gives the rows that speak of a thing, in order.
 */
export function turnsOf(
  run: Run,
  boards: Boards,
  things: Things,
  statusOf: StatusOf,
  rowsOf: (id: string) => ArrayLike<number>,
): TurnsOf {
  const kept = new Map<string, readonly WordedTurn[]>();
  const find = (thing: Thing): readonly WordedTurn[] => {
    const around = new Set<string>();
    let one: Thing | undefined = thing;
    while (one && !around.has(one.id)) {
      around.add(one.id);
      one = one.place === null ? undefined : things.byId.get(one.place);
    }
    const rows = Int32Array.from(new Set([...around].flatMap((id) => Array.from(rowsOf(id))))).sort();
    const { state, word } = statusOf(boards.at(0), thing);
    const turns: WordedTurn[] = [{ at: 0, state, word, row: -1 }];
    rows.forEach((row, i) => {
      const at = run.changes.at[row]!;
      const next = rows[i + 1];
      if (next !== undefined && run.changes.at[next] === at) return;
      const board = boards.at(row + 1);
      const now = statusOf(board, thing);
      const last = turns[turns.length - 1]!;
      if (now.state === last.state && now.word === last.word) return;
      const told = now.fact < 0 ? -1 : board.last[now.fact]!;
      // What was lost is back, or an older reason shows again: then the change of this instant is why.
      turns.push({ at, state: now.state, word: now.word, row: told >= 0 && run.changes.at[told] === at ? told : row });
    });
    return turns;
  };
  return (thing) => {
    const known = kept.get(thing.id) ?? find(thing);
    kept.set(thing.id, known);
    return known;
  };
}
