/** The trace: every settled change of every asked fact, as columns of integers with a table of names. */
import { type FactKind, rowOf } from '../model/facts.ts';
import type { Ms } from '../model/units.ts';

/** Why a change came when it came. Order is the number in the rule column; new rules go to the end. */
export const RULES = [
  'now',
  'hold',
  'lag',
  'expiry',
  'work',
  'message',
  'schedule',
  'luck',
  'forced',
  'released',
] as const;
export type Rule = (typeof RULES)[number];

/** Why a run ended: nothing more can happen, the end of the run was reached, or a fact could not settle (R6). */
export type Reason = 'quiet' | 'horizon' | 'race';

/** The facts of a run. Live facts come first, then watched ones; each part in canonical order of names. */
export interface FactTable {
  readonly count: number;
  /** Facts from this number on are watched: evaluated for claims and pictures, read by nothing live, outside the digest. */
  readonly firstWatched: number;
  readonly names: readonly string[];
  readonly kinds: readonly FactKind[];
  readonly subjects: readonly (readonly string[])[];
  /** Value at time zero: 0/1 for flags, index into the words of its kind, into `numbers` or into `texts`. */
  readonly initial: Int32Array;
}

/**
 * Columns, one row a change; a row's index is the change's id.
 * `from` and `to` are values as in `FactTable.initial`; `slope` (numbers only, per minute) is an index into `numbers`.
 * `tipped` is the id of the change that tipped it, or -1 when nothing before it did (a schedule, luck, a force).
 */
export interface Columns {
  readonly at: Float64Array;
  readonly phase: Int32Array;
  readonly round: Int32Array;
  readonly fact: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly slope: Int32Array;
  readonly tipped: Int32Array;
  readonly rule: Uint8Array;
}

/** Networks whose choices of a route undo each other again and again with nothing else changing (R6; Griffin, Shepherd and Wilfong 2002). */
export interface Dispute {
  readonly prefix: string;
  /** The speakers that kept coming back to a route they had left. */
  readonly members: readonly string[];
  /** When one of them had done so more than 8 times. */
  readonly at: Ms;
  /** Time after which all choices repeat, in milliseconds, where they do exactly; else the mean time from one return to the next. */
  readonly period: number;
  readonly exact: boolean;
  /** When its messages were stopped so that the run could go on; null: they went on to the end, or until something else changed. */
  readonly stopped: Ms | null;
}

export interface Trace {
  readonly facts: FactTable;
  readonly count: number;
  readonly columns: Columns;
  /** Every number that occurs, rounded to nine significant digits; 0 is number 0. */
  readonly numbers: readonly number[];
  /** Every text that a fact without words took, such as a path; the empty one is text 0. */
  readonly texts: readonly string[];
  /** Routes that did not come to rest (R6), in order of when they were found out. */
  readonly disputes: readonly Dispute[];
  readonly seed: string;
  readonly end: Ms;
  readonly reason: Reason;
  /** For a race: the facts that kept changing, as a cycle. */
  readonly flipping: readonly string[];
  /** SHA-256 over the live changes, 64 hex digits. */
  readonly digest: string;
}

/** A value as people and JSON see it: true/false, a word, or a number. */
export type Value = boolean | string | number;

/** The value behind an integer of fact `fact`. */
export function readValue(trace: Pick<Trace, 'facts' | 'numbers' | 'texts'>, fact: number, raw: number): Value {
  const domain = rowOf(trace.facts.kinds[fact] as FactKind).domain;
  if (domain.is === 'flag') return raw !== 0;
  if (domain.is === 'opaque') return trace.texts[raw] as string;
  return domain.is === 'word' ? (domain.words[raw] as string) : (trace.numbers[raw] as number);
}
