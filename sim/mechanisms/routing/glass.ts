/** A looking glass: what a network has heard of the ways to one block, in the order of its decision, read off the tables as they are. */
import type { Engine } from '../../engine/engine.ts';
import type { HeardRoute, Neighbour, RefusedRoute, RouteTold, Step } from '../../model/looks.ts';
import { byName, type Ms } from '../../model/units.ts';
import { NONE } from './paths.ts';
import { CUSTOMER, DIRECT, PEER, PROVIDER, preference, SIBLING } from './policy.ts';
import { loops, OWN } from './static.ts';
import type { RunningTable } from './tables.ts';
import type { Topology } from './topology.ts';

export const NEIGHBOURS: Readonly<Record<number, Neighbour>> = {
  [PROVIDER]: 'provider',
  [PEER]: 'peer',
  [CUSTOMER]: 'customer',
  [SIBLING]: 'sibling',
  [DIRECT]: 'direct',
};

/** A route as it lies in a table, with what it is compared by. */
interface Candidate {
  readonly edge: number;
  readonly half: number;
  readonly path: number;
  readonly rank: number | null;
}

interface Standing {
  carries(half: number): boolean;
}

export class Glass {
  constructor(
    private readonly engine: Engine,
    private readonly topology: Topology,
    private readonly sessions: Standing,
    private readonly holdEnds: (session: number) => Ms,
  ) {}

  /** All edges of the network together: it has the best route of any of them. */
  of(network: string, edges: readonly number[], table: RunningTable): RouteTold {
    const found = edges.flatMap((edge) => this.candidates(edge, table));
    const compare = (a: Candidate, b: Candidate): Step => this.step(a, b, table);
    found.sort((a, b) => (this.beats(a, b, table) ? -1 : 1));
    const [best, next] = found;
    const { name, cidr } = table.planned.prefix;
    const refused: RefusedRoute[] = [];
    const silent = new Set<string>();
    for (const edge of edges) this.others(edge, table, refused, silent);
    for (const { from } of [...refused, ...found.map(({ half }) => ({ from: this.nameOf(half) }))])
      silent.delete(from ?? '');
    return {
      ask: 'route',
      network,
      prefix: name,
      cidr,
      routes: found.map((one) => {
        const other = one === best ? next : best;
        return { ...this.heard(one, table), best: one === best, decidedBy: other ? compare(one, other) : null };
      }),
      refused: refused.sort((a, b) => byName(a.from, b.from) || byName(a.at, b.at)),
      silent: [...silent].sort(byName),
    };
  }

  private nameOf(half: number): string | null {
    return half === OWN ? null : (this.topology.speakers[this.topology.from[half] as number] as string);
  }
  private halvesInto(edge: number): readonly number[] {
    const { firstIn } = this.topology;
    const first = firstIn[edge] as number;
    return Array.from({ length: (firstIn[edge + 1] as number) - first }, (_, k) => first + k);
  }

  private candidates(edge: number, { rib }: RunningTable): readonly Candidate[] {
    const own: Candidate[] = rib.own[edge] === 1 ? [{ edge, half: OWN, path: NONE, rank: null }] : [];
    const heard = this.halvesInto(edge)
      .filter((half) => rib.heard[half] !== NONE)
      .map((half): Candidate => {
        const path = rib.heard[half] as number;
        return { edge, half, path, rank: rib.rankOf(edge, path) };
      });
    return [...own, ...heard];
  }

  /** What is told to an edge and not among its routes. */
  private others(edge: number, { rib, wire }: RunningTable, refused: RefusedRoute[], silent: Set<string>): void {
    const { topology } = this;
    for (const half of this.halvesInto(edge)) {
      if (rib.heard[half] !== NONE) continue;
      const path = wire.told[half] as number;
      const from = this.nameOf(half) as string;
      if (path <= NONE || !wire.isQuiet(half)) {
        silent.add(from);
        continue;
      }
      refused.push({
        at: topology.speakers[edge] as string,
        from,
        session: this.sessionOf(half),
        neighbour: NEIGHBOURS[topology.relation[half] as number] as Neighbour,
        path: this.pathOf(rib.paths.list(path)),
        rule: loops(topology, rib.paths, half, path) ? 'loop' : 'not a listed path',
      });
    }
  }

  private heard({ edge, half, path }: Candidate, table: RunningTable): Omit<HeardRoute, 'best' | 'decidedBy'> {
    const { topology, engine } = this;
    const at = topology.speakers[edge] as string;
    if (half === OWN) {
      const site = table.planned.sites.find(({ name }) => name === at);
      return {
        at,
        from: null,
        session: null,
        neighbour: 'own',
        preference: 0,
        path: [],
        since: site ? Math.max(0, engine.board.since[site.announces.id] as number) : 0,
        borneUntil: null,
      };
    }
    return {
      at,
      from: this.nameOf(half),
      session: this.sessionOf(half),
      neighbour: NEIGHBOURS[topology.relation[half] as number] as Neighbour,
      preference: preference(topology.relation[half] as number) * 100,
      path: this.pathOf(table.rib.paths.list(path)),
      since: table.wire.since[half] as number,
      borneUntil: this.sessions.carries(half) ? null : this.holdEnds(topology.session[half] as number),
    };
  }

  private sessionOf(half: number): string | null {
    const session = this.topology.session[half] as number;
    return session < 0 ? null : (this.topology.sessions[session]?.name ?? null);
  }
  private pathOf(path: readonly number[]): readonly string[] {
    return path.map((network) => this.topology.networks[network] as string);
  }

  /** Which of two routes is taken, and by which step of the decision. */
  private beats(a: Candidate, b: Candidate, table: RunningTable): boolean {
    const { relation } = this.topology;
    const { paths } = table.rib;
    switch (this.step(a, b, table)) {
      case 'own':
        return a.half === OWN && (b.half !== OWN || a.edge < b.edge);
      case 'listed path':
        return (a.rank as number) < (b.rank as number);
      case 'preference':
        return preference(relation[a.half] as number) > preference(relation[b.half] as number);
      case 'path length':
        return paths.length(a.path) < paths.length(b.path);
      case 'lower edge':
        return a.edge < b.edge;
      default:
        return a.half < b.half;
    }
  }
  private step(a: Candidate, b: Candidate, { rib }: RunningTable): Step {
    const { relation } = this.topology;
    if (a.half === OWN || b.half === OWN) return 'own';
    if (a.edge === b.edge && a.rank !== null && b.rank !== null && a.rank !== b.rank) return 'listed path';
    if (preference(relation[a.half] as number) !== preference(relation[b.half] as number)) return 'preference';
    if (rib.paths.length(a.path) !== rib.paths.length(b.path)) return 'path length';
    return a.edge === b.edge ? 'lower neighbour' : 'lower edge';
  }
}
