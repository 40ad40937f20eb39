/** What every speaker has heard and chosen for one prefix: Adj-RIB-In, Loc-RIB and the decision between them (RFC 4271 §3.2, §9.1). */
import type { Rule } from '../../trace/trace.ts';
import { LOCAL, NONE, type Paths } from './paths.ts';
import { preference, tells } from './policy.ts';
import { loops, NO_HALF, OWN, type Routes, told } from './static.ts';
import type { Topology } from './topology.ts';

/** Why an entry is what it is, as a number: a message came, the hold timer ran out, or something here changed. */
export const WHY = ['message', 'hold', 'now'] as const satisfies readonly Rule[];
export const MESSAGE = 0;
export const HOLD = 1;
export const HERE = 2;

/** By speaker, for those that take listed paths only: the rank of each path. */
export type Ranks = readonly (ReadonlyMap<number, number> | null)[];

export const ranksOf = (topology: Topology, paths: Paths): Ranks =>
  topology.prefer.map((list) => list && new Map(list.map((path, rank) => [paths.of(path), rank])));

export class Rib {
  /** Path heard over each half; NONE too where policy or a loop forbids it. With it the change it tells of, and how it came. */
  readonly heard: Int32Array;
  private readonly tidings: Int32Array;
  private readonly why: Uint8Array;
  /** Whether each speaker announces the prefix itself, and the change that made it so. */
  readonly own: Uint8Array;
  private readonly ownCause: Int32Array;
  /** What each speaker uses; with it the change that this follows from, and how it came. */
  readonly half: Int32Array;
  readonly path: Int32Array;
  readonly cause: Int32Array;
  readonly rule: Uint8Array;

  /** What each speaker tells, made once for each choice; `NONE` until then. */
  private readonly tells: Int32Array;

  private dirty: number[] = [];
  private readonly isDirty: Uint8Array;

  constructor(
    readonly topology: Topology,
    readonly paths: Paths,
    private readonly ranks: Ranks,
  ) {
    const speakers = topology.speakers.length;
    const halves = topology.from.length;
    this.heard = new Int32Array(halves);
    this.tidings = new Int32Array(halves).fill(-1);
    this.why = new Uint8Array(halves);
    this.own = new Uint8Array(speakers);
    this.ownCause = new Int32Array(speakers).fill(-1);
    this.half = new Int32Array(speakers).fill(NO_HALF);
    this.path = new Int32Array(speakers);
    this.cause = new Int32Array(speakers).fill(-1);
    this.rule = new Uint8Array(speakers);
    this.tells = new Int32Array(speakers);
    this.isDirty = new Uint8Array(speakers);
  }

  get waiting(): boolean {
    return this.dirty.length > 0;
  }

  /** Takes these routes for granted: the state before the start, of which nobody asks how it came. */
  adopt(routes: Routes, own: Uint8Array, carries: (half: number) => boolean): void {
    this.own.set(own);
    this.half.set(routes.half);
    this.path.set(routes.path);
    this.tells.fill(NONE);
    for (let half = 0; half < this.heard.length; half++)
      this.heard[half] = carries(half) ? this.accepted(half, this.wish(half)) : NONE;
    for (const speaker of this.dirty) this.isDirty[speaker] = 0;
    this.dirty = [];
  }

  /** What the sender of a half would tell over it now; NONE: nothing. */
  wish(half: number): number {
    const { topology } = this;
    const sender = topology.from[half] as number;
    const path = this.path[sender] as number;
    if (path === NONE) return NONE;
    const over = this.half[sender] as number;
    const learnt = over === OWN ? null : (topology.relation[over] as number);
    if (!tells(topology.relation[half] as number, learnt)) return NONE;
    if (this.tells[sender] === NONE) this.tells[sender] = told(topology, this.paths, sender, path);
    return this.tells[sender] as number;
  }

  /** Whether the receiver of a half has heard what its sender would tell. */
  agrees(half: number): boolean {
    return this.heard[half] === this.accepted(half, this.wish(half));
  }

  /** The path as the receiver of a half takes it: NONE if it leads through itself, or is none of those it takes. */
  private accepted(half: number, path: number): number {
    if (path === NONE || loops(this.topology, this.paths, half, path)) return NONE;
    const ranks = this.ranks[this.topology.to[half] as number];
    return ranks && !ranks.has(path) ? NONE : path;
  }

  /** The place of a path in the list of those a speaker takes; null: it takes any. */
  rankOf(speaker: number, path: number): number | null {
    return this.ranks[speaker]?.get(path) ?? null;
  }

  // ---- what comes in ----

  /** A route, or by NONE its end, arrives over a half. */
  hear(half: number, path: number, change: number, why: number): void {
    const taken = this.accepted(half, path);
    if (taken === this.heard[half]) return;
    this.heard[half] = taken;
    this.tidings[half] = change;
    this.why[half] = why;
    const speaker = this.topology.to[half] as number;
    // What is no better than the route in use, and is not it, changes no choice.
    if (half === this.half[speaker] || this.better(half, taken, this.half[speaker] as number)) this.stir(speaker);
  }

  /** A speaker begins or ends to announce the prefix itself. */
  originate(speaker: number, announces: boolean, change: number): void {
    if (this.own[speaker] === Number(announces)) return;
    this.own[speaker] = Number(announces);
    this.ownCause[speaker] = change;
    this.stir(speaker);
  }

  private stir(speaker: number): void {
    if (this.isDirty[speaker] === 1) return;
    this.isDirty[speaker] = 1;
    this.dirty.push(speaker);
  }

  // ---- the decision ----

  /** Every speaker that heard something new chooses again; `changed` gets each whose choice is another. */
  decide(changed: (speaker: number) => void): void {
    const stirred = this.dirty.sort((a, b) => a - b);
    this.dirty = [];
    for (const speaker of stirred) {
      this.isDirty[speaker] = 0;
      const half = this.choose(speaker);
      const path = half === OWN ? LOCAL : half === NO_HALF ? NONE : (this.heard[half] as number);
      if (half === this.half[speaker] && path === this.path[speaker]) continue;
      this.blame(speaker, half);
      this.half[speaker] = half;
      this.path[speaker] = path;
      this.tells[speaker] = NONE;
      changed(speaker);
    }
  }

  /** The half a speaker would use, by what it has heard. */
  choose(speaker: number): number {
    if (this.own[speaker] === 1) return OWN;
    let best = NO_HALF;
    const end = this.topology.firstIn[speaker + 1] as number;
    for (let half = this.topology.firstIn[speaker] as number; half < end; half++)
      if (this.better(half, this.heard[half] as number, best)) best = half;
    return best;
  }

  /** Whether a path over `half` beats what is heard over `other`: by rank, or preference, then length, then the lower neighbour. */
  private better(half: number, path: number, other: number): boolean {
    if (path === NONE || other === OWN) return false;
    if (other === NO_HALF) return true;
    const { relation, to } = this.topology;
    const rival = this.heard[other] as number;
    if (rival === NONE) return true;
    const ranks = this.ranks[to[half] as number];
    if (ranks) {
      const by = (ranks.get(path) as number) - (ranks.get(rival) as number);
      return by < 0 || (by === 0 && half < other);
    }
    const by = preference(relation[half] as number) - preference(relation[other] as number);
    if (by !== 0) return by > 0;
    const longer = this.paths.length(path) - this.paths.length(rival);
    return longer < 0 || (longer === 0 && half < other);
  }

  /** The cause of a choice is the news about what was used, if there is such; else about what is used now. */
  private blame(speaker: number, now: number): void {
    const was = this.half[speaker] as number;
    const lost = was === OWN ? this.own[speaker] === 0 : was !== NO_HALF && this.heard[was] !== this.path[speaker];
    const half = lost ? was : now;
    if (half === OWN) {
      this.cause[speaker] = this.ownCause[speaker] as number;
      this.rule[speaker] = HERE;
    } else {
      this.cause[speaker] = this.tidings[half] as number;
      this.rule[speaker] = this.why[half] as number;
    }
  }
}
