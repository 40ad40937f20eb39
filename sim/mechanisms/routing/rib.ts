/** What every speaker has heard and chosen for one block: Adj-RIB-In, Loc-RIB and the decision between them (RFC 4271 §3.2, §9.1). */
import type { Rule } from '../../trace/trace.ts';
import { type Candidate, decide } from './decision.ts';
import { NONE, type Paths } from './paths.ts';
import { preference, tells } from './policy.ts';
import type { BlockRules, Refusal } from './rules.ts';
import { loops, NO_HALF, OWN, type Solution, told } from './static.ts';
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

/** The half and the route that each speaker uses, for whatever purpose. */
export interface Uses {
  halfOf(speaker: number): number;
  routeOf(speaker: number): number;
}

export class Rib implements Uses {
  /** Route heard over each half; NONE too where policy or a loop forbids it. With it the change it tells of, and how it came. */
  readonly heard: Int32Array;
  private readonly tidings: Int32Array;
  private readonly why: Uint8Array;
  /** The same as it was told, before anything was judged; null where nothing is ever judged anew, nor counted. */
  private readonly offered: Int32Array | null;
  /** The route each speaker announces itself, and the change that made it so. */
  readonly own: Int32Array;
  private readonly ownCause: Int32Array;
  /** What each speaker uses; with it the change that this follows from, and how it came. */
  readonly half: Int32Array;
  readonly route: Int32Array;
  readonly cause: Int32Array;
  readonly rule: Uint8Array;

  /** What each speaker tells, made once for each choice; `NONE` until then. */
  private readonly tells: Int32Array;

  private dirty: number[] = [];
  private readonly isDirty: Uint8Array;
  /** Speakers that hear, and do not choose yet. */
  private readonly defers: Uint8Array;
  /** Some route has had a MED: a route may then decide between two others. */
  private byMed = false;
  /** With MEDs: what was heard since the last choice, and by speaker over which half last. */
  private readonly fresh = new Set<number>();
  private readonly stirrer = new Map<number, number>();

  /** `rules`: null where routes go by relation alone; then a route is its path. */
  constructor(
    readonly topology: Topology,
    readonly paths: Paths,
    private readonly ranks: Ranks,
    readonly rules: BlockRules | null = null,
  ) {
    const speakers = topology.speakers.length;
    const halves = topology.from.length;
    this.heard = new Int32Array(halves);
    this.tidings = new Int32Array(halves).fill(-1);
    this.why = new Uint8Array(halves);
    this.offered = topology.keeps ? new Int32Array(halves) : null;
    this.own = new Int32Array(speakers);
    this.ownCause = new Int32Array(speakers).fill(-1);
    this.half = new Int32Array(speakers).fill(NO_HALF);
    this.route = new Int32Array(speakers);
    this.cause = new Int32Array(speakers).fill(-1);
    this.rule = new Uint8Array(speakers);
    this.tells = new Int32Array(speakers);
    this.isDirty = new Uint8Array(speakers);
    this.defers = new Uint8Array(speakers);
  }

  get waiting(): boolean {
    return this.dirty.length > 0;
  }

  /** Takes these routes for granted: the state before the start, of which nobody asks how it came. */
  adopt(routes: Solution, own: ArrayLike<number>, carries: (half: number) => boolean): void {
    this.own.set(own);
    this.half.set(routes.half);
    this.route.set(routes.path);
    this.tells.fill(NONE);
    for (let half = 0; half < this.heard.length; half++) {
      const wish = carries(half) ? this.wish(half) : NONE;
      if (this.offered) this.offered[half] = wish;
      this.setHeard(half, this.accepted(half, wish));
    }
    this.rest();
  }
  /** Takes over what another one has heard and chosen. */
  copy(other: Rib): void {
    this.own.set(other.own);
    this.half.set(other.half);
    this.route.set(other.route);
    this.heard.set(other.heard);
    if (other.offered) this.offered?.set(other.offered);
    this.byMed = other.byMed;
    this.tells.fill(NONE);
    this.rest();
  }
  private rest(): void {
    for (const speaker of this.dirty) this.isDirty[speaker] = 0;
    this.dirty = [];
    this.fresh.clear();
    this.stirrer.clear();
  }

  pathOf(route: number): number {
    return this.rules === null ? route : this.rules.routes.pathOf(route);
  }
  /** Which announcement of the block a route came from. */
  announcementOf(route: number): number {
    return this.rules === null ? 0 : this.rules.announcementOf(route);
  }

  /** What the sender of a half would tell over it now; NONE: nothing. */
  wish(half: number): number {
    const { from, relation } = this.topology;
    return this.wishOf(from[half] as number, half, relation[half] as number);
  }
  /** The same where it is at hand who sends over a half, and what it is to the receiver. */
  wishOf(sender: number, half: number, relation: number): number {
    const route = this.route[sender] as number;
    if (route === NONE) return NONE;
    const over = this.half[sender] as number;
    if (this.rules !== null) return this.rules.told(half, route, over);
    const learnt = over === OWN ? null : (this.topology.relation[over] as number);
    if (!tells(relation, learnt)) return NONE;
    if (this.tells[sender] === NONE) this.tells[sender] = told(this.topology, this.paths, sender, route);
    return this.tells[sender] as number;
  }

  /** Whether the receiver of a half has heard what its sender would tell. */
  agrees(half: number): boolean {
    const wish = this.wish(half);
    if (this.offered !== null && this.offered[half] !== wish) return false;
    return this.heard[half] === this.accepted(half, wish);
  }
  /** The route that is heard over a half, be it taken or not; NONE: none. */
  offer(half: number): number {
    return (this.offered ?? this.heard)[half] as number;
  }
  halfOf(speaker: number): number {
    return this.half[speaker] as number;
  }
  routeOf(speaker: number): number {
    return this.route[speaker] as number;
  }

  /** The route as the receiver of a half takes it: NONE if it leads through itself, is none of those it takes, or is refused. */
  private accepted(half: number, route: number): number {
    if (route === NONE || loops(this.topology, this.paths, half, this.pathOf(route))) return NONE;
    const taken = this.rules === null ? route : this.rules.taken(half, route);
    const ranks = this.ranks[this.topology.to[half] as number];
    return ranks && !ranks.has(this.pathOf(taken)) ? NONE : taken;
  }

  /** Why the receiver of a half does not take a route that it was told. */
  refusal(half: number, route: number): Refusal | { readonly rule: 'loop' | 'not listed' } {
    if (loops(this.topology, this.paths, half, this.pathOf(route))) return { rule: 'loop' };
    return this.rules?.refusal(half, route) ?? { rule: 'not listed' };
  }
  /** What is kept of what was told over a half; null: only what is taken is kept. */
  offeredOver(half: number): number | null {
    return this.offered === null ? null : (this.offered[half] as number);
  }

  // ---- what comes in ----

  /** A route, or by NONE its end, arrives over a half. */
  hear(half: number, route: number, change: number, why: number): void {
    if (this.offered) this.offered[half] = route;
    this.take(half, this.accepted(half, route), change, why);
  }
  /** The receiver of a half judges anew what it heard over it (RFC 2918): its policy has changed. */
  refresh(half: number, change: number): void {
    this.take(half, this.accepted(half, (this.offered as Int32Array)[half] as number), change, HERE);
  }

  private take(half: number, taken: number, change: number, why: number): void {
    if (taken === this.heard[half]) return;
    this.setHeard(half, taken);
    this.tidings[half] = change;
    this.why[half] = why;
    const speaker = this.topology.to[half] as number;
    if (this.byMed) {
      this.fresh.add(half);
      this.stirrer.set(speaker, half);
      this.stir(speaker);
    } else if (half === this.half[speaker] || this.better(half, taken, this.half[speaker] as number))
      // What is no better than the route in use, and is not it, changes no choice.
      this.stir(speaker);
  }
  private setHeard(half: number, route: number): void {
    this.heard[half] = route;
    this.byMed ||= this.rules !== null && this.rules.med(route) > 0;
  }

  /** A speaker begins to announce a route itself; or, by NONE, ends to. */
  originate(speaker: number, route: number, change: number): void {
    if (this.own[speaker] === route) return;
    this.own[speaker] = route;
    this.ownCause[speaker] = change;
    this.stir(speaker);
  }

  /** Has a speaker put off its choice, or make it with all it has heard by now. */
  defer(speaker: number, defers: boolean): void {
    this.defers[speaker] = Number(defers);
    if (!defers) this.stir(speaker);
  }

  private stir(speaker: number): void {
    if (this.isDirty[speaker] === 1) return;
    this.isDirty[speaker] = 1;
    this.dirty.push(speaker);
  }

  // ---- the decision ----

  /** Every speaker that heard something new chooses again; `changed` gets each whose choice is another. */
  decide(changed: (speaker: number) => void): void {
    // Without a comparison: that sorts by number, and much faster.
    const stirred = Int32Array.from(this.dirty).sort();
    this.dirty = [];
    for (const speaker of stirred) {
      this.isDirty[speaker] = 0;
      if (this.defers[speaker] === 1) continue;
      const half = this.choose(speaker);
      const route =
        half === OWN ? (this.own[speaker] as number) : half === NO_HALF ? NONE : (this.heard[half] as number);
      if (half === this.half[speaker] && route === this.route[speaker]) continue;
      this.blame(speaker, half);
      this.half[speaker] = half;
      this.route[speaker] = route;
      this.tells[speaker] = NONE;
      changed(speaker);
    }
    this.fresh.clear();
    this.stirrer.clear();
  }

  /** The half a speaker would use, by what it has heard. */
  choose(speaker: number): number {
    if (this.own[speaker] !== NONE) return OWN;
    if (this.byMed) {
      const { halves, candidates } = this.candidates(speaker);
      return halves[decide(candidates).winner] ?? NO_HALF;
    }
    let best = NO_HALF;
    const end = this.topology.firstIn[speaker + 1] as number;
    for (let half = this.topology.firstIn[speaker] as number; half < end; half++)
      if (this.better(half, this.heard[half] as number, best)) best = half;
    return best;
  }

  /** All routes among which a speaker chooses, and over which half each came. */
  candidates(speaker: number): { readonly halves: readonly number[]; readonly candidates: readonly Candidate[] } {
    const { firstIn } = this.topology;
    const halves = this.own[speaker] === NONE ? [] : [OWN];
    for (let half = firstIn[speaker] as number; half < (firstIn[speaker + 1] as number); half++)
      if (this.heard[half] !== NONE) halves.push(half);
    return { halves, candidates: halves.map((half) => this.candidate(half, this.routeOver(speaker, half), half)) };
  }
  private routeOver(speaker: number, half: number): number {
    return (half === OWN ? this.own[speaker] : this.heard[half]) as number;
  }
  private candidate(half: number, route: number, order: number): Candidate {
    const { topology, rules } = this;
    if (half === OWN) return { own: true, rank: 0, preference: 0, length: 0, system: -1, med: 0, order };
    const path = this.pathOf(route);
    return {
      own: false,
      rank: this.ranks[topology.to[half] as number]?.get(path) ?? 0,
      preference: this.preference(half, route),
      length: this.paths.length(path),
      system: topology.network[topology.from[half] as number] as number,
      med: rules === null ? 0 : rules.med(route),
      order,
    };
  }

  /** Whether a route over `half` beats what is heard over `other`, by the steps of `decide` but for MED, which two alone cannot settle. */
  private better(half: number, route: number, other: number): boolean {
    if (route === NONE || other === OWN) return false;
    if (other === NO_HALF) return true;
    const rival = this.heard[other] as number;
    if (rival === NONE) return true;
    const ranks = this.ranks[this.topology.to[half] as number];
    const by = ranks
      ? (ranks.get(this.pathOf(route)) as number) - (ranks.get(this.pathOf(rival)) as number)
      : this.compare(half, route, other, rival);
    return by < 0 || (by === 0 && half < other);
  }
  /** By preference, then length: less than 0 where the first is better. */
  private compare(half: number, route: number, other: number, rival: number): number {
    const by = this.preference(other, rival) - this.preference(half, route);
    return by === 0 ? this.paths.length(this.pathOf(route)) - this.paths.length(this.pathOf(rival)) : by;
  }
  private preference(half: number, route: number): number {
    return this.rules === null
      ? preference(this.topology.relation[half] as number)
      : this.rules.preference(half, route);
  }

  /** Of the edges of one network that which uses the best route, -1 when none has one; of equal ones the first. */
  bestOf(edges: readonly number[], uses: Uses = this): number {
    if (this.byMed) {
      const { having, candidates } = this.champions(edges, uses);
      return having[decide(candidates).winner] ?? -1;
    }
    let best = -1;
    for (const edge of edges) {
      const over = uses.halfOf(edge);
      if (over === OWN) return edge;
      if (over === NO_HALF) continue;
      if (best < 0 || this.compare(over, uses.routeOf(edge), uses.halfOf(best), uses.routeOf(best)) < 0) best = edge;
    }
    return best;
  }

  /** The edges of one network that have a route, and the routes they use, among which the network chooses. */
  champions(
    edges: readonly number[],
    uses: Uses = this,
  ): {
    readonly having: readonly number[];
    readonly candidates: readonly Candidate[];
  } {
    const having = edges.filter((edge) => uses.halfOf(edge) !== NO_HALF);
    const candidates = having.map((edge, order) => ({
      ...this.candidate(uses.halfOf(edge), uses.routeOf(edge), order),
      // Lists of paths are each edge's own.
      rank: 0,
    }));
    return { having, candidates };
  }

  /** The cause of a choice is the news about what was used, if there is such; else about what is used now, or what stood before it. */
  private blame(speaker: number, now: number): void {
    const was = this.half[speaker] as number;
    const had = this.route[speaker] as number;
    const lost = was !== NO_HALF && this.routeOver(speaker, was) !== had;
    let half = lost ? was : now;
    if (!lost && this.byMed && now >= 0 && !this.fresh.has(now)) half = this.stirrer.get(speaker) ?? now;
    if (half === OWN) {
      this.cause[speaker] = this.ownCause[speaker] as number;
      this.rule[speaker] = HERE;
    } else {
      this.cause[speaker] = this.tidings[half] as number;
      this.rule[speaker] = this.why[half] as number;
    }
  }
}
