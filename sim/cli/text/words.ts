/** Numbers, values and moments in words. */
import type { Ms, Value } from '../../index.ts';
import { formatClock, sayNumber } from '../../index.ts';

/** `1 node`, `12 nodes`, `12,000 nodes`. */
export const count = (n: number, noun: string): string => `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;

const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** An empty text is a path that is not there. */
export const sayValue = (value: Value): string =>
  value === true ? 'yes' : value === false ? 'no' : typeof value === 'number' ? sayNumber(value) : value || 'none';

/** The clock at a moment, in a sentence: `15:39:00Z`. Columns of clocks go without the Z. */
export const clockAt = (start: number, at: Ms): string => `${formatClock(start, at)}Z`;

/** Whole seconds are enough on the clock, unless a run is over in a minute. */
export function roundClock(start: number, at: Ms, run: Ms): string {
  const grain = run > 60_000 ? 1000 : 1;
  return formatClock(start, Math.floor((start + at) / grain) * grain - start);
}
