/** What a stretch of the run comes to: its changes by sort, parts that are lost and regained in it, people affected. */
import { countSorts, rowsIn, type Sorts } from './events.ts';
import { minutesUnder, peopleOf } from './figures.ts';
import { type Scale, within } from './scale.ts';
import { clockText, lasting, many } from './time.ts';
import type { State } from './words.ts';
import type { World } from './world.ts';

export interface Totals {
  readonly says: string;
  readonly lasts: string;
  /** Rows of the first and the last change, and when they are; null: nothing changes in it. */
  readonly first: { readonly row: number; readonly time: string; readonly says: string } | null;
  readonly last: { readonly row: number; readonly time: string; readonly says: string } | null;
  readonly changes: number;
  readonly sorts: Sorts;
  /** Parts that go down or are cut off in it, each once, and parts that come back. */
  readonly lost: number;
  readonly regained: number;
  /** In words; empty where the run counts no people. */
  readonly people: string;
}

const isGone = (state: State): boolean => state === 'down' || state === 'unreachable';

export function totalsOf(world: World, scale: Scale): Totals {
  const { run, brief } = world;
  const { from, to } = scale;
  const clock = (at: number): string => clockText(run.epoch, at, brief);
  const [low, high] = rowsIn(run, scale);
  const told = (row: number) => ({ row, time: clock(run.changes.at[row]!), says: run.changes.says(row) });
  let [lost, regained] = [0, 0];
  for (const turns of world.past()) {
    let [goes, comes] = [false, false];
    for (let i = 1; i < turns.length && turns[i]!.at <= to; i++) {
      if (turns[i]!.at < from) continue;
      const [before, after] = [isGone(turns[i - 1]!.state), isGone(turns[i]!.state)];
      goes ||= !before && after;
      comes ||= before && !after;
    }
    lost += Number(goes);
    regained += Number(comes);
  }
  return {
    says: `${clock(from)} to ${clock(to)}`,
    lasts: lasting(to - from),
    first: high > low ? told(low) : null,
    last: high > low ? told(high - 1) : null,
    changes: high - low,
    sorts: countSorts(world, low, high),
    lost,
    regained,
    people: peopleIn(world, scale),
  };
}

function peopleIn({ run }: World, scale: Scale): string {
  const all = peopleOf(run);
  if (!all) return '';
  const points = within(
    scale,
    all.map(({ at, value }): [number, number] => [at, value]),
  ).map(([at, value]) => ({ at, value }));
  const most = points.reduce((high, { value }) => Math.max(high, value), 0);
  if (most <= 0) return 'nobody is affected';
  return `up to ${many(most)} people affected, ${many(minutesUnder(points))} user-minutes lost`;
}
