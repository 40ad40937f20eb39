/** Runs of small scenarios, written as text, for the tests of what is derived from traces. */
import { compile, run } from '../../sim/compile.ts';
import { type LoadOptions, load } from '../../sim/model/load.ts';
import { formatProblem } from '../../sim/model/problems.ts';
import type { Scenario } from '../../sim/model/scenario.ts';
import type { Trace } from '../../sim/trace/trace.ts';

export interface Made {
  readonly scenario: Scenario;
  readonly trace: Trace;
}

/** The scenario as written; a text without a head gets one: ten minutes from half past three. */
export function scenarioOf(text: string, options: Partial<LoadOptions> = {}): Scenario {
  const head = 'netfall: 1\nid: small\ntitle: Small\nclock: { start: 2021-10-04T15:30:00Z, run: 10m }\n';
  const read = load(/^netfall:/m.test(text) ? text : head + text, { file: 'small.yaml', ...options });
  if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
  return read.value;
}

export function runOf(scenario: Scenario, seed = '1'): Trace {
  const plan = compile(scenario);
  if (!plan.ok) throw new Error(plan.problems.map(formatProblem).join('\n'));
  return run(plan.value, { seed });
}

export function make(text: string, options: Partial<LoadOptions> = {}): Made {
  const scenario = scenarioOf(text, options);
  return { scenario, trace: runOf(scenario) };
}
