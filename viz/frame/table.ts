/** The picture as a table: every node, zone and prefix with its state, since when, because of what, and what it leans on. */
import type { Board } from '../load/board.ts';
import { reasonOf } from './reason.ts';
import { KIND_WORD, LANE_TITLE, LANES, type State } from './words.ts';
import type { World } from './world.ts';

export interface TableRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly lane: string;
  readonly state: State;
  readonly word: string;
  readonly since: string;
  readonly because: string;
  readonly row: number;
  readonly needs: string;
  readonly neededBy: string;
  readonly selected: boolean;
}

const naturally = new Intl.Collator('en', { numeric: true }).compare;

/** Many names are told by the first few. */
const few = (names: readonly string[]): string =>
  names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;

export function tableOf(world: World, board: Board, selected: string | null): readonly TableRow[] {
  const { run, things, ties, statusOf, brief } = world;
  return things.list
    .slice()
    .sort((a, b) => LANES.indexOf(a.lane) - LANES.indexOf(b.lane) || naturally(a.name, b.name))
    .map((thing) => {
      const status = statusOf(board, thing);
      const { since, because, row } = reasonOf(run, board, status, brief);
      return {
        id: thing.id,
        name: thing.name,
        kind: KIND_WORD[thing.kind] ?? thing.kind,
        lane: LANE_TITLE[thing.lane],
        state: status.state,
        word: status.word,
        since: row < 0 ? '' : since,
        because,
        row,
        needs: few(ties.needs[thing.index]!.map((other) => other.name)),
        neededBy: few(ties.neededBy[thing.index]!.map((other) => other.name)),
        selected: thing.id === selected,
      };
    });
}
