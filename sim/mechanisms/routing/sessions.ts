/** Speakers and sessions in one run: who is up, what stands, and what is forgotten when it falls (RFC 4271 §6.5, §6.7, §8). */
import type { Engine } from '../../engine/engine.ts';
import { hashName } from '../../engine/luck.ts';
import type { FactRef } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { NONE } from './paths.ts';
import type { PlannedSession, PlannedSpeaker } from './planned.ts';
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
  /** The alarm of the first session's hold timer. */
  readonly firstHold: number;
  /** Has a table choose in the next phase of this instant. */
  stir(table: number): void;
  /** Packets may go elsewhere from now on, after this change. */
  follow(change: number): void;
}

export class Sessions {
  /** Both ends are up and the link carries. */
  private readonly live: Uint8Array;
  /** Given up: nothing heard over it is kept. A session that is neither live nor over is borne until its hold timer ends. */
  private readonly over: Uint8Array;
  private readonly down: Uint8Array;
  private readonly occasion: Int32Array;
  /** The change that silenced a session. */
  private readonly silencer: Int32Array;

  constructor(private readonly around: Around) {
    const count = around.sessions.length;
    this.live = new Uint8Array(count);
    this.over = new Uint8Array(count);
    this.down = new Uint8Array(around.topology.speakers.length);
    this.occasion = new Int32Array(count);
    this.silencer = new Int32Array(count).fill(-1);
  }

  readonly carries = (half: number): boolean => {
    const session = this.around.topology.session[half] as number;
    return session < 0 || this.live[session] === 1;
  };
  isUp(speaker: number): boolean {
    return this.down[speaker] === 0;
  }

  /** Takes the facts before the start as they are; returns what stands, as a text to compare. */
  warm(): string {
    const { engine, speakers, sessions } = this.around;
    for (const { name, up } of speakers) this.down[this.numberOf(name)] = 1 - (engine.board.value[up.id] as number);
    for (const [index, session] of sessions.entries()) {
      this.live[index] = Number(this.stands(session));
      this.over[index] = 1 - (this.live[index] as number);
    }
    return this.live.join('');
  }

  private numberOf(speaker: string): number {
    return this.around.topology.indexOf.get(speaker) as number;
  }
  private stands({ ends, carries }: PlannedSession): boolean {
    const { value } = this.around.engine.board;
    return ends.every((end) => value[end.id] === 1) && (carries === null || value[carries.id] === 1);
  }

  /** A speaker that goes down forgets all it heard, at once; what it told lives on until its neighbours' hold timers end. */
  speakerActs(index: number): void {
    const { engine, topology, tables, speakers } = this.around;
    const { name, up } = speakers[index] as PlannedSpeaker;
    const speaker = this.numberOf(name);
    const down = 1 - (engine.board.value[up.id] as number);
    if (down === this.down[speaker]) return;
    this.down[speaker] = down;
    if (down === 0) return;
    const change = engine.latest(up.id);
    for (const [table, { rib }] of tables.entries()) {
      const end = topology.firstIn[speaker + 1] as number;
      for (let half = topology.firstIn[speaker] as number; half < end; half++) rib.hear(half, NONE, change, HERE);
      this.around.stir(table);
    }
  }

  /**
   * A session of which an end falls silent is given up when the hold timer ends, one whose link is cut at once, as the interface goes
   * down. When it can stand again it is a new session: both ends forget what they heard before, and tell all they have.
   */
  sessionActs(index: number): void {
    const { engine, sessions } = this.around;
    const { value } = engine.board;
    const session = sessions[index] as PlannedSession;
    const was = this.live[index] === 1;
    const is = this.stands(session);
    const cut = session.carries !== null && value[session.carries.id] === 0 ? session.carries : null;
    if (was && !is)
      this.falls(index, cut ?? (session.ends.find((end) => value[end.id] === 0) as FactRef), cut !== null);
    if (cut !== null && this.over[index] === 0) this.endNow(index, engine.latest(cut.id));
    if (is && !was) this.rises(index, this.latestOf(session));
  }

  private latestOf({ ends, carries }: PlannedSession): number {
    const changes = [...ends, carries].map((fact) => (fact ? this.around.engine.latest(fact.id) : -1));
    return Math.max(...changes);
  }

  private falls(index: number, dead: FactRef, cut: boolean): void {
    const { engine, part, topology, tables, firstHold } = this.around;
    const change = engine.latest(dead.id);
    this.live[index] = 0;
    this.over[index] = 0;
    this.silencer[index] = change;
    for (const table of tables) table.outside();
    this.around.follow(change);
    if (cut) return;
    const { name, hold } = topology.sessions[index] as Topology['sessions'][number];
    const occasion = this.occasion[index] as number;
    this.occasion[index] = occasion + 1;
    engine.alarm(part, firstHold + index, engine.now + engine.draw(hold, SILENCE, hashName(name), occasion));
  }

  private rises(index: number, change: number): void {
    const { topology, tables } = this.around;
    if (this.over[index] === 0) this.endNow(index, this.silencer[index] as number);
    this.over[index] = 0;
    this.live[index] = 1;
    this.around.follow(change);
    for (const [number, table] of tables.entries()) {
      table.outside();
      for (const side of [0, 1]) table.offerLater(topology.halves[index * 2 + side] as number, change);
      this.around.stir(number);
    }
  }

  private endNow(index: number, change: number): void {
    this.around.engine.cancel(this.around.part, this.around.firstHold + index);
    this.end(index, change, HERE);
    for (const table of this.around.tables.keys()) this.around.stir(table);
  }

  /** The hold timer of a session ends. */
  expire(index: number): void {
    this.end(index, this.silencer[index] as number, HOLD);
  }

  private end(index: number, change: number, why: number): void {
    this.over[index] = 1;
    for (const { rib, wire } of this.around.tables) {
      for (const side of [0, 1]) {
        const half = this.around.topology.halves[index * 2 + side] as number;
        wire.reset(half);
        rib.hear(half, NONE, change, why);
      }
    }
  }
}
