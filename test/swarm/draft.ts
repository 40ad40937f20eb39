/** What a scenario of the swarm is written into, section by section, before it becomes text. */
import type { Dice } from './dice.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Section = Record<string, Json>;

export interface Draft {
  nodes: Section;
  links: Section;
  prefixes: Section;
  zones: Section;
  faults: Section;
  changes: Section;
  tasks: Section;
  journeys: Section;
  rates: Section;
  forces: Section;
  checkpoints: Section;
  story: Section;
}

/** A scenario in the making. */
export interface Growth {
  readonly dice: Dice;
  /** In the healed variant everything that was done to the world is over at half-time. */
  readonly healed: boolean;
  readonly draft: Draft;
  /** Nodes by what they are good for. */
  readonly services: string[];
  readonly tools: string[];
  readonly standbys: string[];
  readonly routers: string[];
  readonly places: string[];
  readonly pops: string[];
  readonly resolvers: string[];
  readonly teams: string[];
  /** Nodes and links that may be hit. */
  readonly breakable: string[];
  readonly cables: string[];
  /** Nodes that somebody may start by hand. */
  readonly startable: string[];
  /** Faults and changes that a task may take back. */
  readonly revertible: string[];
  /** Conditions that hold in the warm state. */
  readonly holding: Json[];
}

/** Length of the run and its half, in minutes. */
export const RUN = 240;
export const HALF = RUN / 2;

export function newGrowth(dice: Dice, healed: boolean): Growth {
  return {
    dice,
    healed,
    draft: {
      nodes: {},
      links: {},
      prefixes: {},
      zones: {},
      faults: {},
      changes: {},
      tasks: {},
      journeys: {},
      rates: {},
      forces: {},
      checkpoints: {},
      story: {},
    },
    services: [],
    tools: [],
    standbys: [],
    routers: [],
    places: [],
    pops: [],
    resolvers: [],
    teams: [],
    breakable: [],
    cables: [],
    startable: [],
    revertible: [],
    holding: [],
  };
}

/** A few of several things, all of which hold in the warm state, put together in one condition that holds too. */
export function together(dice: Dice, parts: readonly Json[]): Json {
  if (parts.length === 1) return parts[0] as Json;
  const how = dice.int(0, 3);
  if (how === 0) return { any: parts };
  if (how === 1) return { atLeast: dice.int(1, parts.length), of: parts };
  if (how === 2) return { all: parts };
  return { not: { any: parts.map((part) => ({ not: part })) } };
}

/** A condition that does not hold in the warm state and may come true. */
export function trouble({ dice, holding }: Growth): Json {
  const parts = dice.some(holding, dice.chance(0.3) ? 2 : 1);
  return { not: together(dice, parts) };
}
