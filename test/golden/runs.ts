/** Runs of the scenario files that ship, and their traces as text that people can review. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Reasons } from '../../sim/analysis/why.ts';
import { compile, run } from '../../sim/compile.ts';
import type { Plan } from '../../sim/engine/plan.ts';
import { type LoadOptions, load } from '../../sim/model/load.ts';
import { formatProblem, type Problem, type Result } from '../../sim/model/problems.ts';
import type { Scenario } from '../../sim/model/scenario.ts';
import { DAY, formatClock, type Ms, parseClock } from '../../sim/model/units.ts';
import { History } from '../../sim/trace/history.ts';
import { readValue, type Trace, type Value } from '../../sim/trace/trace.ts';

const SCENARIOS = resolve(import.meta.dirname, '../../scenarios');

/** Every scenario file that ships, by its path below `scenarios/`: `patterns/one-dependency.yaml`. */
export const files: readonly string[] = readdirSync(SCENARIOS, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.yaml'))
  .sort();
export const patterns = files.filter((path) => path.startsWith('patterns/'));

export const textOf = (file: string): string => readFileSync(join(SCENARIOS, file), 'utf8');
/** The last part of its path without its ending, which is its id. */
export const idOf = (file: string): string => file.replace(/^.*\/|\.yaml$/g, '');

export interface Played {
  readonly scenario: Scenario;
  readonly plan: Plan;
  readonly trace: Trace;
}

type Wanted = { readonly variant?: string | undefined; readonly seed?: string } & Pick<LoadOptions, 'patch'>;

/** A file with a variant, read; another file it extends is found beside it. */
export function read(file: string, { variant, patch }: Wanted = {}): Result<Scenario> {
  const beside = (path: string): string => textOf(join(file, '..', path));
  return load(textOf(file), {
    file,
    read: beside,
    ...(variant === undefined ? {} : { variant }),
    ...(patch === undefined ? {} : { patch }),
  });
}

/** Plans by file, variant and patch: they do not hang on the seed. */
const plans = new Map<string, Omit<Played, 'trace'>>();

export function play(file: string, { seed = '1', ...what }: Wanted = {}): Played {
  const key = JSON.stringify([file, what.variant, what.patch]);
  let known = plans.get(key);
  if (!known) {
    const scenario = sound(read(file, what));
    known = { scenario, plan: sound(compile(scenario, { file })) };
    plans.set(key, known);
  }
  return { ...known, trace: run(known.plan, { seed }) };
}
/** The base, then every variant, by name; null is the base. */
export const playAll = (file: string, seed = '1'): ReadonlyMap<string | null, Played> => {
  const base = play(file, { seed });
  const variants = [...base.scenario.variants.keys()];
  return new Map([[null, base], ...variants.map((variant) => [variant, play(file, { variant, seed })] as const)]);
};

export const sayProblems = (problems: readonly Problem[]): string => problems.map(formatProblem).join('\n');
function sound<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(sayProblems(result.problems));
  return result.value;
}

// ---- what happened to a fact ----

const sayValue = (value: Value): string => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value));

/** Every change of a fact: `['09:05:30 no', '09:12:00 yes']`. */
export function changesOf({ scenario, trace }: Played, fact: string): readonly string[] {
  const number = factNumber(trace, fact);
  const { columns } = trace;
  const ids = Array.from({ length: trace.count }, (_, id) => id).filter((id) => columns.fact[id] === number);
  return ids.map((id) => {
    const value = readValue(trace, number, columns.to[id] as number);
    return `${formatClock(scenario.start, columns.at[id] as Ms)} ${sayValue(value)}`;
  });
}
/** What a fact is at a clock time of the first day, after everything of that moment. */
export function at({ scenario, trace }: Played, clock: string, fact: string): string {
  const number = factNumber(trace, fact);
  const moment = (parseClock(clock) as Ms) - (scenario.start % DAY);
  const history = new History(trace);
  const change = history.lastAt(number, moment);
  const raw = (change < 0 ? trace.facts.initial[number] : trace.columns.to[change]) as number;
  return sayValue(readValue(trace, number, raw));
}
function factNumber(trace: Trace, fact: string): number {
  const number = trace.facts.names.indexOf(fact);
  if (number < 0) throw new Error(`nobody asks for ${fact}`);
  return number;
}

// ---- the trace as text ----

/** One change a line: clock, fact, from and to, the rule, and all it follows from. Claims are left out: they say nothing new. */
export function traceText({ plan, scenario, trace }: Played): string {
  const { columns, facts } = trace;
  const reasons = new Reasons(plan, trace);
  const clock = (id: number): string => formatClock(scenario.start, columns.at[id] as Ms);
  const name = (id: number): string => facts.names[columns.fact[id] as number] as string;
  const value = (id: number, raw: number): string => sayValue(readValue(trace, columns.fact[id] as number, raw));
  const told = Array.from({ length: trace.count }, (_, id) => id).filter(
    (id) => facts.kinds[columns.fact[id] as number] !== 'claim',
  );
  const rows = told.map((id) => {
    const because = reasons
      .because(id)
      .map((cause) => (clock(cause) === clock(id) ? '' : `${clock(cause)} `) + name(cause));
    return [
      clock(id),
      name(id),
      `${value(id, columns.from[id] as number)} → ${value(id, columns.to[id] as number)}`,
      reasons.reason(id).rule + (because.length > 0 ? `, because ${because.join(', ')}` : ''),
    ];
  });
  const end = [trace.reason, ...(trace.flipping.length > 0 ? [`of ${trace.flipping.join(', ')}`] : [])].join(' ');
  return `${columnsOf(rows).join('\n')}\n${formatClock(scenario.start, trace.end)}  the end: ${end}\n`;
}

function columnsOf(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1, 2].map((i) => Math.max(0, ...rows.map((row) => (row[i] as string).length)));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
