/** The highest of several straight lines, and for how long it is. */
import type { Line } from '../../engine/curve.ts';
import { MINUTE } from '../../model/units.ts';

/** Lines as close as that meet. */
const DUST = 1e-9;

/** `left`: milliseconds until another overtakes it; Infinity: none ever does. No lines are a line at 0. */
export function highest(lines: readonly Line[]): Line & { readonly left: number } {
  const most = lines.reduce((most, { level }) => Math.max(most, level), 0);
  let top: Line = { level: 0, slope: 0 };
  for (const line of lines)
    if (line.level >= most - DUST && (top.level < most - DUST || line.slope > top.slope)) top = line;
  let left = Infinity;
  for (const { level, slope } of lines)
    if (slope > top.slope) left = Math.min(left, ((top.level - level) / (slope - top.slope)) * MINUTE);
  return { level: top.level, slope: top.slope, left };
}
