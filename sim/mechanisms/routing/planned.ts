/** What the plan of routing consists of: tables by block, the facts that sessions hang on, and the questions asked of tables. */
import type { FactRef, SignalRef } from '../../engine/mechanism.ts';
import type { Link, PolicyTerm, Prefix } from '../../model/scenario.ts';

/** Sorts of item, in the order in which they act: what speaks and what carries, before what is said. */
export const SPEAKER = 0;
export const SESSION = 1;
export const POLICY = 2;
export const ANNOUNCES = 3;
export const SITE = 4;
export const TABLE = 5;
export const FORWARDING = 6;
/** After all tables: what they told by then is under way. */
export const RESTARTS = 7;

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
  readonly ends: readonly FactRef[];
  readonly carries: FactRef | null;
  readonly mutes: readonly FactRef[];
  /** Whether somebody may start it by hand; whether it stands, and is over a limit: null while nobody asks. */
  readonly start: FactRef | null;
  stands: FactRef | null;
  limited: FactRef | null;
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
