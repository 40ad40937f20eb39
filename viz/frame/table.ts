/** The picture as a table: every node, zone and prefix with its state, since when, because of what, and what it leans on. */
import type { Board } from '../load/board.ts';
import { reasonOf } from './reason.ts';
import type { Thing } from './things.ts';
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

type Fixed = Pick<TableRow, 'id' | 'name' | 'kind' | 'lane' | 'needs' | 'neededBy'> & { readonly thing: Thing };

/** What no moment changes, lane by lane and in order of name; worked out once. */
const fixed = new WeakMap<World, readonly Fixed[]>();

function fixedOf(world: World): readonly Fixed[] {
  const known = fixed.get(world);
  if (known) return known;
  const { things, ties } = world;
  const rows = things.list
    .slice()
    .sort((a, b) => LANES.indexOf(a.lane) - LANES.indexOf(b.lane) || naturally(a.name, b.name))
    .map((thing) => ({
      thing,
      id: thing.id,
      name: thing.name,
      kind: KIND_WORD[thing.kind] ?? thing.kind,
      lane: LANE_TITLE[thing.lane],
      needs: few(ties.needs[thing.index]!.map((other) => other.name)),
      neededBy: few(ties.neededBy[thing.index]!.map((other) => other.name)),
    }));
  fixed.set(world, rows);
  return rows;
}

export function tableOf(world: World, board: Board, selected: string | null): readonly TableRow[] {
  const { run, statusOf, brief } = world;
  return fixedOf(world).map(({ thing, ...row }) => {
    const status = statusOf(board, thing);
    const reason = reasonOf(run, board, status, brief);
    return {
      ...row,
      state: status.state,
      word: status.word,
      since: reason.row < 0 ? '' : reason.since,
      because: reason.because,
      row: reason.row,
      selected: thing.id === selected,
    };
  });
}
