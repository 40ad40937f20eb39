/** The stretch of a run that the timeline shows in detail: kept within the run, brought closer, and paged along with the playhead. */
import type { Moment } from './session.ts';

/** A stretch of the run, ms since time zero. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** No stretch is shorter, milliseconds. */
export const LEAST = 10;
/** Where a page is turned, so much of it lies before the playhead: what led there is still seen. */
const BEFORE = 0.1;

/** A stretch in whole milliseconds inside the run; null where that is all of it. */
export function fitted({ from, to }: Span, length: number): Span | null {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const wide = Math.max(Math.round(high - low), LEAST);
  if (!(wide < length)) return null;
  const start = Math.min(Math.max(Math.round(low), 0), Math.floor(length - wide));
  return { from: start, to: start + wide };
}

/** Half or twice as long, around the playhead; around the middle where the playhead is not in it. Null: all of the run. */
export function zoomed(span: Span | null, at: number, by: 1 | -1, length: number): Span | null {
  const { from, to } = span ?? { from: 0, to: length };
  if (by < 0 && span === null) return null;
  const middle = at < from || at > to ? (from + to) / 2 : at;
  const factor = by > 0 ? 0.5 : 2;
  const wide = Math.max((to - from) * factor, LEAST);
  const start = middle - ((middle - from) / (to - from)) * wide;
  return fitted({ from: start, to: start + wide }, length);
}

const holds = ({ from, to }: Span, { at }: Moment): boolean => at >= from && at <= to;

/** Where the playhead has moved out of the stretch, the page of the same length that it is on. */
export function paged(span: Span, before: Moment, after: Moment, length: number): Span {
  if (holds(span, after)) return span;
  const wide = span.to - span.from;
  const from = after.at - wide * (after.at < before.at ? 1 - BEFORE : BEFORE);
  return fitted({ from, to: from + wide }, length) ?? span;
}
