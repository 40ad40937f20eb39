/** What the plan of routing consists of: tables by prefix, the facts that sessions hang on, and the questions asked of tables. */
import type { FactRef } from '../../engine/mechanism.ts';
import type { Prefix } from '../../model/scenario.ts';

/** Sorts of item, in the order in which they act: what speaks and what carries, before what is said. */
export const SPEAKER = 0;
export const SESSION = 1;
export const ANNOUNCES = 2;
export const SITE = 3;
export const TABLE = 4;
export const FORWARDING = 5;

/** The routes of all speakers to one prefix. */
export interface PlannedTable {
  /** Its place among those asked for, once the plan is made. */
  index: number;
  readonly item: number;
  readonly prefix: Prefix;
  readonly sites: PlannedSite[];
}
export interface PlannedSite {
  readonly table: PlannedTable;
  readonly name: string;
  readonly announces: FactRef;
  readonly up: FactRef;
}

/** A speaker at an end of a session; a session, with the fact that it carries (null: it always does). */
export interface PlannedSpeaker {
  readonly name: string;
  readonly item: number;
  readonly up: FactRef;
}
export interface PlannedSession {
  readonly name: string;
  readonly item: number;
  readonly ends: readonly [from: FactRef, to: FactRef];
  readonly carries: FactRef | null;
}

/** A fact about a network and a table; for forwarding, about the tables of all blocks around it too, the longest first. */
export interface PlannedQuestion {
  readonly fact: FactRef;
  readonly who: string;
  readonly table: PlannedTable;
  readonly around: readonly PlannedTable[];
}
