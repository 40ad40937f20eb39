/** Rates: numbers that grow while a condition holds and fall back after, piecewise linearly; written only where they bend (R1). */

import type { Engine } from '../engine/engine.ts';
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
import type { Rate, Scenario } from '../model/scenario.ts';
import { MINUTE, type Ms } from '../model/units.ts';

interface PlannedRate {
  readonly rate: Rate;
  readonly fact: FactRef;
  readonly grows: SignalRef;
}

export const rates: Mechanism = {
  name: 'rates',
  owns: ['rate'],
  plan: (scenario, planner) => new RatesPlan(scenario, planner),
};

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
    const grows = this.planner.condition(rate.while);
    this.planner.hear(grows, this.part, this.rates.length);
    this.rates.push({ rate, fact, grows });
    return null;
  }
  explain(fact: FactRef, past: Past): Iterable<number> {
    const planned = this.rates.find((rate) => rate.fact === fact) as PlannedRate;
    return past.deciders(planned.grows.id, new Set([past.tipped]));
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
  /** The moment of each rate's last bend that is settled: it bends at most once a millisecond. */
  private readonly bent: Float64Array;
  /** The change that made it grow or fall, for the bend at the end of the slope. */
  private readonly tip: Int32Array;
  /** The end of the slope, when its alarm has rung in this phase. */
  private readonly arrived: (number | null)[];

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly rates: readonly PlannedRate[],
  ) {
    this.bent = new Float64Array(rates.length).fill(-1);
    this.tip = new Int32Array(rates.length).fill(-1);
    this.arrived = rates.map(() => null);
  }

  warm(): boolean {
    let moved = false;
    for (const { rate, fact } of this.rates) moved = this.engine.board.putLevel(fact.id, rate.rest) || moved;
    return moved;
  }
  start(): void {
    // What holds from the start makes it grow from the start.
    for (const [index, { grows }] of this.rates.entries())
      if (this.engine.signal(grows.id)) this.engine.alarm(this.part, index, 0);
  }

  settle(index: number): void {
    const { rate, fact, grows } = this.rates[index] as PlannedRate;
    if (this.bent[index] === this.engine.now) return this.engine.actLater(this.part, index);
    const growing = this.engine.signal(grows.id);
    const goal = growing ? rate.to : rate.rest;
    const over = growing ? rate.growsOver : rate.fallsOver;
    const arrived = this.arrived[index] ?? null;
    const level = arrived ?? this.engine.board.levelNow(fact.id);
    // At the end of its slope it stops by itself; when it turns round there it has another reason.
    if (over === 0 || level === goal) return this.set(index, goal, 0, arrived === goal);
    const slope = ((rate.to - rate.rest) / over) * MINUTE;
    this.set(index, level, growing ? slope : -slope, false);
  }

  private set(index: number, level: number, slope: number, arrived: boolean): void {
    const { fact, grows } = this.rates[index] as PlannedRate;
    const tip = this.tip[index] as number;
    if (arrived) this.engine.setLevel(fact.id, level, slope, 'work', tip < 0 ? CAUSE.none : CAUSE.change, tip);
    else this.engine.setLevel(fact.id, level, slope, 'now', CAUSE.signal, grows.id);
  }

  ring(index: number): void {
    const { rate, fact } = this.rates[index] as PlannedRate;
    const slope = this.engine.board.slope[fact.id] as number;
    const goal = slope > 0 === rate.to > rate.rest ? rate.to : rate.rest;
    // An alarm set for the end of the slope finds the number there, up to what rounding left.
    const there = slope !== 0 && Math.abs(this.engine.board.levelNow(fact.id) - goal) <= Math.abs(slope) / MINUTE;
    this.arrived[index] = there ? goal : null;
    this.engine.touch(this.part, index);
    this.engine.actLater(this.part, index);
  }

  act(index: number): void {
    const { rate, fact, grows } = this.rates[index] as PlannedRate;
    const { board, now } = this.engine;
    this.arrived[index] = null;
    if (this.bent[index] === now) {
      // It would bend a second time in this millisecond: in the next one.
      this.engine.alarm(this.part, index, now + 1);
      return;
    }
    if (board.since[fact.id] === now && this.engine.latest(fact.id) >= 0) this.bent[index] = now;
    this.tip[index] = this.engine.tip(grows.id);
    const slope = board.slope[fact.id] as number;
    if (slope === 0) return this.engine.cancel(this.part, index);
    const goal = slope > 0 === rate.to > rate.rest ? rate.to : rate.rest;
    const left = ((goal - (board.level[fact.id] as number)) / slope) * MINUTE;
    this.engine.alarm(this.part, index, Math.max(now + 1, wholeAfter((board.since[fact.id] as number) + left)));
  }
}

/** The first whole millisecond at or after `x`, forgiving the dust of a division. */
const wholeAfter = (x: number): Ms => {
  const near = Math.floor(x + 0.5);
  return Math.abs(x - near) < 1e-6 ? near : Math.floor(x) + 1;
};
