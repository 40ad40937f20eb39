/** Runs as the page makes them in its second thread: from a scenario that ships, with a variant, settings, or a patch. */
import { readFileSync } from 'node:fs';
import { compile, jsonLines, type LoadOptions, load, type Simulation, simulate } from '../../sim/index.ts';
import { parse } from '../../viz/load/parse.ts';
import type { Run } from '../../viz/load/run.ts';

export const scenarioText = (path: string): string =>
  readFileSync(new URL(`../../scenarios/${path}.yaml`, import.meta.url), 'utf8');

export function simulated(text: string, options: Omit<LoadOptions, 'file'> = {}, seed = '1'): Simulation {
  const scenario = load(text, { file: 'scenario.yaml', ...options });
  if (!scenario.ok) throw new Error(JSON.stringify(scenario.problems));
  const plan = compile(scenario.value);
  if (!plan.ok) throw new Error(JSON.stringify(plan.problems));
  return simulate(plan.value, seed);
}

export const runOfSimulation = (simulation: Simulation): Run => parse([...jsonLines(simulation)].join('')).run;

export const runOf = (text: string, options: Omit<LoadOptions, 'file'> = {}, seed = '1'): Run =>
  runOfSimulation(simulated(text, options, seed));
