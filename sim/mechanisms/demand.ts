/** Demand: what people try to do, stage by stage; the first stage that fails names what they see. */

import type { Engine } from '../engine/engine.ts';
import { Items } from '../engine/items.ts';
import {
  CAUSE,
  type FactRef,
  type Mechanism,
  type MechanismPlan,
  type Part,
  type SignalRef,
} from '../engine/mechanism.ts';
import type { Past } from '../engine/past.ts';
import type { PlannedPart } from '../engine/plan.ts';
import type { Planner } from '../engine/planner.ts';
import type { Turn } from '../engine/turn.ts';
import { SYMPTOMS } from '../model/facts.ts';
import type { Journey, Scenario } from '../model/scenario.ts';
import { byName } from '../model/units.ts';

const JOURNEY = 0;
const AFFECTED = 1;
const OK = SYMPTOMS.indexOf('ok');
/** Symptoms with which people still get through. */
export const PASSING: ReadonlySet<string> = new Set(['ok', 'slow', 'stale content', 'partly loaded']);

interface PlannedJourney {
  readonly item: number;
  readonly fact: FactRef;
  readonly stages: readonly { readonly signal: SignalRef; readonly symptom: number; readonly passes: boolean }[];
}
interface PlannedAffected {
  readonly item: number;
  readonly fact: FactRef;
  readonly cohorts: readonly { readonly works: FactRef; readonly people: number }[];
}

export const demand: Mechanism = {
  name: 'demand',
  owns: ['works', 'affected'],
  plan: (scenario, planner) => new DemandPlan(scenario, planner),
};

export const worksSubjects = (journey: Journey): readonly string[] => [
  journey.population,
  journey.name,
  ...(journey.resolver === null ? [] : [journey.resolver]),
];

class DemandPlan implements MechanismPlan {
  readonly supposes = false;
  readonly items = new Items();
  readonly journeys: PlannedJourney[] = [];
  readonly affected: PlannedAffected[] = [];
  private readonly part: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
  ) {
    this.part = planner.partOf('demand');
    // What people can do is why a scenario is run: always asked.
    for (const journey of scenario.journeys) planner.fact('works', ...worksSubjects(journey));
    for (const name of new Set(
      scenario.journeys.filter((journey) => journey.people !== null).map((journey) => journey.name),
    ))
      planner.fact('affected', name);
  }

  define(fact: FactRef): string | null {
    const { planner, scenario } = this;
    if (fact.kind === 'affected') {
      const cohorts = scenario.journeys.filter(
        (journey) => journey.name === fact.subjects[0] && journey.people !== null,
      );
      if (cohorts.length === 0) return 'nobody is known to do this';
      const item = this.items.add(AFFECTED, this.affected.length);
      // In canonical order: sums and ties must not hang on the order of the list.
      const watched = cohorts
        .map((journey) => ({
          works: planner.fact('works', ...worksSubjects(journey)),
          people: journey.people as number,
        }))
        .sort((a, b) => byName(a.works.name, b.works.name));
      for (const { works } of watched) planner.hearFact(works, this.part, item);
      this.affected.push({ item, fact, cohorts: watched });
      return null;
    }
    const [population, name, resolver] = fact.subjects;
    const journey = scenario.journeys.find(
      (j) => j.population === population && j.name === name && j.resolver === (resolver ?? null),
    );
    if (!journey) return 'there is no such journey';
    const item = this.items.add(JOURNEY, this.journeys.length);
    const stages = journey.stages.map(({ condition, symptom }) => ({
      signal: planner.condition(condition),
      symptom: SYMPTOMS.indexOf(symptom as 'ok'),
      passes: PASSING.has(symptom),
    }));
    for (const { signal } of stages) planner.hear(signal, this.part, item);
    this.journeys.push({ item, fact, stages });
    return null;
  }

  explain(fact: FactRef, past: Past): Iterable<number> {
    const count = this.affected.find((planned) => planned.fact === fact);
    if (count) return count.cohorts.map(({ works }) => past.latestSoFar(works.id));
    const journey = this.journeys.find((planned) => planned.fact === fact) as PlannedJourney;
    const found = new Set([past.tipped]);
    // Stages that would show before this symptom hold: those that stop people, and, when nothing stops them, all that come after.
    for (const { signal, symptom, passes } of journey.stages) {
      const holds = past.holds(signal.id);
      if (holds ? !passes || PASSING.has(SYMPTOMS[past.to] as string) : symptom === past.to)
        past.deciders(signal.id, found);
      if (!holds && !passes) break;
    }
    return found;
  }

  /** One failing stage shows; all must hold for none to. */
  otherwise(fact: FactRef, past: Past): Turn | null {
    const journey = this.journeys.find((planned) => planned.fact === fact);
    if (!journey) return null;
    const works = past.raw(fact.id) === OK;
    const stages = journey.stages.map(({ signal }): Turn => ({ signal, to: !works }));
    return works ? { any: stages } : { all: stages };
  }

  finish(): { items: number; alarms: number } {
    return { items: this.items.count, alarms: this.affected.length };
  }
  create(engine: Engine): Part {
    return new RunningDemand(engine, engine.plan.parts[this.part] as PlannedPart, this);
  }
}

class RunningDemand implements Part {
  /** The stage that decided what people see, as settled; -1 while all hold. */
  private readonly decided: Int32Array;
  private readonly deciding: Int32Array;
  /** Which stages held, as settled. */
  private readonly held: boolean[][];
  /** The moment of each count's last change. */
  private readonly counted: Float64Array;
  private readonly passing: number;

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly plan: DemandPlan,
  ) {
    this.counted = new Float64Array(plan.affected.length).fill(-1);
    this.decided = new Int32Array(plan.journeys.length).fill(-1);
    this.deciding = new Int32Array(plan.journeys.length).fill(-1);
    this.held = plan.journeys.map(() => []);
    let mask = 0;
    for (const [index, symptom] of SYMPTOMS.entries()) if (PASSING.has(symptom)) mask |= 1 << index;
    this.passing = mask;
  }

  warm(): boolean {
    let moved = false;
    for (const [index, journey] of this.plan.journeys.entries())
      moved = this.engine.board.put(journey.fact.id, this.judge(index)) || moved;
    for (const { fact, cohorts } of this.plan.affected)
      moved = this.engine.board.putLevel(fact.id, this.count(cohorts)) || moved;
    return moved;
  }
  start(): void {
    for (const index of this.held.keys()) this.keep(index);
  }
  private keep(index: number): void {
    const { stages } = this.plan.journeys[index] as PlannedJourney;
    this.judge(index);
    this.decided[index] = this.deciding[index] as number;
    this.held[index] = stages.map(({ signal }) => this.engine.signal(signal.id));
  }

  settle(item: number): void {
    const index = this.plan.items.indexOf(item);
    if (this.plan.items.sortOf(item) === AFFECTED) return this.settleCount(item, index);
    const journey = this.plan.journeys[index] as PlannedJourney;
    const symptom = this.judge(index);
    const was = this.decided[index] as number;
    const is = this.deciding[index] as number;
    // A stage shows because it fails, or, if it failed before, because the one that showed is mended.
    const turned = is >= 0 && (was < 0 || this.held[index]?.[is]) ? is : was;
    const signal = journey.stages[turned]?.signal.id;
    this.engine.set(journey.fact.id, symptom, 'now', signal === undefined ? CAUSE.none : CAUSE.signal, signal ?? 0);
  }

  /** How many people; a number breaks once a millisecond (R1), so what comes later in the same one is for the next. */
  private settleCount(item: number, index: number): void {
    const { board } = this.engine;
    if (this.counted[index] === board.now) return this.engine.actLater(this.part, item);
    const { fact, cohorts } = this.plan.affected[index] as PlannedAffected;
    const cause = cohorts.reduce((last, { works }) => this.engine.laterOf(last, works.id), -1);
    this.engine.setLevel(fact.id, this.count(cohorts), 0, 'now', cause < 0 ? CAUSE.none : CAUSE.fact, cause);
  }

  /** The word for what people see now: the first failing stage that stops them, else the last that merely hurts, else ok. */
  private judge(index: number): number {
    const { stages } = this.plan.journeys[index] as PlannedJourney;
    let hurt = -1;
    for (const [k, stage] of stages.entries()) {
      if (this.engine.signal(stage.signal.id)) continue;
      hurt = k;
      if (!stage.passes) break;
    }
    this.deciding[index] = hurt;
    return hurt < 0 ? OK : (stages[hurt] as PlannedJourney['stages'][number]).symptom;
  }

  private count(cohorts: PlannedAffected['cohorts']): number {
    let people = 0;
    for (const { works, people: some } of cohorts)
      if (((this.passing >> (this.engine.board.value[works.id] as number)) & 1) === 0) people += some;
    return people;
  }

  /** A millisecond after a count that could not change a second time. */
  ring(alarm: number): void {
    const { item } = this.plan.affected[alarm] as PlannedAffected;
    this.engine.touch(this.part, item);
    this.engine.actLater(this.part, item);
  }
  act(item: number): void {
    const index = this.plan.items.indexOf(item);
    if (this.plan.items.sortOf(item) === AFFECTED) {
      const { board, now } = this.engine;
      const { fact } = this.plan.affected[index] as PlannedAffected;
      if (this.counted[index] === now) this.engine.alarm(this.part, index, now + 1);
      else if (board.since[fact.id] === now && this.engine.latest(fact.id) >= 0) this.counted[index] = now;
      return;
    }
    this.keep(index);
  }
}
