/** A rate that grows while a condition holds and falls back after, piecewise linearly; written only where it bends (R1). */
import type { Engine } from '../../engine/engine.ts';
import { CAUSE } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { MINUTE, type Ms, wholeAfter } from '../../model/units.ts';
import type { PlannedGrowth } from './planned.ts';

export class Growth {
  /** The moment of its last bend that is settled: it bends at most once a millisecond. */
  private bent: Ms = -1;
  /** The change that made it grow or fall, for the bend at the end of the slope. */
  private tip = -1;
  /** The end of the slope, when its alarm has rung in this phase. */
  private arrived: number | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly plan: PlannedGrowth,
    private readonly index: number,
  ) {}

  warm(): boolean {
    return this.engine.board.putLevel(this.plan.fact.id, this.plan.rate.rest);
  }
  start(): void {
    // What holds from the start makes it grow from the start.
    if (this.engine.signal(this.plan.grows.id)) this.engine.alarm(this.part, this.index, 0);
  }

  settle(): void {
    const { rate, fact, grows } = this.plan;
    if (this.bent === this.engine.now) return this.engine.actLater(this.part, this.index);
    const growing = this.engine.signal(grows.id);
    const goal = growing ? rate.to : rate.rest;
    const over = growing ? rate.growsOver : rate.fallsOver;
    const { arrived } = this;
    const level = arrived ?? this.engine.board.levelNow(fact.id);
    // At the end of its slope it stops by itself; when it turns round there it has another reason.
    if (over === 0 || level === goal) return this.set(goal, 0, arrived === goal);
    const slope = ((rate.to - rate.rest) / over) * MINUTE;
    this.set(level, growing ? slope : -slope, false);
  }

  private set(level: number, slope: number, arrived: boolean): void {
    const { engine, tip } = this;
    const { fact, grows } = this.plan;
    if (arrived) engine.setLevel(fact.id, level, slope, 'work', tip < 0 ? CAUSE.none : CAUSE.change, tip);
    else engine.setLevel(fact.id, level, slope, 'now', CAUSE.signal, grows.id);
  }

  ring(): void {
    const { rate, fact } = this.plan;
    const slope = this.engine.board.slope[fact.id] as number;
    const goal = slope > 0 === rate.to > rate.rest ? rate.to : rate.rest;
    // An alarm set for the end of the slope finds the number there, up to what rounding left.
    const there = slope !== 0 && Math.abs(this.engine.board.levelNow(fact.id) - goal) <= Math.abs(slope) / MINUTE;
    this.arrived = there ? goal : null;
    this.engine.touch(this.part, this.index);
    this.engine.actLater(this.part, this.index);
  }

  act(): void {
    const { rate, fact, grows } = this.plan;
    const { board, now } = this.engine;
    this.arrived = null;
    // It would bend a second time in this millisecond: in the next one.
    if (this.bent === now) return this.engine.alarm(this.part, this.index, now + 1);
    if (board.since[fact.id] === now && this.engine.latest(fact.id) >= 0) this.bent = now;
    this.tip = this.engine.tip(grows.id);
    const slope = board.slope[fact.id] as number;
    if (slope === 0) return this.engine.cancel(this.part, this.index);
    const goal = slope > 0 === rate.to > rate.rest ? rate.to : rate.rest;
    const left = ((goal - (board.level[fact.id] as number)) / slope) * MINUTE;
    this.engine.alarm(this.part, this.index, Math.max(now + 1, wholeAfter((board.since[fact.id] as number) + left)));
  }
}
