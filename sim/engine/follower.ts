/** Facts that follow a signal with a hold clock (R5): they fall or rise only after it was so without a break. */
import { type Draw, isZero } from '../model/luck.ts';
import type { Engine } from './engine.ts';
import type { Items } from './items.ts';
import { hashName } from './luck.ts';
import { CAUSE, type FactRef, type SignalRef } from './mechanism.ts';
import type { Past } from './past.ts';
import type { PlannedPart } from './plan.ts';
import type { Planner } from './planner.ts';
import { afterwards, type Turn } from './turn.ts';

const FALL = hashName('down after');
const RISE = hashName('up after');

interface Follower {
  readonly item: number;
  readonly fact: FactRef;
  readonly signal: SignalRef;
  readonly downAfter: Draw;
  readonly upAfter: Draw;
  /** The clock it falls by. */
  readonly clock: 'hold' | 'expiry';
}

/** The followers of one mechanism, in a plan being made; each is an item of sort `sort`, and has one alarm. */
export class Followers {
  private readonly list: Follower[] = [];
  private readonly byFact = new Map<FactRef, Follower>();

  constructor(
    private readonly planner: Planner,
    private readonly part: number,
    private readonly items: Items,
    private readonly sort: number,
  ) {}

  add(fact: FactRef, signal: SignalRef, downAfter: Draw, upAfter: Draw, clock: Follower['clock'] = 'hold'): void {
    const item = this.items.add(this.sort, this.list.length);
    this.planner.hear(signal, this.part, item);
    const follower = { item, fact, signal, downAfter, upAfter, clock };
    this.list.push(follower);
    this.byFact.set(fact, follower);
  }
  get count(): number {
    return this.list.length;
  }
  /** The signal a fact follows; null when it is none of these. */
  signalOf(fact: FactRef): SignalRef | null {
    return this.byFact.get(fact)?.signal ?? null;
  }
  /** What turns a fact over: its signal, turned over for as long as it takes; null when it is none of these. */
  otherwise(fact: FactRef, past: Past): Turn | null {
    const follower = this.byFact.get(fact);
    if (!follower) return null;
    const to = past.raw(fact.id) === 0;
    return afterwards({ signal: follower.signal, to }, follower.clock, to ? follower.upAfter : follower.downAfter);
  }
  create(engine: Engine, part: PlannedPart, firstAlarm: number): RunningFollowers {
    return new RunningFollowers(engine, part, firstAlarm, this.list);
  }
}

/** The followers of one mechanism in one run. */
export class RunningFollowers {
  private readonly fact: Int32Array;
  private readonly signal: Int32Array;
  /** As settled before this phase: the fact, and the signal. */
  private readonly was: Uint8Array;
  private readonly heard: Uint8Array;
  /** The change that tipped the signal when the alarm was set; -2 while it has not rung in this phase. */
  private readonly rung: Int32Array;
  private readonly tip: Int32Array;
  private readonly occasion: Int32Array;
  private readonly subject: Int32Array;

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly firstAlarm: number,
    private readonly list: readonly Follower[],
  ) {
    this.fact = Int32Array.from(list, (f) => f.fact.id);
    this.signal = Int32Array.from(list, (f) => f.signal.id);
    this.subject = Int32Array.from(list, (f) => engine.plan.hashes[f.fact.id] as number);
    this.was = new Uint8Array(list.length);
    this.heard = new Uint8Array(list.length);
    this.rung = new Int32Array(list.length).fill(-2);
    this.tip = new Int32Array(list.length).fill(-1);
    this.occasion = new Int32Array(list.length);
  }

  warm(): boolean {
    let moved = false;
    for (let i = 0; i < this.fact.length; i++)
      moved =
        this.engine.board.put(this.fact[i] as number, Number(this.engine.signal(this.signal[i] as number))) || moved;
    return moved;
  }

  start(): void {
    for (let i = 0; i < this.fact.length; i++) {
      this.heard[i] = Number(this.engine.signal(this.signal[i] as number));
      this.was[i] = this.heard[i] as number;
    }
  }

  settle(i: number): void {
    const now = Number(this.engine.signal(this.signal[i] as number));
    const was = this.was[i] as number;
    const fact = this.fact[i] as number;
    const rung = this.rung[i] as number;
    if (rung > -2) {
      const rule = was === 1 ? (this.list[i] as Follower).clock : 'hold';
      this.engine.set(fact, 1 - was, rule, rung === -1 ? CAUSE.none : CAUSE.change, rung);
    } else if (now !== was && isZero(this.delay(i, now)))
      this.engine.set(fact, now, 'now', CAUSE.signal, this.signal[i] as number);
    else this.engine.set(fact, was, 'now', CAUSE.signal, this.signal[i] as number);
  }

  ring(i: number): void {
    // Without a delay there was nothing to wait out: it follows at once, in the phase after.
    const now = Number(this.engine.signal(this.signal[i] as number));
    if (!isZero(this.delay(i, now))) this.rung[i] = this.tip[i] as number;
    const { item } = this.list[i] as Follower;
    this.engine.touch(this.part, item);
    this.engine.actLater(this.part, item);
  }

  act(i: number): void {
    const now = Number(this.engine.signal(this.signal[i] as number));
    const rang = (this.rung[i] as number) > -2;
    this.rung[i] = -2;
    this.was[i] = this.engine.board.own(this.fact[i] as number);
    if (now === this.heard[i] && !rang) return;
    this.heard[i] = now;
    if (now === this.was[i]) {
      this.engine.cancel(this.part, this.firstAlarm + i);
      return;
    }
    const occasion = this.occasion[i] as number;
    this.occasion[i] = occasion + 1;
    this.tip[i] = this.engine.tip(this.signal[i] as number);
    const delay = this.engine.draw(this.delay(i, now), now === 1 ? RISE : FALL, this.subject[i] as number, occasion);
    this.engine.alarm(this.part, this.firstAlarm + i, this.engine.now + delay);
  }

  private delay(i: number, now: number): Draw {
    const follower = this.list[i] as Follower;
    return now === 1 ? follower.upAfter : follower.downAfter;
  }
}
