/** What moving through a run needs to know of it: its times, its silences, its marked moments, and who causes what. */
import type { Moment } from './session.ts';

/** A stretch in which nothing changes, ms since time zero. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Where playing stops to ask, and where the answer is. */
export interface Ask {
  readonly id: string;
  readonly ask: Moment;
  readonly reveal: Moment;
}

/** Where playing can stop by itself: people or checks decide, a checkpoint is missed, nothing changes for long. */
export const STOPS = ['decision', 'miss', 'silence'] as const;
export type Stop = (typeof STOPS)[number];

export interface Course {
  readonly length: number;
  /** Where a run is opened: before what sets it off. */
  readonly opening: Moment;
  /** In order; none of them begins before the last has ended. */
  readonly asks: () => readonly Ask[];
  /** Time of each change, in order. */
  readonly times: Float64Array;
  readonly gaps: readonly Gap[];
  /** Times of captions and other marked moments, in order, each once. */
  readonly markers: readonly number[];
  /** Times of each of the moments at which playing can stop, in order. */
  readonly stops: Readonly<Record<Stop, readonly number[]>>;
  /** The speeds on offer, slowest first; 0 is one change a second. */
  readonly speeds: readonly number[];
  /** Rows of the changes that speak of a thing, in order. */
  rowsOf(thing: string): ArrayLike<number>;
  thingOf(row: number): string | null;
  tippedBy(row: number): number | null;
  ledTo(row: number): number | null;
  /** Where a checkpoint lies in time, if it is about a moment. */
  momentOf(checkpoint: string): number | null;
}

/** How many of the ordered times are not after `at`. */
export function countUntil(times: ArrayLike<number>, at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
