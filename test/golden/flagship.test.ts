/** The score of 4 October 2021 can fail (R23): its claims hang on the change, on its time, and on what was fitted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compile, type LoadOptions, load, type Plan, run, type Scenario, score, type Trace } from '../../sim/index.ts';

const file = join(import.meta.dirname, '../../scenarios/outages/facebook-2021.yaml');
const text = readFileSync(file, 'utf8');
const HOUR = 3_600_000;

interface Run {
  readonly scenario: Scenario;
  readonly plan: Plan;
  readonly trace: Trace;
}
/** Null when what was asked for is refused. */
function runWith(options: Partial<LoadOptions> = {}): Run | null {
  const scenario = load(text, { file: 'facebook-2021.yaml', ...options });
  if (!scenario.ok) return null;
  const plan = compile(scenario.value);
  return plan.ok ? { scenario: scenario.value, plan: plan.value, trace: run(plan.value, { seed: '1' }) } : null;
}
const linesOf = ({ trace: { columns, facts, count } }: Run, shift: number, until: number): string[] =>
  Array.from({ length: count }, (_, id) => id)
    .filter((id) => (columns.at[id] as number) + shift <= until && (columns.fact[id] as number) < facts.firstWatched)
    .map((id) => `${(columns.at[id] as number) + shift} ${facts.names[columns.fact[id] as number]} ${columns.to[id]}`);
type Parameter = NonNullable<ReturnType<Scenario['parameters']['get']>>;
const base = runWith() as Run;
const held = score(base.scenario, base.trace).filter((result) => result.held);

const results = score(base.scenario, base.trace);

test('at least twenty of twenty-two come out, ten of them fitted to nothing, and each has a foil that misses it', () => {
  expect(held.length).toBeGreaterThanOrEqual(20);
  expect(held.filter(({ fitted }) => !fitted).length).toBeGreaterThanOrEqual(10);
  const runs = new Map<string, Run>();
  for (const { id, foil } of results) {
    if (foil === null) throw new Error(`${id} has no foil`);
    const known = runs.get(foil) ?? (runWith({ variant: foil }) as Run);
    runs.set(foil, known);
    const there = score({ ...known.scenario, checkpoints: base.scenario.checkpoints }, known.trace);
    expect(there.find((result) => result.id === id)?.held, `${id} holds in ${foil}`).toBe(false);
  }
});

test('in nine of ten of fifty seeds too', () => {
  const enough = Array.from({ length: 50 }, (_, k) => {
    const trace = run(base.plan, { seed: `seed ${k + 1}` });
    return score(base.scenario, trace).filter(({ held: holds }) => holds).length >= 20;
  });
  expect(enough.filter(Boolean).length).toBeGreaterThanOrEqual(45);
});

test('it fits: 450 lines of 120 characters and the points of its map, 200 of them the model', () => {
  const lines = text.trimEnd().split('\n');
  const from = lines.indexOf('map: # for the map alone');
  const points = lines.slice(from + 1).findIndex((line) => /^\w/.test(line)) + 1;
  expect(lines.length - points).toBeLessThanOrEqual(450);
  expect(points).toBeLessThanOrEqual(30);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
  const section = (name: string): number => lines.findIndex((line) => line.startsWith(`${name}:`));
  expect(section('variants') - section('nodes')).toBeLessThanOrEqual(200);
});

test('the change an hour later: everything is an hour later', () => {
  const later = runWith({ set: ['parameters.command.value=4110s'] }) as Run;
  const until = base.scenario.run;
  expect(linesOf(later, 0, until)).toEqual(linesOf(base, HOUR, until));
});

test('without the change nothing whatever goes wrong', () => {
  const quiet = runWith({
    patch: { changes: { 'drain-all': null }, tasks: { undrain: { does: null } }, story: { command: null } },
  }) as Run;
  expect(quiet.trace.count).toBe(0);
  expect(quiet.trace.reason).toBe('quiet');
});

describe('twice what was fitted, or as much more as a tolerance is wider, misses something', () => {
  const fitted = [...new Set([...base.scenario.checkpoints.values()].flatMap(({ fittedTo }) => fittedTo))].sort();
  // Some tolerances are wider than twofold: 15 to 60 times for 30, 3 to 15 % for 6.3; and names are accepted back with any but the first
  // of four regions, the first of which would need eight times the room, or a sixth of the questions.
  const WIDE: ReadonlyMap<string, number> = new Map([
    ['more', 4],
    ['retry-public', 3],
    ['room', 8],
    ['forget', 6],
  ]);
  const factor = (name: string): number => WIDE.get(name) ?? 2;
  const more = (value: string, by: number): string => value.replace(/^\d+(\.\d+)?/, (n) => String(Number(n) * by));

  test.each(fitted)('%s', (name) => {
    // The sum that the stages must make, and the range, would refuse it: what counts here is that the claims would not bear it.
    const { value, range } = base.scenario.parameters.get(name) as Parameter;
    const other = runWith({
      patch: {
        parameters: { [name]: { value: more(value, factor(name)), ...(range === null ? {} : { range: null }) } },
        require: null,
      },
    });
    if (other === null) throw new Error(`${name} cannot be ${more(value, factor(name))}`);
    const holds = new Set(score(other.scenario, other.trace).flatMap(({ id, held: still }) => (still ? [id] : [])));
    expect(held.filter(({ id }) => !holds.has(id)).length).toBeGreaterThan(0);
  });
});
