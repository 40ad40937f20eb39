/** E2: the whole simulator on a big timed cascade, trace and digest included, against the bare cascade here and in C++. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Trace } from '../../sim/index.ts';
import {
  type Cascade,
  hashOf,
  makeCascade,
  packCascade,
  scenarioOfCascade,
  solveCascade,
  solveWithObjects,
} from './cascade.ts';
import { compileCpp } from './cpp.ts';
import { compile, run } from './library.ts';
import { type Design, note, printTable, processor, rounds, target, timed } from './rounds.ts';

const cpp = compileCpp('cascade.cpp');
note('E2', 'nodes', 'needs', 'changes', 'plan ms', 'run ms', 'heap ms', 'objects ms', 'C++ ms');

/** When each node fell, read off a trace. */
function fallsIn(trace: Trace, { count }: Cascade): Int32Array {
  const fell = new Int32Array(count).fill(-1);
  const { columns, facts } = trace;
  for (let id = 0; id < trace.count; id++) {
    const fact = columns.fact[id] as number;
    if (facts.kinds[fact] === 'up') fell[Number(facts.subjects[fact]?.[0]?.slice(2))] = columns.at[id] as number;
  }
  return fell;
}

test.each([
  [20_000, 60_000],
  [100_000, 500_000],
])('E2: %i nodes, %i needs', (count, edges) => {
  const cascade = makeCascade(count, edges);
  const scenario = scenarioOfCascade(cascade);
  const start = processor();
  const compiled = compile(scenario);
  const planned = processor() - start;
  if (!compiled.ok) throw new Error(compiled.problems[0]?.says);
  const plan = compiled.value;
  const digests = new Set<string>();
  let changes = 0;
  const result = (trace: Trace): string => {
    digests.add(trace.digest);
    changes = trace.count;
    return hashOf(fallsIn(trace, cascade));
  };
  const designs: Design[] = [
    { name: 'this', run: () => timed(() => run(plan, { seed: '1' }), result) },
    { name: 'heap', run: () => timed(() => solveCascade(cascade), hashOf) },
    { name: 'objects', run: () => timed(() => solveWithObjects(cascade), hashOf) },
  ];
  if (cpp) {
    const file = join(cpp.folder, `${count}`);
    writeFileSync(file, packCascade(cascade));
    designs.push({ name: 'C++', run: () => cpp.run(file) });
  }
  const times = rounds(designs);
  expect(digests.size).toBe(1);
  const of = (name: string): number => times.get(name) ?? Number.NaN;
  note('', `${count}`, `${edges}`, `${changes}`, planned, of('this'), of('heap'), of('objects'), of('C++'));
  if (cpp) target('E2', `${count} nodes, against std::priority_queue`, { atLeast: 0.5 }, of('C++') / of('this'));
  target('E2', `${count} nodes, against objects and closures`, { atLeast: 1 }, of('objects') / of('this'));
});

test('E3 is not judged', () => {
  note('E3', 'SKIPPED: SimPy is no part of this project');
});

afterAll(() => printTable('The big cascade'));
