/** Peaks: the stretch of the clock in which most facts of a name change. */
import { globMatcher } from '../model/expand/globs.ts';
import type { Claim } from '../model/scenario.ts';
import { DAY, type Ms } from '../model/units.ts';
import type { Trace } from '../trace/trace.ts';

/**
 * The middle of the fullest bin, the earliest of several; null when nothing of that name changes. Bins are multiples of `per` on
 * the clock, counted from midnight. What anything live asks is counted; where only claims and pictures ask, what they ask.
 */
export function peak(
  trace: Trace,
  start: number,
  { facts: glob, per }: Extract<Claim, { claim: 'peak' }>,
  counted: (at: Ms) => boolean,
): Ms | null {
  const { facts, columns, count } = trace;
  const matches = globMatcher(glob);
  const meant = facts.names.map((name, fact) => facts.kinds[fact] !== 'claim' && matches(name) !== null);
  const anyLive = meant.some((one, fact) => one && fact < facts.firstWatched);
  const ofDay = ((start % DAY) + DAY) % DAY;
  const bins = new Map<number, number>();
  for (let id = 0; id < count; id++) {
    const fact = columns.fact[id] as number;
    const at = columns.at[id] as number;
    if (!meant[fact] || (anyLive && fact >= facts.firstWatched) || !counted(at)) continue;
    const bin = Math.floor((ofDay + at) / per);
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  let [best, most] = [-1, 0];
  // Changes are in order of time, and so are the bins.
  for (const [bin, changes] of bins) if (changes > most) [best, most] = [bin, changes];
  return most === 0 ? null : Math.max(0, best * per + Math.floor(per / 2) - ofDay);
}
