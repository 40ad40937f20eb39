/** Tokens: a thing is broken, drained, switched off while at least one token is on it; everybody takes back only his own (R9). */
import type { Engine } from '../../engine/engine.ts';
import { CAUSE, type FactRef } from '../../engine/mechanism.ts';
import type { Rule } from '../../trace/trace.ts';

export class Tokens {
  private readonly counts = new Map<number, number>();

  constructor(private readonly engine: Engine) {}

  /** Lays a token (+1) or takes one back (-1); `cause` is a change's id, or -1. */
  move(fact: FactRef, by: 1 | -1, rule: Rule, cause: number): void {
    const count = (this.counts.get(fact.id) ?? 0) + by;
    this.counts.set(fact.id, count);
    this.engine.set(fact.id, count > 0 ? 1 : 0, rule, cause < 0 ? CAUSE.none : CAUSE.change, cause);
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
