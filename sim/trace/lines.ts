/** The trace as text: JSON Lines, versioned; one `start` line, then changes and captions in order, then one `end` line. */

import type { Relation, Written } from '../model/scenario.ts';
import type { Ms } from '../model/units.ts';
import type { Dispute, Reason, Rule, Value } from './trace.ts';

export const FORMAT = 1;

/** What has to hold, as facts of this trace: a flag, one of some words, so much of a number; or several of these, or the opposite of one. */
export type Wanted = { readonly called?: string } & (
  | {
      readonly fact: string;
      readonly is?: readonly string[];
      readonly above?: number;
      readonly says: string;
    }
  | { readonly all: readonly Wanted[] }
  | { readonly any: readonly Wanted[] }
  | { readonly atLeast: number; readonly of: readonly Wanted[] }
  | { readonly not: Wanted }
);

/** What a picture needs to know of the scenario; names only, and the conditions of tasks, so that it can tell what these wait for. */
export interface Scene {
  readonly id: string;
  readonly title: string;
  /** ISO date-time (UTC) of time zero. */
  readonly start: string;
  readonly run: Ms;
  readonly nodes: readonly {
    readonly name: string;
    readonly kind: string;
    readonly title: string | null;
    readonly role: string | null;
    readonly place: string | null;
    readonly group: string | null;
    readonly network: string | null;
    readonly people: number | null;
    /** Names of nodes, zones, prefixes and tasks its needs, starts and wants speak of (for drawing dependencies). */
    readonly needs: readonly string[];
    /** Degrees north and east, where the scenario says them. */
    readonly where?: readonly [north: number, east: number];
  }[];
  readonly links: readonly {
    readonly name: string;
    readonly from: string;
    readonly to: string;
    readonly layer: string | null;
    readonly bgp: Relation | null;
    readonly implied: boolean;
  }[];
  readonly prefixes: readonly {
    readonly name: string;
    readonly cidr: string | null;
    readonly sites: readonly string[];
  }[];
  readonly zones: readonly { readonly name: string; readonly nameservers: readonly string[]; readonly ttl: Ms }[];
  readonly changes: readonly {
    readonly name: string;
    readonly targets: readonly string[];
    readonly effect: string;
    readonly guard: string | null;
  }[];
  readonly faults: readonly { readonly name: string; readonly targets: readonly string[]; readonly effect: string }[];
  readonly tasks: readonly {
    readonly name: string;
    readonly parent: string | null;
    readonly teams: readonly string[];
    /** What it takes to be worked on, where it takes anything. */
    readonly needs?: Wanted;
  }[];
  readonly journeys: readonly {
    readonly name: string;
    readonly title: string | null;
    readonly population: string;
    readonly resolver: string | null;
    readonly people: number | null;
  }[];
  readonly rates: readonly { readonly name: string; readonly unit: string }[];
  readonly sources: readonly {
    readonly name: string;
    readonly title: string;
    readonly basis: string;
    readonly url: string | null;
  }[];
  readonly parameters: readonly {
    readonly name: string;
    readonly value: string;
    readonly range: string | null;
    readonly basis: string;
    readonly source: string | null;
    readonly because: string | null;
  }[];
  readonly variants: readonly { readonly name: string; readonly title: string }[];
  /** What links, prefixes, zones, faults, changes and tasks are called when people are told of them, where any of them has a title. */
  readonly titles?: readonly { readonly name: string; readonly title: string }[];
}

export interface FactEntry {
  readonly fact: string;
  readonly kind: string;
  readonly subjects: readonly string[];
  readonly value: Value;
  readonly watched?: true;
}

export interface StartLine {
  readonly line: 'start';
  readonly format: typeof FORMAT;
  readonly netfall: string;
  readonly scenario: Scene;
  readonly seed: string;
  readonly variant: string | null;
  /** What the scenario was read from, so that people can ask more of the run than the trace says. */
  readonly written?: Written;
  /** Everything that holds at time zero. */
  readonly facts: readonly FactEntry[];
}

export interface ChangeLine {
  readonly line: 'change';
  readonly id: number;
  readonly at: Ms;
  readonly phase: number;
  readonly round: number;
  readonly fact: string;
  readonly from: Value;
  readonly to: Value;
  /** Numbers only: change per minute from here on. */
  readonly slope?: number;
  readonly by: string;
  readonly rule: Rule;
  /** Id of the change that tipped it; null when it had none (a schedule, luck, a force). */
  readonly tipped: number | null;
  /** Ids of all changes it follows from, `tipped` among them. */
  readonly because: readonly number[];
  /** The change as a sentence, without clock and full stop. */
  readonly says: string;
  readonly watched?: true;
}

export interface CaptionLine {
  readonly line: 'caption';
  readonly at: Ms;
  readonly says: string;
}

export interface CheckpointResult {
  readonly id: string;
  readonly says: string;
  /** As the author wrote it. */
  readonly observed: string | null;
  /** As the run has it, written the same way; null when it never happened. */
  readonly simulated: string | null;
  readonly accept: string | null;
  readonly held: boolean;
  readonly fitted: boolean;
  /** Null when it has no foil; else whether its foil misses it, where that was run. */
  readonly foil: string | null;
  readonly source: string | null;
  readonly notModelled?: string;
  /** Moments (ms since start) for drawing, where the claim is about a moment. */
  readonly moment?: {
    readonly seen: Ms | null;
    readonly from: Ms | null;
    readonly to: Ms | null;
    readonly simulated: Ms | null;
  };
}

/** Who could not do what, for how long. People unknown: null, never zero. */
export interface Impact {
  readonly journey: string;
  readonly population: string;
  readonly people: number | null;
  /** Share of the population's minutes lost, 0 to 1, over the run. */
  readonly shareLost: number;
  readonly userMinutesLost: number | null;
  readonly worst: string;
  readonly firstLost: Ms | null;
  readonly lastBack: Ms | null;
}

export interface EndLine {
  readonly line: 'end';
  readonly at: Ms;
  readonly reason: Reason;
  readonly flipping: readonly string[];
  /** Routes that did not settle. */
  readonly disputes: readonly Dispute[];
  readonly changes: number;
  readonly digest: string;
  readonly impact: readonly Impact[];
  readonly checkpoints: readonly CheckpointResult[];
}

export type TraceLine = StartLine | ChangeLine | CaptionLine | EndLine;
