/** From a scenario to a plan, and from a plan and a seed to a trace. */

import { Engine } from './engine/engine.ts';
import type { Complaint, Mechanism } from './engine/mechanism.ts';
import type { Plan } from './engine/plan.ts';
import { Planner, Unplannable } from './engine/planner.ts';
import { mechanisms } from './mechanisms/index.ts';
import { watchedConditions, watchedNumbers } from './mechanisms/watch.ts';
import { globMatcher } from './model/expand/globs.ts';
import type { FactKind } from './model/facts.ts';
import { factName } from './model/facts.ts';
import type { Look, Told } from './model/looks.ts';
import type { Problem, Result } from './model/problems.ts';
import type { Scenario } from './model/scenario.ts';
import type { Ms } from './model/units.ts';
import { History } from './trace/history.ts';
import type { Trace, Value } from './trace/trace.ts';

/** A question a person asks of a run, beside all that the scenario asks: a kind of fact, and whom it is about. */
export type Asked = readonly [kind: FactKind, ...subjects: readonly string[]];

/** What people find who look at a run at a moment, and the run so far: what the answers are read from stands in its trace. */
export interface Looked {
  readonly plan: Plan;
  readonly trace: Trace;
  /** An answer a question, in their order. */
  readonly told: readonly Told[];
}

interface CompileOptions {
  /** The name of the file, for places of problems. */
  readonly file?: string;
  readonly mechanisms?: readonly Mechanism[];
  /** Watched as well: in the trace, and outside its digest. */
  readonly asked?: readonly Asked[];
  /** Asks for what answers to persons are read from, watched as well. */
  expect?(planner: Planner): void;
}

/** Numbers every question of the scenario, and checks that its state before the start stands (R11). */
export function compile(scenario: Scenario, options: CompileOptions = {}): Result<Plan> {
  const top = { file: options.file ?? scenario.id, line: 1, column: 1 };
  const problems = (complaints: readonly Complaint[]): Problem[] =>
    complaints.map(({ about, says, hint }) => {
      const place = about === null ? undefined : scenario.places.get(about);
      return {
        place: place ?? top,
        path: place ? `${sectionOf(scenario, about as string)}.${about}` : '',
        says,
        ...(hint === undefined ? {} : { hint }),
      };
    });
  try {
    const plan = new Planner(scenario, options.mechanisms ?? mechanisms).finish((planner) => {
      for (const name of watchedConditions(scenario).keys()) planner.fact('claim', name);
      for (const { kind, subjects } of watchedNumbers(scenario)) planner.fact(kind, ...subjects);
      for (const [kind, ...subjects] of options.asked ?? []) planner.fact(kind, ...subjects);
      options.expect?.(planner);
    });
    const found = [...problems(new Engine(plan, '').warm()), ...emptyPeaks(plan)];
    return found.length > 0 ? { ok: false, problems: found } : { ok: true, value: plan };
  } catch (error) {
    if (error instanceof Unplannable) return { ok: false, problems: problems(error.complaints) };
    throw error;
  }
}

/** Peaks over facts that nobody asks for would find nothing, whatever happens. In a variant only its own claims are looked at. */
function emptyPeaks({ facts, scenario }: Plan): readonly Problem[] {
  const claims = scenario.variant === null ? scenario.checkpoints : scenario.expectations;
  return [...claims.values()].flatMap(({ id, claim, place }): Problem[] => {
    if (claim?.claim !== 'peak') return [];
    const matches = globMatcher(claim.facts);
    if (facts.some(({ kind, name }) => kind !== 'claim' && matches(name) !== null)) return [];
    const alike = facts.find(({ kind }) => kind === claim.facts.split('/')[0]);
    return [
      {
        place,
        path: `${scenario.variant === null ? 'checkpoints' : `variants.${scenario.variant}.expect`}.${id}.peak`,
        says: `no fact of this scenario is like "${claim.facts}"`,
        hint: alike ? `such as ${alike.name}` : 'only what something asks for is a fact',
      },
    ];
  });
}

interface RunOptions {
  readonly seed: string;
  /** Shortens the run. */
  readonly until?: Ms;
  /** Told each instant before it is gone through, so that people can be told how far a long run is. */
  readonly passes?: (at: Ms) => void;
}

/** One run: the same plan and seed give the same trace, to the byte. */
export function run(plan: Plan, { seed, until, passes }: RunOptions): Trace {
  const engine = new Engine(plan, seed);
  engine.warm();
  return engine.run(until ?? plan.scenario.run, passes);
}

/** What a person who looks at the run at `at` would find: a pure function of all it is given; asking changes nothing (R19). */
export function answer(
  scenario: Scenario,
  options: { readonly seed: string; readonly at: Ms },
  asked: Asked,
): Result<Value> {
  const plan = compile(scenario, { asked: [asked] });
  if (!plan.ok) return plan;
  const history = new History(run(plan.value, { seed: options.seed, until: options.at }));
  const [kind, ...subjects] = asked;
  return { ok: true, value: history.valueAt(history.fact(factName(kind, subjects)) as number, options.at) };
}

/**
 * What the owners of facts tell people who look at the run at `at`: pure as `answer` is, and read-only. A question that cannot be asked
 * of the scenario is answered by why.
 */
export function look(
  scenario: Scenario,
  options: { readonly seed: string; readonly at: Ms; readonly file?: string },
  questions: readonly Look[],
): Result<Looked> {
  const { seed, at, file } = options;
  let wrong: readonly (string | null)[] = [];
  const plan = compile(scenario, {
    ...(file === undefined ? {} : { file }),
    expect: (planner) => {
      wrong = questions.map((question) => planner.expect(question));
    },
  });
  if (!plan.ok) return plan;
  const engine = new Engine(plan.value, seed);
  engine.warm();
  const trace = engine.run(at);
  const told = questions.map((question, k): Told => {
    const says = wrong[k] ?? null;
    if (says !== null) return { ask: 'none', says };
    const found = engine.look(question, at);
    if (found === null) throw new Error(`nobody answers ${question.ask}`);
    return found;
  });
  return { ok: true, value: { plan: plan.value, trace, told } };
}

/** Where a name that has a place is declared. */
const sectionOf = ({ nodes, prefixes }: Scenario, name: string): string =>
  nodes.has(name) ? 'nodes' : prefixes.has(name) ? 'prefixes' : 'links';
