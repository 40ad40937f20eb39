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
  /** Value at time zero: 0/1 for flags, index into the words of its kind, index into `numbers` for numbers. */
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

export interface Trace {
  readonly facts: FactTable;
  readonly count: number;
  readonly columns: Columns;
  /** Every number that occurs, rounded to nine significant digits; 0 is number 0. */
  readonly numbers: readonly number[];
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
export function readValue(trace: Pick<Trace, 'facts' | 'numbers'>, fact: number, raw: number): Value {
  const domain = rowOf(trace.facts.kinds[fact] as FactKind).domain;
  if (domain.is === 'flag') return raw !== 0;
  return domain.is === 'word' ? (domain.words[raw] as string) : (trace.numbers[raw] as number);
}
