/** Messages of one block under way: in order over each session (R5), announcements no oftener than the MRAI, withdrawals at once. */
import { hashName } from '../../engine/luck.ts';
import type { Draw } from '../../model/luck.ts';
import type { Prefix } from '../../model/scenario.ts';
import type { Ms } from '../../model/units.ts';
import { NONE } from './paths.ts';
import { MESSAGE, type Rib } from './rib.ts';
import { OWN } from './static.ts';

/** What carries the messages: the engine's alarms in a run, a queue of its own before the start. */
export interface Carrier {
  readonly now: Ms;
  /** Has `arrive(half)` called at `at`; has `expire(half)` called at `at`. */
  arriveAt(half: number, at: Ms): void;
  expireAt(half: number, at: Ms): void;
  /** Whether the session of a half stands. */
  stands(half: number): boolean;
  /** Whether a speaker is up and its routing process runs. */
  listens(speaker: number): boolean;
  draw(law: Draw, purpose: number, subject: number, occasion: number): number;
}

/** Purposes of luck: what is drawn of a message. Before the start other ones, so that the run's own luck is not used up there. */
export interface Purposes {
  readonly delay: number;
  readonly withdrawal: number;
  readonly announcement: number;
  readonly interval: number;
}
export const purposesOf = (when: string): Purposes => ({
  delay: hashName(`message delay${when}`),
  withdrawal: hashName(`withdrawal lag${when}`),
  announcement: hashName(`announcement lag${when}`),
  interval: hashName(`advertisement interval${when}`),
});

/** A message takes a millisecond at least: nothing is heard in the instant it is said, so no instant is endless. */
export const LEAST = 1;
/** No route that anybody wishes to tell. */
const UNSURE = -1;

export class Wire {
  /** As last told over each half, and whether that was the sender's own announcement. */
  readonly told: Int32Array;
  private readonly toldOwn: Uint8Array;
  /** When what is heard over each half arrived; 0: before the start. */
  readonly since: Float64Array;
  /** When the next announcement may leave, and the latest arrival so far. */
  private readonly free: Float64Array;
  private readonly latest: Float64Array;
  private readonly occasion: Int32Array;
  /** Messages under way, a list for each half, in one pool. */
  private readonly head: Int32Array;
  private readonly tail: Int32Array;
  private readonly next: number[] = [];
  private readonly at: number[] = [];
  private readonly route: number[] = [];
  private readonly change: number[] = [];
  private unused = -1;
  /** By announcement: its name as a number, for luck. */
  private readonly subjects: readonly number[];
  /** Why halves that must wait before they tell something will tell it, if not for what the sender's choice follows from. */
  private readonly occasions = new Map<number, number>();

  constructor(
    private readonly rib: Rib,
    /** All announcements of the block, in their order. */
    private readonly announcements: readonly Prefix[],
    private readonly carrier: Carrier,
    private readonly purposes: Purposes,
  ) {
    const halves = rib.topology.from.length;
    this.told = new Int32Array(halves);
    this.toldOwn = new Uint8Array(halves);
    this.since = new Float64Array(halves);
    this.free = new Float64Array(halves);
    this.latest = new Float64Array(halves);
    this.occasion = new Int32Array(halves);
    this.head = new Int32Array(halves).fill(-1);
    this.tail = new Int32Array(halves).fill(-1);
    this.subjects = announcements.map(({ name }) => hashName(name));
  }

  /** Takes it that everything worth telling was told long ago, unless the other end believes something else. */
  adopt(): void {
    for (let half = 0; half < this.told.length; half++) {
      const stands = this.carrier.stands(half);
      this.told[half] = !stands ? NONE : this.rib.agrees(half) ? this.rib.wish(half) : UNSURE;
      this.toldOwn[half] = stands ? this.isOwn(half) : 0;
    }
  }
  /** The halves whose ends do not agree. */
  *unsure(): Generator<number> {
    for (let half = 0; half < this.told.length; half++) if (this.told[half] === UNSURE) yield half;
  }

  // ---- sending ----

  /** Tells the other end of a half what it does not know yet. `change`: why now, if not for what the sender's choice follows from. */
  offer(half: number, change: number | null = null): void {
    const wish = this.rib.wish(half);
    if (wish === this.told[half] || !this.carrier.stands(half)) return;
    if (wish === NONE) return this.send(half, NONE, change);
    const { now } = this.carrier;
    if (now < (this.free[half] as number)) {
      if (change === null) this.occasions.delete(half);
      else this.occasions.set(half, change);
      return this.carrier.expireAt(half, this.free[half] as number);
    }
    this.free[half] = now + this.interval(half, wish);
    this.send(half, wish, change);
  }
  /** Why a half that may tell again will tell what it had to keep for a while. */
  occasionOf(half: number): number | null {
    return this.occasions.get(half) ?? null;
  }

  private send(half: number, route: number, change: number | null): void {
    const { now } = this.carrier;
    const at = Math.max(this.latest[half] as number, now + this.delay(half, route));
    this.told[half] = route;
    this.toldOwn[half] = this.isOwn(half);
    this.latest[half] = at;
    this.occasion[half] = (this.occasion[half] as number) + 1;
    this.occasions.delete(half);
    this.push(half, at, route, change ?? (this.rib.cause[this.rib.topology.from[half] as number] as number));
  }

  private isOwn(half: number): number {
    return Number(this.rib.half[this.rib.topology.from[half] as number] === OWN);
  }

  /** The session's delay; and the announcement's own lag, where it sets out from a site or is withdrawn by one. */
  private delay(half: number, route: number): number {
    const { purposes } = this;
    let delay = 0;
    const session = this.rib.topology.session[half] as number;
    const about = this.about(half, route);
    if (session >= 0) {
      const { delay: law } = this.rib.topology.sessions[session] as { delay: Draw };
      delay = Math.max(LEAST, this.draw(law, purposes.delay, half, about));
    }
    const { announceLag, withdrawLag } = this.announcements[about] as Prefix;
    if (route !== NONE && this.isOwn(half) === 1)
      return delay + this.draw(announceLag, purposes.announcement, half, about);
    return this.toldOwn[half] === 1 ? delay + this.draw(withdrawLag, purposes.withdrawal, half, about) : delay;
  }
  /** The announcement that a message is about: that of the route it tells, or of the one it takes back. */
  private about(half: number, route: number): number {
    return this.rib.announcementOf(route === NONE ? (this.told[half] as number) : route);
  }

  /** RFC 4271 §9.2.1.1; a plain time is shortened by up to a quarter at random (§10), lest all speak at once. */
  private interval(half: number, route: number): number {
    const session = this.rib.topology.session[half] as number;
    if (session < 0) return 0;
    const { mrai } = this.rib.topology.sessions[session] as { mrai: Draw };
    const about = this.about(half, route);
    if (mrai.law !== 'fixed') return this.draw(mrai, this.purposes.interval, half, about);
    if (mrai.value === 0) return 0;
    return this.draw({ law: 'uniform', low: mrai.value * 0.75, high: mrai.value }, this.purposes.interval, half, about);
  }

  private draw(law: Draw, purpose: number, half: number, about: number): number {
    if (law.law === 'fixed') return law.value;
    // The subject is the session, its direction and the announcement (R17).
    const subject = Math.imul(this.rib.topology.hash[half] as number, 0x9e3779b1) ^ (this.subjects[about] as number);
    return this.carrier.draw(law, purpose, subject, this.occasion[half] as number);
  }

  // ---- arriving ----

  /** Takes in what has arrived over a half by now; returns the change that the last of it tells of, null when nothing is heard. */
  arrive(half: number): number | null {
    const { carrier } = this;
    let last: number | null = null;
    const listens = carrier.listens(this.rib.topology.to[half] as number);
    for (let m = this.head[half] as number; m >= 0 && (this.at[m] as number) <= carrier.now; m = this.pop(half))
      if (listens) {
        last = this.change[m] as number;
        this.take(half, m);
      }
    const first = this.head[half] as number;
    if (first >= 0) carrier.arriveAt(half, this.at[first] as number);
    return last;
  }

  /** When all that was told over a half has arrived. */
  arrivesBy(half: number): Ms {
    return this.latest[half] as number;
  }

  private take(half: number, message: number): void {
    const { rib, carrier } = this;
    const before = rib.heard[half];
    rib.hear(half, this.route[message] as number, this.change[message] as number, MESSAGE);
    if (rib.heard[half] !== before) this.since[half] = carrier.now;
  }
  /** The route that the receiver of a half was last told; NONE too where that is not known, as another is under way. */
  lastTold(half: number): number {
    const told = this.told[half] as number;
    return told === UNSURE || (this.head[half] as number) >= 0 ? NONE : told;
  }

  /** The session of a half is over: what is under way is lost, and the other end knows nothing. */
  reset(half: number): void {
    while ((this.head[half] as number) >= 0) this.pop(half);
    this.told[half] = NONE;
    this.occasions.delete(half);
    this.toldOwn[half] = 0;
    this.free[half] = 0;
    this.latest[half] = 0;
  }

  private push(half: number, at: Ms, route: number, change: number): void {
    let message = this.unused;
    if (message >= 0) this.unused = this.next[message] as number;
    else message = this.next.push(-1) - 1;
    this.next[message] = -1;
    this.at[message] = at;
    this.route[message] = route;
    this.change[message] = change;
    const last = this.tail[half] as number;
    if (last >= 0) this.next[last] = message;
    else {
      this.head[half] = message;
      this.carrier.arriveAt(half, at);
    }
    this.tail[half] = message;
  }

  /** Frees the first message of a half; returns the one behind it, or -1. */
  private pop(half: number): number {
    const message = this.head[half] as number;
    const next = this.next[message] as number;
    this.head[half] = next;
    if (next < 0) this.tail[half] = -1;
    this.next[message] = this.unused;
    this.unused = message;
    return next;
  }
}
