/** What the page asks of its second thread, and what that answers. */
import type { Look } from '../../sim/index.ts';
import type { Loaded } from '../load/packed.ts';
import type { Told } from '../load/problem.ts';
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

/** A scenario that can be run: its numbers as they are with all that was asked for. */
export interface Checked {
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
}

/** By the name of each variant: what it writes, as `path: value`, or `without path`. */
export interface Variants {
  readonly writes: ReadonlyMap<string, readonly string[]>;
}

/** Where it goes wrong: sentences, as the command line prints them, or as a person can read them. */
export interface Failure {
  readonly problems: readonly string[];
}

/** The bytes of a file of data, unpacked; or why they cannot be taken. */
export type Data = Uint8Array<ArrayBuffer> | { readonly says: string; readonly hint?: string };

/** A scenario as somebody opens it, with what it extends and the data it names as far as these are at hand, by their paths in it. */
export interface OpenWish {
  readonly file: string;
  readonly text: string;
  readonly others: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, Data>>;
  readonly seed: string;
}

/** A file that a scenario names and that is not at hand. */
export interface Lack {
  readonly path: string;
  readonly is: 'text' | 'data';
}
export interface Lacking extends Failure {
  readonly lacks: readonly Lack[];
}

/** It is no trace. */
export interface Unread {
  readonly unread: Told;
}

/** The next piece of a trace; the first one begins another trace. */
export interface Piece {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly first: boolean;
}

export interface Text {
  readonly text: string;
}

/** By what is asked: what it takes, and what comes of it. */
export interface Requests {
  readonly open: { readonly wish: OpenWish; readonly found: Loaded | Lacking | Failure };
  readonly run: { readonly wish: Wish; readonly found: Loaded | Failure };
  /** Found: how many changes were read so far. */
  readonly read: { readonly wish: Piece; readonly found: { readonly changes: number } | Unread | Failure };
  /** No more pieces come. */
  readonly 'read-end': { readonly wish: null; readonly found: Loaded | Unread | Failure };
  /** Whether it can be run at all, and what its numbers are then. */
  readonly check: { readonly wish: Wish; readonly found: Checked | Failure };
  /** What each variant of the scenario writes, by its name. */
  readonly variants: { readonly wish: Wish; readonly found: Variants | Failure };
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
/** How far what was asked for is, from 0 to 1; the answer comes later. */
export interface Underway {
  readonly id: number;
  readonly share: number;
}
