/** How far a run is, told while it goes on, changes nothing of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile, load, run } from '../../sim/index.ts';

test('each instant is told once, in order, and the run is the same', () => {
  const path = join(import.meta.dirname, '../../scenarios/patterns/tool-needs-what-it-repairs.yaml');
  const scenario = load(readFileSync(path, 'utf8'), { file: 'scenario.yaml' });
  if (!scenario.ok) throw new Error('it does not load');
  const plan = compile(scenario.value);
  if (!plan.ok) throw new Error('it does not compile');
  const told: number[] = [];
  const trace = run(plan.value, { seed: '1', passes: (at) => void told.push(at) });
  expect(trace.digest).toBe(run(plan.value, { seed: '1' }).digest);
  expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
  for (const at of new Set(trace.columns.at)) expect(told).toContain(at);
  expect(Math.max(...told)).toBeLessThanOrEqual(plan.value.scenario.run);
});
