/** One check of the killing suite: a small world, and every change of some of its facts, to the millisecond. */
import { workerData } from 'node:worker_threads';
import { compile, run } from '../../sim/compile.ts';
import type { Scenario } from '../../sim/model/scenario.ts';
import { readValue, type Trace } from '../../sim/trace/trace.ts';

export interface Check {
  readonly name: string;
  /** Sections of a scenario file. */
  readonly world: string;
  /** The facts that are looked at, by how their names begin. */
  readonly of: readonly string[];
  /** Earlier changes hang on luck and are left out. */
  readonly from?: number;
  /** `time fact value` in milliseconds; values as they read, with the tipping fact behind `<` where it is written. */
  readonly changes: readonly string[];
}

/** The worlds of all checks, read once by whoever starts the worker: the mutants are not in the reader. */
export type Worlds = ReadonlyMap<string, Scenario>;

/** A run of a world, by its text. */
export function runWorld(world: string, seed = 'check'): Trace {
  const plan = compile((workerData as Worlds).get(world) as Scenario);
  if (!plan.ok) throw new Error(JSON.stringify(plan.problems));
  return run(plan.value, { seed });
}

/** The changes of a trace as text; with `causes`, each with the fact that tipped it. */
export function linesOf(trace: Trace, of: readonly string[], causes = false): string[] {
  const { columns, facts, count } = trace;
  const lines: string[] = [];
  for (let id = 0; id < count; id++) {
    const fact = columns.fact[id] as number;
    const name = facts.names[fact] as string;
    if (!of.some((start) => name.startsWith(start))) continue;
    const tipped = columns.tipped[id] as number;
    const cause = tipped < 0 ? 'nothing' : facts.names[columns.fact[tipped] as number];
    const value = readValue(trace, fact, columns.to[id] as number);
    lines.push(`${columns.at[id]} ${name} ${value}${causes ? ` < ${cause}` : ''}`);
  }
  return lines;
}

/** What a check sees that it should not; null when all is as it must be. */
export function wrongWith({ world, of, changes, from = 0 }: Check): string | null {
  const causes = changes.some((line) => line.includes(' < '));
  const seen = linesOf(runWorld(world), of, causes).filter((line) => Number.parseInt(line, 10) >= from);
  const differs = Math.max(seen.length, changes.length);
  for (let i = 0; i < differs; i++)
    if (seen[i] !== changes[i]) return `saw ${seen[i] ?? 'nothing more'}, not ${changes[i] ?? 'nothing more'}`;
  return null;
}
