/** A number as its owner draws it: straight from bend to bend, and at most one bend a millisecond (R1). */

import { isNever, type Ms, round9, wholeAfter } from '../model/units.ts';
import type { Rule } from '../trace/trace.ts';
import type { Engine } from './engine.ts';
import type { FactRef } from './mechanism.ts';
import type { PlannedPart } from './plan.ts';

/** A straight line from now on; its slope a minute. */
export interface Line {
  readonly level: number;
  readonly slope: number;
}

/** What rounding may cost, as a part of the largest the number comes to. */
const DUST = 1e-8;

export class Curve {
  /** The moment of its last bend that is settled. */
  private bent: Ms = -1;
  /** Its alarm has rung in this phase, and by the clock of its owner. */
  private ringing = false;
  private late = false;

  /** `scale`: the largest the number comes to, or about that. */
  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly planned: { readonly fact: FactRef; readonly item: number },
    private readonly alarm: number,
    private readonly scale: number,
  ) {}

  /** The line it is on, as of the last round. */
  get line(): Line {
    const { fact } = this.planned;
    return { level: this.engine.board.levelNow(fact.id), slope: this.engine.board.slope[fact.id] as number };
  }

  /** It rang because its owner's clock ran out, and not because it had bent already. */
  get isDue(): boolean {
    return this.ringing && !this.late;
  }

  /** It has bent in this millisecond. */
  get hasBent(): boolean {
    return this.bent === this.engine.now;
  }

  ring(): void {
    this.ringing = true;
    this.engine.touch(this.part, this.planned.item);
    this.engine.actLater(this.part, this.planned.item);
  }

  /** Goes on along a line; on the one on which it is, it does not bend. What comes after a bend waits for the next millisecond. */
  follow({ level, slope }: Line, rule: Rule, cause: number, ref: number): void {
    const { engine, part, planned } = this;
    if (this.bent === engine.now) return engine.actLater(part, planned.item);
    const was = engine.board.lineBefore(planned.fact.id);
    const same = round9(slope) === was.slope && Math.abs(level - was.level) <= DUST * this.scale;
    engine.setLevel(planned.fact.id, same ? was.level : level, slope, rule, cause, ref);
  }

  /** The phase is over: it bends next after `left` milliseconds if nothing else makes it. */
  keep(left: number): void {
    const { engine, part, planned } = this;
    const { board, now } = engine;
    this.ringing = false;
    this.late = this.bent === now;
    if (this.late) return engine.alarm(part, this.alarm, now + 1);
    if (board.since[planned.fact.id] === now && engine.latest(planned.fact.id) >= 0) this.bent = now;
    if (isNever(left)) engine.cancel(part, this.alarm);
    else engine.alarm(part, this.alarm, now + Math.max(1, wholeAfter(left)));
  }
}
