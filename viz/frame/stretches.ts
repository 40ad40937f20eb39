/** Stretches of time in which something was one way: what a lane of the timeline is made of. */
import { type Run, slice, valueAs } from '../load/run.ts';
import { stackOf } from './stack.ts';
import type { Family, State } from './words.ts';

export type Look = Family | State | 'working' | 'paused' | 'done' | 'failed' | 'cancelled';

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly word: string;
  readonly look: Look;
  /** The change that began it, or -1. */
  readonly row: number;
  /** Where it stands in its lane, and how much of the lane it takes: 0 to 1 from below. */
  readonly base: number;
  readonly share: number;
  /** Where more is to say of it than its word: the rest of the sentence, without times. */
  readonly told?: string;
  /** The change a click leads to, where that is not the one that began it. */
  readonly leads?: number;
  /** Here somebody was called. */
  readonly called?: boolean;
}

export interface Row {
  readonly id: string;
  readonly kind: 'journey' | 'task' | 'thing';
  readonly label: string;
  /** Whose it is, where others have a row of the same label. */
  readonly who: string | null;
  /** As it is called at length. */
  readonly title: string;
  readonly indent: boolean;
  readonly thing: string | null;
  /** All whom it speaks of. */
  readonly things: readonly string[];
  readonly spans: readonly Span[];
}

export const WHOLE = { base: 0, share: 1 } as const;

/** The values of one fact over the run, one span each. */
export function spansOf(run: Run, fact: number, look: (value: string) => { word: string; look: Look }): Span[] {
  const rows = Array.from(slice(run.changes.ofFact, fact));
  const at = (row: number | undefined) => (row === undefined ? run.length : run.changes.at[row]!);
  const text = (raw: number) => String(valueAs(run, fact, raw));
  return [
    { from: 0, to: at(rows[0]), ...look(text(run.facts.initial[fact]!)), row: -1, ...WHOLE },
    ...rows.map((row, i) => ({
      from: at(row),
      to: at(rows[i + 1]),
      ...look(text(run.changes.to[row]!)),
      row,
      ...WHOLE,
    })),
  ].filter((span) => span.to > span.from || span.row >= 0);
}

/** More than a lane has room for are drawn as shares of its columns. */
const MANY = 4000;
export const drawable = (spans: readonly Span[]): readonly Span[] =>
  spans.length > MANY ? stackOf([{ weight: 1, spans }]) : spans;
