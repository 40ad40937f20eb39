/** Times in words and figures: the clock on the wall, what has passed, and how long something lasted. */

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Runs shorter than this happen within seconds: then milliseconds count, and the hour does not. */
const BRIEF = 20 * SECOND;
export const isBrief = (length: number): boolean => length <= BRIEF;

const two = (n: number): string => String(n).padStart(2, '0');
const mod = (n: number, by: number): number => ((n % by) + by) % by;

export interface Clock {
  readonly main: string;
  /** Seconds beside the minutes, milliseconds beside the seconds of a brief run; set lighter. */
  readonly rest: string;
  /** `+1 day` when midnight has passed since the start; else empty. */
  readonly day: string;
}

export function clockOf(epoch: number, at: number, brief: boolean): Clock {
  if (brief)
    return {
      main: String(Math.floor(at / SECOND)),
      rest: `.${String(Math.floor(at) % SECOND).padStart(3, '0')} s`,
      day: '',
    };
  const ofDay = mod(epoch + Math.floor(at), DAY);
  const days = Math.floor((epoch + at) / DAY) - Math.floor(epoch / DAY);
  const minutes = `${two(Math.floor(ofDay / HOUR))}:${two(Math.floor(ofDay / MINUTE) % 60)}`;
  const seconds = two(Math.floor(ofDay / SECOND) % 60);
  const day = days > 0 ? `+${days} ${days === 1 ? 'day' : 'days'}` : '';
  return { main: minutes, rest: `:${seconds}`, day };
}

/** `15:39:04`; in a brief run `0.223 s` from the start. */
export function clockText(epoch: number, at: number, brief: boolean): string {
  const { main, rest, day } = clockOf(epoch, at, brief);
  return `${day ? `${day} ` : ''}${main}${rest}`;
}

const UNITS = [
  ['d', DAY],
  ['h', HOUR],
  ['min', MINUTE],
  ['s', SECOND],
  ['ms', 1],
] as const;

/** At most two units, the larger first: `1 h 42 min`, `38 s`, `41 ms`. */
export function lasting(ms: number, parts: 1 | 2 = 2): string {
  const whole = Math.round(ms);
  if (whole === 0) return '0 s';
  if (whole > SECOND && whole < MINUTE && parts === 2) return `${Math.round(whole / 100) / 10} s`;
  const first = UNITS.findIndex(([, size]) => whole >= size);
  const text: string[] = [];
  let rest = whole;
  for (const [unit, size] of UNITS.slice(first, first + parts)) {
    const count = parts === 1 ? Math.round(rest / size) : Math.floor(rest / size);
    if (count > 0) text.push(`${count} ${unit}`);
    rest -= count * size;
  }
  return text.join(' ');
}

/** What has passed, as fine as `step` and no finer: `1 h 40 min` by minutes, `1 h 40 min 5 s` by seconds, `5.2 s` below. */
export function since(at: number, step: number): string {
  const ms = Math.round(at);
  if (ms < SECOND && step < SECOND) return ms === 0 ? '0' : `${ms} ms`;
  const text: string[] = [];
  let rest = ms;
  for (const [unit, size] of UNITS) {
    if (size < SECOND || (step >= MINUTE && size < MINUTE)) break;
    const count = size === SECOND && step < SECOND ? rest / SECOND : Math.floor(rest / size);
    if (count > 0) text.push(`${count} ${unit}`);
    rest -= Math.floor(count) * size;
  }
  return text.length === 0 ? '0' : text.join(' ');
}

export const elapsed = (at: number): string => (at < 1 ? 'at the start' : `${lasting(Math.floor(at))} in`);

/** The clock on the wall to the millisecond: for brief runs, whose large clock counts from the start. */
export const wallClock = (epoch: number, at: number): string =>
  new Date(epoch + Math.floor(at)).toISOString().slice(11, 23);

/** `4 October 2021`. */
export function dateText(epoch: number): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    epoch,
  );
}

/** What one second of the person's time is: `1 s = 1 min`. */
export const speedText = (speed: number): string => (speed === 0 ? '1 s = 1 change' : `1 s = ${lasting(speed)}`);

const LADDER = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 20, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 20, 30].map((n) => n * MINUTE),
  ...[1, 2, 6, 12, 24].map((n) => n * HOUR),
];

/** The speeds on offer for a run that plays for `length` ms, slowest first, and the one to begin with: about a minute and a half for it all. */
export function speedsFor(length: number): { readonly speeds: readonly number[]; readonly usual: number } {
  const fit = LADDER.findIndex((speed) => speed >= length / 90);
  const middle = fit < 0 ? LADDER.length - 1 : fit;
  const from = Math.max(0, middle - 4);
  return { speeds: [0, ...LADDER.slice(from, middle + 5)], usual: LADDER[middle] as number };
}

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** From so many on, what they are counted in. */
const SIZES = [
  [1e12, 1e12, ' trillion'],
  [1e9, 1e9, ' billion'],
  [1e6, 1e6, ' million'],
  [1e5, 1e3, ' thousand'],
] as const;

/** `1,930,000,000` people is more than a glance takes in: `1.9 billion`. */
export function many(n: number): string {
  const [, size, word] = SIZES.find(([from]) => n >= from) ?? [0, 1, ''];
  const scaled = n / size;
  return `${(scaled >= 100 ? WHOLE : TENTHS).format(scaled)}${word}`;
}

/** A number with its unit: `29.7 × the usual`, `4,200 reports a minute`; a share in per cent. */
export const amount = (n: number, unit: string): string =>
  unit === 'of them' ? `${WHOLE.format(n * 100)} % ${unit}` : `${many(n)} ${unit}`.trim();
