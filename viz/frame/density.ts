/** How much changes where: losses above the line, what comes back below it, in bins a few pixels wide. */
import type { Run } from '../load/run.ts';
import type { Scale } from './scale.ts';
import type { Tone } from './tone.ts';

export interface Bin {
  readonly x: number;
  readonly width: number;
  /** 0 to 1, by the square root of the count, so that single changes show beside hundreds. */
  readonly loss: number;
  readonly gain: number;
  readonly plain: number;
}

const BIN = 3;

export function densityOf(run: Run, scale: Scale, tone: (row: number) => Tone): readonly Bin[] {
  const counts = new Map<number, Record<Tone, number>>();
  for (let row = 0; row < run.changes.count; row++) {
    const bin = Math.min(Math.floor(scale.x(run.changes.at[row]!) / BIN), Math.ceil(scale.width / BIN) - 1);
    const count = counts.get(bin) ?? { loss: 0, gain: 0, plain: 0 };
    count[tone(row)] += 1;
    counts.set(bin, count);
  }
  const most = Math.max(1, ...[...counts.values()].flatMap((count) => [count.loss, count.gain, count.plain]));
  const height = (n: number): number => (n === 0 ? 0 : 0.14 + 0.86 * Math.sqrt(n / most));
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([bin, count]) => ({
      x: bin * BIN,
      width: BIN - 0.6,
      loss: height(count.loss),
      gain: height(count.gain),
      plain: height(count.plain),
    }));
}
