/** The stable routes under policies of Gao and Rexford, in closed form: customers' routes up, one hop over peers, then down to customers. */
import { starts } from './halves.ts';
import { LOCAL, NONE, type Paths } from './paths.ts';
import { CUSTOMER, DIRECT, PEER, PROVIDER } from './policy.ts';
import type { Topology } from './topology.ts';

/** What each speaker uses: the half it came over (-1: none, -2: its own), and its path. */
export interface Solution {
  readonly half: Int32Array;
  readonly path: Int32Array;
}

/** No route; and one's own. */
export const NO_HALF = -1;
export const OWN = -2;

/** The routes of all speakers, with their paths; `announces` by speaker, `carries` by half. */
export function solveStatically(
  topology: Topology,
  paths: Paths,
  announces: (speaker: number) => boolean,
  carries: (half: number) => boolean,
  closed = new ClosedForm(topology),
): Solution {
  closed.solve([...topology.speakers.keys()].filter(announces), carries);
  return { half: closed.half.slice(), path: closed.pathsIn(paths) };
}

/** The path as the sender tells it: with its own number in front, as often as it prepends. */
export function told(topology: Topology, paths: Paths, speaker: number, path: number): number {
  const network = topology.network[speaker] as number;
  let longer = path;
  for (let i = topology.prepend[speaker] as number; i >= 0; i--) longer = paths.cons(network, longer);
  return longer;
}

/** Halves by one of their ends: those of a speaker are `first[speaker] .. first[speaker + 1]`, each with the speaker at its other end. */
interface Ways {
  readonly first: Int32Array;
  readonly half: Int32Array;
  readonly other: Int32Array;
}
/** `half`: in the order of their speakers in `ends`; `others`: the speakers at the other ends. */
function waysOf(speakers: number, half: Int32Array, ends: Int32Array, others: Int32Array): Ways {
  const first = starts(
    speakers,
    half.map((one) => ends[one] as number),
  );
  return { first, half, other: half.map((one) => others[one] as number) };
}

/**
 * How a speaker got its route, and how long that is, in one number: of two routes the better one has the lower. One's own and those of
 * customers come first, then those of peers, then those of providers.
 */
const PHASE = 1 << 28;
const [BELOW, BESIDE, ABOVE, NO_RANK] = [0, PHASE, PHASE * 2, PHASE * 3];
const lengthIn = (rank: number): number => rank & (PHASE - 1);

/**
 * After Gao and Rexford (2001), §4. Within a phase shorter paths are settled first, and among equally long ones the lowest half; so
 * every speaker takes the best of what its neighbours tell it, and the state is the one the messages end in (R11). For many questions
 * about one topology: nothing is made anew for each.
 */
export class ClosedForm {
  /** By speaker, as last solved: the half its route came over. */
  readonly half: Int32Array;
  private readonly rank: Int32Array;
  /** By sender: to providers, over peers, and to customers that have customers themselves. */
  private readonly up: Ways;
  private readonly across: Ways;
  private readonly down: Ways;
  /** By receiver: from providers to customers that have none. Most networks are such. */
  private readonly last: Ways;
  /** By speaker: whether its network has another one, so that a path may come back to it. */
  private readonly shares: Uint8Array;
  /** Speakers by the length at which they may be settled, and how many of each list count; and those that are, each behind the one it heard. */
  private readonly waiting: Int32Array[] = [];
  private readonly counts: number[] = [];
  private readonly order: Int32Array;
  private settled = 0;
  /** Whether anybody prepends: else all that is told by speakers of one list is equally long. */
  private readonly uneven: boolean;

  constructor(private readonly topology: Topology) {
    const { speakers, network, networks, relation, from, to, outs } = topology;
    this.half = new Int32Array(speakers.length).fill(NO_HALF);
    this.rank = new Int32Array(speakers.length);
    this.order = new Int32Array(speakers.length);
    const sells = new Uint8Array(speakers.length);
    for (const [half, sender] of from.entries()) if (relation[half] === PROVIDER) sells[sender] = 1;
    const bySender = (isOne: (half: number) => boolean): Ways => waysOf(speakers.length, outs.filter(isOne), from, to);
    this.up = bySender((half) => relation[half] === CUSTOMER);
    this.across = bySender((half) => relation[half] === PEER || relation[half] === DIRECT);
    this.down = bySender((half) => relation[half] === PROVIDER && sells[to[half] as number] === 1);
    const last = Int32Array.from(to.keys()).filter(
      (half) => relation[half] === PROVIDER && sells[to[half] as number] === 0,
    );
    this.last = waysOf(speakers.length, last, to, from);
    this.uneven = topology.prepend.some((more) => more > 0);
    const speaking = new Int32Array(networks.length);
    for (const one of network) speaking[one] = (speaking[one] as number) + 1;
    this.shares = Uint8Array.from(network, (one) => Number((speaking[one] as number) > 1));
  }

  /** How long the path of a speaker is that has one. */
  lengthOf(speaker: number): number {
    return lengthIn(this.rank[speaker] as number);
  }

  /** `origins`: the speakers that announce; `carries`: whether a half's session stands. */
  solve(origins: readonly number[], carries: (half: number) => boolean): void {
    const { half, rank, order } = this;
    half.fill(NO_HALF);
    rank.fill(NO_RANK);
    this.settled = 0;
    for (const speaker of origins) {
      half[speaker] = OWN;
      rank[speaker] = BELOW;
      this.wait(speaker, 0);
    }
    this.spread(this.up, BELOW, carries);
    this.cross(carries);
    for (let k = 0; k < this.settled; k++) this.wait(order[k] as number, this.lengthOf(order[k] as number));
    this.spread(this.down, ABOVE, carries);
    this.close(carries);
  }

  private wait(speaker: number, long: number): void {
    const { waiting, counts } = this;
    while (waiting.length <= long) counts[waiting.push(new Int32Array(this.half.length)) - 1] = 0;
    const count = counts[long] as number;
    (waiting[long] as Int32Array)[count] = speaker;
    counts[long] = count + 1;
  }

  /** Passes on the routes of all that wait, shorter ones first. */
  private spread(
    { first, half: ways, other: receivers }: Ways,
    phase: number,
    carries: (half: number) => boolean,
  ): void {
    const { half, rank, waiting, counts, order, shares, uneven } = this;
    const { prepend } = this.topology;
    let { settled } = this;
    for (let long = 0; long < waiting.length; long++) {
      const ready = waiting[long] as Int32Array;
      // What is told is longer: this list does not grow any more.
      const count = counts[long] as number;
      for (let k = 0; k < count; k++) {
        const speaker = ready[k] as number;
        // Where some prepend, it may have been settled with a shorter one since.
        if (uneven && this.lengthOf(speaker) !== long) continue;
        if ((rank[speaker] as number) >= phase) order[settled++] = speaker;
        const longer = long + 1 + (uneven ? (prepend[speaker] as number) : 0);
        const told = phase + longer;
        const end = first[speaker + 1] as number;
        for (let i = first[speaker] as number; i < end; i++) {
          const to = receivers[i] as number;
          const known = rank[to] as number;
          if (told > known) continue;
          const way = ways[i] as number;
          if (told === known && way > (half[to] as number)) continue;
          if (!carries(way) || (shares[to] === 1 && this.loops(speaker, to))) continue;
          half[to] = way;
          if (told === known) continue;
          rank[to] = told;
          this.wait(to, longer);
        }
      }
      counts[long] = 0;
    }
    this.settled = settled;
  }

  /** One hop over peers, of own and customers' routes only; and from sites to those who hear them directly. */
  private cross(carries: (half: number) => boolean): void {
    const { half, rank, order, across } = this;
    const { prepend, relation } = this.topology;
    const tellers = this.settled;
    for (let k = 0; k < tellers; k++) {
      const speaker = order[k] as number;
      const told = BESIDE + this.lengthOf(speaker) + 1 + (prepend[speaker] as number);
      for (let i = across.first[speaker] as number; i < (across.first[speaker + 1] as number); i++) {
        const to = across.other[i] as number;
        const known = rank[to] as number;
        const way = across.half[i] as number;
        if (told > known || (told === known && way > (half[to] as number))) continue;
        const isDirect = relation[way] === DIRECT;
        if ((isDirect && half[speaker] !== OWN) || !carries(way)) continue;
        if (!isDirect && this.shares[to] === 1 && this.loops(speaker, to)) continue;
        half[to] = way;
        rank[to] = told;
        if (known === NO_RANK) order[this.settled++] = to;
      }
    }
  }

  /** Who has no customers takes the best of what its providers use, when all these are settled. */
  private close(carries: (half: number) => boolean): void {
    const { half, rank, order, last, shares } = this;
    const { prepend } = this.topology;
    for (let speaker = 0; speaker < half.length; speaker++) {
      if (rank[speaker] !== NO_RANK) continue;
      let best = NO_RANK;
      const end = last.first[speaker + 1] as number;
      for (let i = last.first[speaker] as number; i < end; i++) {
        const teller = last.other[i] as number;
        const heard = rank[teller] as number;
        const told = ABOVE + lengthIn(heard) + 1 + (prepend[teller] as number);
        if (heard === NO_RANK || told >= best || !carries(last.half[i] as number)) continue;
        if (shares[speaker] === 1 && this.loops(teller, speaker)) continue;
        half[speaker] = last.half[i] as number;
        best = told;
      }
      if (best === NO_RANK) continue;
      rank[speaker] = best;
      order[this.settled++] = speaker;
    }
  }

  /** Whether the path that a speaker would tell leads through the receiver's network; only where it has speakers besides. */
  private loops(speaker: number, to: number): boolean {
    const { network, from } = this.topology;
    for (let one = speaker; ; one = from[this.half[one] as number] as number) {
      if (network[one] === network[to]) return true;
      if (this.half[one] === OWN) return false;
    }
  }

  /** By speaker: its path, as a cell of these. */
  pathsIn(paths: Paths): Int32Array {
    const { topology, half, order } = this;
    const found = new Int32Array(half.length);
    const tells = new Int32Array(half.length);
    for (let k = 0; k < this.settled; k++) {
      const speaker = order[k] as number;
      const way = half[speaker] as number;
      if (way === OWN) {
        found[speaker] = LOCAL;
        continue;
      }
      const teller = topology.from[way] as number;
      if (tells[teller] === NONE) tells[teller] = told(topology, paths, teller, found[teller] as number);
      found[speaker] = tells[teller] as number;
    }
    return found;
  }
}

/** A path through the receiver's own network is not taken (RFC 4271 §9.1.2). */
export const loops = (topology: Topology, paths: Paths, half: number, path: number): boolean =>
  topology.relation[half] !== DIRECT && paths.has(path, topology.network[topology.to[half] as number] as number);
