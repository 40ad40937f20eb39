/** Numbers over the run, as straight pieces: where each jumps, and where its slope changes. */
import { type Run, slice } from '../load/run.ts';
import { coarseMost, coarseSum } from './coarse.ts';

export interface Point {
  readonly at: number;
  readonly value: number;
}

/** A fact that is a number: two points where it jumps, one where only its slope changes. */
export function pointsOf(run: Run, fact: number): readonly Point[] {
  const { changes, facts, length } = run;
  const points: Point[] = [{ at: 0, value: facts.initial[fact]! }];
  let [value, slope, since] = [facts.initial[fact]!, 0, 0];
  for (const row of slice(changes.ofFact, fact)) {
    const at = changes.at[row]!;
    const reached = value + (slope * (at - since)) / 60_000;
    points.push({ at, value: reached });
    [value, slope, since] = [changes.to[row]!, changes.slope[row]!, at];
    if (value !== reached) points.push({ at, value });
  }
  points.push({ at: length, value: value + (slope * (length - since)) / 60_000 });
  return points;
}

/** Height of a curve just before and just after a moment; beyond its ends it goes on level. */
function around(points: readonly Point[], at: number, from: number): { before: number; after: number; next: number } {
  let i = from;
  while (i < points.length && points[i]!.at < at) i++;
  const here = points[i];
  if (here && here.at === at) {
    let last = i;
    while (points[last + 1]?.at === at) last++;
    return { before: here.value, after: points[last]!.value, next: i };
  }
  const left = points[i - 1] ?? here!;
  const right = here ?? left;
  const share = right.at > left.at ? (at - left.at) / (right.at - left.at) : 0;
  const value = left.value + (right.value - left.value) * share;
  return { before: value, after: value, next: i };
}

/** Where so many bends times so many curves would be looked at, columns are. */
const LONG = 2_000_000;

/**
 * Several curves made one at every moment at which one of them bends. Exact for sums; what is between is drawn straight. Very many are
 * joined by columns finer than a screen shows.
 */
export function joined(
  curves: readonly (readonly Point[])[],
  join: (values: readonly number[]) => number,
): readonly Point[] {
  if (curves.length === 1) return curves[0]!;
  const size = curves.reduce((all, points) => all + points.length, 0);
  if (size * curves.length > LONG && join === sum) return coarseSum(curves);
  if (size * curves.length > LONG && join === most) return coarseMost(curves);
  const times = [...new Set(curves.flatMap((points) => points.map(({ at }) => at)))].sort((a, b) => a - b);
  const where = curves.map(() => 0);
  return times.flatMap((at) => {
    const all = curves.map((points, i) => {
      const one = around(points, at, where[i]!);
      where[i] = one.next;
      return one;
    });
    const before = join(all.map((one) => one.before));
    const after = join(all.map((one) => one.after));
    return before === after
      ? [{ at, value: after }]
      : [
          { at, value: before },
          { at, value: after },
        ];
  });
}

export const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
export const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0);
