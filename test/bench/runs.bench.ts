/** M1: many runs of one plan, as a sweep makes them, against objects that are cloned for each run. */
import { afterAll, expect, test } from 'vitest';
import { hashOf, makeCascade, scenarioOfCascade } from './cascade.ts';
import { TypedHeap } from './heaps.ts';
import { compile, run } from './library.ts';
import { note, printTable, rounds, target, timed } from './rounds.ts';

const RUNS = 500;
const cascade = makeCascade(200, 800);

const scenario = scenarioOfCascade(cascade);

interface Thing {
  readonly id: number;
  readonly out: readonly number[];
  readonly least: number;
  readonly delay: number;
  lost: number;
  fell: number;
}

/** The way of a first version: clone the scenario, make things of its nodes, and let them fall. */
function runClone(): Int32Array {
  const { nodes } = structuredClone(scenario);
  const things = [...nodes.values()].map(
    ({ needs }, id): Thing => ({
      id,
      out: [...cascade.to.subarray(cascade.start[id], cascade.start[id + 1])],
      least: cascade.least[id] as number,
      delay: needs[0]?.downAfter.law === 'fixed' ? needs[0].downAfter.value : 0,
      lost: 0,
      fell: -1,
    }),
  );
  const heap = new TypedHeap();
  const events: (() => void)[] = [];
  const fall = (thing: Thing): void => {
    if (thing.fell !== -1) return;
    thing.fell = heap.now;
    for (const id of thing.out) {
      const other = things[id] as Thing;
      if (++other.lost === other.least) heap.push(heap.now + other.delay, events.push(() => fall(other)) - 1);
    }
  };
  for (const v of cascade.struck) heap.push(1000, events.push(() => fall(things[v] as Thing)) - 1);
  for (let event = heap.pop(); event >= 0; event = heap.pop()) events[event]?.();
  return Int32Array.from(things, (thing) => thing.fell);
}

test('M1: runs of 200 nodes', () => {
  const compiled = compile(scenario);
  if (!compiled.ok) throw new Error(compiled.problems[0]?.says);
  const plan = compiled.value;
  const digests = new Set<string>();
  const many = <T>(work: (seed: string) => T): T[] => Array.from({ length: RUNS }, (_, k) => work(`${k}`));
  const times = rounds([
    {
      name: 'this',
      run: () =>
        timed(
          () => many((seed) => run(plan, { seed })),
          (traces) => {
            for (const { digest } of traces) digests.add(digest);
            const { columns, facts } = traces[0] as (typeof traces)[number];
            const fell = new Int32Array(cascade.count).fill(-1);
            for (const [id, fact] of columns.fact.entries())
              if (facts.kinds[fact] === 'up')
                fell[Number(facts.subjects[fact]?.[0]?.slice(2))] = columns.at[id] as number;
            return hashOf(fell);
          },
        ),
    },
    {
      name: 'clone',
      run: () =>
        timed(
          () => many(runClone),
          (all) => hashOf(all[0] as Int32Array),
        ),
    },
  ]);
  expect(digests.size, 'no luck in this world').toBe(1);
  const [mine, clone] = [times.get('this') as number, times.get('clone') as number];
  note('M1', `this: ${((mine / RUNS) * 1000).toFixed(0)} us a run`, `clone: ${((clone / RUNS) * 1000).toFixed(0)} us`);
  target('M1', 'against a clone of the world for each run', { atLeast: 10 }, clone / mine);
  note('', `10,000 runs in ${((mine / RUNS) * 10).toFixed(1)} s; asked for: 1 s`);
});

afterAll(() => printTable('Many runs'));
