/** Watch: conditions of claims, captions and pictures as facts of their own; read by nothing that lives (R19). */

import type { Engine } from '../engine/engine.ts';
import { Followers, type RunningFollowers } from '../engine/follower.ts';
import { Items } from '../engine/items.ts';
import type { FactRef, Mechanism, MechanismPlan, Part, SignalRef } from '../engine/mechanism.ts';
import type { Past } from '../engine/past.ts';
import type { PlannedPart } from '../engine/plan.ts';
import type { Planner } from '../engine/planner.ts';
import type { Turn } from '../engine/turn.ts';
import { fixed } from '../model/luck.ts';
import type { Checkpoint, Condition, NumberFact, Scenario } from '../model/scenario.ts';

export const watch: Mechanism = {
  name: 'watch',
  owns: ['claim'],
  plan: (scenario, planner) => new WatchPlan(scenario, planner),
};

/** The name a claim is watched by: a variant may expect something of its own under the name of a checkpoint. */
export const claimName = (scenario: Scenario, checkpoint: Checkpoint): string =>
  scenario.expectations.get(checkpoint.id) === checkpoint ? `expect ${checkpoint.id}` : checkpoint.id;

/** Every condition that is only watched, by the name of its fact. */
export function watchedConditions(scenario: Scenario): ReadonlyMap<string, Condition> {
  const found = new Map<string, Condition>();
  for (const checkpoint of [...scenario.checkpoints.values(), ...scenario.expectations.values()]) {
    const { claim, whileSo } = checkpoint;
    const id = claimName(scenario, checkpoint);
    if (whileSo) found.set(`${id} while`, whileSo);
    if (!claim) continue;
    if (claim.claim === 'lag') {
      found.set(`${id} from`, claim.from);
      found.set(`${id} to`, claim.to);
    } else if (claim.claim === 'order')
      for (const [k, condition] of claim.of.entries()) found.set(`${id} ${k + 1}`, condition);
    else if (claim.claim === 'share' || claim.claim === 'gain')
      for (const [k, { condition }] of claim.of.entries()) found.set(`${id} ${k + 1}`, condition);
    else if (claim.claim !== 'peak' && claim.claim !== 'max' && claim.claim !== 'ratio' && claim.claim !== 'ends')
      found.set(id, claim.of);
  }
  for (const { name, first, back } of scenario.story) {
    const condition = first ?? back;
    if (condition) found.set(`story ${name}`, condition);
  }
  return found;
}

/** The numbers that claims look at. */
export const watchedNumbers = (scenario: Scenario): readonly NumberFact[] =>
  [...scenario.checkpoints.values(), ...scenario.expectations.values()].flatMap(({ claim }) =>
    claim?.claim === 'max' || claim?.claim === 'ratio' ? claim.numbers : [],
  );

class WatchPlan implements MechanismPlan {
  readonly supposes = false;
  private readonly items = new Items();
  readonly followers: Followers;
  private readonly part: number;
  private readonly conditions: ReadonlyMap<string, Condition>;

  constructor(
    scenario: Scenario,
    private readonly planner: Planner,
  ) {
    this.part = planner.partOf('watch');
    this.followers = new Followers(planner, this.part, this.items, 0);
    this.conditions = watchedConditions(scenario);
  }
  define(fact: FactRef): string | null {
    const condition = this.conditions.get(fact.subjects[0] as string);
    if (!condition) return 'nobody claims this';
    this.followers.add(fact, this.planner.condition(condition), fixed(0), fixed(0));
    return null;
  }
  explain(fact: FactRef, past: Past): Iterable<number> {
    return past.deciders((this.followers.signalOf(fact) as SignalRef).id);
  }
  otherwise(fact: FactRef, past: Past): Turn | null {
    return this.followers.otherwise(fact, past);
  }
  finish(): { items: number; alarms: number } {
    return { items: this.items.count, alarms: this.followers.count };
  }
  create(engine: Engine): Part {
    return new Watching(this.followers.create(engine, engine.plan.parts[this.part] as PlannedPart, 0));
  }
}

class Watching implements Part {
  constructor(private readonly followers: RunningFollowers) {}
  warm(): boolean {
    return this.followers.warm();
  }
  start(): void {
    this.followers.start();
  }
  settle(item: number): void {
    this.followers.settle(item);
  }
  ring(alarm: number): void {
    this.followers.ring(alarm);
  }
  act(item: number): void {
    this.followers.act(item);
  }
}
