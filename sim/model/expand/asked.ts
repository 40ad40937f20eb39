/** What the reader of a question is given: the question as written, who asks, and the means to build its condition. */
import type { FactKind } from '../facts.ts';
import type { Condition, Test } from '../scenario.ts';
import type { Origin, Tree } from '../tree.ts';
import type { Selected } from './selectors.ts';
import type { Asker, World } from './world.ts';

/** Builds conditions; all problems go to the scenario's list. */
export interface Builder {
  /** One condition for each name, under the selector's gate; null when `of` leaves out every one. */
  quantified(
    selected: Pick<Selected, 'how' | 'count' | 'names'>,
    of: (name: string) => Condition | null,
  ): Condition | null;
  ask(kind: FactKind, subjects: readonly string[], at: Origin, test?: Test): Condition;
  wrong(at: Origin, says: string, hint?: string): Condition;
}

export interface Asked {
  readonly conditions: Builder;
  readonly world: World;
  readonly asker: Asker;
  /** The key that asks: `up`, `reach`. */
  readonly key: string;
  readonly at: Origin;
  readonly get: (key: string) => Tree | undefined;
}
