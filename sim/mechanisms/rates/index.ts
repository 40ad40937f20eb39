/** Rates: numbers of things a minute that grow with a condition, or follow how many people are troubled. */
import type { Engine } from '../../engine/engine.ts';
import type { FactRef, Mechanism, MechanismPlan, Part } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Planner } from '../../engine/planner.ts';
import type { GrowingRate, RateOfPeople, Scenario } from '../../model/scenario.ts';
import { Growth } from './growth.ts';
import { Heads } from './heads.ts';
import { follows, type PlannedRate } from './planned.ts';

export const rates: Mechanism = {
  name: 'rates',
  owns: ['rate'],
  plan: (scenario, planner) => new RatesPlan(scenario, planner),
};

/** Each rate is one item and one alarm, by its place in the list. */
class RatesPlan implements MechanismPlan {
  readonly supposes = false;
  readonly rates: PlannedRate[] = [];
  private readonly part: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
  ) {
    this.part = planner.partOf('rates');
    for (const rate of scenario.rates.values()) planner.fact('rate', rate.name);
  }
  define(fact: FactRef): string | null {
    const rate = this.scenario.rates.get(fact.subjects[0] as string);
    if (!rate) return 'there is no such rate';
    this.rates.push('each' in rate ? this.heads(fact, rate) : this.growth(fact, rate));
    return null;
  }
  private growth(fact: FactRef, rate: GrowingRate): PlannedRate {
    const grows = this.planner.condition(rate.while);
    this.planner.hear(grows, this.part, this.rates.length);
    return { rate, fact, grows };
  }
  private heads(fact: FactRef, rate: RateOfPeople): PlannedRate {
    const people = rate.of.map((population) => this.planner.fact('troubled', population));
    for (const one of people) this.planner.hearFact(one, this.part, this.rates.length);
    const all = rate.of.reduce((sum, population) => sum + (this.scenario.nodes.get(population)?.people ?? 0), 0);
    return { rate, fact, people, most: rate.rest + rate.each * all };
  }

  explain(fact: FactRef, past: Past): Iterable<number> {
    const planned = this.rates.find((rate) => rate.fact === fact) as PlannedRate;
    const found = new Set([past.tipped]);
    if (!follows(planned)) return past.deciders(planned.grows.id, found);
    for (const { id } of planned.people) found.add(past.latest(id));
    return found;
  }
  otherwise(): null {
    return null;
  }
  finish(): { items: number; alarms: number } {
    return { items: this.rates.length, alarms: this.rates.length };
  }
  create(engine: Engine): Part {
    return new RunningRates(engine, engine.plan.parts[this.part] as PlannedPart, this.rates);
  }
}

class RunningRates implements Part {
  private readonly list: readonly (Growth | Heads)[];

  constructor(engine: Engine, part: PlannedPart, planned: readonly PlannedRate[]) {
    this.list = planned.map((rate, k) =>
      follows(rate) ? new Heads(engine, part, rate, k) : new Growth(engine, part, rate, k),
    );
  }
  private rate(index: number): Growth | Heads {
    return this.list[index] as Growth | Heads;
  }

  warm(): boolean {
    let moved = false;
    for (const rate of this.list) moved = rate.warm() || moved;
    return moved;
  }
  start(): void {
    for (const rate of this.list) if (rate instanceof Growth) rate.start();
  }
  settle(index: number): void {
    this.rate(index).settle();
  }
  ring(index: number): void {
    this.rate(index).ring();
  }
  act(index: number): void {
    this.rate(index).act();
  }
}
