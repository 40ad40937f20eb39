/** A looking glass: what a network has heard of the ways to one block, and where each lost, read off the tables as they are. */
import type { Engine } from '../../engine/engine.ts';
import type { HeardRoute, LostAt, Neighbour, RefusedRoute, RouteTold } from '../../model/looks.ts';
import { byName, type Ms } from '../../model/units.ts';
import { decide, STEPS } from './decision.ts';
import { NONE } from './paths.ts';
import { CUSTOMER, DIRECT, PEER, PROVIDER, preference, SIBLING } from './policy.ts';
import { NOBODY } from './routes.ts';
import { OWN } from './static.ts';
import type { RunningTable } from './tables.ts';
import type { Topology } from './topology.ts';

/** What people call the one at the other end, by relation. */
export const NEIGHBOURS: Readonly<Record<number, Neighbour>> = {
  [PROVIDER]: 'provider',
  [PEER]: 'peer',
  [CUSTOMER]: 'customer',
  [SIBLING]: 'sibling',
  [DIRECT]: 'direct',
};

/** The steps of the decision; that between edges of one network comes last. */
const ORDER: readonly LostAt[] = [...STEPS, 'edge'];

/** A route as it lies in a table, and where it lost. */
interface Entry {
  readonly edge: number;
  readonly half: number;
  readonly lostAt: LostAt | null;
}

export class Glass {
  constructor(
    private readonly engine: Engine,
    private readonly topology: Topology,
    private readonly stands: (half: number) => boolean,
    /** When what is kept of a session that does not stand is given up; -1: nobody knows. */
    private readonly keptUntil: (session: number) => Ms,
  ) {}

  /** All edges of the network together: it has the best route of any of them. */
  of(network: string, edges: readonly number[], prefix: string, table: RunningTable): RouteTold {
    const entries = this.entries(edges, table);
    const refused: RefusedRoute[] = [];
    const silent = new Set<string>();
    const unjoined = new Set<string>();
    for (const edge of edges) this.others(edge, table, refused, silent, unjoined);
    const heard = entries.map((entry) => this.heard(entry, table));
    for (const { from } of [...heard, ...refused])
      if (from !== null) for (const list of [silent, unjoined]) list.delete(from);
    return {
      ask: 'route',
      network,
      prefix,
      cidr: table.planned.announcements[0].cidr,
      routes: heard,
      refused: refused.sort((a, b) => byName(a.from, b.from) || byName(a.at, b.at)),
      silent: [...silent].sort(byName),
      unjoined: [...unjoined].sort(byName),
    };
  }

  /** The best first; then those that came further in the decision before those that lost sooner. */
  private entries(edges: readonly number[], { rib }: RunningTable): readonly Entry[] {
    const { having, candidates } = rib.champions(edges);
    const between = decide(candidates);
    const found = edges.flatMap((edge): Entry[] => {
      const { halves, candidates: own } = rib.candidates(edge);
      const { lostAt } = decide(own);
      const lost = between.lostAt[having.indexOf(edge)] ?? null;
      const champion = lost === 'neighbour' ? 'edge' : lost;
      return halves.map((half, k) => ({ edge, half, lostAt: lostAt[k] ?? champion }));
    });
    const came = ({ lostAt }: Entry): number => (lostAt === null ? ORDER.length : ORDER.indexOf(lostAt));
    return found.sort((a, b) => came(b) - came(a) || a.edge - b.edge || a.half - b.half);
  }

  private halvesInto(edge: number): readonly number[] {
    const { firstIn } = this.topology;
    const first = firstIn[edge] as number;
    return Array.from({ length: (firstIn[edge + 1] as number) - first }, (_, k) => first + k);
  }

  /** What is told to an edge and not among its routes; who tells nothing; and with whom no session stands. */
  private others(
    edge: number,
    { rib, wire }: RunningTable,
    refused: RefusedRoute[],
    silent: Set<string>,
    unjoined: Set<string>,
  ): void {
    const { topology } = this;
    for (const half of this.halvesInto(edge)) {
      if (rib.heard[half] !== NONE) continue;
      const told = rib.offeredOver(half) ?? wire.lastTold(half);
      const { from, session, neighbour } = this.sender(half);
      if (told === NONE) {
        (this.stands(half) ? silent : unjoined).add(from);
        continue;
      }
      const why = rib.refusal(half, told);
      const path = this.namesOf(rib.paths.list(rib.pathOf(told)));
      const term = why.rule === 'policy' ? ([why.policy, why.term] as const) : null;
      refused.push({ at: topology.speakers[edge] as string, from, session, neighbour, path, rule: why.rule, term });
    }
  }

  private heard({ edge, half, lostAt }: Entry, table: RunningTable): HeardRoute {
    const { topology } = this;
    const { rib, rules, planned } = table;
    const route = (half === OWN ? rib.own[edge] : rib.heard[half]) as number;
    const marked = rules.marked(route);
    const at = topology.speakers[edge] as string;
    const announcement = rib.announcementOf(route);
    const common = {
      at,
      path: this.namesOf(rib.paths.list(rib.pathOf(route))),
      med: rules.med(route),
      communities: rules.communities(route),
      validity: rules.validity(route, edge),
      onlyToCustomers: marked === NOBODY ? null : (topology.networks[marked] ?? null),
      announcement: planned.announcements[announcement]?.name ?? '',
      lostAt,
    };
    if (half === OWN) {
      const site = planned.sites.find((one) => one.name === at && one.announcement === announcement);
      const since = site ? Math.max(0, this.engine.board.since[site.announces.id] as number) : 0;
      return {
        ...common,
        from: null,
        session: null,
        neighbour: 'own',
        preference: 0,
        since,
        stands: true,
        keptUntil: null,
      };
    }
    return {
      ...common,
      ...this.sender(half),
      preference: rib.rules?.preference(half, route) ?? preference(topology.relation[half] as number),
      since: table.since[half] as number,
      ...this.standing(half),
    };
  }

  private sender(half: number): {
    readonly from: string;
    readonly session: string | null;
    readonly neighbour: Neighbour;
  } {
    const { speakers, from, session, sessions, relation } = this.topology;
    return {
      from: speakers[from[half] as number] as string,
      session: sessions[session[half] as number]?.name ?? null,
      neighbour: NEIGHBOURS[relation[half] as number] as Neighbour,
    };
  }
  private standing(half: number): Pick<HeardRoute, 'stands' | 'keptUntil'> {
    if (this.stands(half)) return { stands: true, keptUntil: null };
    const until = this.keptUntil(this.topology.session[half] as number);
    return { stands: false, keptUntil: until < 0 ? null : until };
  }
  private namesOf(path: readonly number[]): readonly string[] {
    return path.map((network) => this.topology.networks[network] as string);
  }
}
