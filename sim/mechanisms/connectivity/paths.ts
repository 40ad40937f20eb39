/** Paths over links and nodes that are up, on one layer: components, the border of what is still reached, and canonical paths. */
import type { ScenarioGraph } from '../../model/graph.ts';
import { byName } from '../../model/units.ts';

/**
 * The graph of one layer, in flat rows: the links of that layer and those without one. Nodes and links by canonical order of their
 * names; the pairs (neighbour, link) of a node sorted by neighbour, so that walks are the same whatever the order of the file.
 */
export interface LayerGraph {
  readonly nodes: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly links: readonly string[];
  readonly start: Int32Array;
  readonly neighbour: Int32Array;
  readonly link: Int32Array;
}

export function layerGraph(graph: ScenarioGraph, layer: string | undefined): LayerGraph {
  const open = (edge: string): boolean => {
    const { relation, layer: its } = graph.getEdgeAttributes(edge);
    return (relation === 'link' || relation === 'place') && (layer === undefined || its === null || its === layer);
  };
  const links = graph.undirectedEdges().filter(open).sort(byName);
  const nodes = [...new Set(links.flatMap((link) => graph.extremities(link)))].sort(byName);
  const indexOf = new Map(nodes.map((name, index) => [name, index]));
  const pairs: [neighbour: number, link: number][][] = nodes.map(() => []);
  for (const [index, link] of links.entries()) {
    const [from, to] = graph.extremities(link).map((end) => indexOf.get(end) as number) as [number, number];
    pairs[from]?.push([to, index]);
    pairs[to]?.push([from, index]);
  }
  const start = new Int32Array(nodes.length + 1);
  for (const [node, list] of pairs.entries()) start[node + 1] = (start[node] as number) + list.length;
  const flat = pairs.flatMap((list) => list.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
  return {
    nodes,
    indexOf,
    links,
    start,
    neighbour: Int32Array.from(flat, (pair) => pair[0]),
    link: Int32Array.from(flat, (pair) => pair[1]),
  };
}

/** What holds on a layer at a moment, for the walks. */
export interface Passable {
  node(index: number): boolean;
  link(index: number): boolean;
}

/**
 * Nodes reached from `from`, with the (node, link) each was reached by; breadth first in canonical order. `from` itself need not be
 * up: whether it is has nothing to do with what its place in the network can reach.
 */
export class Walk {
  private readonly seen: Int32Array;
  private readonly queue: Int32Array;
  readonly parent: Int32Array;
  readonly by: Int32Array;
  /** What was not reached falls into parts that would hang together were everything up: the mark of each node's part, none used twice. */
  private readonly part: Int32Array;
  private readonly partQueue: Int32Array;
  private parts = 0;
  private firstPart = 1;
  private stamp = 0;
  private count = 0;

  constructor(private readonly graph: LayerGraph) {
    const n = graph.nodes.length;
    this.seen = new Int32Array(n);
    this.queue = new Int32Array(n);
    this.parent = new Int32Array(n);
    this.by = new Int32Array(n);
    this.part = new Int32Array(n);
    this.partQueue = new Int32Array(n);
  }

  from(source: number, passable: Passable): void {
    const { start, neighbour, link } = this.graph;
    this.stamp++;
    this.count = 0;
    this.firstPart = this.parts + 1;
    this.visit(source, -1, -1);
    for (let head = 0; head < this.count; head++) {
      const node = this.queue[head] as number;
      for (let i = start[node] as number; i < (start[node + 1] as number); i++) {
        const next = neighbour[i] as number;
        if (this.seen[next] !== this.stamp && passable.link(link[i] as number) && passable.node(next))
          this.visit(next, node, link[i] as number);
      }
    }
  }
  private visit(node: number, parent: number, by: number): void {
    this.seen[node] = this.stamp;
    this.parent[node] = parent;
    this.by[node] = by;
    this.queue[this.count++] = node;
  }
  reached(node: number): boolean {
    return this.seen[node] === this.stamp;
  }

  /** What stands at the border of what was reached, on the ways on to `to`: links that carry nothing, and nodes that are down. */
  border(to: number, passable: Passable, found: (kind: 'link' | 'node', index: number) => void): void {
    const { start, neighbour, link } = this.graph;
    const beyond = this.partOf(to);
    for (let head = 0; head < this.count; head++) {
      const node = this.queue[head] as number;
      for (let i = start[node] as number; i < (start[node + 1] as number); i++) {
        const next = neighbour[i] as number;
        if (this.part[next] !== beyond || this.reached(next)) continue;
        if (!passable.link(link[i] as number)) found('link', link[i] as number);
        else if (!passable.node(next)) found('node', next);
      }
    }
  }

  /** Marks the nodes that were not reached and are joined to `to` without those that were, once a walk. */
  private partOf(to: number): number {
    const { part, partQueue } = this;
    if ((part[to] as number) >= this.firstPart) return part[to] as number;
    const { start, neighbour } = this.graph;
    const mark = ++this.parts;
    part[to] = mark;
    partQueue[0] = to;
    for (let head = 0, count = 1; head < count; head++) {
      const node = partQueue[head] as number;
      for (let i = start[node] as number; i < (start[node + 1] as number); i++) {
        const next = neighbour[i] as number;
        if (part[next] === mark || this.reached(next)) continue;
        part[next] = mark;
        partQueue[count++] = next;
      }
    }
    return mark;
  }

  /** The links and nodes of the path by which `to` was reached, the source left out. */
  path(to: number, found: (kind: 'link' | 'node', index: number) => void): void {
    for (let node = to; (this.parent[node] as number) >= 0; node = this.parent[node] as number) {
      found('node', node);
      found('link', this.by[node] as number);
    }
  }
}
