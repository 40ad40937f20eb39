/** How the benchmarks measure: designs take turns, in processor time, and must agree on what they computed before their times count. */
import { expect } from 'vitest';

/** One way of doing the work. */
export interface Design {
  readonly name: string;
  /** Does the work once; returns the milliseconds it took and a value that all designs must share. */
  readonly run: () => { readonly ms: number; readonly result: string };
}

/** Milliseconds of processor time of this process: steadier than the clock on a machine that others use too. */
export function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Times `work`; `result` is read off what it returns, outside of the time. */
export function timed<T>(work: () => T, result: (made: T) => string): { ms: number; result: string } {
  const start = processor();
  const made = work();
  const ms = processor() - start;
  return { ms, result: result(made) };
}

export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

/** Medians by name, after one round to warm up. All designs must come to the same result in every round. */
export function rounds(designs: readonly Design[], count = 5): ReadonlyMap<string, number> {
  const times = new Map(designs.map(({ name }) => [name, [] as number[]]));
  const results = new Set<string>();
  for (let round = 0; round <= count; round++) {
    for (const { name, run } of designs) {
      const { ms, result } = run();
      results.add(result);
      if (round > 0) times.get(name)?.push(ms);
    }
  }
  expect([...results], 'all designs, in all rounds, come to the same result').toHaveLength(1);
  return new Map([...times].map(([name, list]) => [name, median(list)]));
}

const rows: string[][] = [];

/** A line of the table that is printed at the end of a file. */
export function note(...cells: readonly (string | number)[]): void {
  rows.push(cells.map((cell) => (typeof cell === 'number' ? short(cell) : cell)));
}

type Asked = { readonly atLeast: number } | { readonly atMost: number };

/** A bar: what is asked for, what was reached. One that was kept once and is missed now fails the benchmark. */
export function bar(name: string, what: string, asked: Asked, reached: number): void {
  const kept = judge(name, what, asked, reached, 'MISSED');
  expect.soft(kept, `${name}, ${what}: ${reached}`).toBe(true);
}
/** A bar that was never reached yet: said, and no failure. */
export function target(name: string, what: string, asked: Asked, reached: number): void {
  judge(name, what, asked, reached, 'not reached');
}
function judge(name: string, what: string, asked: Asked, reached: number, otherwise: string): boolean {
  const least = 'atLeast' in asked;
  const limit = least ? asked.atLeast : asked.atMost;
  const kept = least ? reached >= limit : reached <= limit;
  note(name, what, `${least ? 'at least' : 'at most'} ${limit}x`, `${short(reached)}x`, kept ? 'kept' : otherwise);
  return kept;
}

export function printTable(title: string): void {
  const widths = rows.reduce<number[]>((all, row) => {
    for (const [k, cell] of row.entries()) all[k] = Math.max(all[k] ?? 0, cell.length);
    return all;
  }, []);
  const lines = rows.map((row) => `  ${row.map((cell, k) => cell.padEnd(widths[k] as number)).join('  ')}`.trimEnd());
  console.log(`${title}\n${lines.join('\n')}`);
  rows.length = 0;
}

const short = (x: number): string => (x >= 100 ? x.toFixed(0) : x >= 1 ? x.toFixed(2) : x.toPrecision(2));
