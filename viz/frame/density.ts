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

/** How many changes before each row are losses, and how many are gains: counted once for a run. */
interface Sums {
  readonly loss: Int32Array;
  readonly gain: Int32Array;
}
const known = new WeakMap<Run, Sums>();

function sumsOf(run: Run, tone: (row: number) => Tone): Sums {
  const there = known.get(run);
  if (there) return there;
  const { count } = run.changes;
  const sums = { loss: new Int32Array(count + 1), gain: new Int32Array(count + 1) };
  for (let row = 0; row < count; row++) {
    const one = tone(row);
    sums.loss[row + 1] = sums.loss[row]! + Number(one === 'loss');
    sums.gain[row + 1] = sums.gain[row]! + Number(one === 'gain');
  }
  known.set(run, sums);
  return sums;
}

/** The first row from `from` on that is not of the bin. Changes are in order of time, so bins are stretches of rows. */
function endOf(from: number, count: number, inBin: (row: number) => boolean): number {
  let [low, high] = [from, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (inBin(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function densityOf(run: Run, scale: Scale, tone: (row: number) => Tone): readonly Bin[] {
  const { at, count } = run.changes;
  const { loss, gain } = sumsOf(run, tone);
  const last = Math.ceil(scale.width / BIN) - 1;
  const binOf = (row: number): number => Math.min(Math.floor(scale.x(at[row]!) / BIN), last);
  const counts: { bin: number; loss: number; gain: number; plain: number }[] = [];
  for (let row = 0; row < count; ) {
    const bin = binOf(row);
    const end = endOf(row, count, (one) => binOf(one) <= bin);
    const [lost, back] = [loss[end]! - loss[row]!, gain[end]! - gain[row]!];
    counts.push({ bin, loss: lost, gain: back, plain: end - row - lost - back });
    row = end;
  }
  const most = counts.reduce((all, one) => Math.max(all, one.loss, one.gain, one.plain), 1);
  const height = (n: number): number => (n === 0 ? 0 : 0.14 + 0.86 * Math.sqrt(n / most));
  return counts.map((one) => ({
    x: one.bin * BIN,
    width: BIN - 0.6,
    loss: height(one.loss),
    gain: height(one.gain),
    plain: height(one.plain),
  }));
}
