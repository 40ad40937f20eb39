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

/** As many as are laid out without a wait. */
const PAGE = 500;

/** A stretch of the table, and where it stands in the whole. */
export interface TablePage {
  readonly rows: readonly TableRow[];
  readonly from: number;
  readonly total: number;
  /** First rows of the other pages one can go to from here; null where there is none. */
  readonly before: number | null;
  readonly after: number | null;
  readonly last: number;
}

/** The page that begins with a row, else the one with what is selected, else the first. */
export function pageOf(world: World, board: Board, selected: string | null, asked: number | null): TablePage {
  const all = fixedOf(world);
  const total = all.length;
  const at = asked ?? (selected === null ? 0 : all.findIndex((row) => row.id === selected));
  const last = Math.max(0, Math.ceil(total / PAGE) - 1) * PAGE;
  const from = Math.min(Math.floor(Math.max(at, 0) / PAGE) * PAGE, last);
  return {
    rows: rowsOf(world, board, selected, all.slice(from, from + PAGE)),
    from,
    total,
    before: from === 0 ? null : from - PAGE,
    after: from === last ? null : from + PAGE,
    last,
  };
}

export const tableOf = (world: World, board: Board, selected: string | null): readonly TableRow[] =>
  rowsOf(world, board, selected, fixedOf(world));

function rowsOf(world: World, board: Board, selected: string | null, rows: readonly Fixed[]): readonly TableRow[] {
  const { run, statusOf, brief } = world;
  return rows.map(({ thing, ...row }) => {
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
