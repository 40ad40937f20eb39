/** Runs to be handed on: simulated, from small files and from shipped ones. */
import { readFileSync } from 'node:fs';
import { compile, formatProblem, type LoadOptions, load, type Simulation, simulate } from '../../sim/index.ts';

export const shipped = (path: string): string =>
  readFileSync(new URL(`../../scenarios/${path}.yaml`, import.meta.url), 'utf8');

export function simulated(text: string, options: Partial<LoadOptions> & { readonly seed?: string } = {}): Simulation {
  const { seed = '1', ...more } = options;
  const scenario = load(text, { file: 'scenario.yaml', ...more });
  if (!scenario.ok) throw new Error(scenario.problems.map(formatProblem).join('\n'));
  const plan = compile(scenario.value);
  if (!plan.ok) throw new Error(plan.problems.map(formatProblem).join('\n'));
  return simulate(plan.value, seed);
}

/** A router breaks; `name` is what a service that needs it is called, and says of itself. */
export const named = (name: string): string => `netfall: 1
id: named
title: ${JSON.stringify(name)}
clock: { start: 2025-03-01T09:00:00Z, run: 1h }
nodes:
  r: { kind: router }
  s: { kind: service, title: ${JSON.stringify(name)}, needs: [ r ] }
  p: { kind: population, people: 10, does: [ j ] }
faults:
  f: { at: 09:10Z, to: r, for: 10m }
journeys:
  j: { title: ${JSON.stringify(name)}, stages: [ { up: s, else: refused } ] }
story:
  c: { at: 09:10Z, says: ${JSON.stringify(name)} }
`;
