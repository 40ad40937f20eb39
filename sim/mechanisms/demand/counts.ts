/** How many people cannot do something in one run: a sum over cohorts, each with the largest share of it that is stopped. */
import { Curve, type Line } from '../../engine/curve.ts';
import type { Engine } from '../../engine/engine.ts';
import { CAUSE, type FactRef } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { highest } from './highest.ts';
import { inputsOf, type PlannedCount, passes } from './planned.ts';

export class Count {
  private readonly curve: Curve;
  private readonly inputs: readonly FactRef[];

  constructor(
    private readonly engine: Engine,
    part: PlannedPart,
    private readonly plan: PlannedCount,
    alarm: number,
  ) {
    const all = plan.cohorts.reduce((sum, { people }) => sum + people, 0);
    this.curve = new Curve(engine, part, plan, alarm, all);
    this.inputs = inputsOf(plan);
  }

  warm(): boolean {
    return this.engine.board.putLevel(this.plan.fact.id, this.course().level);
  }
  ring(): void {
    this.curve.ring();
  }
  settle(): void {
    const { engine, curve, inputs } = this;
    if (curve.isDue && !inputs.some(({ id }) => engine.board.changedInPhase(id))) {
      const tip = inputs.reduce((last, { id }) => Math.max(last, engine.latest(id)), -1);
      return curve.follow(this.course(), 'work', tip < 0 ? CAUSE.none : CAUSE.change, tip);
    }
    const cause = inputs.reduce((last, { id }) => engine.laterOf(last, id), -1);
    curve.follow(this.course(), 'now', cause < 0 ? CAUSE.none : CAUSE.fact, cause);
  }
  act(): void {
    this.curve.keep(this.course().left);
  }

  private course(): Line & { readonly left: number } {
    let [level, slope, left] = [0, 0, Infinity];
    for (const { people, of } of this.plan.cohorts) {
      const share = highest(of.map((fact) => this.lineOf(fact)));
      level += people * share.level;
      slope += people * share.slope;
      left = Math.min(left, share.left);
    }
    return { level, slope, left };
  }

  private lineOf({ id, kind }: FactRef): Line {
    const { board } = this.engine;
    if (kind === 'works') return { level: passes(board.value[id] as number) ? 0 : 1, slope: 0 };
    return { level: board.levelNow(id), slope: board.slope[id] as number };
  }
}
