/** What can be done with a part: the same list for every part; what would change nothing now says why. */
import { isLocked } from '../state/asking.ts';
import type { Session } from '../state/session.ts';
import { actsOn } from './acts.ts';
import type { Card } from './cards.ts';
import { reasonOf } from './reason.ts';
import type { Thing } from './things.ts';
import type { World } from './world.ts';

export type ItemId =
  | 'about'
  | 'why'
  | 'causes'
  | 'fit'
  | 'timeline'
  | 'picture'
  | 'map'
  | 'fold'
  | 'pin'
  | 'fail'
  | 'link';

export interface Item {
  readonly id: ItemId;
  readonly says: string;
  /** The key that does the same with the selected part. */
  readonly key: string | null;
  /** Why it would change nothing now; null when it would change something. */
  readonly why: string | null;
  /** It begins another group. */
  readonly apart: boolean;
}

export interface Menu {
  readonly name: string;
  /** Why most of it would change nothing, said once; else null. */
  readonly note: string | null;
  readonly items: readonly Item[];
  /** The change that made it as it is; -1 when it is as it was at the start. */
  readonly row: number;
}

interface Situation {
  readonly session: Session;
  /** The run came from a file, which no link can hold. */
  readonly isFile: boolean;
}

const NOT_WRITTEN = 'This trace does not hold its scenario';

const item = (id: ItemId, says: string, why: string | null, more: Partial<Item> = {}): Item => ({
  id,
  says,
  why,
  key: null,
  apart: false,
  ...more,
});

/** What "it failed" means for a part, by the first thing that can be done to it. */
function failing(world: World, thing: Thing): { readonly says: string; readonly why: string | null } {
  const [act] = actsOn(world.run, thing);
  if (!act) return { says: 'What if it failed now…', why: 'Nothing can be done to it by hand' };
  const says =
    thing.kind === 'zone'
      ? 'What if it left its parent zone now…'
      : thing.kind === 'prefix'
        ? 'What if it were withdrawn now…'
        : thing.kind === 'team'
          ? 'What if nobody of it were there now…'
          : 'What if it failed now…';
  return { says, why: world.run.written === null ? NOT_WRITTEN : null };
}

/** Of one part at the moment of the session. */
export function menuOf(world: World, thing: Thing, { session, isFile }: Situation): Menu {
  const { run, boards, things, course, brief } = world;
  const { selection, view, moment } = session;
  const board = boards.at(moment.step);
  const { row } = reasonOf(run, board, world.statusOf(board, thing), brief);
  const rows = course.rowsOf(thing.id);
  const changed = rows.length > 0 && (rows[0] as number) < moment.step;
  const alone = selection.thing === thing.id && selection.change === null;
  const placed = run.scene.nodes.some(({ name, where }) => where && things.named(name) === thing);
  const pinned = session.pins.includes(thing.id);
  const fail = failing(world, thing);
  const atEnd = moment.at >= course.length;
  return {
    name: thing.name,
    note: null,
    row,
    items: [
      item('about', 'All about it', alone && session.tab === 'node' ? 'It is shown' : null),
      item('why', 'Why it is so', row < 0 ? 'It is as it was at the start' : null),
      item('causes', 'Its latest change in Causes', changed ? null : 'Nothing about it has changed yet'),
      item('fit', 'Bring it into view', null, { key: 'f', apart: true }),
      item('timeline', 'Show it in the timeline', null),
      item('picture', 'Show it in the picture', view === 'picture' ? 'The picture is shown' : null),
      item('map', 'Show it on the map', view === 'map' ? 'The map is shown' : placed ? null : 'Its place is not known'),
      item('pin', pinned ? 'Let its lane go' : 'Keep its lane in the timeline', null, { key: 'p', apart: true }),
      item(
        'fail',
        fail.says,
        fail.why ?? (isLocked(session) ? 'A question waits for its answer' : atEnd ? 'This is the end' : null),
      ),
      item('link', 'Copy a link to it', isFile ? 'This run came from a file: no link can hold it' : null),
    ],
  };
}

/** Of many that are drawn as one: they can be laid open; the rest is for one of them. */
export function menuOfMany(world: World, { kind, fold, things }: Card, label: string, situation: Situation): Menu {
  const folded = kind === 'group';
  const why = `It stands for ${things.length.toLocaleString('en')} parts${folded ? ': lay it open first' : ''}`;
  const [first] = things;
  const items = first ? menuOf(world, first, situation).items : [];
  return {
    name: label,
    note: why,
    row: -1,
    items: [
      item('fold', folded ? 'Lay it open' : 'Fold it', fold === null ? 'It does not fold' : null),
      ...items.map((one, i) => ({ ...one, why, apart: one.apart || i === 0 })),
    ],
  };
}

/** The place that a key leads to: arrows go around, letters to the next that begins so. Null: the key means nothing here. */
export function placeOf(items: readonly Pick<Item, 'says'>[], at: number, key: string): number | null {
  const count = items.length;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (Math.max(at, 0) + count - 1) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (key.length !== 1 || key === ' ') return null;
  for (let i = 1; i <= count; i++) {
    const place = (at + i) % count;
    if (items[place]?.says.toLowerCase().startsWith(key.toLowerCase())) return place;
  }
  return at;
}
