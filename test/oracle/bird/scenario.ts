/** A small internet in the simulator, through its text; the same troubles as the routers have, ten minutes apart. */
import type { Asked } from '../../../sim/compile.ts';
import { MINUTE } from '../../../sim/model/units.ts';
import type { Internet, Paths } from '../internet.ts';
import { runOf, type Sketch, scenarioOf, valueAt } from '../networks.ts';
import { lonely, sketchOf } from './sketch.ts';
import type { Step } from './steps.ts';

const SPACING = 10;
const minutes = (step: number): string => `${step * SPACING}m`;

function troubled(internet: Internet, steps: readonly Step[]): Sketch {
  const changes: Record<string, object> = {};
  const faults: Record<string, object> = {};
  for (const [index, { withdraw, cut }] of steps.entries()) {
    for (const [block, site] of withdraw)
      changes[`off.${block}.${site}`] = { at: minutes(index), to: site, effect: { withdraw: block } };
    if (cut) faults[`cut.${cut.session}`] = { at: minutes(index), to: cut.session, for: minutes(cut.steps) };
  }
  return { ...sketchOf(internet), run: minutes(steps.length), changes, faults };
}

/** What the simulator says: the best paths of all networks of one router at the end of every step, and blocks in dispute by then. */
export interface Told {
  paths(step: number, block: string): Paths;
  disputes(step: number, block: string): boolean;
}

export function simulated(internet: Internet, steps: readonly Step[], seed: string): Told {
  const lone = lonely(internet);
  const asked = internet.blocks.flatMap(({ name }) => lone.map((one): Asked => ['path', one, name]));
  const ran = runOf(scenarioOf(troubled(internet, steps)), asked, seed);
  const end = (step: number): number => (step + 1) * SPACING * MINUTE - 1;
  return {
    paths: (step, block) =>
      Object.fromEntries(lone.map((one) => [one, String(valueAt(ran, `path/${one}/${block}`, end(step)))])),
    disputes: (step, block) =>
      ran.trace.disputes.some(({ prefix, at }) => prefix === block && at > end(step - 1) && at <= end(step)),
  };
}
