/** What is too long to be kept piece by piece, in as many columns as a wide screen has: with the highest and the lowest of each column. */
import type { Point } from './curve.ts';

/** More than a timeline has pixels. */
const COLUMNS = 2048;

type Curves = readonly (readonly Point[])[];

const startOf = (curves: Curves): number =>
  curves.reduce((least, points) => Math.min(least, points[0]?.at ?? least), 0);
const endOf = (curves: Curves): number => curves.reduce((most, points) => Math.max(most, points.at(-1)?.at ?? most), 0);

/**
 * The sum of curves, exact at the borders of columns and at its extremes inside of each. Every bend of a curve is an event: the sum
 * jumps there, or its slope changes. Before its first point and after its last a curve goes on level.
 */
export function coarseSum(curves: Curves): readonly Point[] {
  const [from, to] = [startOf(curves), endOf(curves)];
  const column = (to - from) / COLUMNS || 1;
  const size = curves.reduce((all, points) => all + 3 * points.length, 0);
  const [at, jump, slope] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  let count = 0;
  const event = (when: number, by: number, bend: number): void => {
    at[count] = when;
    jump[count] = by;
    slope[count++] = bend;
  };
  let value = 0;
  for (const points of curves) {
    value += points[0]?.value ?? 0;
    for (let i = 1; i < points.length; i++) {
      const [p, q] = [points[i - 1]!, points[i]!];
      if (q.at === p.at) {
        if (q.value !== p.value) event(q.at, q.value - p.value, 0);
      } else if (q.value !== p.value) {
        const rise = (q.value - p.value) / (q.at - p.at);
        event(p.at, 0, rise);
        event(q.at, 0, -rise);
      }
    }
  }
  const columnOf = (when: number): number => Math.min(Math.floor((when - from) / column), COLUMNS - 1);
  const starts = new Int32Array(COLUMNS + 1);
  for (let i = 0; i < count; i++) starts[columnOf(at[i]!) + 1]! += 1;
  for (let k = 0; k < COLUMNS; k++) starts[k + 1]! += starts[k]!;
  const next = starts.slice();
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[next[columnOf(at[i]!)]!++] = i;

  const found: Point[] = [{ at: from, value }];
  let [time, rise] = [from, 0];
  for (let k = 0; k < COLUMNS; k++) {
    const events = order.subarray(starts[k], starts[k + 1]).sort((a, b) => at[a]! - at[b]!);
    let [low, high]: [Point, Point] = [found.at(-1)!, found.at(-1)!];
    const meet = (): void => {
      if (value < low.value) low = { at: time, value };
      if (value > high.value) high = { at: time, value };
    };
    for (let i = 0; i < events.length; ) {
      const when = at[events[i]!]!;
      value += rise * (when - time);
      time = when;
      meet();
      let bent = 0;
      for (; i < events.length && at[events[i]!] === when; i++) {
        value += jump[events[i]!]!;
        bent += slope[events[i]!]!;
      }
      // Whether all of it is level again is not left to rounding.
      rise = Math.abs(rise + bent) < 1e-12 * Math.max(Math.abs(rise), Math.abs(bent)) ? 0 : rise + bent;
      meet();
    }
    const border = from + (k + 1) * column;
    value += rise * (border - time);
    time = border;
    const extremes = [low, high].filter((point) => point !== found.at(-1)).sort((a, b) => a.at - b.at);
    for (const point of extremes) if (point !== found.at(-1)) found.push(point);
    if (events.length > 0 || found.at(-1)!.value !== value || k === COLUMNS - 1) found.push({ at: time, value });
  }
  return found;
}

/** The highest of curves in each column. */
export function coarseMost(curves: Curves): readonly Point[] {
  const [from, to] = [startOf(curves), endOf(curves)];
  const column = (to - from) / COLUMNS || 1;
  const levels = Math.ceil(Math.log2(COLUMNS)) + 1;
  /** On level `l` a value is the least that the `2 ** l` columns from there on reach. */
  const reach = Array.from({ length: levels }, () => new Float64Array(COLUMNS).fill(Number.NEGATIVE_INFINITY));
  const raise = (level: number, k: number, value: number): void => {
    if (value > reach[level]![k]!) reach[level]![k] = value;
  };
  const columnOf = (when: number): number => Math.max(0, Math.min(Math.floor((when - from) / column), COLUMNS - 1));
  const level = (first: number, last: number, value: number): void => {
    const l = Math.floor(Math.log2(last - first + 1));
    raise(l, first, value);
    raise(l, last + 1 - 2 ** l, value);
  };
  for (const points of curves) {
    if (points.length === 0) continue;
    level(0, columnOf(points[0]!.at), points[0]!.value);
    level(columnOf(points.at(-1)!.at), COLUMNS - 1, points.at(-1)!.value);
    for (let i = 1; i < points.length; i++) {
      const [p, q] = [points[i - 1]!, points[i]!];
      const [first, last] = [columnOf(p.at), columnOf(q.at)];
      if (p.value === q.value || first === last) {
        level(first, last, first === last ? Math.max(p.value, q.value) : p.value);
        continue;
      }
      const value = (when: number): number =>
        p.value + ((q.value - p.value) * (Math.min(Math.max(when, p.at), q.at) - p.at)) / (q.at - p.at);
      for (let k = first; k <= last; k++)
        raise(0, k, Math.max(value(from + k * column), value(from + (k + 1) * column)));
    }
  }
  for (let l = levels - 1; l > 0; l--)
    for (let k = 0; k < COLUMNS; k++) {
      raise(l - 1, k, reach[l]![k]!);
      if (k + 2 ** (l - 1) < COLUMNS) raise(l - 1, k + 2 ** (l - 1), reach[l]![k]!);
    }
  const found: Point[] = [];
  reach[0]!.forEach((value, k) => {
    if (found.at(-1)?.value !== value || k === COLUMNS - 1) {
      if (found.length > 0) found.push({ at: from + k * column, value: found.at(-1)!.value });
      found.push({ at: from + k * column, value });
    }
  });
  found.push({ at: to, value: found.at(-1)?.value ?? 0 });
  return found;
}
