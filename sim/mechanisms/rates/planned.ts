/** What rates plan: those that grow with a condition, and those that follow people. */
import type { FactRef, SignalRef } from '../../engine/mechanism.ts';
import type { GrowingRate, RateOfPeople } from '../../model/scenario.ts';

export interface PlannedGrowth {
  readonly rate: GrowingRate;
  readonly fact: FactRef;
  readonly grows: SignalRef;
}
export interface PlannedHeads {
  readonly rate: RateOfPeople;
  readonly fact: FactRef;
  /** How many are troubled, population by population. */
  readonly people: readonly FactRef[];
  /** The most it can come to. */
  readonly most: number;
}
export type PlannedRate = PlannedGrowth | PlannedHeads;
export const follows = (planned: PlannedRate): planned is PlannedHeads => 'people' in planned;
