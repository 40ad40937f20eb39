/** What would open or close the way between two nodes: the fewest things to mend, or the fewest whose loss leaves no way. */
import type { LayerGraph, Passable } from './paths.ts';

/** Links and nodes by their numbers. */
export interface Things {
  readonly nodes: readonly number[];
  readonly links: readonly number[];
}

/** What is dead on the way to `to` on which the least is; null when there is no way at all. Of equal ways the first by name. */
export function fewestToMend(graph: LayerGraph, from: number, to: number, passable: Passable): Things | null {
  const { start, neighbour, link } = graph;
  const n = graph.nodes.length;
  const cost = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const parent = new Int32Array(n).fill(-1);
  const by = new Int32Array(n).fill(-1);
  const closed = new Uint8Array(n);
  cost[from] = 0;
  // Costs are small whole numbers: a list of nodes for each of them is queue enough.
  const byCost: number[][] = [[from]];
  for (let least = 0; least < byCost.length; least++)
    for (const node of byCost[least] ?? []) {
      if (closed[node] === 1) continue;
      closed[node] = 1;
      for (let i = start[node] as number; i < (start[node + 1] as number); i++) {
        const next = neighbour[i] as number;
        const sum = least + Number(!passable.link(link[i] as number)) + Number(!passable.node(next));
        if (sum >= (cost[next] as number)) continue;
        cost[next] = sum;
        parent[next] = node;
        by[next] = link[i] as number;
        byCost[sum] ??= [];
        byCost[sum].push(next);
      }
    }
  if (closed[to] === 0) return null;
  const nodes: number[] = [];
  const links: number[] = [];
  for (let node = to; node !== from; node = parent[node] as number) {
    if (!passable.node(node)) nodes.push(node);
    if (!passable.link(by[node] as number)) links.push(by[node] as number);
  }
  return { nodes: nodes.reverse(), links: links.reverse() };
}

/**
 * The fewest links and nodes between two ends, without which no way is left (Menger 1927; found by augmenting ways, Ford and
 * Fulkerson 1956): links only where `mayFail`. Null when some way has nothing on it that may fail.
 */
export function fewestToLose(
  graph: LayerGraph,
  from: number,
  to: number,
  passable: Passable,
  mayFail: (link: number) => boolean,
): Things | null {
  const flow = new Flow(graph, passable, mayFail, to);
  while (flow.augment(from * 2 + 1, to * 2)) if (flow.isEndless) return null;
  return flow.cut(from * 2 + 1);
}

/** Every node is a way in (2n) and a way out (2n + 1), joined by what the node itself lets through: one; the far end: all. */
class Flow {
  private readonly tail: number[] = [];
  private readonly head: number[] = [];
  private readonly room: number[] = [];
  private readonly arcsOf: number[][];
  /** What each pair of arcs stands for: a node as n, a link as -1 - l. */
  private readonly what: number[] = [];
  isEndless = false;

  constructor(graph: LayerGraph, passable: Passable, mayFail: (link: number) => boolean, to: number) {
    const { start, neighbour, link } = graph;
    this.arcsOf = graph.nodes.flatMap(() => [[], []]);
    for (let node = 0; node < graph.nodes.length; node++) {
      this.arc(node * 2, node * 2 + 1, node === to ? Number.POSITIVE_INFINITY : 1, node);
      for (let i = start[node] as number; i < (start[node + 1] as number); i++) {
        const [next, by] = [neighbour[i] as number, link[i] as number];
        if (!passable.link(by) || !passable.node(next)) continue;
        this.arc(node * 2 + 1, next * 2, mayFail(by) ? 1 : Number.POSITIVE_INFINITY, -1 - by);
      }
    }
  }

  private arc(tail: number, head: number, room: number, what: number): void {
    for (const [a, b, free] of [
      [tail, head, room],
      [head, tail, 0],
    ] as const) {
      (this.arcsOf[a] as number[]).push(this.head.length);
      this.tail.push(a);
      this.head.push(b);
      this.room.push(free);
      this.what.push(what);
    }
  }

  /** The arcs by which each spot is reached over arcs with room left; -1 for where it begins. */
  private reached(from: number): ReadonlyMap<number, number> {
    const by = new Map([[from, -1]]);
    for (const spot of by.keys())
      for (const arc of this.arcsOf[spot] as number[])
        if ((this.room[arc] as number) > 0 && !by.has(this.head[arc] as number)) by.set(this.head[arc] as number, arc);
    return by;
  }

  augment(from: number, to: number): boolean {
    const by = this.reached(from);
    if (!by.has(to)) return false;
    const way: number[] = [];
    for (let arc = by.get(to) as number; arc >= 0; arc = by.get(this.tail[arc] as number) as number) way.push(arc);
    this.isEndless = way.every((arc) => this.room[arc] === Number.POSITIVE_INFINITY);
    for (const arc of way) {
      (this.room[arc] as number)--;
      (this.room[arc ^ 1] as number)++;
    }
    return true;
  }

  /** The full arcs that lead out of what is still reached. */
  cut(from: number): Things {
    const by = this.reached(from);
    const nodes: number[] = [];
    const links: number[] = [];
    for (let arc = 0; arc < this.head.length; arc += 2) {
      if (!by.has(this.tail[arc] as number) || by.has(this.head[arc] as number)) continue;
      const what = this.what[arc] as number;
      if (what >= 0) nodes.push(what);
      else links.push(-1 - what);
    }
    return { nodes, links };
  }
}
