/**
 * Which share of people is stopped at a journey in one run. A stage without a session stops all of them while it fails. One with a
 * session stops newcomers, and everybody else as his session ends: in steady use what is left of a session is uniform over its
 * length (R12), and many people are a fluid, so the share rises in a straight line from the loss to one session later. One that asks
 * very many caches stops the share of them that have no answer.
 */
import { Chances } from '../../engine/chances.ts';
import { Curve, type Line } from '../../engine/curve.ts';
import type { Engine } from '../../engine/engine.ts';
import { CAUSE } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { MINUTE, type Ms } from '../../model/units.ts';
import { highest } from './highest.ts';
import { inputsOfStage, type PlannedShare, type PlannedStage } from './planned.ts';

const ALL: Line = { level: 1, slope: 0 };
/** It failed before the start, for so long that every session is over. */
const LONG_AGO = -Infinity;

export class Share {
  private readonly curve: Curve;
  /** Which stages held, as settled, and since when those that do not have failed. */
  private held: readonly boolean[];
  private readonly failed: Ms[];

  constructor(
    private readonly engine: Engine,
    part: PlannedPart,
    private readonly plan: PlannedShare,
    alarm: number,
  ) {
    this.curve = new Curve(engine, part, plan, alarm, 1);
    this.held = plan.stages.map(() => true);
    this.failed = plan.stages.map(() => LONG_AGO);
  }

  warm(): boolean {
    const shares = this.plan.stages.map((stage) => this.failing(stage).level);
    return this.engine.board.putLevel(this.plan.fact.id, Math.max(0, ...shares));
  }
  start(): void {
    this.held = this.holding();
  }
  private holding(): readonly boolean[] {
    return this.plan.stages.map(({ signal }) => this.engine.signal(signal.id));
  }

  ring(): void {
    this.curve.ring();
  }
  settle(): void {
    const { engine, plan, held, curve } = this;
    const line = this.course();
    const turned = plan.stages.find(({ signal }, k) => engine.signal(signal.id) !== held[k]);
    if (turned) return curve.follow(line, 'now', CAUSE.signal, turned.signal.id);
    const input = plan.stages.flatMap(inputsOfStage).find(({ id }) => engine.board.changedInPhase(id));
    if (input) return curve.follow(line, 'now', CAUSE.fact, input.id);
    const tips = plan.stages.flatMap((stage) => [
      engine.tip(stage.signal.id),
      ...inputsOfStage(stage).map(({ id }) => engine.latest(id)),
    ]);
    const tip = tips.reduce((last, one) => Math.max(last, one), -1);
    curve.follow(line, curve.isDue ? 'expiry' : 'now', tip < 0 ? CAUSE.none : CAUSE.change, tip);
  }
  act(): void {
    const { engine, failed, held } = this;
    const holding = this.holding();
    for (const [k, holds] of holding.entries()) if (!holds && held[k]) failed[k] = engine.now;
    this.held = holding;
    this.curve.keep(this.course().left);
  }

  /** Where the share goes from here, as of the last round; `left`: how long, in milliseconds. */
  private course(): Line & { readonly left: number } {
    const { engine, plan, held } = this;
    const lines: Line[] = [];
    let ends = Infinity;
    for (const [k, stage] of plan.stages.entries()) {
      const { signal, session } = stage;
      if (stage.doubts.length > 0) {
        const { level, slope, left } = this.failing(stage);
        lines.push({ level, slope });
        ends = Math.min(ends, left);
        continue;
      }
      if (engine.signal(signal.id)) continue;
      const age = held[k] ? 0 : engine.now - (this.failed[k] as Ms);
      if (age >= session) return { ...ALL, left: Infinity };
      lines.push({ level: age / session, slope: MINUTE / session });
      ends = Math.min(ends, session - age);
    }
    const top = highest(lines);
    return { ...top, left: Math.min(top.left, ends) };
  }

  /** Whom a stage stops that asks many caches, or anything else that has no session to end. */
  private failing({ signal, doubts }: PlannedStage): Line & { readonly left: number } {
    return new Chances(this.engine, doubts, (holds) => (holds(signal.id) ? 0 : 1)).going(1);
  }
}
