/** Moments as people write them on a command line: since the start, on the clock, or with the date. */
import { formatClock, formatDuration, type Ms, parseDateTime, parseDuration, type Scenario } from '../index.ts';
import { Unreadable } from './io.ts';

const DAY = 86_400_000;

/** Milliseconds since the start of the scenario; the next such time where the clock alone is given. */
export function momentOf(flag: string, text: string, { start, run }: Pick<Scenario, 'start' | 'run'>): Ms {
  const at = read(text, start);
  const end = `${formatClock(start, run)}Z, ${formatDuration(run)} after its start`;
  if (at === null) {
    throw new Unreadable(`--${flag} ${text}: expected a time such as 2h30m, 18:00Z or 2021-10-04T18:00:00Z`);
  }
  if (at < 0)
    throw new Unreadable(`--${flag} ${text}: this is before the scenario starts, at ${new Date(start).toISOString()}`);
  if (at > run) throw new Unreadable(`--${flag} ${text}: the scenario ends before, at ${end}`);
  return at;
}

/** `15:39:00`, with or without its Z, and `+1d 00:10:00` as we print it. */
const CLOCK = /^(?:\+(\d{1,3})d ?)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z?$/;

function read(text: string, start: number): Ms | null {
  const duration = parseDuration(text);
  if (duration !== null) return duration;
  const date = parseDateTime(text);
  if (date !== null) return date - start;
  const [, days, ...parts] = CLOCK.exec(text) ?? [];
  const [hours, minutes, seconds = 0] = parts.slice(0, 3).map((part) => Number(part ?? 0));
  if (hours === undefined || minutes === undefined || hours > 23 || minutes > 59 || seconds > 59) return null;
  const clock = ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number((parts[3] ?? '').padEnd(3, '0'));
  const ofDay = ((start % DAY) + DAY) % DAY;
  return days === undefined ? (clock - ofDay + DAY) % DAY : clock - ofDay + Number(days) * DAY;
}
