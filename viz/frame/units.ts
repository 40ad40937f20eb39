/** What a question can be about: things that stand for themselves, and many of a kind as one, with how they were over the run. */
import { isFold, type Part } from './folds.ts';
import { type Step, stepsOf } from './past.ts';
import type { Thing } from './things.ts';
import { STATES, type State } from './words.ts';
import type { World } from './world.ts';

export interface Unit {
  readonly label: string;
  readonly kind: string;
  readonly things: readonly Thing[];
  readonly steps: readonly Step[];
  /** How much leans on it, and how many it is. */
  readonly weight: number;
}

/** It stopped, or nobody can reach it. */
export const GONE: readonly State[] = ['down', 'unreachable'];
/** People, teams and what is only a name or a block of addresses are told in words of their own. */
const NOT_ASKED = new Set(['population', 'team', 'zone', 'prefix', 'region', 'client']);
/** A fold of more things than this is told by its parts alone: its past would cost more than it tells. */
const LARGE = 20_000;

export function unitsOf({ parts, past, ties }: World): readonly Unit[] {
  const whole = past();
  const units: Unit[] = [];
  const add = (label: string, things: readonly Thing[]): void => {
    const kind = things[0]!.kind;
    if (NOT_ASKED.has(kind) || things.length > LARGE || things.every((thing) => thing.silent)) return;
    const weight = things.reduce((sum, { index }) => sum + ties.neededBy[index]!.length + 1, 0);
    units.push({ label, kind, things, steps: stepsOf(whole, things), weight });
  };
  const walk = (list: readonly Part[]): void => {
    for (const part of list)
      if (!isFold(part)) add(part.name, [part]);
      else if (part.level === 'kind') walk(part.parts);
      else add(part.label, part.things);
  };
  walk(parts);
  return units;
}

/** How many of a unit were in a state after all that happened up to a time, 0 to 1. */
export function shareAt({ steps }: Unit, at: number, states: readonly State[]): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]!.at <= at) low = middle + 1;
    else high = middle;
  }
  return shareOf(steps[Math.max(low - 1, 0)]!, states);
}

export const shareOf = ({ shares }: Step, states: readonly State[]): number =>
  states.reduce((sum, state) => sum + shares[STATES.indexOf(state)]!, 0);

/** When the first of a unit goes after a time at which none was gone; null: none does. */
export function firstGone(unit: Unit, after: number): number | null {
  for (const step of unit.steps) if (step.at > after && shareOf(step, GONE) > 0) return step.at;
  return null;
}
