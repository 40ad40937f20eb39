/**
 * What people ask of resolvers that are made of many caches, and which therefore comes to a share of them.
 *
 * The caches of two resolvers are two. Of one, those that fail one name may be those that fail another, or others: so that a stage asks
 * one name there, and of several stages that fail as many people are stopped as by the one that stops most.
 */
import type { Doubt } from '../../engine/chances.ts';
import type { FactRef, SignalRef } from '../../engine/mechanism.ts';
import type { Planner } from '../../engine/planner.ts';
import { questionsOf } from '../../model/conditions.ts';
import { ANSWERS } from '../../model/facts.ts';
import type { Condition, Journey, Scenario } from '../../model/scenario.ts';

const OK = ANSWERS.indexOf('ok');
const GOOD = (1 << OK) | (1 << ANSWERS.indexOf('stale'));
const ALL = (1 << ANSWERS.length) - 1;

const isMany = ({ nodes }: Scenario, kind: string, resolver: string | undefined): boolean =>
  kind === 'resolves' && nodes.get(resolver as string)?.resolver?.many === true;

/** Some people may be stopped at it while others are not. */
export const isShared = (scenario: Scenario, { stages }: Journey): boolean =>
  stages.some(({ condition, session }) => session > 0 || asksMany(scenario, condition));
/** A resolver of many caches is asked for a name. */
export const asksMany = (scenario: Scenario, condition: Condition): boolean =>
  questionsOf(condition).some(({ kind, subjects: [resolver] }) => isMany(scenario, kind, resolver));

/** The answers that a signal reads and that are not the same for all; a sentence where nobody can say for whom it holds. */
export function doubtsOf(
  scenario: Scenario,
  planner: Planner,
  condition: Condition,
  signal: SignalRef,
): readonly Doubt[] | string {
  if (!asksMany(scenario, condition)) return [];
  const reads = [...planner.readsOf(signal)].filter(([{ kind, subjects }]) => isMany(scenario, kind, subjects[0]));
  const asked = new Map<string, string>();
  for (const [{ subjects }] of reads) {
    const [resolver, zone] = subjects as [string, string];
    const other = asked.get(resolver);
    if (other !== undefined)
      return `a stage asks both ${other} and ${zone} at ${resolver}, which is made of many caches: whether it is the same that fail nobody says; make it two stages`;
    asked.set(resolver, zone);
  }
  return reads.map(([fact, masks]) => doubtOf(planner, fact, masks));
}

/** Where it matters alone whether there is an answer, one number tells for how many; else one for each word. */
function doubtOf(planner: Planner, fact: FactRef, masks: readonly number[]): Doubt {
  const plain = masks.every((mask) => mask === GOOD || mask === (ALL & ~GOOD));
  const values = ANSWERS.flatMap((answer, raw) => {
    if (plain) return answer === 'servfail' ? [{ raw, share: planner.fact('unresolved', ...fact.subjects) }] : [];
    return raw === OK ? [] : [{ raw, share: planner.fact('told', ...fact.subjects, answer) }];
  });
  return { fact, values, rest: OK };
}
