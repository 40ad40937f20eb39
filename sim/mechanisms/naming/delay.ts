/**
 * How late an answer comes that is not kept, in one run: a resolver that knows nothing of the servers of a zone asks them one after the
 * other, in any order, and waits for each that keeps silent.
 *
 * Of d silent servers each comes before all of a live ones once in a + 1 times, so that d / (a + 1) of them are waited for on average.
 * Resolvers learn of silent servers and ask them last: it is the delay of whoever has not learnt yet, as after a loss. Servers that
 * refuse cost nothing, and nobody asks for longer than he has made up his mind to.
 */
import { Curve } from '../../engine/curve.ts';
import type { Engine } from '../../engine/engine.ts';
import { CAUSE, type SignalRef } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { SECOND } from '../../model/units.ts';
import { type PlannedDelay, signalsOf } from './planned.ts';
import { waitedFor } from './theory.ts';

export class Delay {
  private readonly curve: Curve;
  /** All that is asked of the servers, and what it was as settled. */
  private readonly signals: readonly SignalRef[];
  private held: readonly boolean[] = [];

  constructor(
    private readonly engine: Engine,
    part: PlannedPart,
    private readonly plan: PlannedDelay,
    alarm: number,
  ) {
    this.curve = new Curve(engine, part, plan, alarm, plan.timeout / SECOND);
    this.signals = signalsOf(plan);
  }

  warm(): boolean {
    return this.engine.board.putLevel(this.plan.fact.id, this.level());
  }
  start(): void {
    this.held = this.holding();
  }
  private holding(): readonly boolean[] {
    return this.signals.map(({ id }) => this.engine.signal(id));
  }

  private level(): number {
    const { servers, retry, timeout } = this.plan;
    let [live, silent] = [0, 0];
    for (const { answers, refuses } of servers) {
      if (this.engine.signal(answers.id)) live++;
      else if (refuses === null || !this.engine.signal(refuses.id)) silent++;
    }
    const waits = live > 0 ? retry * waitedFor(silent, live) : silent > 0 ? timeout : 0;
    return Math.min(timeout, waits) / SECOND;
  }

  ring(): void {
    this.curve.ring();
  }
  settle(): void {
    const { engine, curve, signals, held } = this;
    const line = { level: this.level(), slope: 0 };
    const turned = signals.find(({ id }, k) => engine.signal(id) !== held[k]);
    if (turned) return curve.follow(line, 'now', CAUSE.signal, turned.id);
    const tip = signals.reduce((last, { id }) => Math.max(last, engine.tip(id)), -1);
    curve.follow(line, 'now', tip < 0 ? CAUSE.none : CAUSE.change, tip);
  }
  act(): void {
    this.held = this.holding();
    this.curve.keep(Infinity);
  }
}
