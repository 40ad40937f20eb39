/** What a mechanism is to the engine: it owns kinds of fact, asks for others when planned, and answers when something it heard of changes. */
import type { FactKind } from '../model/facts.ts';
import type { Look, Told } from '../model/looks.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Ms } from '../model/units.ts';
import type { Dispute } from '../trace/trace.ts';
import type { Engine } from './engine.ts';
import type { Past } from './past.ts';
import type { Planner } from './planner.ts';
import type { Turn } from './turn.ts';

/** What is wrong with a scenario, found when it is planned: about a node, or about the whole. */
export interface Complaint {
  readonly about: string | null;
  readonly says: string;
  readonly hint?: string;
}

/** A fact in a plan being made; `id` is final once the plan is. */
export interface FactRef {
  id: number;
  readonly name: string;
  readonly kind: FactKind;
  readonly subjects: readonly string[];
  /** Asked by claims, captions or pictures alone. */
  watched: boolean;
}

/** A test or gate in a plan being made; `id` is final once the plan is. */
export interface SignalRef {
  id: number;
}

/**
 * A mechanism's work for one run: its private state and its answers. Items are its own numbers, as it gave them to the planner.
 *
 * Order never matters: in a round everybody sees the same facts and settings are committed together at its end.
 */
export interface Part {
  /** Sets own facts for the warm state from the facts so far (R11); true when one changed. Called until nobody's does. */
  warm(): boolean;
  /** Drops what was judged to hold and whose needs fail in the warm state so far; true when it dropped one (R11). */
  drop?(): boolean;
  /** The warm state stands: take it as settled, set the first alarms. */
  start(): void;
  /** A pure consequence: set own facts from what holds now and what was settled before. Called in any round. */
  settle(item: number): void;
  /** An alarm of this part rings: judged on the state before this instant (R4). */
  ring(alarm: number): void;
  /** The phase is silent and something this item heard of has a new settled value: set or cancel alarms. */
  act(item: number): void;
  /** What did not come to rest by itself (R6), asked when the run is over. */
  disputes?(): readonly Dispute[];
  /** What a person finds who looks at `at`, the run having come so far (R19); null: others know. Changes nothing. */
  look?(question: Look, at: Ms): Told | null;
}

export interface Mechanism {
  readonly name: string;
  readonly owns: readonly FactKind[];
  plan(scenario: Scenario, planner: Planner): MechanismPlan;
}

export interface MechanismPlan {
  /** Somebody asks for this fact: say what it hangs on. Called once a fact; may ask for more. Null: understood; else what is wrong. */
  define(fact: FactRef): string | null;
  /**
   * A person will ask this at the end of a run (R19): asks, watched, for the facts that the answer is read from. Null: understood, or
   * for others to answer; else why it cannot be asked.
   */
  expect?(question: Look): string | null;
  /** All facts are numbered: the number of items for settling and acting, and of alarms. */
  finish(): { readonly items: number; readonly alarms: number };
  /** State for one run. */
  create(engine: Engine): Part;
  /** True when this part is computed anew for the what-if questions of guards, while the others are frozen (R13). */
  readonly supposes: boolean;
  /** All changes that a change of an own fact follows from, derived from plan and past (R16); -1 entries are left out by the caller. */
  explain(fact: FactRef, past: Past): Iterable<number>;
  /** What has to be so for an own flag or word to be otherwise than it is where the past is opened; null for numbers and paths. */
  otherwise(fact: FactRef, past: Past): Turn | null;
  /** Complaints about the warm state, as sentences; empty when it is sound. */
  complain?(engine: Engine): readonly Complaint[];
}

/** The cause of a setting, as far as it is known when it is made; the change's number is found when the phase is silent. */
export const CAUSE = {
  /** Nothing before it: a schedule, luck, a force. */
  none: 0,
  /** The change that tipped a signal to the value it now has. */
  signal: 1,
  /** The latest change of a fact. */
  fact: 2,
  /** A change known by number. */
  change: 3,
} as const;
