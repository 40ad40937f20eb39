/** Checks one file: its checkpoints with their parts, and the expectations of its variants, over many seeds; and whether the foils miss. */
import {
  type CheckpointResult,
  type ClaimPart,
  checkFoils,
  type FoilVerdict,
  Parts,
  type Plan,
  type Problem,
  type Result,
  run,
  score,
  scoreExpectations,
  type Trace,
} from '../index.ts';
import { type Asked, nameOf, readPlan } from './input.ts';
import type { Io } from './io.ts';

/** A claim: what the first seed says of it, and in how many of the runs it held. */
export interface CheckedClaim extends CheckpointResult {
  readonly held: boolean;
  readonly passed: number;
  readonly runs: number;
  /** Whether its foil misses it, and whether it fails without what it says it needs; null: not run, or there is none. */
  readonly foilMisses: boolean | null;
  readonly failsWithout: boolean | null;
  /** How it moves without each of the causes it names. */
  readonly parts: readonly ClaimPart[];
}

/** The claims of the scenario as it was, or of one of its variants. */
export interface CheckedPart {
  readonly variant: string | null;
  readonly title: string;
  readonly claims: readonly CheckedClaim[];
  readonly verdicts: ReadonlyMap<string, FoilVerdict>;
  /** Seeds whose run could not settle. */
  readonly races: readonly string[];
}

export interface Checked {
  readonly file: string;
  readonly scenario: string;
  readonly title: string;
  readonly seeds: number;
  readonly parts: readonly CheckedPart[];
}

export interface Watch {
  /** Told after every run. */
  progress(done: number, all: number): void;
  readonly stop: AbortSignal;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** All there is to know when it is not stopped; else what is known by then. */
export async function checkFile(io: Io, asked: Asked, seeds: number, watch: Watch): Promise<Result<Checked>> {
  const text = io.readFile(asked.file);
  const planned = (more: Partial<Asked>): Result<Plan> => readPlan(io, { ...asked, ...more }, text);
  const base = planned({});
  if (!base.ok) return base;
  const { scenario } = base.value;
  const problems: Problem[] = [];
  const variants = new Map<string, Plan>();
  for (const variant of scenario.variants.keys()) {
    const plan = planned({ variant });
    if (plan.ok) variants.set(variant, plan.value);
    else
      problems.push(
        ...plan.problems.map((problem) => ({ ...problem, says: `in variant ${variant}: ${problem.says}` })),
      );
  }
  if (problems.length > 0) return { ok: false, problems };

  const claiming = [...variants].filter(([, plan]) => plan.scenario.expectations.size > 0);
  const parted = new Parts(scenario);
  const all = (1 + claiming.length + parted.variants.length) * seeds;
  let done = 0;
  const step = async (): Promise<boolean> => {
    watch.progress(++done, all);
    await nextTurn();
    return !watch.stop.aborted;
  };

  const rerun = (plan: Plan | undefined) => plan && { scenario: plan.scenario, trace: run(plan, { seed: '1' }) };
  const foils = (results: readonly CheckpointResult[]) =>
    checkFoils(
      scenario,
      results,
      (variant) => rerun(variants.get(variant)) ?? null,
      (patch) => {
        const plan = planned({ patch });
        return (plan.ok && rerun(plan.value)) || null;
      },
    );
  const without = async (seed: string, trace: Trace): Promise<boolean> => {
    parted.take(null, scenario, trace);
    for (const variant of parted.variants) {
      const plan = variants.get(variant) as Plan;
      parted.take(variant, plan.scenario, run(plan, { seed }));
      if (!(await step())) return false;
    }
    return true;
  };
  const whole = await checkPart(base.value, null, scenario.title, seeds, score, foils, async (seed, trace) => {
    const goesOn = await without(seed, trace);
    return (await step()) && goesOn;
  });
  const claims = whole.claims.map((claim) => ({ ...claim, parts: parted.of(claim.id) }));
  const parts: CheckedPart[] = [{ ...whole, claims }];
  for (const [variant, plan] of claiming) {
    if (watch.stop.aborted) break;
    const title = scenario.variants.get(variant)?.title ?? variant;
    parts.push(await checkPart(plan, variant, title, seeds, scoreExpectations, () => new Map(), step));
  }
  return { ok: true, value: { file: nameOf(asked.file), scenario: scenario.id, title: scenario.title, seeds, parts } };
}

async function checkPart(
  plan: Plan,
  variant: string | null,
  title: string,
  seeds: number,
  judge: (scenario: Plan['scenario'], trace: Trace) => readonly CheckpointResult[],
  foils: (results: readonly CheckpointResult[]) => ReadonlyMap<string, FoilVerdict>,
  step: (seed: string, trace: Trace) => Promise<boolean>,
): Promise<CheckedPart> {
  let first: readonly CheckpointResult[] = [];
  const passed = new Map<string, number>();
  const races: string[] = [];
  // A race that a claim foretells is no failure.
  const { checkpoints, expectations } = plan.scenario;
  const foretold = [...(variant === null ? checkpoints : expectations).values()].some(
    ({ claim }) => claim?.claim === 'ends' && claim.reason === 'race',
  );
  let runs = 0;
  for (let goesOn = true; goesOn && runs < seeds; ) {
    const seed = String(++runs);
    const trace = run(plan, { seed });
    const results = judge(plan.scenario, trace);
    if (runs === 1) first = results;
    if (trace.reason === 'race' && !foretold) races.push(seed);
    for (const { id, held } of results) passed.set(id, (passed.get(id) ?? 0) + Number(held));
    goesOn = await step(seed, trace);
  }
  const verdicts = foils(first);
  const claims = first.map((result): CheckedClaim => {
    const { missed = null, failsWithout = null } = verdicts.get(result.id) ?? {};
    return { ...result, passed: passed.get(result.id) ?? 0, runs, foilMisses: missed, failsWithout, parts: [] };
  });
  return { variant, title, claims, verdicts, races };
}

/** With the first seed something was missed, or a run could not settle. */
export const hasFailed = ({ parts }: Checked): boolean =>
  parts.some(
    ({ claims, races }) =>
      races.includes('1') || claims.some(({ held, notModelled }) => !held && notModelled === undefined),
  );
