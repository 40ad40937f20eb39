/** Why a fact is as it is: the chain of tipping causes back to where it began, with everything else that had a part (R16). */

import type { FactRef } from '../engine/mechanism.ts';
import { Past } from '../engine/past.ts';
import type { Plan, PlannedPart } from '../engine/plan.ts';
import { FACTS } from '../model/facts.ts';
import type { Ms } from '../model/units.ts';
import { RULES, type Rule, type Trace } from '../trace/trace.ts';
import type { Called } from './called.ts';
import { factSentence } from './sentences.ts';

/** One change with what it follows from. */
export interface Reason {
  readonly id: number;
  readonly at: Ms;
  readonly fact: string;
  readonly says: string;
  readonly rule: Rule;
  readonly by: string;
  /** The change that tipped it; null where the chain begins. */
  readonly tipped: number | null;
  /** All changes it follows from, in order, the tipping one among them. */
  readonly because: readonly number[];
}

/** Answers questions about one run; in its sentences things have their names, unless they are `called` otherwise. */
export class Reasons {
  readonly past: Past;

  constructor(
    private readonly plan: Plan,
    private readonly trace: Trace,
    private readonly called?: Called,
  ) {
    this.past = new Past(plan, trace);
  }

  /** The derived set of a change: every change it follows from. */
  because(id: number): readonly number[] {
    const { columns } = this.trace;
    const fact = this.plan.facts[columns.fact[id] as number] as FactRef;
    const tipped = columns.tipped[id] as number;
    const rule = RULES[columns.rule[id] as number] as Rule;
    if (rule === 'forced' || rule === 'released' || (tipped < 0 && (rule === 'schedule' || rule === 'luck'))) return [];
    const part = this.plan.parts.find((planned) => planned.name === FACTS[fact.kind].owner) as PlannedPart;
    this.past.of(id);
    const found = new Set(part.plan.explain(fact, this.past));
    if (tipped >= 0) found.add(tipped);
    return [...found].filter((change) => change >= 0 && change < id).sort((a, b) => a - b);
  }

  reason(id: number): Reason {
    const { columns } = this.trace;
    const fact = this.plan.facts[columns.fact[id] as number] as FactRef;
    const tipped = columns.tipped[id] as number;
    return {
      id,
      at: columns.at[id] as number,
      fact: fact.name,
      says: factSentence(this.trace, id, this.called),
      rule: RULES[columns.rule[id] as number] as Rule,
      by: FACTS[fact.kind].owner,
      tipped: tipped < 0 ? null : tipped,
      because: this.because(id),
    };
  }

  /** The chain of tipping causes of a change, from where it began to the change itself. */
  chain(id: number): readonly Reason[] {
    const chain: Reason[] = [];
    for (let next = id; next >= 0; next = this.trace.columns.tipped[next] as number) chain.push(this.reason(next));
    return chain.reverse();
  }

  /** The latest change of a fact up to `at`; null when it has not changed, undefined when nobody asked for such a fact. */
  changeOf(fact: string, at: Ms): number | null | undefined {
    const number = this.past.history.fact(fact);
    if (number === undefined) return undefined;
    const id = this.past.history.lastAt(number, at);
    return id < 0 ? null : id;
  }

  /** What a change led to next: the changes it tipped. */
  ledTo(id: number): readonly number[] {
    const { tipped } = this.trace.columns;
    const found: number[] = [];
    for (let later = id + 1; later < this.trace.count; later++) if (tipped[later] === id) found.push(later);
    return found;
  }
}
