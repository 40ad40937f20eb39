/** The conditions of policies in a plan: every term with one is a switch, which hears when it comes and goes. */
import type { Items } from '../../engine/items.ts';
import type { FactRef } from '../../engine/mechanism.ts';
import type { Planner } from '../../engine/planner.ts';
import type { Condition, Link, PolicyTerm } from '../../model/scenario.ts';
import { type PlannedSwitch, POLICY } from './planned.ts';

export class ConditionalTerms {
  private readonly reserved: { readonly term: PolicyTerm; readonly item: number }[] = [];

  /** Numbers them, asked for or not, in the order of their sessions' names. */
  constructor(links: readonly Link[], items: Items) {
    const seen = new Set<PolicyTerm>();
    for (const { ends } of links)
      for (const policy of [ends.from.imports, ends.from.exports, ends.to.imports, ends.to.exports])
        for (const term of policy?.terms ?? []) {
          if (term.while === null || seen.has(term)) continue;
          seen.add(term);
          this.reserved.push({ term, item: items.add(POLICY, this.reserved.length) });
        }
  }

  plan(planner: Planner, part: number): readonly PlannedSwitch[] {
    return this.reserved.map(({ term, item }) => {
      const condition = term.while as Condition;
      const signal = planner.condition(condition);
      planner.hear(signal, part, item);
      return { item, term, signal, facts: factsIn(condition, planner) };
    });
  }
}

function factsIn(condition: Condition, planner: Planner): readonly FactRef[] {
  if ('ask' in condition) return [planner.fact(condition.ask.kind, ...condition.ask.subjects)];
  if ('not' in condition) return factsIn(condition.not, planner);
  const of = 'all' in condition ? condition.all : 'any' in condition ? condition.any : condition.of;
  return of.flatMap((one) => factsIn(one, planner));
}
