/**
 * Load: how much a node bears, as times the usual. People who are stopped are no load; those who come back cost more at first, as
 * caches are empty; people who are troubled elsewhere come on top. Too much of it makes the node slow, or trips it.
 *
 * Not modelled here: queues, time-outs and retries of single requests, and load that moves from one instance to another.
 */
import type { Engine } from '../../engine/engine.ts';
import { Followers, type RunningFollowers } from '../../engine/follower.ts';
import { Items } from '../../engine/items.ts';
import type { FactRef, Mechanism, MechanismPlan, Part } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Planner } from '../../engine/planner.ts';
import type { Turn } from '../../engine/turn.ts';
import { fixed } from '../../model/luck.ts';
import type { Bearing, Scenario } from '../../model/scenario.ts';
import { byName } from '../../model/units.ts';
import { FOLLOWS, inputsOf, LOAD, type PlannedLoad } from './planned.ts';
import { Load } from './run.ts';

export const load: Mechanism = {
  name: 'load',
  owns: ['load', 'overloaded'],
  plan: (scenario, planner) => new LoadPlan(scenario, planner),
};

class LoadPlan implements MechanismPlan {
  readonly supposes = false;
  readonly items = new Items();
  readonly loads: PlannedLoad[] = [];
  readonly followers: Followers;
  private readonly part: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
  ) {
    this.part = planner.partOf('load');
    this.followers = new Followers(planner, this.part, this.items, FOLLOWS);
    // How much it bears is part of what a run is, wherever the scenario says whose load it is.
    for (const { name, bearing } of scenario.nodes.values()) {
      if (bearing === null) continue;
      planner.fact('load', name);
      if (bearing.capacity !== null) planner.fact('overloaded', name);
    }
  }

  define(fact: FactRef): string | null {
    const name = fact.subjects[0] as string;
    const bearing = this.scenario.nodes.get(name)?.bearing ?? null;
    if (bearing === null) return 'nothing says whose load it bears, under `bears` there or under `spill` of people';
    return fact.kind === 'load' ? this.load(fact, name, bearing) : this.over(fact, name, bearing);
  }

  private load(fact: FactRef, name: string, { journeys, cold, warms }: Bearing): null {
    const cohorts = this.cohortsOf(journeys);
    const item = this.items.add(LOAD, this.loads.length);
    const base = journeys.length === 0 ? 1 : 0;
    const planned: PlannedLoad = { item, fact, base, cohorts, guests: this.guestsOf(name), cold, warms };
    for (const input of inputsOf(planned)) this.planner.hearFact(input, this.part, item);
    this.loads.push(planned);
    return null;
  }

  /** Weighed by their people; where those are not all known, each population as one, by the shares of its resolvers. */
  private cohortsOf(names: readonly string[]): PlannedLoad['cohorts'] {
    const { scenario, planner } = this;
    const journeys = scenario.journeys.filter(({ name }) => names.includes(name));
    const known = journeys.every(({ people }) => people !== null);
    const cohorts = journeys
      .map(({ population, name, resolver, people }) => ({
        stopped: planner.fact('stopped', population, name, ...(resolver === null ? [] : [resolver])),
        people: known ? (people as number) : this.shareOf(population, resolver),
      }))
      .sort((a, b) => byName(a.stopped.name, b.stopped.name));
    const all = cohorts.reduce((sum, { people }) => sum + people, 0);
    return cohorts.map(({ stopped, people }) => ({ stopped, weight: all > 0 ? people / all : 1 / cohorts.length }));
  }
  private shareOf(population: string, resolver: string | null): number {
    return this.scenario.nodes.get(population)?.via.find((via) => via.resolver === resolver)?.share ?? 1;
  }

  /** Of all people who go there while they are troubled, each asks so much more than one of them does on an ordinary day. */
  private guestsOf(name: string): PlannedLoad['guests'] {
    const from = [...this.scenario.nodes.values()]
      .flatMap(({ name: population, people, spill }) =>
        spill.filter(({ node }) => node === name).map(({ share }) => ({ population, people: people ?? 0, share })),
      )
      .sort((a, b) => byName(a.population, b.population));
    const all = from.reduce((sum, { people }) => sum + people, 0);
    return from.map(({ population, share }) => ({
      troubled: this.planner.fact('troubled', population),
      each: all > 0 ? share / all : 0,
    }));
  }

  /** It bears more than it can, until it bears less than it recovers below. */
  private over(fact: FactRef, name: string, { capacity, recovers }: Bearing): string | null {
    if (capacity === null) return 'it has no capacity';
    const test = { above: capacity, below: recovers };
    const much = this.planner.condition({ ask: { kind: 'load', subjects: [name], test } });
    this.followers.add(fact, much, fixed(0), fixed(0));
    return null;
  }

  explain(fact: FactRef, past: Past): Iterable<number> {
    const follows = this.followers.signalOf(fact);
    if (follows) return past.deciders(follows.id);
    const planned = this.loads.find((one) => one.fact === fact) as PlannedLoad;
    return new Set([past.tipped, ...inputsOf(planned).map(({ id }) => past.latest(id))]);
  }

  otherwise(fact: FactRef, past: Past): Turn | null {
    return this.followers.otherwise(fact, past);
  }

  finish(): { items: number; alarms: number } {
    return { items: this.items.count, alarms: this.loads.length + this.followers.count };
  }
  create(engine: Engine): Part {
    return new RunningLoads(engine, engine.plan.parts[this.part] as PlannedPart, this);
  }
}

/** Alarms: one a load, then those of the followers. */
class RunningLoads implements Part {
  private readonly loads: readonly Load[];
  private readonly followers: RunningFollowers;

  constructor(
    engine: Engine,
    part: PlannedPart,
    private readonly plan: LoadPlan,
  ) {
    this.loads = plan.loads.map((planned, k) => new Load(engine, part, planned, k));
    this.followers = plan.followers.create(engine, part, this.loads.length);
  }

  warm(): boolean {
    let moved = this.followers.warm();
    for (const one of this.loads) moved = one.warm() || moved;
    return moved;
  }
  start(): void {
    this.followers.start();
    for (const one of this.loads) one.start();
  }
  settle(item: number): void {
    const own = this.ownOf(item);
    if (own) own.settle();
    else this.followers.settle(this.plan.items.indexOf(item));
  }
  ring(alarm: number): void {
    const own = this.loads[alarm];
    if (own) own.ring();
    else this.followers.ring(alarm - this.loads.length);
  }
  act(item: number): void {
    const own = this.ownOf(item);
    if (own) own.act();
    else this.followers.act(this.plan.items.indexOf(item));
  }

  private ownOf(item: number): Load | undefined {
    const { items } = this.plan;
    return items.sortOf(item) === LOAD ? this.loads[items.indexOf(item)] : undefined;
  }
}
