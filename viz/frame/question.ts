/** What a question is: asked before a moment, answered by the run, and what each of its options claims. */
import type { Run } from '../load/run.ts';
import type { Moment } from '../state/session.ts';
import { chainOf } from './causes.ts';
import type { State } from './words.ts';

export type Kind = 'left' | 'sees' | 'becomes' | 'next' | 'lasts' | 'brings';

/** What an option says of the run, so that anybody can look whether it is so. */
export type Claim =
  /** So many of the things people do still work at the answer. */
  | { readonly is: 'left'; readonly count: number }
  /** One of these things is down or cut off at the answer, and none was at the question. */
  | { readonly is: 'goes'; readonly things: readonly number[] }
  /** Of these facts the first to change after the question changes to this word. */
  | { readonly is: 'sees'; readonly facts: readonly number[]; readonly word: string }
  /** Each of these things is in this state at the answer. */
  | { readonly is: 'becomes'; readonly things: readonly number[]; readonly state: State }
  /** From the question to the answer it is about so long, ms. */
  | { readonly is: 'lasts'; readonly ms: number }
  /** The change with the answer goes back to this one; -1: to none, for it has not happened by then. */
  | { readonly is: 'brings'; readonly row: number };

export interface Option {
  readonly text: string;
  readonly note: string;
  /** What became of it in the run, for those who took it for the answer. */
  readonly became: string;
  readonly claim: Claim;
}

export interface Question {
  readonly id: string;
  readonly kind: Kind;
  readonly ask: Moment;
  readonly reveal: Moment;
  readonly text: string;
  /** In no order: they are mixed when the question is taken. */
  readonly options: readonly Option[];
  readonly right: Option;
  /** The change that answers it. */
  readonly row: number;
  /** The change on the way there that it is told to go back to; null: the first of all. */
  readonly root: number | null;
  readonly happened: string;
}

/** Why the change came, in one sentence: what tipped it, and where that goes back to: to `root`, or all the way. */
export function becauseOf(run: Run, row: number, root: number | null): string {
  const { says } = run.changes;
  const chain = chainOf(run, row);
  const first = root ?? chain[0]!;
  const before = chain[chain.length - 2];
  if (before === undefined) return 'Nothing in the run led to it: it was planned, or it was chance.';
  if (before === first) return `Because ${says(before)}.`;
  return `Because ${says(before)}; and that goes back to: ${says(first)}.`;
}

/** A guess of a time is right when it is not off by half. */
export const near = (guess: number, real: number): boolean => Math.max(guess / real, real / guess) < 1.5;
