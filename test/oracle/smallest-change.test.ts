/**
 * The smallest change against what can be tried: in small circuits of needs alone, every set of faults and of things that stand by
 * themselves is turned over by force, smallest sets first, until one turns the fact.
 */
import { describe, expect, test } from 'vitest';
import { whatHolds } from '../../sim/analysis/held.ts';
import { compile, run } from '../../sim/compile.ts';
import { load } from '../../sim/model/load.ts';
import { formatProblem, type Result } from '../../sim/model/problems.ts';
import { History } from '../../sim/trace/history.ts';
import { Dice } from '../swarm/dice.ts';

const MINUTE = 60_000;
type Pins = readonly (readonly [fact: string, holds: boolean])[];

/** Nodes that need earlier ones: some of them all, some one of several, some a number of them; some broken, some that may yet break. */
function draft(seed: number) {
  const dice = new Dice(`smallest ${seed}`);
  const count = dice.int(5, 8);
  const names = Array.from({ length: count }, (_, k) => `n.${k + 1}`);
  const nodes: Record<string, object> = {};
  const faults: Record<string, object> = {};
  const leaves: string[] = [];
  for (const [k, name] of names.entries()) {
    const below = names.slice(0, k).filter(() => dice.chance(0.6));
    const sort = dice.int(0, 2);
    const need =
      sort === 0 ? below : sort === 1 ? [{ any: below }] : [{ atLeast: Math.ceil(below.length / 2), of: below }];
    nodes[name] = { kind: 'service', ...(below.length > 0 ? { needs: need } : {}) };
    const broken = dice.chance(0.35);
    if (broken || dice.chance(0.3)) {
      faults[`f.${k + 1}`] = { at: broken ? '1m' : '50m', to: name };
      leaves.push(`fault/${name}`);
    } else if (below.length === 0) leaves.push(`up/${name}`);
  }
  const asked = `up/${names.at(-1)}`;
  // To pin what is asked about is no answer.
  return { nodes, faults, leaves: leaves.filter((leaf) => leaf !== asked), asked };
}

const found = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.value;
};

function world({ nodes, faults }: ReturnType<typeof draft>, pins: Pins) {
  const forces = Object.fromEntries(
    pins.map(([fact, holds], k) => {
      const [kind, name] = fact.split('/') as [string, string];
      return [`pin.${k}`, { [kind]: name, holds, at: '10m' }];
    }),
  );
  const head = { netfall: 1, id: 'tried', title: 'Tried', clock: { start: '2021-10-04T15:30:00Z', run: '1h' } };
  const text = JSON.stringify({ ...head, nodes, faults, ...(pins.length > 0 ? { forces } : {}) });
  const plan = found(compile(found(load(text, { file: 'tried.yaml' }))));
  const trace = run(plan, { seed: '1' });
  const history = new History(trace);
  return { plan, trace, at: (fact: string, at: number) => history.valueAt(history.fact(fact) as number, at) };
}

function* subsets<T>(list: readonly T[], size: number, from = 0): Generator<readonly T[]> {
  if (size === 0) yield [];
  for (let k = from; size > 0 && k < list.length; k++)
    for (const rest of subsets(list, size - 1, k + 1)) yield [list[k] as T, ...rest];
}

/** All sets of the smallest size that turn the fact over, as names. */
function tried(sketch: ReturnType<typeof draft>): readonly string[] {
  const base = world(sketch, []);
  const was = base.at(sketch.asked, 9 * MINUTE);
  for (let size = 1; size <= sketch.leaves.length; size++) {
    const sets = [...subsets(sketch.leaves, size)].filter((set) => {
      const pins = set.map((leaf) => [leaf, !base.at(leaf, 9 * MINUTE)] as const);
      return world(sketch, pins).at(sketch.asked, 11 * MINUTE) !== was;
    });
    if (sets.length > 0) return sets.map((set) => [...set].sort().join(' + ')).sort();
  }
  return [];
}

describe('the smallest change of a circuit of needs', () => {
  const seeds = Array.from({ length: 40 }, (_, k) => k + 1);

  test.each(seeds)('circuit %i: it turns the fact, and no smaller set does', (seed) => {
    const sketch = draft(seed);
    const { plan, trace } = world(sketch, []);
    const fact = plan.factByName.get(sketch.asked) as number;
    const smallest = whatHolds(plan, trace, fact, 9 * MINUTE)?.smallest ?? null;
    const expected = tried(sketch);
    if (smallest === null) return expect(expected).toEqual([]);
    const named = smallest.sets.map(({ flips }) =>
      flips
        .map((flip) => flip.fact)
        .sort()
        .join(' + '),
    );
    expect(smallest).toMatchObject({ sure: true, circular: false, found: expected.length });
    for (const set of named) expect(expected).toContain(set);
    expect(named).toHaveLength(Math.min(3, expected.length));
  });

  test('small and large sets came up, for things up and things down', () => {
    const all = seeds.map((seed) => {
      const sketch = draft(seed);
      return { size: tried(sketch)[0]?.split(' + ').length ?? 0, up: world(sketch, []).at(sketch.asked, 9 * MINUTE) };
    });
    for (const up of [true, false]) {
      const sizes = new Set(all.filter((one) => one.up === up).map(({ size }) => size));
      expect([...sizes].filter((size) => size > 0).length).toBeGreaterThan(1);
    }
  });
});
