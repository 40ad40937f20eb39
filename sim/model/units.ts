/** Time is whole milliseconds since the scenario's start; this file reads and writes it as people do. */

/** Whole milliseconds, ≥ 0, since the scenario's start. */
export type Ms = number;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The longest time a scenario may speak of: a thousand days. Keeps every sum far below 2^53. */
export const LONGEST: Ms = 1000 * DAY;

const UNIT: Readonly<Record<string, number>> = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY };
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g;

/** `90s`, `5m`, `2h30m`, `1.5h` as whole milliseconds; null when the text is no duration or not a whole number of milliseconds. */
export function parseDuration(text: string): Ms | null {
  if (!DURATION.test(text)) return null;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(PART)) sum += Number(amount) * (UNIT[unit as string] as number);
  const whole = Math.round(sum);
  return Math.abs(sum - whole) < 1e-6 && whole <= LONGEST ? whole : null;
}

/** Milliseconds as the shortest duration text: `2h30m`, `90s` becomes `1m30s`, 0 becomes `0s`. */
export function formatDuration(ms: Ms): string {
  if (ms === 0) return '0s';
  let rest = ms;
  let text = '';
  for (const [unit, size] of [
    ['d', DAY],
    ['h', HOUR],
    ['m', MINUTE],
    ['s', SECOND],
    ['ms', 1],
  ] as const) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}

/** Epoch milliseconds of an ISO date-time with zone (`2021-10-04T15:30:00Z`); null when it is none. */
export function parseDateTime(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const epoch = Date.parse(text);
  return Number.isNaN(epoch) ? null : epoch;
}

/** The ISO date-time (UTC) of epoch milliseconds. */
export const formatDateTime = (epoch: number): string => new Date(epoch).toISOString();

/** `15:39Z` or `15:38:30Z` as milliseconds after midnight UTC; null when it is no clock time. */
export function parseClock(text: string): Ms | null {
  const match = /^(\d{2}):(\d{2})(?::(\d{2}))?Z$/.exec(text);
  if (!match) return null;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  return hours < 24 && minutes < 60 && seconds < 60 ? hours * HOUR + minutes * MINUTE + seconds * SECOND : null;
}

/** The clock on the wall (UTC) at `at`, for a scenario that starts at epoch `start`: `15:39:00`, with days as `+1d 00:10:00`. */
export function formatClock(start: number, at: Ms): string {
  const midnight = start - (start % DAY);
  const day = Math.floor((start + at - midnight) / DAY);
  const ofDay = (((start + at) % DAY) + DAY) % DAY;
  const two = (n: number) => String(n).padStart(2, '0');
  const whole = `${two(Math.floor(ofDay / HOUR))}:${two(Math.floor(ofDay / MINUTE) % 60)}:${two(Math.floor(ofDay / SECOND) % 60)}`;
  const fraction = ofDay % SECOND === 0 ? '' : `.${String(ofDay % SECOND).padStart(3, '0')}`;
  return (day > 0 ? `+${day}d ` : '') + whole + fraction;
}

/** A number as it enters facts and traces: nine significant digits. */
export const round9 = (x: number): number => (x === 0 ? 0 : Number(x.toPrecision(9)));

/** The first whole millisecond at or after `x`, forgiving the dust of a division. */
export const wholeAfter = (x: number): Ms => {
  const near = Math.floor(x + 0.5);
  return Math.abs(x - near) < 1e-6 ? near : Math.floor(x) + 1;
};

/** Longer than any run: two lines that differ by the dust of a division alone meet no sooner. */
const AGES: Ms = 1e15;
export const isNever = (left: number): boolean => left > AGES;

/** Names in canonical order: by UTF-16 code unit, whatever the locale. */
export const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
