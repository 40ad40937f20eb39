/** One change carried out: asked of its guard, rolled out in batches, halted, reverted (R13). */

import type { Engine } from '../../engine/engine.ts';
import { hashName } from '../../engine/luck.ts';
import { CAUSE, type FactRef } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { ROLLOUT, VERDICTS } from '../../model/facts.ts';
import type { Draw } from '../../model/luck.ts';
import { byName, type Ms } from '../../model/units.ts';
import type { PlannedChange } from './plan.ts';
import { because, type Tokens, type Why } from './tokens.ts';

const TAKES = hashName('change takes');
const EVERY = hashName('batch after batch');
const BACK = hashName('batch back after batch');
const RANK = hashName('batch rank');
/** Steps of one occasion that one purpose of luck tells apart. */
const STEPS = 1000;

type State = (typeof ROLLOUT)[number];
type Verdict = (typeof VERDICTS)[number];

export class Rollout {
  private state: State = 'idle';
  /** Tokens out, by index, in the order they were laid. */
  private out: number[] = [];
  private waiting: number[] = [];
  private step = 0;
  private occasion = 0;
  /** It is to be carried out anew as soon as it is taken back. */
  private again = false;
  private readonly subject: number;

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly planned: PlannedChange,
    private readonly alarm: number,
    private readonly tokens: Tokens,
  ) {
    this.subject = engine.plan.hashes[planned.rollout.id] as number;
  }

  /** Applied before time zero, whole. */
  lay(): void {
    this.out = this.planned.tokens.map((_, index) => index);
    for (const token of this.planned.tokens) this.tokens.lay(token);
    this.state = 'complete';
  }
  warm(): boolean {
    const complete = this.state === 'complete';
    const moved = this.engine.board.put(this.planned.rollout.id, ROLLOUT.indexOf(this.state));
    return this.engine.board.put(this.planned.applied.id, Number(complete && this.out.length > 0)) || moved;
  }

  private get running(): boolean {
    return this.state === 'starting' || this.state === 'rolling';
  }
  /** Some batches are out and more are to come. */
  get rolling(): boolean {
    return this.state === 'rolling';
  }

  begin(why: Why): void {
    // Half of it is still out, and nobody does and undoes a thing at once: its turn comes when it is taken back.
    if (this.state === 'reverting') this.again = true;
    if (this.running || this.state === 'complete' || this.state === 'reverting') return;
    this.occasion++;
    const { change, guard } = this.planned;
    const verdict = this.ask();
    this.say(this.planned.verdict, VERDICTS.indexOf(verdict), why);
    // What follows hangs on what the guard said, and says so.
    const next: Why =
      guard && this.engine.board.value[this.planned.verdict.id] !== VERDICTS.indexOf(verdict)
        ? { rule: 'now', kind: CAUSE.fact, ref: this.planned.verdict.id }
        : why;
    if (guard && (verdict === 'blocks' || verdict === 'broken-closed')) return this.become('blocked', next);
    this.waiting = this.order(change.rollout.order);
    this.step = 0;
    const takes = this.engine.draw(change.takes, TAKES, this.subject, this.occasion);
    if (takes > 0) {
      this.become('starting', next);
      this.engine.alarm(this.part, this.alarm, this.engine.now + takes);
    } else this.batch(next);
  }

  /** The next batch is due, out or back. */
  ring(): void {
    const why = because('work', this.engine.latest(this.planned.rollout.id));
    if (this.state === 'reverting') this.back(why);
    else if (this.running) this.batch(why);
    else if (this.again) {
      this.again = false;
      this.begin({ ...why, rule: 'now' });
    }
  }

  /** The halt condition holds while batches remain: what is out stays out, and no more follows. */
  halt(why: Why): void {
    if (this.state !== 'rolling') return;
    this.engine.cancel(this.part, this.alarm);
    this.become('halted', why);
  }

  revert(why: Why): void {
    // The last word counts.
    this.again = false;
    if (this.state === 'reverting' || this.state === 'reverted' || (this.out.length === 0 && !this.running)) return;
    this.engine.cancel(this.part, this.alarm);
    this.waiting = [];
    this.step = 0;
    this.become('reverting', why);
    this.back(why);
  }

  /** What the guard says of the state after the effect, with nothing but connectivity computed anew. */
  private ask(): Verdict {
    const { guard, change, tokens } = this.planned;
    if (!guard) return 'absent';
    if (!this.engine.signal(guard.up.id) || !this.engine.signal(guard.sound.id))
      return change.guard?.whenBroken === 'open' ? 'broken-open' : 'broken-closed';
    const facts = [...tokens, ...guard.falls].map((fact) => fact.id);
    return this.engine.suppose(
      facts,
      facts.map((_, k) => (k < tokens.length ? 1 : 0)),
      guard.asks.id,
    )
      ? 'passes'
      : 'blocks';
  }

  private order(order: 'named' | 'shuffled'): number[] {
    const indexes = this.planned.tokens.map((_, index) => index).filter((index) => !this.out.includes(index));
    if (order === 'named') return indexes;
    const rank = (index: number): number =>
      this.engine.luck.uniform(
        RANK,
        this.engine.plan.hashes[this.planned.tokens[index]?.id as number] as number,
        this.occasion,
      );
    const name = (index: number): string => this.planned.tokens[index]?.name as string;
    return indexes.sort((a, b) => rank(a) - rank(b) || byName(name(a), name(b)));
  }

  private batch(why: Why): void {
    const { change, tokens } = this.planned;
    const size =
      Math.floor(((this.step + 1) * tokens.length) / change.rollout.batches) -
      Math.floor((this.step * tokens.length) / change.rollout.batches);
    this.step++;
    for (const index of this.waiting.splice(0, size)) {
      this.out.push(index);
      this.tokens.move(tokens[index] as FactRef, 1, why);
    }
    this.say(this.planned.applied, 1, why);
    if (this.waiting.length === 0) return this.become('complete', why);
    this.become('rolling', why);
    this.engine.actLater(this.part, this.planned.item);
    this.engine.alarm(this.part, this.alarm, this.engine.now + this.pause(change.rollout.every, EVERY));
  }

  private back(why: Why): void {
    const { change, tokens } = this.planned;
    const total = this.out.length;
    const left = change.rollback.batches - this.step;
    const size = left <= 1 ? total : Math.ceil(total / left);
    this.step++;
    for (const index of this.out.splice(0, size)) this.tokens.move(tokens[index] as FactRef, -1, why);
    if (this.out.length === 0) {
      this.say(this.planned.applied, 0, why);
      if (this.again) this.engine.alarm(this.part, this.alarm, this.engine.now);
      return this.become('reverted', why);
    }
    this.engine.alarm(this.part, this.alarm, this.engine.now + this.pause(change.rollback.every, BACK));
  }

  /** Time until the next step. Every step of every occasion has luck of its own: each thousand of them is a purpose by itself. */
  private pause(every: Draw, purpose: number): Ms {
    const thousands = Math.floor(this.step / STEPS);
    return this.engine.draw(every, purpose + thousands, this.subject, this.occasion * STEPS + (this.step % STEPS));
  }

  private become(state: State, why: Why): void {
    this.state = state;
    this.say(this.planned.rollout, ROLLOUT.indexOf(state), why);
  }
  private say(fact: FactRef, value: number, why: Why): void {
    this.engine.set(fact.id, value, why.rule, why.kind, why.ref);
  }
}
