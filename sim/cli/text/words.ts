/** Numbers, values and moments in words. */
import type { Ms, Value } from '../../index.ts';
import { formatClock, sayNumber } from '../../index.ts';

/** `1 node`, `12 nodes`, `12,000 nodes`. */
export const count = (n: number, noun: string): string => `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;

const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

export const sayValue = (value: Value): string =>
  value === true ? 'yes' : value === false ? 'no' : typeof value === 'number' ? sayNumber(value) : value;

/** The clock at a moment, in a sentence: `15:39:00Z`. Columns of clocks go without the Z. */
export const clockAt = (start: number, at: Ms): string => `${formatClock(start, at)}Z`;
