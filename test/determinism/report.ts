/** A run as lines, to be compared with the same run made elsewhere. */
import type { load, Plan, Scenario, Trace } from '../../sim/index.ts';

/** What a report needs of the simulator, wherever it comes from: `sim/index.ts`, or `dist/index.js`. */
export interface Simulator {
  readonly load: typeof load;
  readonly compile: (scenario: Scenario) => ReturnType<typeof import('../../sim/index.ts').compile>;
  readonly run: (plan: Plan, options: { readonly seed: string }) => Trace;
}
export interface Case {
  readonly name: string;
  readonly text: string;
  readonly seed: string;
}
export interface Report {
  readonly digest: string;
  /** One a change: moment, phase, round, fact, values, slope, tipping change, rule. */
  readonly lines: readonly string[];
}

/** Runs a case. Needs nothing around it, so that its source can be sent to another process, a worker, a browser. */
export function report(simulator: Simulator, { text, seed }: Case): Report {
  const loaded = simulator.load(text, { file: 'case.yaml' });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const plan = simulator.compile(loaded.value);
  if (!plan.ok) throw new Error(JSON.stringify(plan.problems));
  const trace = simulator.run(plan.value, { seed });
  const { columns: c, facts, numbers } = trace;
  const value = (fact: number, raw: number) => (facts.kinds[fact] === 'rate' ? numbers[raw] : raw);
  const lines = Array.from(c.fact, (fact, id) =>
    [
      c.at[id],
      c.phase[id],
      c.round[id],
      facts.names[fact],
      value(fact, c.from[id] as number),
      value(fact, c.to[id] as number),
      numbers[c.slope[id] as number],
      c.tipped[id],
      c.rule[id],
    ].join(' '),
  );
  return { digest: trace.digest, lines };
}

/** The first change in which two runs of the same differ, as a sentence; null when they do not. */
export function firstDifference(one: Report, other: Report): string | null {
  const length = Math.max(one.lines.length, other.lines.length);
  for (let id = 0; id < length; id++) {
    const [a, b] = [one.lines[id] ?? 'nothing more', other.lines[id] ?? 'nothing more'];
    if (a !== b) return `change ${id} is "${a}" in the one and "${b}" in the other`;
  }
  return one.digest === other.digest ? null : 'the same changes, and other digests';
}
