/**
 * Graceful restart (RFC 4724): a routing process that stops leaves behind what its box forwards by; neighbours keep its routes as
 * stale until it has told its own anew, and it chooses when its neighbours have told it theirs.
 *
 * What a silent process's box forwards by is what it chose last (§4.1), for the longest restart time of its sessions. Without any, the
 * RFC says nothing: what stands in the box stays until the process is back and begins with an empty table.
 */

import { hashName } from '../../engine/luck.ts';
import type { Draw } from '../../model/luck.ts';
import type { Link } from '../../model/scenario.ts';
import type { Ms } from '../../model/units.ts';
import { NONE } from './paths.ts';
import { HERE, MESSAGE } from './rib.ts';
import type { Around } from './sessions.ts';
import { LEAST } from './wire.ts';

const END = hashName('end of the table');

/** What restarts need to know of sessions. */
interface Standing {
  /** Whether a session stands. */
  isLive(session: number): boolean;
  /** The change by which a speaker's process stopped or came back. */
  turned(speaker: number): number;
}

export class Restarts {
  /** By half: the tables whose route is kept although its teller has not told it anew. */
  private readonly stale = new Map<number, Set<number>>();
  /** Halves whose teller's box has been down since: what it forwarded by is lost. */
  private readonly lost: Uint8Array;
  /** Halves over which all that was there has been told, and those over which that is yet to be said. */
  private readonly ended: Uint8Array;
  private readonly owed = new Set<number>();
  /** Halves over which the end has come in this instant. */
  private arrived: number[] = [];
  /** Speakers that have come back and choose nothing yet. */
  private readonly deferring = new Set<number>();
  private readonly occasion: Int32Array;

  /** Alarms: the end of what is told by session and side, then what a silent speaker forwards by. */
  constructor(
    private readonly around: Around,
    private readonly first: number,
    private readonly sessions: Standing,
  ) {
    const halves = around.topology.from.length;
    this.lost = new Uint8Array(halves);
    this.ended = new Uint8Array(halves);
    this.occasion = new Int32Array(halves);
  }

  private graceful(session: number): Ms {
    return session < 0 ? 0 : (this.around.topology.sessions[session] as Link).graceful;
  }
  private outs(speaker: number): readonly number[] {
    const { firstOut, outs } = this.around.topology;
    return [...outs.subarray(firstOut[speaker] as number, firstOut[speaker + 1] as number)];
  }
  private sides(session: number): readonly number[] {
    return [0, 1].map((side) => this.around.topology.halves[session * 2 + side] as number);
  }

  // ---- a process stops ----

  /** Its box goes on by what it chose last. */
  stops(speaker: number): void {
    const { engine, part, tables, topology } = this.around;
    // One that was still coming back has chosen nothing since.
    if (!this.deferring.has(speaker)) for (const { fib } of tables) fib.keep(speaker);
    const longest = Math.max(0, ...this.outs(speaker).map((half) => this.graceful(topology.session[half] as number)));
    if (longest > 0) engine.alarm(part, this.keeping(speaker), engine.now + longest);
    this.settled(speaker);
  }
  /** Its box is gone, and all that it forwarded by. */
  falls(speaker: number): void {
    for (const half of this.outs(speaker)) this.lost[half] = 1;
    this.settled(speaker);
    this.letGo(speaker);
  }
  private letGo(speaker: number): boolean {
    this.around.engine.cancel(this.around.part, this.keeping(speaker));
    const gone = this.around.tables.map(({ fib }) => fib.letGo(speaker));
    return gone.includes(true);
  }
  private keeping(speaker: number): number {
    return this.first + this.around.sessions.length * 2 + speaker;
  }

  // ---- sessions end and begin ----

  /** Both ends forget what was under way; what they heard they keep, as stale. */
  keepsStale(session: number): void {
    for (const half of this.sides(session)) {
      const kept = new Set<number>();
      for (const [index, { rib, wire }] of this.around.tables.entries()) {
        wire.reset(half);
        if (rib.offer(half) !== NONE) kept.add(index);
      }
      this.stale.set(half, kept);
    }
    this.over(session);
  }
  /** Nothing is kept of a session any more. */
  ends(session: number): void {
    for (const half of this.sides(session)) this.stale.delete(half);
    this.over(session);
  }
  private over(session: number): void {
    const { engine, part } = this.around;
    for (const [side, half] of this.sides(session).entries()) {
      this.ended[half] = 0;
      this.owed.delete(half);
      engine.cancel(part, this.first + session * 2 + side);
    }
    if (this.deferring.size > 0) this.around.again();
  }
  /**
   * A session stands again. What a box told that has been down since is dropped at once: it forwards nothing by it (the Forwarding
   * State bit, §4.2). The rest is kept until its teller has told all it has.
   */
  begins(session: number, change: number): void {
    for (const half of this.sides(session)) {
      if (this.lost[half] === 1) this.drop(half, change, HERE);
      this.lost[half] = 0;
      if (this.graceful(session) > 0) this.owed.add(half);
    }
    if (this.graceful(session) > 0) this.around.again();
  }
  private drop(half: number, change: number, why: number): void {
    for (const index of this.stale.get(half) ?? []) {
      this.around.tables[index]?.rib.hear(half, NONE, change, why);
      this.around.stir(index);
    }
    this.stale.delete(half);
  }
  /** What is told anew is stale no more. */
  heard(table: number, half: number): void {
    this.stale.get(half)?.delete(table);
  }

  // ---- a process comes back ----

  /** It hears its neighbours out before it chooses; without a graceful session it chooses as it hears. */
  returns(speaker: number, change: number): void {
    const { topology, tables, follow, again } = this.around;
    if (!this.outs(speaker).some((half) => this.graceful(topology.session[half] as number) > 0)) {
      if (this.letGo(speaker)) follow(change, 'now');
      return;
    }
    this.deferring.add(speaker);
    for (const { rib } of tables) rib.defer(speaker, true);
    again();
  }
  private settled(speaker: number): void {
    if (!this.deferring.delete(speaker)) return;
    for (const [index, { rib }] of this.around.tables.entries()) {
      rib.defer(speaker, false);
      this.around.stir(index);
    }
  }
  /** It waits for all whose session stands, but for those that are coming back themselves (§4.1). */
  private waits(speaker: number): boolean {
    const { firstIn, from, session } = this.around.topology;
    for (let half = firstIn[speaker] as number; half < (firstIn[speaker + 1] as number); half++) {
      const over = session[half] as number;
      if (this.graceful(over) === 0 || !this.sessions.isLive(over) || this.ended[half] === 1) continue;
      if (!this.deferring.has(from[half] as number)) return true;
    }
    return false;
  }

  ring(alarm: number): void {
    const { sessions, topology, follow, again } = this.around;
    const ends = sessions.length * 2;
    if (alarm < ends) {
      this.arrived.push(topology.halves[alarm] as number);
      return again();
    }
    const speaker = alarm - ends;
    // Still silent, and its box forwards by what is too old.
    if (this.letGo(speaker)) follow(this.sessions.turned(speaker), 'hold');
  }

  get waiting(): boolean {
    return this.owed.size > 0 || this.arrived.length > 0 || this.deferring.size > 0;
  }
  /** The phase is over, and all that was told in it is under way. */
  act(): void {
    for (const half of [...this.owed].sort((a, b) => a - b)) this.tellEnd(half);
    const { from } = this.around.topology;
    const { arrived } = this;
    this.arrived = [];
    for (const half of arrived.sort((a, b) => a - b)) {
      this.ended[half] = 1;
      this.drop(half, this.sessions.turned(from[half] as number), MESSAGE);
    }
    const ready = [...this.deferring].filter((speaker) => !this.waits(speaker)).sort((a, b) => a - b);
    for (const speaker of ready) {
      this.settled(speaker);
      if (this.letGo(speaker)) this.around.follow(this.sessions.turned(speaker), 'message');
    }
  }
  /** The end of what is told (§2) comes behind all of it; a speaker that has not chosen yet has not told. */
  private tellEnd(half: number): void {
    const { engine, part, tables, topology } = this.around;
    if (this.deferring.has(topology.from[half] as number)) return;
    this.owed.delete(half);
    const session = topology.session[half] as number;
    const { delay } = topology.sessions[session] as { readonly delay: Draw };
    const occasion = this.occasion[half] as number;
    this.occasion[half] = occasion + 1;
    const takes = Math.max(
      LEAST,
      engine.draw(delay, END, topology.hash[topology.outOf[half] as number] as number, occasion),
    );
    const at = Math.max(engine.now + takes, ...tables.map(({ wire }) => wire.arrivesBy(half)));
    const side = topology.halves[session * 2] === half ? 0 : 1;
    engine.alarm(part, this.first + session * 2 + side, at);
  }
}
