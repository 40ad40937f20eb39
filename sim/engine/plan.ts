/** A plan: what can be said of a scenario before a seed is chosen. */
import type { Scenario } from '../model/scenario.ts';
import type { Circuit } from './circuit.ts';
import type { FactRef, MechanismPlan } from './mechanism.ts';

/** Read-only; any number of runs share it. */
export interface Plan {
  readonly scenario: Scenario;
  readonly circuit: Circuit;
  readonly facts: readonly FactRef[];
  readonly factByName: ReadonlyMap<string, number>;
  readonly firstWatched: number;
  readonly parts: readonly PlannedPart[];
  /** The name of each fact as a number, for luck. */
  readonly hashes: Int32Array;
}
export interface PlannedPart {
  readonly name: string;
  readonly plan: MechanismPlan;
  readonly items: number;
  readonly firstItem: number;
  readonly alarms: number;
  readonly firstAlarm: number;
}
