/** Small scenarios, run and looked at; every trace made here has passed the invariants of all traces. */
import { type Asked, compile } from '../../sim/compile.ts';
import type { Plan } from '../../sim/engine/plan.ts';
import { type LoadOptions, load } from '../../sim/model/load.ts';
import { formatProblem, type Problem } from '../../sim/model/problems.ts';
import type { Scenario } from '../../sim/model/scenario.ts';
import type { Ms } from '../../sim/model/units.ts';
import { History } from '../../sim/trace/history.ts';
import { RULES, type Rule, readValue, type Trace, type Value } from '../../sim/trace/trace.ts';
import { checkedRun } from './invariants.ts';

export interface Options extends Partial<Omit<LoadOptions, 'file'>> {
  readonly seed?: string;
  readonly until?: Ms;
  /** Watched besides what the scenario asks. */
  readonly asked?: readonly Asked[];
}

/** A change as a person reads it. */
export type Line = readonly [at: Ms, fact: string, to: Value];

export class Run {
  readonly history: History;

  constructor(
    readonly scenario: Scenario,
    readonly plan: Plan,
    readonly trace: Trace,
  ) {
    this.history = new History(trace);
  }

  /** All changes in order; `of` keeps those whose fact begins so. */
  changes(of = ''): readonly Line[] {
    const { columns, facts, count } = this.trace;
    const ids = Array.from({ length: count }, (_, id) => id);
    return ids
      .map((id): Line => {
        const fact = columns.fact[id] as number;
        return [
          columns.at[id] as number,
          facts.names[fact] as string,
          readValue(this.trace, fact, columns.to[id] as number),
        ];
      })
      .filter(([, name]) => name.startsWith(of));
  }
  /** The moments at which a fact changed; with `to`, became that. */
  times(fact: string, to?: Value): readonly Ms[] {
    return this.changes()
      .filter(([, name, value]) => name === fact && (to === undefined || value === to))
      .map(([at]) => at);
  }
  /** What a fact is at a moment, after everything of it. */
  at(fact: string, at: Ms): Value {
    const number = this.history.fact(fact);
    if (number === undefined) throw new Error(`nobody asked for ${fact}`);
    return this.history.valueAt(number, at);
  }
  /** The change by which a fact last changed at or before `at`. */
  change(fact: string, at: Ms = Number.MAX_SAFE_INTEGER): number {
    return this.history.lastAt(this.history.fact(fact) ?? Number.NaN, at);
  }
  ruleOf(change: number): Rule {
    return RULES[this.trace.columns.rule[change] as number] as Rule;
  }
  /** The fact whose change tipped this one; null when none did. */
  tippedBy(change: number): string | null {
    const tipped = this.trace.columns.tipped[change] as number;
    return tipped < 0 ? null : this.factOf(tipped);
  }
  factOf(change: number): string {
    return this.trace.facts.names[this.trace.columns.fact[change] as number] as string;
  }
}

/** A scenario from its text. A text without a head gets one: an hour from half past three. */
export function scenarioOf(text: string, options: Options = {}): Scenario {
  return found(load(withHead(text), { file: 'small.yaml', ...options }));
}
export const planOf = (scenario: Scenario, asked: readonly Asked[] = []): Plan => found(compile(scenario, { asked }));

export function simulate(text: string | Scenario, options: Options = {}): Run {
  const scenario = typeof text === 'string' ? scenarioOf(text, options) : text;
  const plan = planOf(scenario, options.asked);
  return new Run(scenario, plan, checkedRun(plan, options.seed ?? '1', options.until ?? scenario.run));
}

/** What is wrong with a scenario, as sentences with their hints. */
export function problemsOf(text: string, options: Options = {}): readonly string[] {
  const loaded = load(withHead(text), { file: 'small.yaml', ...options });
  const problems = loaded.ok ? problemsIn(compile(loaded.value)) : loaded.problems;
  return problems.map(({ says, hint }) => (hint ? `${says} (${hint})` : says));
}

const problemsIn = (result: ReturnType<typeof compile>): readonly Problem[] => (result.ok ? [] : result.problems);

export const HEAD = 'netfall: 1\nid: small\ntitle: Small\nclock: { start: 2021-10-04T15:30:00Z, run: 1h }\n';
const withHead = (text: string): string => (/^(netfall|extends):/m.test(text) ? text : HEAD + text);

function found<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] },
): T {
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.value;
}

export const SECOND = 1000;
export const MINUTE = 60000;
