/** Speakers and sessions in one run: who is up, what stands, and what is forgotten when it falls (RFC 4271 §6.5, §6.7, §8). */
import type { Engine } from '../../engine/engine.ts';
import { hashName } from '../../engine/luck.ts';
import { CAUSE, type FactRef } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { shuts } from '../../model/limits.ts';
import type { Link } from '../../model/scenario.ts';
import type { Ms } from '../../model/units.ts';
import type { Rule } from '../../trace/trace.ts';
import { Limits, type News, type Watched } from './limits.ts';
import { NONE } from './paths.ts';
import type { PlannedSession, PlannedSpeaker } from './planned.ts';
import { Restarts } from './restarts.ts';
import { HERE, HOLD } from './rib.ts';
import type { RunningTable } from './tables.ts';
import type { Topology } from './topology.ts';

const SILENCE = hashName('hold time');

/** What sessions need of the run they are in. */
export interface Around {
  readonly engine: Engine;
  readonly part: PlannedPart;
  readonly topology: Topology;
  readonly speakers: readonly PlannedSpeaker[];
  readonly sessions: readonly PlannedSession[];
  readonly tables: readonly RunningTable[];
  /** The alarm of the first session's timer; behind those of all sessions come those of restarts. */
  readonly firstTimer: number;
  /** Has a table choose in the next phase of this instant. */
  readonly stir: (table: number) => void;
  /** Packets may go elsewhere from now on, after this change. */
  readonly follow: (change: number, rule: Rule) => void;
  /** Has restarts act when the next phase of this instant is over. */
  readonly again: () => void;
}

/**
 * What a session is: nothing; standing; silent, and borne until its hold timer ends; over, and what was heard kept as stale until its
 * restart time is over (RFC 4724); shut by a limit until that is waived.
 */
const OVER = 0;
const LIVE = 1;
const SILENT = 2;
const STALE = 3;
const SHUT = 4;

export class Sessions {
  readonly limits: Limits;
  readonly restarts: Restarts;
  private readonly state: Uint8Array;
  /** Packets pass: both boxes are up and the link carries, whatever their routing processes do. */
  private readonly open: Uint8Array;
  private readonly down: Uint8Array;
  private readonly mute: Uint8Array;
  private readonly occasion: Int32Array;
  /** The change that silenced or shut a session. */
  private readonly silencer: Int32Array;
  /** By session: limits exceeded in this phase and the news by which, and those whose timer has ended in it. */
  private readonly shutting = new Map<number, { readonly news: News; readonly limits: readonly Watched[] }>();
  /** By session that is shut: the speakers that shut it. */
  private readonly shutBy = new Map<number, readonly number[]>();
  private readonly rung = new Set<number>();
  /** Starts by hand that have been heard. */
  private readonly started: Uint8Array;

  constructor(private readonly around: Around) {
    const { topology, tables, sessions, firstTimer } = around;
    this.state = new Uint8Array(sessions.length);
    this.open = new Uint8Array(sessions.length);
    this.down = new Uint8Array(topology.speakers.length);
    this.mute = new Uint8Array(topology.speakers.length);
    this.occasion = new Int32Array(sessions.length);
    this.silencer = new Int32Array(sessions.length).fill(-1);
    this.started = new Uint8Array(sessions.length);
    this.limits = new Limits(topology, tables);
    this.restarts = new Restarts(around, firstTimer + sessions.length, {
      isLive: (session) => this.state[session] === LIVE,
      turned: (speaker) => this.turned(speaker),
    });
  }

  /** Whether routes are told over a half; and whether packets pass. A network that hears a site directly always hears it. */
  readonly stands = (half: number): boolean => {
    const session = this.around.topology.session[half] as number;
    return session < 0 || this.state[session] === LIVE;
  };
  readonly carries = (half: number): boolean => {
    const session = this.around.topology.session[half] as number;
    return session < 0 || this.open[session] === 1;
  };
  listens(speaker: number): boolean {
    return this.down[speaker] === 0 && this.mute[speaker] === 0;
  }

  // ---- before the start ----

  /** Takes the facts before the start as they are; returns what stands, as a text to compare. */
  warm(): string {
    for (const [index, { name }] of this.around.speakers.entries()) {
      const speaker = this.around.topology.indexOf.get(name);
      if (speaker === undefined) continue;
      [this.down[speaker], this.mute[speaker]] = this.isOff(index);
      for (const table of this.around.tables) table.hush(speaker, this.mute[speaker] === 1);
    }
    for (const [index, session] of this.around.sessions.entries()) {
      this.open[index] = Number(this.isOpen(session));
      this.state[index] = this.lacks(session) ? OVER : LIVE;
    }
    return [this.open, this.state, this.mute].map((row) => row.join('')).join(' ');
  }
  /** Before the start, with routes as they are: puts the facts; true when one was not so. */
  put(): boolean {
    const { engine, sessions } = this.around;
    let moved = false;
    for (const [index, { stands, limited }] of sessions.entries()) {
      if (!stands && !limited) continue;
      const exceeded = this.limits.exceeded(index);
      const over = exceeded.some(({ limit }) => limit.then === 'shut');
      if (stands) moved = engine.board.put(stands.id, Number(this.state[index] === LIVE && !over)) || moved;
      if (limited) moved = engine.board.put(limited.id, Number(exceeded.length > 0)) || moved;
    }
    return moved;
  }
  start(): void {
    for (const [index, { start }] of this.around.sessions.entries())
      this.started[index] = start ? this.value(start) : 0;
  }

  // ---- what holds ----

  private value({ id }: FactRef): number {
    return this.around.engine.board.value[id] as number;
  }
  private latest(facts: readonly (FactRef | null)[]): number {
    return Math.max(-1, ...facts.map((fact) => (fact ? this.around.engine.latest(fact.id) : -1)));
  }
  private isOff(index: number): [down: number, mute: number] {
    const { up, mute } = this.around.speakers[index] as PlannedSpeaker;
    return [1 - this.value(up), mute ? this.value(mute) : 0];
  }
  private turned(speaker: number): number {
    const name = this.around.topology.speakers[speaker] as string;
    return this.latest([this.around.speakers.find((one) => one.name === name)?.mute ?? null]);
  }
  private isOpen({ ends, carries }: PlannedSession): boolean {
    return ends.every((end) => this.value(end) === 1) && (carries === null || this.value(carries) === 1);
  }
  /** What a session lacks at once: its link, or a routing process; then an end that is up. */
  private lacksNow({ carries, mutes }: PlannedSession): FactRef | undefined {
    if (carries && this.value(carries) === 0) return carries;
    return mutes.find((mute) => this.value(mute) === 1);
  }
  private lacks(session: PlannedSession): FactRef | undefined {
    return this.lacksNow(session) ?? session.ends.find((end) => this.value(end) === 0);
  }
  private graceful(index: number): Ms {
    return (this.around.topology.sessions[index] as Link).graceful;
  }
  /** A shut session is started by hand in this phase. */
  private byHand(index: number): FactRef | null {
    const { start } = this.around.sessions[index] as PlannedSession;
    return start && this.state[index] === SHUT && this.value(start) === 1 && this.started[index] === 0 ? start : null;
  }

  // ---- consequences ----

  /** Judges the limits of sessions over which something has come: what exceeds one that shuts is not taken. */
  judge(): void {
    const { engine, part, sessions } = this.around;
    for (const [index, news] of this.limits.take()) {
      if (this.state[index] === SHUT) continue;
      const { item, stands, limited } = sessions[index] as PlannedSession;
      const exceeded = this.limits.exceeded(index);
      const cause = news.change < 0 ? CAUSE.none : CAUSE.change;
      if (limited) engine.set(limited.id, Number(exceeded.length > 0), news.rule, cause, news.change);
      const limits = exceeded.filter(({ limit }) => limit.then === 'shut');
      if (limits.length === 0 || this.state[index] !== LIVE) continue;
      this.shutting.set(index, { news, limits });
      this.limits.refuse(news);
      if (stands) engine.set(stands.id, 0, 'message', cause, news.change);
      engine.actLater(part, item);
    }
  }

  /** Whether a session stands, and what waives its limit. */
  settle(index: number): void {
    const { engine, sessions } = this.around;
    const session = sessions[index] as PlannedSession;
    const { stands, limited, ends } = session;
    if (!stands && !limited) return;
    const set = (fact: FactRef, value: 0 | 1, rule: Rule, change: number): void =>
      engine.set(fact.id, value, rule, change < 0 ? CAUSE.none : CAUSE.change, change);
    const byHand = this.byHand(index);
    const rung = this.rung.has(index);
    const silencer = this.silencer[index] as number;
    const freed = rung && shuts(session.link) && this.state[index] === OVER;
    if (limited && byHand) engine.set(limited.id, 0, 'now', CAUSE.fact, byHand.id);
    else if (limited && freed) set(limited, 0, 'expiry', silencer);
    if (!stands) return;
    const now = this.lacksNow(session);
    const shutting = this.shutting.get(index);
    if (now) return engine.set(stands.id, 0, 'now', CAUSE.fact, now.id);
    if (shutting) return set(stands, 0, 'message', shutting.news.change);
    if (this.state[index] === SHUT && !byHand) return set(stands, 0, 'message', silencer);
    const dead = ends.find((end) => this.value(end) === 0);
    const borne = this.state[index] === LIVE || this.state[index] === SILENT;
    if (dead && !borne)
      return rung ? set(stands, 0, 'hold', silencer) : engine.set(stands.id, 0, 'now', CAUSE.fact, dead.id);
    if (byHand) return engine.set(stands.id, 1, 'now', CAUSE.fact, byHand.id);
    if (freed) return set(stands, 1, 'expiry', silencer);
    const facts = [...ends, session.carries, ...session.mutes].map((fact) => fact?.id ?? -1);
    engine.set(
      stands.id,
      1,
      'now',
      CAUSE.fact,
      facts.reduce((a, b) => engine.laterOf(a, b)),
    );
  }

  // ---- what settled ----

  /** A speaker that goes down, or whose process stops, forgets all it heard; what it told lives on until its neighbours give it up. */
  speakerActs(index: number): void {
    const { topology, tables, speakers } = this.around;
    const { name, up, mute } = speakers[index] as PlannedSpeaker;
    const speaker = topology.indexOf.get(name);
    if (speaker === undefined) return;
    const [down, silent] = this.isOff(index);
    const wasDown = this.down[speaker] === 1;
    const wasMute = this.mute[speaker] === 1;
    const listened = this.listens(speaker);
    if (Boolean(down) === wasDown && Boolean(silent) === wasMute) return;
    this.down[speaker] = down;
    this.mute[speaker] = silent;
    if (down === 1 && !wasDown) this.restarts.falls(speaker);
    if (down === 0 && silent === 1 && listened) this.restarts.stops(speaker);
    if (down === 0 && silent === 0 && !wasDown) this.restarts.returns(speaker, this.latest([mute]));
    if (Boolean(silent) !== wasMute) this.hush(speaker, silent === 1, this.latest([mute]));
    if (!listened || this.listens(speaker)) return;
    const change = this.latest(down === 1 ? [up] : [mute]);
    for (const [table, { rib }] of tables.entries()) {
      const end = topology.firstIn[speaker + 1] as number;
      for (let half = topology.firstIn[speaker] as number; half < end; half++) rib.hear(half, NONE, change, HERE);
      this.around.stir(table);
    }
  }

  /** Whose process is silent announces nothing, and what its condition says when it is back. */
  private hush(speaker: number, is: boolean, change: number): void {
    for (const [index, table] of this.around.tables.entries()) {
      table.hush(speaker, is);
      table.outside(change);
      table.rib.originate(speaker, table.ownOf(speaker), change);
      this.around.stir(index);
    }
  }

  /**
   * A session of which an end falls silent is given up when the hold timer ends, one whose link is cut at once, as the interface goes
   * down, and so is one whose end's process has stopped: the host it ran on resets the connection. When it can stand again it is a
   * new session: both ends forget what they heard before, and tell all they have.
   */
  sessionActs(index: number): void {
    const session = this.around.sessions[index] as PlannedSession;
    this.opens(index, session);
    const shutting = this.shutting.get(index);
    this.shutting.delete(index);
    this.rung.delete(index);
    const byHand = this.byHand(index);
    this.started[index] = session.start ? this.value(session.start) : 0;
    const lacks = this.lacks(session);
    if (shutting) this.shut(index, session, shutting.limits, shutting.news);
    else if (byHand) this.moveTo(index, OVER, null);
    else if (lacks && this.state[index] === SHUT) this.forgets(index, lacks);
    if (this.state[index] === SHUT) return;
    if (lacks) this.falls(index, session, lacks);
    else if (this.state[index] !== LIVE) this.rises(index, session);
  }

  private opens(index: number, session: PlannedSession): void {
    const open = Number(this.isOpen(session));
    if (open === this.open[index]) return;
    this.open[index] = open;
    const facts = [...session.ends, session.carries];
    const cut = session.carries && this.value(session.carries) === 0 ? session.carries : null;
    const dead = cut ?? session.ends.find((end) => this.value(end) === 0);
    this.around.follow(this.latest(dead ? [dead] : facts), 'now');
  }

  /** `after`: how long it stays so; null: until something happens. */
  private moveTo(index: number, state: number, after: Ms | null): void {
    const { engine, part, firstTimer } = this.around;
    this.state[index] = state;
    if (after === null) engine.cancel(part, firstTimer + index);
    else engine.alarm(part, firstTimer + index, engine.now + after);
  }

  private falls(index: number, session: PlannedSession, lacks: FactRef): void {
    const { topology, engine, tables } = this.around;
    const was = this.state[index] as number;
    if (was === OVER) return;
    const change = engine.latest(lacks.id);
    if (was === LIVE) {
      this.silencer[index] = change;
      for (const table of tables) table.outside(change);
    }
    const isDown = session.ends.some((end) => this.value(end) === 0);
    const isMute = session.mutes.some((mute) => this.value(mute) === 1);
    // Nobody is left who could wait for the other end; and what a cut interface led to is known to be gone.
    if (lacks === session.carries || (isDown && isMute && was !== STALE)) return this.endNow(index, change);
    if (isMute && was !== STALE) return this.graceful(index) > 0 ? this.keepStale(index) : this.endNow(index, change);
    if (!isDown || was !== LIVE) return;
    const { name, hold } = topology.sessions[index] as Link;
    const occasion = this.occasion[index] as number;
    this.occasion[index] = occasion + 1;
    this.moveTo(index, SILENT, engine.draw(hold, SILENCE, hashName(name), occasion));
  }

  /**
   * Neighbours go on by what they heard from a process that has ended: its host has closed the connection (RFC 4724 §4.2). A hold timer
   * that ends is another thing: it sends a notification, and what ends so is not kept (§5; RFC 8538 would, and is not modelled).
   */
  private keepStale(index: number): void {
    this.restarts.keepsStale(index);
    this.moveTo(index, STALE, this.graceful(index));
  }

  /** A session ended by a notification is not kept (RFC 4724 §4): at both ends all is forgotten. */
  private shut(index: number, { stands }: PlannedSession, limits: readonly Watched[], { change }: News): void {
    const settled = this.latest([stands]);
    this.silencer[index] = settled < 0 ? change : settled;
    this.endNow(index, this.silencer[index]);
    const restarts = limits.map(({ limit }) => limit.restart);
    this.moveTo(index, SHUT, restarts.includes(null) ? null : Math.max(...(restarts as number[])));
    this.shutBy.set(
      index,
      limits.map(({ half }) => this.around.topology.to[half] as number),
    );
  }

  /** That it was shut is forgotten with the process that shut it: it is tried again when that is back. */
  private forgets(index: number, lacks: FactRef): void {
    if ((this.shutBy.get(index) ?? []).every((speaker) => this.listens(speaker))) return;
    this.moveTo(index, OVER, null);
    this.limits.ended(index, this.around.engine.latest(lacks.id));
    for (const table of this.around.tables.keys()) this.around.stir(table);
  }

  private rises(index: number, { ends, carries, mutes, stands, link }: PlannedSession): void {
    const { topology, tables } = this.around;
    const change = this.latest([...ends, carries, ...mutes, ...(shuts(link) ? [stands] : [])]);
    if (this.state[index] === SILENT) this.endNow(index, this.silencer[index] as number);
    this.moveTo(index, LIVE, null);
    this.restarts.begins(index, change);
    for (const [number, table] of tables.entries()) {
      table.outside(change);
      for (const side of [0, 1]) table.offerLater(topology.halves[index * 2 + side] as number, change);
      this.around.stir(number);
    }
  }

  private endNow(index: number, change: number): void {
    this.end(index, change, HERE);
    for (const table of this.around.tables.keys()) this.around.stir(table);
  }
  private end(index: number, change: number, why: number): void {
    this.moveTo(index, OVER, null);
    this.restarts.ends(index);
    this.limits.ended(index, change);
    for (const { rib, wire } of this.around.tables) {
      for (const side of [0, 1]) {
        const half = this.around.topology.halves[index * 2 + side] as number;
        wire.reset(half);
        rib.hear(half, NONE, change, why);
      }
    }
  }

  /** The timer of a session ends: it is given up, what was kept of it is dropped, or it is tried again. */
  expire(index: number): void {
    const { engine, part, sessions } = this.around;
    const { item } = sessions[index] as PlannedSession;
    const was = this.state[index];
    if (was === SHUT) this.moveTo(index, OVER, null);
    else this.end(index, this.silencer[index] as number, HOLD);
    this.rung.add(index);
    engine.touch(part, item);
    engine.actLater(part, item);
  }
}
