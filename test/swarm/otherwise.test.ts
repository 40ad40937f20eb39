/**
 * In worlds of the swarm, whatever is asked at whatever moment: what a fact would have to have to be otherwise is never all there, or it
 * would be otherwise; and where there is something to turn over, a smallest set of it is found.
 */
import { expect, test } from 'vitest';
import { whatHolds } from '../../sim/analysis/held.ts';
import { run } from '../../sim/compile.ts';
import { planOf, scenarioOf } from '../support/scenario.ts';
import { scenarioText } from './scenarios.ts';

const SEEDS = 60;
const MOMENTS = [0.13, 0.37, 0.61, 0.89];
/** One fact in so many, another one in every world. */
const EVERY = 5;

test('what a fact lacks to be otherwise is never there', { timeout: 60_000 }, () => {
  const findings: string[] = [];
  const asked = new Map<string, number>();
  for (let seed = 0; seed < SEEDS; seed++) {
    const plan = planOf(scenarioOf(scenarioText(String(seed), false)));
    const trace = run(plan, { seed: String(seed) });
    for (const share of MOMENTS)
      for (let fact = seed % EVERY; fact < trace.facts.count; fact += EVERY) {
        const at = Math.round(share * trace.end);
        const what = whatHolds(plan, trace, fact, at);
        if (!what) continue;
        const kind = trace.facts.kinds[fact] as string;
        asked.set(kind, (asked.get(kind) ?? 0) + 1);
        const where = `seed ${seed}, ${what.fact} at ${at}`;
        if (what.by.so) findings.push(`${where}: everything is there, and yet ${what.says}`);
        if (what.smallest?.sets.length === 0) findings.push(`${where}: no smallest set was found`);
      }
  }
  expect(findings).toEqual([]);
  for (const kind of [
    'up',
    'alone',
    'well',
    'fault',
    'config',
    'carries',
    'reach',
    'announces',
    'lands',
    'route',
    'over',
    'resolves',
    'task',
    'done',
    'stuck',
    'sees',
    'works',
    'overloaded',
    'claim',
  ])
    expect(asked.get(kind), kind).toBeGreaterThan(10);
});
