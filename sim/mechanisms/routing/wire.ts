/** Messages of one block under way: in order over each session (R5), announcements no oftener than the MRAI, withdrawals at once. */
import { hashName } from '../../engine/luck.ts';
import type { Draw } from '../../model/luck.ts';
import type { Prefix } from '../../model/scenario.ts';
import type { Ms } from '../../model/units.ts';
import type { Pace } from './paces.ts';
import { NONE } from './paths.ts';
import { MESSAGE, type Rib } from './rib.ts';
import { OWN } from './static.ts';
import type { Topology } from './topology.ts';
import { UnderWay } from './under-way.ts';

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

/** Columns are in the order of the topology's `outs`, in which all that a speaker tells lies side by side. */
export class Wire {
  /** As last told over each half, and whether that was the sender's own announcement. */
  private readonly told: Int32Array;
  private readonly toldOwn: Uint8Array;
  /** When the next announcement may leave, and the latest arrival so far. */
  private readonly free: Float64Array;
  private readonly latest: Float64Array;
  private readonly occasion: Int32Array;
  private readonly underWay: UnderWay;
  /** By announcement: its name as a number, for luck. */
  private readonly subjects: readonly number[];
  /** Why halves that must wait before they tell something will tell it, if not for what the sender's choice follows from. */
  private readonly occasions = new Map<number, number>();
  private readonly topology: Topology;

  constructor(
    private readonly rib: Rib,
    /** All announcements of the block, in their order. */
    private readonly announcements: readonly Prefix[],
    private readonly carrier: Carrier,
    private readonly purposes: Purposes,
  ) {
    this.topology = rib.topology;
    const halves = this.topology.from.length;
    this.told = new Int32Array(halves);
    this.toldOwn = new Uint8Array(halves);
    this.free = new Float64Array(halves);
    this.latest = new Float64Array(halves);
    this.occasion = new Int32Array(halves);
    this.underWay = new UnderWay(halves);
    this.subjects = announcements.map(({ name }) => hashName(name));
  }

  /** Takes it that everything worth telling was told long ago, unless the other end believes something else. */
  adopt(): void {
    const { outs, from } = this.topology;
    for (const [out, half] of outs.entries()) {
      const stands = this.carrier.stands(half);
      this.told[out] = !stands ? NONE : this.rib.agrees(half) ? this.rib.wish(half) : UNSURE;
      this.toldOwn[out] = stands ? this.isOwn(from[half] as number) : 0;
    }
  }
  /** The halves whose ends do not agree. */
  *unsure(): Generator<number> {
    const { outOf } = this.topology;
    for (let half = 0; half < outOf.length; half++) if (this.told[outOf[half] as number] === UNSURE) yield half;
  }

  // ---- sending ----

  /** Tells the other end of a half what it does not know yet. `change`: why now, if not for what the sender's choice follows from. */
  offer(half: number, change: number | null = null): void {
    const { outOf, from } = this.topology;
    const out = outOf[half] as number;
    const wish = this.rib.wish(half);
    if (wish !== this.told[out]) this.tell(out, from[half] as number, wish, change);
  }
  /** Tells all neighbours of a speaker what they do not know yet. */
  offerAll(speaker: number): void {
    const { firstOut, outs, outRelation } = this.topology;
    const end = firstOut[speaker + 1] as number;
    for (let out = firstOut[speaker] as number; out < end; out++) {
      const wish = this.rib.wishOf(speaker, outs[out] as number, outRelation[out] as number);
      if (wish !== this.told[out]) this.tell(out, speaker, wish, null);
    }
  }
  private tell(out: number, sender: number, wish: number, change: number | null): void {
    const half = this.topology.outs[out] as number;
    if (!this.carrier.stands(half)) return;
    if (wish !== NONE) {
      const { now } = this.carrier;
      const free = this.free[out] as number;
      if (now < free) {
        if (change === null) this.occasions.delete(half);
        else this.occasions.set(half, change);
        return this.carrier.expireAt(half, free);
      }
      this.free[out] = now + this.interval(out, wish);
    }
    this.send(out, sender, wish, change);
  }
  /** Why a half that may tell again will tell what it had to keep for a while. */
  occasionOf(half: number): number | null {
    return this.occasions.get(half) ?? null;
  }

  private send(out: number, sender: number, route: number, change: number | null): void {
    const half = this.topology.outs[out] as number;
    const own = this.isOwn(sender);
    const at = Math.max(this.latest[out] as number, this.carrier.now + this.delay(out, route, own));
    this.told[out] = route;
    this.toldOwn[out] = own;
    this.latest[out] = at;
    this.occasion[out] = (this.occasion[out] as number) + 1;
    this.occasions.delete(half);
    const isOnly = this.underWay.add(out, at, route, change ?? (this.rib.cause[sender] as number));
    if (isOnly) this.carrier.arriveAt(half, at);
  }

  private isOwn(sender: number): 0 | 1 {
    return this.rib.half[sender] === OWN ? 1 : 0;
  }

  /** The session's delay; and the announcement's own lag, where it sets out from a site or is withdrawn by one. */
  private delay(out: number, route: number, own: 0 | 1): number {
    const { purposes } = this;
    const about = this.about(out, route);
    const pace = this.pace(out);
    const delay = pace ? Math.max(LEAST, this.draw(pace.delay, purposes.delay, out, about)) : 0;
    const { announceLag, withdrawLag } = this.announcements[about] as Prefix;
    if (route !== NONE && own === 1) return delay + this.draw(announceLag, purposes.announcement, out, about);
    return this.toldOwn[out] === 1 ? delay + this.draw(withdrawLag, purposes.withdrawal, out, about) : delay;
  }
  /** The announcement that a message is about: that of the route it tells, or of the one it takes back. */
  private about(out: number, route: number): number {
    return this.rib.announcementOf(route === NONE ? (this.told[out] as number) : route);
  }
  /** Nothing where a site is heard directly. */
  private pace(out: number): Pace | undefined {
    return this.topology.paces[this.topology.pace[out] as number];
  }

  /** RFC 4271 §9.2.1.1; a plain time is shortened by up to a quarter at random (§10), lest all speak at once. */
  private interval(out: number, route: number): number {
    const mrai = this.pace(out)?.mrai;
    if (!mrai || (mrai.law === 'fixed' && mrai.value === 0)) return 0;
    const law: Draw = mrai.law === 'fixed' ? { law: 'uniform', low: mrai.value * 0.75, high: mrai.value } : mrai;
    return this.draw(law, this.purposes.interval, out, this.about(out, route));
  }

  private draw(law: Draw, purpose: number, out: number, about: number): number {
    if (law.law === 'fixed') return law.value;
    // The subject is the session, its direction and the announcement (R17).
    const subject = Math.imul(this.topology.hash[out] as number, 0x9e3779b1) ^ (this.subjects[about] as number);
    return this.carrier.draw(law, purpose, subject, this.occasion[out] as number);
  }

  // ---- arriving ----

  /** Takes in what has arrived over a half by now; returns the change that the last of it tells of, null when nothing is heard. */
  arrive(half: number): number | null {
    const { carrier, rib, underWay } = this;
    const out = this.topology.outOf[half] as number;
    const listens = carrier.listens(this.topology.to[half] as number);
    let last: number | null = null;
    let message = underWay.first(out);
    for (; message >= 0 && underWay.at(message) <= carrier.now; message = underWay.drop(out)) {
      if (!listens) continue;
      last = underWay.change(message);
      rib.hear(half, underWay.route(message), last, MESSAGE);
    }
    if (message >= 0) carrier.arriveAt(half, underWay.at(message));
    return last;
  }

  /** When all that was told over a half has arrived. */
  arrivesBy(half: number): Ms {
    return this.latest[this.topology.outOf[half] as number] as number;
  }

  /** The route that the receiver of a half was last told; NONE too where that is not known, as another is under way. */
  lastTold(half: number): number {
    const out = this.topology.outOf[half] as number;
    const told = this.told[out] as number;
    return told === UNSURE || this.underWay.first(out) >= 0 ? NONE : told;
  }

  /** The session of a half is over: what is under way is lost, and the other end knows nothing. */
  reset(half: number): void {
    const out = this.topology.outOf[half] as number;
    while (this.underWay.first(out) >= 0) this.underWay.drop(out);
    this.occasions.delete(half);
    this.told[out] = NONE;
    this.toldOwn[out] = 0;
    this.free[out] = 0;
    this.latest[out] = 0;
  }
}
