/** What is told of the moment that the pointer is over: the clock, what has passed, and the change that is nearest. */
import { countUntil } from '../state/course.ts';
import { clockText, elapsed, lasting, wallClock } from './time.ts';
import type { World } from './world.ts';

export interface Pointed {
  readonly time: string;
  readonly event: string;
}

/** `until`: changes from this row on are not told of. */
export function pointedAt(world: World, at: number, until: number): Pointed {
  const { run, brief } = world;
  const { changes } = run;
  const time = `${clockText(run.epoch, at, brief)}${brief ? ` (${wallClock(run.epoch, at)})` : ` · ${elapsed(at)}`}`;
  const after = countUntil(changes.at, at);
  const before = after - 1;
  const near = [before, after]
    .filter((row) => row >= 0 && row < Math.min(changes.count, until))
    .reduce(
      (best, row) => (best < 0 || Math.abs(changes.at[row]! - at) < Math.abs(changes.at[best]! - at) ? row : best),
      -1,
    );
  const silence = after < until ? silenceAt(world, at) : null;
  const event = near < 0 ? '' : `${clockText(run.epoch, changes.at[near]!, brief)} ${changes.says(near)}`;
  return {
    time,
    event: silence ? [silence.says, event].filter(Boolean).join('; nearest: ') : event,
  };
}

export interface Silence {
  readonly from: number;
  readonly to: number;
  readonly says: string;
}

/** The long silence that a moment is in, from the change before it to the change after it; null where it is in none. */
export function silenceAt({ run, brief, course }: World, at: number): Silence | null {
  if (!course.gaps.some((gap) => at > gap.from && at < gap.to)) return null;
  const next = countUntil(course.times, at);
  const [from, to] = [course.times[next - 1] ?? 0, course.times[next]];
  if (to === undefined) return { from, to: run.length, says: 'Nothing changes any more' };
  return { from, to, says: `Nothing changes for ${lasting(to - from)}, until ${clockText(run.epoch, to, brief)}` };
}
