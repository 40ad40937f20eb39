/** What the plan of routing consists of: tables by prefix, the facts that sessions hang on, and the questions asked of tables. */
import type { FactRef } from '../../engine/mechanism.ts';
import type { Link, Prefix } from '../../model/scenario.ts';

/** Sorts of item, in the order in which they act: what speaks and what carries, before what is said. */
export const SPEAKER = 0;
export const SESSION = 1;
export const ANNOUNCES = 2;
export const SITE = 3;
export const TABLE = 4;
export const FORWARDING = 5;
/** After all tables: what they told by then is under way. */
export const RESTARTS = 6;

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
  readonly mute: FactRef | null;
}

/** A speaker; `mute`: its routing process may stop (null: it never does). */
export interface PlannedSpeaker {
  readonly name: string;
  readonly item: number;
  readonly up: FactRef;
  readonly mute: FactRef | null;
}
/** A session, with the fact that its link carries (null: it always does), and those about its ends' routing processes. */
export interface PlannedSession {
  readonly link: Link;
  readonly item: number;
  readonly ends: readonly [from: FactRef, to: FactRef];
  readonly carries: FactRef | null;
  readonly mutes: readonly FactRef[];
  /** Whether somebody may start it by hand; whether it stands, and is over a limit: null while nobody asks. */
  readonly start: FactRef | null;
  stands: FactRef | null;
  limited: FactRef | null;
}

/** A fact about a network and a table; for forwarding, about the tables of all blocks around it too, the longest first. */
export interface PlannedQuestion {
  readonly fact: FactRef;
  readonly who: string;
  readonly table: PlannedTable;
  readonly around: readonly PlannedTable[];
}
