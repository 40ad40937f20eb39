/** Moments before and after a moment: by change, by marker, by wall-clock time. All pure; the same unit both ways. */
import { type Course, countUntil } from './course.ts';
import type { Moment } from './session.ts';

/** A long silence is passed over in this much of the person's time, seconds. */
const LEAP = 0.6;

export function momentAt(course: Course, at: number): Moment {
  const time = Math.min(Math.max(at, 0), course.length);
  return { at: time, step: countUntil(course.times, time) };
}

/** The moment right after a change: those of the same instant that come later have not happened yet. */
export const momentOfRow = (course: Course, row: number): Moment => ({
  at: course.times[row] as number,
  step: row + 1,
});

/** One change on or back. Before the first change is the start; after the last, the end. */
export function stepped(course: Course, moment: Moment, by: 1 | -1): Moment {
  if (by > 0) {
    if (moment.step >= course.times.length) return { at: course.length, step: moment.step };
    return momentOfRow(course, moment.step);
  }
  if (moment.step === 0) return { at: 0, step: 0 };
  const onChange = moment.at === course.times[moment.step - 1];
  const step = onChange ? moment.step - 1 : moment.step;
  return step === 0 ? { at: 0, step: 0 } : momentOfRow(course, step - 1);
}

export function toMarker(course: Course, moment: Moment, by: 1 | -1): Moment {
  const marks = course.markers;
  const until = countUntil(marks, moment.at);
  const before = marks[until - 1] === moment.at ? until - 2 : until - 1;
  const at = by > 0 ? marks[until] : marks[before];
  return momentAt(course, at ?? (by > 0 ? course.length : 0));
}

/** The next or the last change among `rows` that is not the one just seen; null when there is none. */
export function nextOf(rows: ArrayLike<number>, step: number, by: 1 | -1): number | null {
  const until = countUntil(rows, step - 1);
  if (by > 0) return rows[until] ?? null;
  const before = rows[until - 1] === step - 1 ? until - 2 : until - 1;
  return rows[before] ?? null;
}

/** Where `seconds` of playing lead from here; silences go by in a moment when they are to be skipped. */
export function played(course: Course, moment: Moment, seconds: number, speed: number, skip: boolean): Moment {
  let at = moment.at;
  let left = seconds;
  for (let turns = 0; left > 1e-9 && at < course.length && turns < 1000; turns++) {
    const gap = skip ? course.gaps.find((one) => at >= one.from && at < one.to) : undefined;
    const border = gap
      ? gap.to
      : Math.min(...(skip ? course.gaps.map((one) => (one.from > at ? one.from : course.length)) : []), course.length);
    const rate = gap ? Math.max(speed, (gap.to - gap.from) / LEAP) : speed;
    const reach = at + rate * left;
    if (reach < border) return momentFrom(course, moment, reach);
    left -= (border - at) / rate;
    at = border;
  }
  return momentFrom(course, moment, at);
}

/** Playing never takes back a change that was stepped to inside an instant. */
function momentFrom(course: Course, before: Moment, at: number): Moment {
  const next = momentAt(course, at);
  return next.step < before.step ? before : next;
}
