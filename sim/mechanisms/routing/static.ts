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

/** The halves of one relation by their sender, with their receivers: `first[speaker] .. first[speaker + 1]`. */
interface Ways {
  readonly first: Int32Array;
  readonly half: Int32Array;
  readonly to: Int32Array;
}

function waysOf({ speakers, relation, from, to, outs }: Topology, ...relations: readonly number[]): Ways {
  const half = outs.filter((out) => relations.includes(relation[out] as number));
  const first = starts(
    speakers.length,
    half.map((out) => from[out] as number),
  );
  return { first, half, to: half.map((out) => to[out] as number) };
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
  private readonly up: Ways;
  private readonly across: Ways;
  private readonly down: Ways;
  /** By speaker: whether its network has another one, so that a path may come back to it. */
  private readonly shares: Uint8Array;
  /** By speaker: whether it has customers, whom it tells all it hears. Most have none. */
  private readonly sells: Uint8Array;
  /**
   * Speakers by the length at which they may be settled, and how many of each list count; and those that are, each behind the one it
   * heard, but for those who tell nobody of what a provider told them.
   */
  private readonly waiting: Int32Array[] = [];
  private readonly counts: number[] = [];
  private readonly order: Int32Array;
  private settled = 0;
  /** Whether anybody prepends: else all that is told by speakers of one list is equally long. */
  private readonly uneven: boolean;

  constructor(private readonly topology: Topology) {
    const { speakers, network, networks } = topology;
    this.half = new Int32Array(speakers.length).fill(NO_HALF);
    this.rank = new Int32Array(speakers.length);
    this.order = new Int32Array(speakers.length);
    this.up = waysOf(topology, CUSTOMER);
    this.across = waysOf(topology, PEER, DIRECT);
    this.down = waysOf(topology, PROVIDER);
    const { first } = this.down;
    this.sells = Uint8Array.from(speakers, (_, speaker) => Number(first[speaker] !== first[speaker + 1]));
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
  }

  private wait(speaker: number, long: number): void {
    const { waiting, counts } = this;
    while (waiting.length <= long) counts[waiting.push(new Int32Array(this.half.length)) - 1] = 0;
    const count = counts[long] as number;
    (waiting[long] as Int32Array)[count] = speaker;
    counts[long] = count + 1;
  }

  /** Passes on the routes of all that wait, shorter ones first. */
  private spread({ first, half: ways, to: receivers }: Ways, phase: number, carries: (half: number) => boolean): void {
    const { half, rank, waiting, counts, order, shares, sells, uneven } = this;
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
          if (phase !== ABOVE || sells[to] === 1) this.wait(to, longer);
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
        const to = across.to[i] as number;
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
    const find = (speaker: number): void => {
      const way = half[speaker] as number;
      if (way === OWN) found[speaker] = LOCAL;
      if (way < 0) return;
      const teller = topology.from[way] as number;
      if (tells[teller] === NONE) tells[teller] = told(topology, paths, teller, found[teller] as number);
      found[speaker] = tells[teller] as number;
    };
    for (let k = 0; k < this.settled; k++) find(order[k] as number);
    for (let speaker = 0; speaker < found.length; speaker++) if (found[speaker] === NONE) find(speaker);
    return found;
  }
}

/** A path through the receiver's own network is not taken (RFC 4271 §9.1.2). */
export const loops = (topology: Topology, paths: Paths, half: number, path: number): boolean =>
  topology.relation[half] !== DIRECT && paths.has(path, topology.network[topology.to[half] as number] as number);
