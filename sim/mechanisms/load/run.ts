/**
 * How much a node bears in one run: a sum of straight lines, written where it bends (R1).
 *
 * It bends in a phase of its own, when it is settled who gets through: a node that trips by it stops people, and they are its load.
 */
import { Curve, type Line } from '../../engine/curve.ts';
import type { Engine } from '../../engine/engine.ts';
import { CAUSE, type FactRef } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { MINUTE, type Ms } from '../../model/units.ts';
import { inputsOf, type PlannedLoad } from './planned.ts';

/** A return of fewer than this share of a cohort is dust. */
const DUST = 1e-6;

/** A cohort as last looked at: which share of it is stopped from `at` on, and which came back and is cold. */
interface Cohort {
  readonly stopped: Line;
  readonly at: Ms;
  /** As of `since`; gone after the time it takes to warm. */
  readonly cold: number;
  readonly since: Ms;
}

export class Load {
  private readonly curve: Curve;
  private readonly inputs: readonly FactRef[];
  private cohorts: readonly Cohort[];
  /** When each input had last bent when it was looked at. */
  private seen: readonly Ms[] = [];
  /** The moment at which it last waited for others before it bent by its own clock. */
  private waited: Ms = -1;
  /** What it bends by in this phase: everything as of before it (R4). */
  private bending: { readonly course: Line; readonly turned: boolean } | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly plan: PlannedLoad,
    private readonly alarm: number,
  ) {
    this.curve = new Curve(engine, part, plan, alarm, plan.cold + plan.guests.length);
    this.inputs = inputsOf(plan);
    this.cohorts = plan.cohorts.map(() => ({ stopped: { level: 0, slope: 0 }, at: 0, cold: 0, since: 0 }));
  }

  warm(): boolean {
    this.cohorts = this.cohorts.map((cohort, k) => ({ ...cohort, stopped: this.stopped(k) }));
    return this.engine.board.putLevel(this.plan.fact.id, this.course().level);
  }
  start(): void {
    this.seen = this.bends();
  }
  private bends(): readonly Ms[] {
    return this.inputs.map(({ id }) => this.engine.latest(id));
  }
  private stopped(k: number): Line {
    const { board } = this.engine;
    const { id } = (this.plan.cohorts[k] as PlannedLoad['cohorts'][number]).stopped;
    return { level: board.levelNow(id), slope: board.slope[id] as number };
  }

  ring(): void {
    const bends = this.bends();
    const turned = bends.some((bend, k) => bend !== this.seen[k]);
    if (!turned && this.waited !== this.engine.now) {
      // Others may come back in the very millisecond in which these are warm: one bend for both.
      this.waited = this.engine.now;
      return this.engine.alarm(this.part, this.alarm, this.engine.now);
    }
    this.seen = bends;
    this.cohorts = this.cohorts.map((cohort, k) => this.next(cohort, this.stopped(k)));
    this.bending = { course: this.course(), turned };
    this.curve.ring();
  }

  /** Who comes back is cold, all of the cohort that is cold from then on anew; when all are stopped nobody is. */
  private next(before: Cohort, stopped: Line): Cohort {
    const { now } = this.engine;
    const was = before.stopped.level + (before.stopped.slope * (now - before.at)) / MINUTE;
    const back = was - stopped.level;
    if (stopped.level >= 1 - DUST || this.plan.warms === 0) return { stopped, at: now, cold: 0, since: now };
    if (back < DUST) return { ...before, stopped, at: now };
    return { stopped, at: now, cold: Math.min(1 - stopped.level, this.coldNow(before) + back), since: now };
  }
  private coldNow({ cold, since }: Cohort): number {
    return cold === 0 ? 0 : cold * Math.max(0, 1 - (this.engine.now - since) / this.plan.warms);
  }

  settle(): void {
    if (this.bending === null) return;
    const { course, turned } = this.bending;
    const tip = this.seen.reduce((last, bend) => Math.max(last, bend), -1);
    this.curve.follow(course, turned ? 'now' : 'work', tip < 0 ? CAUSE.none : CAUSE.change, tip);
  }

  act(): void {
    const { engine, part, alarm, plan } = this;
    if (this.bending !== null) {
      const left = this.cohorts.map(({ cold, since }) => (cold === 0 ? 0 : since + plan.warms - engine.now));
      this.bending = null;
      this.curve.keep(left.reduce((least, one) => (one > 0 ? Math.min(least, one) : least), Infinity));
    }
    // In a phase of its own; and in the next millisecond if it has bent in this one.
    if (this.bends().some((bend, k) => bend !== this.seen[k]))
      engine.alarm(part, alarm, this.curve.hasBent ? engine.now + 1 : engine.now);
  }

  private course(): Line {
    const { board, now } = this.engine;
    const { plan } = this;
    let [level, slope] = [plan.base, 0];
    for (const [k, cohort] of this.cohorts.entries()) {
      const { weight } = plan.cohorts[k] as PlannedLoad['cohorts'][number];
      const cold = this.coldNow(cohort);
      const warming = cold === 0 ? 0 : (-cohort.cold / plan.warms) * MINUTE;
      const { stopped, at } = cohort;
      level += weight * (1 - (stopped.level + (stopped.slope * (now - at)) / MINUTE) + (plan.cold - 1) * cold);
      slope += weight * ((plan.cold - 1) * warming - stopped.slope);
    }
    for (const { troubled, each } of plan.guests) {
      level += each * board.levelNow(troubled.id);
      slope += each * (board.slope[troubled.id] as number);
    }
    return { level, slope };
  }
}
