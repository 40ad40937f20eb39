/**
 * Demand: what people try to do, stage by stage. What one of them sees is a word; how many of them are stopped is a number, which
 * moves while sessions end.
 */
import type { Engine } from '../../engine/engine.ts';
import { Followers, type RunningFollowers } from '../../engine/follower.ts';
import { Items } from '../../engine/items.ts';
import type { FactRef, Mechanism, MechanismPlan, Part } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Planner } from '../../engine/planner.ts';
import type { Turn } from '../../engine/turn.ts';
import { SYMPTOMS } from '../../model/facts.ts';
import { fixed } from '../../model/luck.ts';
import type { Journey, Scenario } from '../../model/scenario.ts';
import { causesOfCount, causesOfShare, causesOfWord, turnOfWord } from './causes.ts';
import { Count } from './counts.ts';
import { doubtsOf, isShared } from './doubts.ts';
import {
  COUNT,
  inOrder,
  inputsOf,
  inputsOfStage,
  PASSING,
  type PlannedCount,
  type PlannedJourney,
  type PlannedShare,
  type PlannedStage,
  SESSION,
  SHARE,
  sessionSubjects,
  WORD,
  worksSubjects,
} from './planned.ts';
import { Share } from './shares.ts';
import { Word } from './words.ts';

export const demand: Mechanism = {
  name: 'demand',
  owns: ['works', 'sessions', 'stopped', 'affected', 'troubled'],
  plan: (scenario, planner) => new DemandPlan(scenario, planner),
};

class DemandPlan implements MechanismPlan {
  readonly supposes = false;
  readonly items = new Items();
  readonly journeys: PlannedJourney[] = [];
  readonly shares: PlannedShare[] = [];
  readonly counts: PlannedCount[] = [];
  /** Until when those who are signed in go on. */
  readonly followers: Followers;
  private readonly part: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
  ) {
    this.part = planner.partOf('demand');
    this.followers = new Followers(planner, this.part, this.items, SESSION);
    // What people can do is why a scenario is run: always asked.
    for (const journey of scenario.journeys) {
      planner.fact('works', ...worksSubjects(journey));
      if (isShared(scenario, journey)) planner.fact('stopped', ...worksSubjects(journey));
      if (journey.people !== null) planner.fact('affected', journey.name);
    }
  }

  define(fact: FactRef): string | null {
    if (fact.kind === 'affected') return this.affected(fact);
    if (fact.kind === 'troubled') return this.troubled(fact);
    const of = fact.kind === 'sessions' ? sessionsOf(fact.subjects) : fact.subjects;
    const [population, name, resolver] = of;
    const journey = this.scenario.journeys.find(
      (j) => j.population === population && j.name === name && j.resolver === (resolver ?? null),
    );
    if (!journey) return 'there is no such journey';
    if (fact.kind === 'sessions') return this.session(fact, journey);
    return fact.kind === 'stopped' ? this.share(fact, journey) : this.word(fact, journey);
  }

  private word(fact: FactRef, journey: Journey): null {
    const { planner, part } = this;
    const item = this.items.add(WORD, this.journeys.length);
    const stages = journey.stages.map(({ condition, symptom, session }, k) => ({
      // Who is signed in sees nothing of the stage until his session ends.
      signal:
        session > 0
          ? planner.flag(planner.fact('sessions', ...sessionSubjects(journey, k)))
          : planner.condition(condition),
      symptom: SYMPTOMS.indexOf(symptom as 'ok'),
      passes: PASSING.has(symptom),
    }));
    for (const { signal } of stages) planner.hear(signal, part, item);
    this.journeys.push({ item, fact, stages });
    return null;
  }

  /** The word is for most of them: half of the sessions are over after half of a session's length. */
  private session(fact: FactRef, { stages }: Journey): string | null {
    const stage = stages[Number(fact.subjects[2]) - 1];
    if (!stage || stage.session === 0) return 'this stage gives no session';
    const holds = this.planner.condition(stage.condition);
    this.followers.add(fact, holds, fixed(Math.ceil(stage.session / 2)), fixed(0), 'expiry');
    return null;
  }

  private share(fact: FactRef, journey: Journey): string | null {
    const { planner, part, scenario } = this;
    const item = this.items.add(SHARE, this.shares.length);
    const stages: PlannedStage[] = [];
    for (const { condition, symptom, session } of journey.stages) {
      if (PASSING.has(symptom)) continue;
      const signal = planner.condition(condition);
      const doubts = doubtsOf(scenario, planner, condition, signal);
      if (typeof doubts === 'string') return doubts;
      if (session > 0 && doubts.length > 0)
        return 'a stage with a session asks a resolver of many caches: whose sessions end in time for which of them nobody says';
      stages.push({ signal, session, doubts });
    }
    for (const stage of stages) {
      planner.hear(stage.signal, part, item);
      for (const input of inputsOfStage(stage)) planner.hearFact(input, part, item);
    }
    this.shares.push({ item, fact, stages });
    return null;
  }

  private affected(fact: FactRef): string | null {
    const cohorts = this.scenario.journeys.flatMap((journey) => {
      if (journey.name !== fact.subjects[0] || journey.people === null) return [];
      const kind = isShared(this.scenario, journey) ? 'stopped' : 'works';
      return [{ people: journey.people, of: [this.planner.fact(kind, ...worksSubjects(journey))] }];
    });
    return cohorts.length === 0 ? 'nobody is known to do this' : this.count(fact, cohorts);
  }

  private troubled(fact: FactRef): string | null {
    const [population] = fact.subjects;
    const node = this.scenario.nodes.get(population as string);
    if (node?.kind !== 'population') return 'there is no such population';
    if (node.people === null) return 'nothing says how many people they are';
    const byResolver = new Map<string | null, { people: number; of: FactRef[] }>();
    for (const journey of this.scenario.journeys) {
      if (journey.population !== population) continue;
      const share = this.planner.fact('stopped', ...worksSubjects(journey));
      const cohort = byResolver.get(journey.resolver);
      if (cohort) cohort.of.push(share);
      else byResolver.set(journey.resolver, { people: journey.people ?? 0, of: [share] });
    }
    return this.count(fact, [...byResolver.values()]);
  }

  private count(fact: FactRef, cohorts: PlannedCount['cohorts']): null {
    const item = this.items.add(COUNT, this.counts.length);
    const count: PlannedCount = { item, fact, cohorts: inOrder(cohorts) };
    for (const input of inputsOf(count)) this.planner.hearFact(input, this.part, item);
    this.counts.push(count);
    return null;
  }

  explain(fact: FactRef, past: Past): Iterable<number> {
    const sessions = this.followers.signalOf(fact);
    if (sessions) return past.deciders(sessions.id);
    const of = <P extends { readonly fact: FactRef }>(planned: readonly P[]) =>
      planned.find((one) => one.fact === fact);
    const count = of(this.counts);
    if (count) return causesOfCount(count, past);
    const share = of(this.shares);
    return share ? causesOfShare(share, past) : causesOfWord(of(this.journeys) as PlannedJourney, past);
  }

  otherwise(fact: FactRef, past: Past): Turn | null {
    const journey = this.journeys.find((planned) => planned.fact === fact);
    return journey ? turnOfWord(journey, past) : this.followers.otherwise(fact, past);
  }

  finish(): { items: number; alarms: number } {
    const alarms = this.shares.length + this.counts.length + this.followers.count;
    return { items: this.items.count, alarms };
  }
  create(engine: Engine): Part {
    return new RunningDemand(engine, engine.plan.parts[this.part] as PlannedPart, this);
  }
}

/** Population, journey and resolver of a session. */
const sessionsOf = ([population, journey, , resolver]: readonly string[]): readonly (string | undefined)[] => [
  population,
  journey,
  resolver,
];

/** Alarms: one a share, then one a count, then those of the sessions. */
class RunningDemand implements Part {
  private readonly words: readonly Word[];
  private readonly numbers: readonly (Share | Count)[];
  private readonly followers: RunningFollowers;

  constructor(
    engine: Engine,
    part: PlannedPart,
    private readonly plan: DemandPlan,
  ) {
    const { journeys, shares, counts } = plan;
    this.words = journeys.map((journey) => new Word(engine, journey));
    this.numbers = [
      ...shares.map((share, k) => new Share(engine, part, share, k)),
      ...counts.map((count, k) => new Count(engine, part, count, shares.length + k)),
    ];
    this.followers = plan.followers.create(engine, part, this.numbers.length);
  }

  warm(): boolean {
    let moved = this.followers.warm();
    for (const one of [...this.words, ...this.numbers]) moved = one.warm() || moved;
    return moved;
  }
  start(): void {
    this.followers.start();
    for (const word of this.words) word.start();
    for (const number of this.numbers) if (number instanceof Share) number.start();
  }
  settle(item: number): void {
    const own = this.ownOf(item);
    if (own) own.settle();
    else this.followers.settle(this.plan.items.indexOf(item));
  }
  ring(alarm: number): void {
    const own = this.numbers[alarm];
    if (own) own.ring();
    else this.followers.ring(alarm - this.numbers.length);
  }
  act(item: number): void {
    const own = this.ownOf(item);
    if (own) own.act();
    else this.followers.act(this.plan.items.indexOf(item));
  }

  private ownOf(item: number): Word | Share | Count | undefined {
    const { items, shares } = this.plan;
    const [sort, index] = [items.sortOf(item), items.indexOf(item)];
    if (sort === WORD) return this.words[index];
    return sort === SHARE ? this.numbers[index] : sort === COUNT ? this.numbers[shares.length + index] : undefined;
  }
}
