/** One run of a plan with everything that is derived from it. */
import { version } from '../../package.json' with { type: 'json' };
import { impact, troubledMinutes } from '../analysis/impact.ts';
import { score, scoreExpectations } from '../analysis/score.ts';
import { run } from '../compile.ts';
import type { Plan } from '../engine/plan.ts';
import type { Ms } from '../model/units.ts';
import type { CheckpointResult, Impact, TraceLine } from '../trace/lines.ts';
import type { Trace } from '../trace/trace.ts';
import { type Account, accountOfLines } from './account.ts';
import { traceLines, writeLine } from './jsonl.ts';

export interface Simulation {
  readonly plan: Plan;
  readonly trace: Trace;
  readonly impact: readonly Impact[];
  /** User minutes with anything lost, each person counted once; null: nobody is counted. */
  readonly troubled: number | null;
  readonly checkpoints: readonly CheckpointResult[];
  /** Claims of the variant in force. */
  readonly expectations: readonly CheckpointResult[];
}

/** `passes` is told each instant before it is gone through. */
export function simulate(plan: Plan, seed: string, until?: Ms, passes?: (at: Ms) => void): Simulation {
  const trace = run(plan, {
    seed,
    ...(until === undefined ? {} : { until }),
    ...(passes === undefined ? {} : { passes }),
  });
  const { scenario } = plan;
  return {
    plan,
    trace,
    impact: impact(scenario, trace),
    troubled: troubledMinutes(scenario, trace),
    checkpoints: score(scenario, trace),
    expectations: scoreExpectations(scenario, trace),
  };
}

/** The lines of the trace, as data. */
const simulationLines = ({ plan, trace, impact, checkpoints, expectations }: Simulation): Iterable<TraceLine> =>
  traceLines(plan, trace, { version, impact, checkpoints: [...checkpoints, ...expectations] });

export const accountOf = (simulation: Simulation): Account => accountOfLines(simulationLines(simulation));

/** The trace as JSON Lines, line ends included. */
export function* jsonLines(simulation: Simulation): Generator<string> {
  for (const line of simulationLines(simulation)) yield `${writeLine(line)}\n`;
}

/** Pieces of about a megabyte, so that neither a line nor a whole trace is written at once. */
export function* batches(lines: Iterable<string>, size = 1 << 20): Generator<string> {
  let batch: string[] = [];
  let length = 0;
  for (const line of lines) {
    batch.push(line);
    length += line.length;
    if (length < size) continue;
    yield batch.join('');
    batch = [];
    length = 0;
  }
  if (batch.length > 0) yield batch.join('');
}
