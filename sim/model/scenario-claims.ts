/** What an expanded scenario claims and tells of its run: checkpoints and captions. */

import type { FactKind } from './facts.ts';
import type { Place } from './problems.ts';
import type { Condition } from './scenario.ts';
import type { Ms } from './units.ts';

/** An open or closed stretch of the run; ends included. */
export interface Window {
  readonly from: Ms | null;
  readonly to: Ms | null;
}

/** A fact whose value is a number. */
export interface NumberFact {
  readonly kind: FactKind;
  readonly subjects: readonly string[];
}

/** A claim about the trace (see SEMANTICS in `analysis/score.ts`). Times are since the start; durations in ms. */
export type Claim =
  | { readonly claim: 'first' | 'last' | 'back' | 'lasts' | 'always' | 'never' | 'count'; readonly of: Condition }
  | { readonly claim: 'at'; readonly of: Condition; readonly moment: Ms }
  | { readonly claim: 'lag'; readonly from: Condition; readonly to: Condition }
  | { readonly claim: 'order'; readonly of: readonly Condition[] }
  | { readonly claim: 'after'; readonly of: Condition; readonly checkpoint: string; readonly within: Ms }
  | { readonly claim: 'peak'; readonly facts: string; readonly per: Ms }
  | { readonly claim: 'max'; readonly numbers: readonly NumberFact[] }
  | { readonly claim: 'ratio'; readonly numbers: readonly NumberFact[]; readonly to: 'before' }
  | { readonly claim: 'ends'; readonly reason: 'quiet' | 'horizon' | 'race' }
  | { readonly claim: 'share'; readonly of: readonly Counted[] }
  | { readonly claim: 'gain'; readonly of: readonly Counted[]; readonly from: Ms; readonly to: Ms };

/** One of those of which a share is so, and for how many it stands. */
export interface Counted {
  readonly condition: Condition;
  readonly weight: number;
}

export interface Checkpoint {
  readonly id: string;
  readonly says: string;
  /** Where it was written. */
  readonly place: Place;
  /** null: listed as not modelled, never counted. */
  readonly claim: Claim | null;
  readonly notModelled: string | null;
  readonly within: Window;
  readonly whileSo: Condition | null;
  /** What was seen then, as a number in the claim's unit (ms, count, ratio, share), and as the author wrote it. */
  readonly seen: number | null;
  readonly seenText: string | null;
  /** Tolerated, in the claim's unit, ends included; null ends are open. */
  readonly accept: Window | null;
  readonly acceptText: string | null;
  readonly source: string | null;
  readonly strength: 'A' | 'B' | 'C';
  readonly group: string | null;
  readonly fittedTo: readonly string[];
  /** Names of variants, each of which takes one cause of what is measured away. */
  readonly parts: readonly string[];
  /** Name of the variant in which this claim must fail; null: no point. */
  readonly foil: string | null;
  /** A patch in whose re-run the claim must fail too. */
  readonly without: object | null;
}

export interface Caption {
  readonly name: string;
  readonly at: Ms | null;
  readonly first: Condition | null;
  /** Told when this is so again after it was not. */
  readonly back: Condition | null;
  readonly says: string;
}
