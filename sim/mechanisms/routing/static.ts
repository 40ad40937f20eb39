/** The stable routes under policies of Gao and Rexford, in closed form: customers' routes up, one hop over peers, then down to customers. */
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

/**
 * After Gao and Rexford (2001), §4. Within a phase shorter paths are settled first, and among equally long ones the lowest half; so
 * every speaker takes the best of what its neighbours tell it, and the state is the one the messages end in (R11).
 */
export function solveStatically(
  topology: Topology,
  paths: Paths,
  announces: (speaker: number) => boolean,
  carries: (half: number) => boolean,
): Solution {
  const count = topology.speakers.length;
  const routes: Solution = { half: new Int32Array(count).fill(NO_HALF), path: new Int32Array(count) };
  for (let speaker = 0; speaker < count; speaker++) {
    if (!announces(speaker)) continue;
    routes.half[speaker] = OWN;
    routes.path[speaker] = LOCAL;
  }
  const solver = new Solver(topology, paths, routes, carries);
  solver.spread(CUSTOMER);
  solver.overPeers();
  solver.spread(PROVIDER);
  return routes;
}

/** The path as the sender tells it: with its own number in front, as often as it prepends. */
export function told(topology: Topology, paths: Paths, speaker: number, path: number): number {
  const network = topology.network[speaker] as number;
  let longer = path;
  for (let i = topology.prepend[speaker] as number; i >= 0; i--) longer = paths.cons(network, longer);
  return longer;
}

class Solver {
  /** What each speaker that has a route tells, made once. */
  private readonly tells: Int32Array;

  constructor(
    private readonly topology: Topology,
    private readonly paths: Paths,
    private readonly routes: Solution,
    private readonly carries: (half: number) => boolean,
  ) {
    this.tells = new Int32Array(topology.speakers.length);
  }

  private told(speaker: number): number {
    const known = this.tells[speaker] as number;
    if (known !== NONE) return known;
    const path = told(this.topology, this.paths, speaker, this.routes.path[speaker] as number);
    this.tells[speaker] = path;
    return path;
  }

  /** Passes routes on over all halves of one relation, shorter paths first, to speakers that have none yet. */
  spread(relation: number): void {
    const { topology, routes, paths, carries } = this;
    /** Halves by the length of the path they would bring. */
    const waiting: number[][] = [];
    const offer = (speaker: number): void => {
      const length = paths.length(this.told(speaker));
      for (let i = topology.firstOut[speaker] as number; i < (topology.firstOut[speaker + 1] as number); i++) {
        const half = topology.outs[i] as number;
        if (topology.relation[half] !== relation || routes.half[topology.to[half] as number] !== NO_HALF) continue;
        if (!carries(half)) continue;
        while (waiting.length <= length) waiting.push([]);
        (waiting[length] as number[]).push(half);
      }
    };
    for (let speaker = 0; speaker < topology.speakers.length; speaker++)
      if (routes.path[speaker] !== NONE) offer(speaker);
    for (let length = 0; length < waiting.length; length++) {
      const taken: number[] = [];
      const isTaken = new Set<number>();
      for (const half of waiting[length] as number[]) {
        const to = topology.to[half] as number;
        const other = routes.half[to] as number;
        if (other !== NO_HALF && !(half < other && isTaken.has(to))) continue;
        if (!this.take(half) || isTaken.has(to)) continue;
        isTaken.add(to);
        taken.push(to);
      }
      for (const speaker of taken) offer(speaker);
    }
  }

  /** One hop over peers, of own and customers' routes only; and from sites to those who hear them directly. */
  overPeers(): void {
    const { topology, routes, paths } = this;
    const { firstIn, from, relation, speakers } = topology;
    const best: number[] = [];
    for (let speaker = 0; speaker < speakers.length; speaker++) {
      if (routes.half[speaker] !== NO_HALF) continue;
      let found = NO_HALF;
      let shortest = Number.POSITIVE_INFINITY;
      for (let half = firstIn[speaker] as number; half < (firstIn[speaker + 1] as number); half++) {
        const sender = from[half] as number;
        const kind = relation[half];
        if (routes.half[sender] === NO_HALF || (kind !== PEER && kind !== DIRECT) || !this.carries(half)) continue;
        if (kind === DIRECT && routes.half[sender] !== OWN) continue;
        const path = this.told(sender);
        if (paths.length(path) >= shortest || loops(topology, paths, half, path)) continue;
        shortest = paths.length(path);
        found = half;
      }
      if (found !== NO_HALF) best.push(found);
    }
    // All at once: what came over a peer is not told to another.
    for (const half of best) this.take(half);
  }

  private take(half: number): boolean {
    const { topology, paths, routes } = this;
    const path = this.told(topology.from[half] as number);
    if (loops(topology, paths, half, path)) return false;
    routes.half[topology.to[half] as number] = half;
    routes.path[topology.to[half] as number] = path;
    return true;
  }
}

/** A path through the receiver's own network is not taken (RFC 4271 §9.1.2). */
export const loops = (topology: Topology, paths: Paths, half: number, path: number): boolean =>
  topology.relation[half] !== DIRECT && paths.has(path, topology.network[topology.to[half] as number] as number);
