/** Times, numbers and draws as authors write them: from text to value, or to a sentence that says what is wrong. */
import type { Draw } from './luck.ts';
import { fixed } from './luck.ts';
import { shorten } from './tree.ts';
import { DAY, LONGEST, type Ms, parseClock, parseDateTime, parseDuration } from './units.ts';

/** What went wrong: a sentence and, where there is one, a way to mend it. */
export class Wrong {
  readonly says: string;
  readonly hint: string | undefined;
  constructor(says: string, hint?: string) {
    this.says = says;
    this.hint = hint;
  }
}

const quoted = (text: string): string => `"${shorten(text)}"`;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Sums of a million such numbers are still exact enough, and nothing in a scenario is larger. */
const MOST = 1e15;

/** `90s`, `2h30m`, `0`. */
export function readSpan(text: string): Ms | Wrong {
  const ms = parseDuration(text);
  if (ms !== null) return ms;
  if (NUMBER.test(text)) {
    const n = Number(text);
    if (n === 0) return 0;
    return n < 0
      ? new Wrong(`a time span cannot be negative, found ${shorten(text)}`)
      : new Wrong(
          `expected a time span, found the bare number ${shorten(text)}`,
          `write ${shorten(text)}s, ${shorten(text)}m or ${shorten(text)}ms`,
        );
  }
  if (/^-\d/.test(text)) return new Wrong(`a time span cannot be negative, found ${shorten(text)}`);
  if (/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text)) {
    return spanSum(text) > LONGEST
      ? new Wrong(`${shorten(text)} is longer than 1000 days`)
      : new Wrong(`${shorten(text)} is no whole number of milliseconds`);
  }
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text) ?? [];
  const short =
    unit &&
    {
      sec: 's',
      secs: 's',
      second: 's',
      seconds: 's',
      min: 'm',
      mins: 'm',
      minute: 'm',
      minutes: 'm',
      hour: 'h',
      hours: 'h',
      hr: 'h',
      day: 'd',
      days: 'd',
      S: 's',
      M: 'm',
      H: 'h',
    }[unit];
  return new Wrong(
    `expected a time span such as 90s, 5m or 2h30m, found ${quoted(text)}`,
    short && `write ${amount}${short}`,
  );
}

function spanSum(text: string): number {
  let sum = 0;
  const size: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5 };
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g))
    sum += Number(amount) * (size[unit as string] as number);
  return sum;
}

/** `2e9`, `85%` (0.85), `30x` (30). */
export function readNumber(text: string): number | Wrong {
  const [, digits, unit] = /^(.*?)([%x]?)$/s.exec(text) as unknown as [string, string, string];
  if (!NUMBER.test(digits)) return new Wrong(`expected a number such as 3, 2e9, 85% or 30x, found ${quoted(text)}`);
  const n = unit === '%' ? Number(digits) / 100 : Number(digits);
  return Math.abs(n) <= MOST ? n : new Wrong(`${shorten(text)} is too large a number to count with`);
}

/** `90s`, `5s..3m`, `5s..30s..3m`, `exp(5m)`, `normal(5m, 1m)`, `lognormal(5m, 0.5)`, all of times. */
export function readDraw(text: string): Draw | Wrong {
  const call = /^(exp|normal|lognormal)\s*\((.*)\)$/s.exec(text);
  if (call)
    return readLaw(
      call[1] as string,
      (call[2] as string).split(',').map((part) => part.trim()),
    );
  const parts = text.split('..');
  if (parts.length === 1) {
    const ms = readSpan(text);
    return ms instanceof Wrong ? ms : fixed(ms);
  }
  if (parts.length > 3) return new Wrong(`expected two or three times with .. between, found ${quoted(text)}`);
  const times: Ms[] = [];
  for (const part of parts) {
    const ms = readSpan(part.trim());
    if (ms instanceof Wrong) return ms;
    times.push(ms);
  }
  if (times.some((ms, i) => i > 0 && ms < (times[i - 1] as number)))
    return new Wrong(`${shorten(text)} runs backwards`, 'write the smaller time first');
  const [low, mode, high] = times as [Ms, Ms, Ms];
  return times.length === 2 ? { law: 'uniform', low, high: mode } : { law: 'triangular', low, mode, high };
}

function readLaw(law: string, parts: readonly string[]): Draw | Wrong {
  const wanted = { exp: 'exp(5m)', normal: 'normal(5m, 1m)', lognormal: 'lognormal(5m, 0.5)' }[law] as string;
  if (parts.length !== (law === 'exp' ? 1 : 2)) return new Wrong(`${law} is written ${wanted}`);
  const middle = readSpan(parts[0] as string);
  if (middle instanceof Wrong) return middle;
  if (law === 'exp')
    return middle > 0 ? { law: 'exponential', mean: middle } : new Wrong('the mean of exp() must be more than 0');
  if (law === 'normal') {
    const deviation = readSpan(parts[1] as string);
    return deviation instanceof Wrong ? deviation : { law: 'normal', mean: middle, deviation };
  }
  const sigma = readNumber(parts[1] as string);
  if (sigma instanceof Wrong) return new Wrong(`lognormal is written ${wanted}: a median time and a plain number`);
  return sigma >= 0 && sigma <= 5 && middle > 0
    ? { law: 'lognormal', median: middle, sigma }
    : new Wrong(`lognormal wants a median above 0 and a sigma of 0 to 5, found ${parts.join(', ')}`);
}

/** A moment as time since the start (epoch `start`): `9m`, `15:39Z`, `2021-10-04T15:39:00Z`. */
export function readMoment(text: string, start: number): Ms | Wrong {
  const clock = parseClock(text);
  if (clock !== null) {
    const ofDay = ((start % DAY) + DAY) % DAY;
    return (clock - ofDay + DAY) % DAY;
  }
  const epoch = parseDateTime(text);
  if (epoch !== null) {
    if (epoch < start) return new Wrong(`${text} lies before the start of the clock`);
    return epoch - start <= LONGEST ? epoch - start : new Wrong(`${text} lies more than 1000 days after the start`);
  }
  const span = readSpan(text);
  if (!(span instanceof Wrong) || span.hint || /negative|1000 days/.test(span.says)) return span;
  if (/^\d{1,2}:\d{2}(:\d{2})?$/.test(text))
    return new Wrong(`a clock time says its zone, found ${quoted(text)}`, `write ${text.padStart(5, '0')}Z`);
  if (/^\d{4}-\d{2}-\d{2}/.test(text))
    return new Wrong(`expected a date-time with zone such as 2021-10-04T15:39:00Z, found ${quoted(text)}`);
  return new Wrong(`expected a moment such as 9m, 15:39Z or 2021-10-04T15:39:00Z, found ${quoted(text)}`);
}

/** Whether a text is meant as a moment rather than as a name. */
export const looksLikeMoment = (text: string): boolean => /^[+-]?[\d.]/.test(text);
