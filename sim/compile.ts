/** From a scenario to a plan, and from a plan and a seed to a trace. */

import { Engine } from './engine/engine.ts';
import type { Mechanism } from './engine/mechanism.ts';
import type { Plan } from './engine/plan.ts';
import { Planner, Unplannable } from './engine/planner.ts';
import { mechanisms } from './mechanisms/index.ts';
import { watchedConditions } from './mechanisms/watch.ts';
import type { Problem, Result } from './model/problems.ts';
import type { Scenario } from './model/scenario.ts';
import type { Ms } from './model/units.ts';
import type { Trace } from './trace/trace.ts';

/** Numbers every question of the scenario, and checks that its state before the start stands (R11). */
export function compile(scenario: Scenario, file = scenario.id, list: readonly Mechanism[] = mechanisms): Result<Plan> {
  const problems = (complaints: readonly string[]): Problem[] =>
    complaints.map((says) => ({ place: { file, line: 1, column: 1 }, path: '', says }));
  try {
    const plan = new Planner(scenario, list).finish((planner) => {
      for (const name of watchedConditions(scenario).keys()) planner.fact('claim', name);
      for (const node of scenario.nodes.values()) planner.fact('up', node.name);
      for (const force of scenario.forces.values()) planner.fact(force.question.kind, ...force.question.subjects);
    });
    const complaints = new Engine(plan, '').warm();
    return complaints.length > 0 ? { ok: false, problems: problems(complaints) } : { ok: true, value: plan };
  } catch (error) {
    if (error instanceof Unplannable) return { ok: false, problems: problems(error.complaints) };
    throw error;
  }
}

/** One run: the same plan and seed give the same trace, to the byte. `until` shortens it. */
export function run(plan: Plan, options: { readonly seed: string; readonly until?: Ms }): Trace {
  const engine = new Engine(plan, options.seed);
  engine.warm();
  return engine.run(options.until ?? plan.scenario.run);
}
