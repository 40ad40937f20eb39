/** Tokens: a thing is broken, drained, switched off while at least one token is on it; everybody takes back only his own (R9). */
import type { Engine } from '../../engine/engine.ts';
import { CAUSE, type FactRef } from '../../engine/mechanism.ts';
import type { Setting } from '../../model/scenario.ts';
import type { Rule } from '../../trace/trace.ts';

/** Where a setting comes from: its rule, and a cause as the engine takes it. */
export interface Why {
  readonly rule: Rule;
  readonly kind: number;
  readonly ref: number;
}

/** A setting that follows from a change by its id; -1: from nothing before it. */
export const because = (rule: Rule, change: number): Why => ({
  rule,
  kind: change < 0 ? CAUSE.none : CAUSE.change,
  ref: change,
});

/** What is done to a thing once: every start by hand and every flush counts by itself, however many are on the thing already. */
const ONCE: readonly (string | undefined)[] = ['start', 'flush'] satisfies readonly Setting[];
const isOnce = ({ subjects }: FactRef): boolean => ONCE.includes(subjects[1]);

export class Tokens {
  private readonly counts = new Map<number, number>();
  /** Starts by hand, or flushes, upon earlier ones: the fact falls in this phase and rises in the next, so that whoever hears it hears one. */
  private readonly anew = new Map<number, Why>();

  /** `soon`: has `raise` called in the next phase of this instant. */
  constructor(
    private readonly engine: Engine,
    private readonly soon: () => void,
  ) {}

  /** Lays a token (+1) or takes one back (-1). */
  move(fact: FactRef, by: 1 | -1, why: Why): void {
    const count = (this.counts.get(fact.id) ?? 0) + by;
    this.counts.set(fact.id, count);
    if (by > 0 && isOnce(fact) && this.engine.board.own(fact.id) === 1) {
      this.anew.set(fact.id, why);
      this.soon();
    }
    this.engine.set(fact.id, count > 0 && !this.anew.has(fact.id) ? 1 : 0, why.rule, why.kind, why.ref);
  }

  raise(): void {
    for (const [fact, { rule, kind, ref }] of this.anew)
      this.engine.set(fact, (this.counts.get(fact) as number) > 0 ? 1 : 0, rule, kind, ref);
    this.anew.clear();
  }

  /** Before time zero. */
  lay(fact: FactRef): void {
    this.counts.set(fact.id, (this.counts.get(fact.id) ?? 0) + 1);
  }
  warm(): boolean {
    let moved = false;
    for (const [fact, count] of this.counts) moved = this.engine.board.put(fact, count > 0 ? 1 : 0) || moved;
    return moved;
  }
}
