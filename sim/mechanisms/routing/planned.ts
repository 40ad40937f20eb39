/** What the plan of routing consists of: tables by block, the facts that sessions hang on, and the questions asked of tables. */
import type { FactRef, SignalRef } from '../../engine/mechanism.ts';
import type { PolicyTerm, Prefix } from '../../model/scenario.ts';

/** Sorts of item, in the order in which they act: what speaks and what carries, before what is said. */
export const SPEAKER = 0;
export const SESSION = 1;
export const POLICY = 2;
export const ANNOUNCES = 3;
export const SITE = 4;
export const TABLE = 5;
export const FORWARDING = 6;

/** The routes of all speakers to one block, by whomever it is announced. */
export interface PlannedTable {
  /** Its place among those asked for, once the plan is made. */
  index: number;
  readonly item: number;
  /** By name. */
  readonly announcements: readonly [Prefix, ...Prefix[]];
  /** Whether its routes go by relation alone, and have no attributes; known once the plan is made. */
  plain: boolean;
  readonly sites: PlannedSite[];
}
export interface PlannedSite {
  readonly table: PlannedTable;
  readonly name: string;
  /** Its number in the table. */
  readonly announcement: number;
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

/** A term of a policy that is there only while its condition holds; with all facts that this hangs on. */
export interface PlannedSwitch {
  readonly item: number;
  readonly term: PolicyTerm;
  readonly signal: SignalRef;
  readonly facts: readonly FactRef[];
}

/** A fact about a network and a table; for forwarding, about the tables of all blocks around it too, the longest first. */
export interface PlannedQuestion {
  readonly fact: FactRef;
  readonly who: string;
  readonly table: PlannedTable;
  /** The one of its announcements that is meant; null: an address, whoever announces it. */
  readonly announcement: number | null;
  readonly around: readonly PlannedTable[];
}
