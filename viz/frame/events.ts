/** The changes of a stretch as marks: one each where there is room, else many as one with their number; never more than fit side by side. */
import type { Run } from '../load/run.ts';
import { countUntil } from '../state/course.ts';
import type { Span } from '../state/span.ts';
import { decides } from './gaps.ts';
import type { Scale } from './scale.ts';
import { clockText } from './time.ts';
import type { Tone } from './tone.ts';
import type { World } from './world.ts';

/** What sort of change it is, as a mark tells it; what a mark of several is, is the first of these that leads among them. */
export const SORTS = ['origin', 'loss', 'gain', 'decision', 'plain'] as const;
export type Sort = (typeof SORTS)[number];

/** What many of a sort have done. */
export const SORT_WORD: Readonly<Record<Sort, string>> = {
  origin: 'from outside',
  loss: 'lost',
  gain: 'back',
  decision: 'decided',
  plain: 'other',
};

export const SORT_GLOSS: Readonly<Record<Sort, string>> = {
  origin: 'Nothing in the run set it off: it was planned, came by chance, or was done by hand.',
  loss: 'Something stops working, or works worse.',
  gain: 'Something works again, or works better.',
  decision: 'People and checks: what is noticed, allowed, begun and done.',
  plain: 'Neither lost nor back: numbers, routes that only change their way, and the like.',
};

export type Sorts = Readonly<Record<Sort, number>>;

export interface EventMark {
  /** The change it leads to: its only one, or the first. */
  readonly row: number;
  readonly x: number;
  /** Where the last of several lies. */
  readonly end: number;
  readonly count: number;
  readonly sort: Sort;
  /** The number as short as it must be; empty for one. */
  readonly label: string;
  readonly title: string;
}

/** A mark is as wide as a finger or a trembling hand needs it. */
const APART = 24;

const known = new WeakMap<Run, Uint8Array>();

/** The sort of each change, by its place in `SORTS`. Worked out when it is first asked for. */
function sortsOf(run: Run, tone: (row: number) => Tone): Uint8Array {
  const there = known.get(run);
  if (there) return there;
  const { changes, facts } = run;
  const sorts = Uint8Array.from({ length: changes.count }, (_, row) => {
    if (changes.tipped[row]! < 0) return SORTS.indexOf('origin');
    if (decides(facts.kinds[changes.fact[row]!]!)) return SORTS.indexOf('decision');
    return SORTS.indexOf(tone(row));
  });
  known.set(run, sorts);
  return sorts;
}

/** Rows of the changes in a stretch, with both its ends: from the first, up to but not the second. Times are whole milliseconds. */
export const rowsIn = ({ changes }: Run, { from, to }: Span): readonly [number, number] => [
  countUntil(changes.at, from - 0.5),
  countUntil(changes.at, to),
];

export function countSorts({ run, tone }: World, from: number, to: number): Sorts {
  const sorts = sortsOf(run, tone);
  const counts = SORTS.map(() => 0);
  for (let row = from; row < to; row++) counts[sorts[row]!]! += 1;
  return Object.fromEntries(SORTS.map((sort, i) => [sort, counts[i]!])) as unknown as Sorts;
}

/** What sets things off is rare and counts most; then whether more is lost or comes back. */
function leading(counts: Sorts): Sort {
  if (counts.origin > 0) return 'origin';
  if (counts.loss + counts.gain > 0) return counts.loss >= counts.gain ? 'loss' : 'gain';
  return counts.decision > 0 ? 'decision' : 'plain';
}

const short = (count: number): string =>
  count < 2
    ? ''
    : count < 1000
      ? String(count)
      : count < 1e6
        ? `${Math.floor(count / 1000)}k`
        : `${Math.floor(count / 1e6)}M`;

const listed = (counts: Sorts): string =>
  SORTS.filter((sort) => counts[sort] > 0)
    .map((sort) => `${counts[sort].toLocaleString('en')} ${SORT_WORD[sort]}`)
    .join(', ');

export function eventsOf(world: World, scale: Scale): readonly EventMark[] {
  const { run, brief } = world;
  const { at, says } = run.changes;
  const clock = (row: number): string => clockText(run.epoch, at[row]!, brief);
  const [first, last] = rowsIn(run, scale);
  const marks: EventMark[] = [];
  for (let row = first; row < last; ) {
    const x = scale.x(at[row]!);
    let [low, high] = [row + 1, last];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (scale.x(at[middle]!) < x + APART) low = middle + 1;
      else high = middle;
    }
    const counts = countSorts(world, row, low);
    const count = low - row;
    marks.push({
      row,
      x,
      end: scale.x(at[low - 1]!),
      count,
      sort: leading(counts),
      label: short(count),
      title:
        count === 1
          ? `${clock(row)} ${says(row)}`
          : `${count.toLocaleString('en')} changes${at[low - 1] === at[row] ? ' at' : `, ${clock(row)} to`} ${clock(low - 1)}: ${listed(counts)}. The first: ${says(row)}`,
    });
    row = low;
  }
  return marks;
}
