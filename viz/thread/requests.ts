/** What the page asks of its second thread, and what that answers. */
import type { Look } from '../../sim/index.ts';
import type { Parsed } from '../load/parse.ts';
import type { Written } from '../load/run.ts';
import type { Sheet } from '../look/sheet.ts';

/** A scenario as it is to be run: all that it was read from, and which of its runs. */
export interface Wish {
  readonly written: Written;
  readonly variant: string | null;
  readonly seed: string;
}

/** What people would find who look at a run at a moment. */
export interface LookWish extends Wish {
  readonly at: number;
  readonly brief: boolean;
  readonly looks: readonly Look[];
}

/** Where it goes wrong: sentences, as the command line prints them, or as a person can read them. */
export interface Failure {
  readonly problems: readonly string[];
}

export interface Text {
  readonly text: string;
}

/** By what is asked: what it takes, and what comes of it. */
export interface Requests {
  readonly run: { readonly wish: Wish; readonly found: Parsed | Failure };
  /** The scenario by itself, in YAML: what the wish changes is merged in. */
  readonly scenario: { readonly wish: Wish; readonly found: Text | Failure };
  /** The draft of a review after an incident, in Markdown. */
  readonly review: { readonly wish: Wish; readonly found: Text | Failure };
  readonly look: { readonly wish: LookWish; readonly found: { readonly sheets: readonly Sheet[] } | Failure };
}
export type Kind = keyof Requests;

export type Asked = {
  readonly [K in Kind]: { readonly id: number; readonly kind: K; readonly wish: Requests[K]['wish'] };
}[Kind];
export interface Answered {
  readonly id: number;
  readonly found: Requests[Kind]['found'];
}
