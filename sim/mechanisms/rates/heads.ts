/** A rate of so much for each of those who are troubled: it follows their number at once, along its slopes. */
import { Curve, type Line } from '../../engine/curve.ts';
import type { Engine } from '../../engine/engine.ts';
import { CAUSE } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { PlannedHeads } from './planned.ts';

export class Heads {
  private readonly curve: Curve;

  constructor(
    private readonly engine: Engine,
    part: PlannedPart,
    private readonly plan: PlannedHeads,
    index: number,
  ) {
    this.curve = new Curve(engine, part, { fact: plan.fact, item: index }, index, plan.most);
  }

  warm(): boolean {
    return this.engine.board.putLevel(this.plan.fact.id, this.course().level);
  }
  ring(): void {
    this.curve.ring();
  }
  settle(): void {
    const cause = this.plan.people.reduce((last, { id }) => this.engine.laterOf(last, id), -1);
    this.curve.follow(this.course(), 'now', cause < 0 ? CAUSE.none : CAUSE.fact, cause);
  }
  act(): void {
    this.curve.keep(Infinity);
  }

  private course(): Line {
    const { board } = this.engine;
    const { rate, people } = this.plan;
    const troubled = people.reduce((sum, { id }) => sum + board.levelNow(id), 0);
    const more = people.reduce((sum, { id }) => sum + (board.slope[id] as number), 0);
    return { level: rate.rest + rate.each * troubled, slope: rate.each * more };
  }
}
