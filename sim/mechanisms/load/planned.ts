/** What load plans: a number for each node that bears people. */
import type { FactRef } from '../../engine/mechanism.ts';
import type { Ms } from '../../model/units.ts';

/** Sorts of item. */
export const FOLLOWS = 0;
export const LOAD = 1;

/** How much a node bears, as times the usual. */
export interface PlannedLoad {
  readonly item: number;
  readonly fact: FactRef;
  /** What it bears whoever gets through: 1 where nothing says whose load it is on an ordinary day. */
  readonly base: number;
  /** The share of each cohort that is stopped, and the cohort's part of the load; the parts add up to 1. */
  readonly cohorts: readonly { readonly stopped: FactRef; readonly weight: number }[];
  /** Those who are troubled elsewhere, and how much each adds. */
  readonly guests: readonly { readonly troubled: FactRef; readonly each: number }[];
  /** How many times the usual those who come back cost at first, and how long until they cost as much as anybody. */
  readonly cold: number;
  readonly warms: Ms;
}

export const inputsOf = ({ cohorts, guests }: PlannedLoad): readonly FactRef[] => [
  ...cohorts.map(({ stopped }) => stopped),
  ...guests.map(({ troubled }) => troubled),
];
