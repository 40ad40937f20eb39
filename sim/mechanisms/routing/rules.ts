/** What speakers do with routes on their way in and out: policies, roles (RFC 9234), communities that bind (RFC 1997, 7999). */
import type { Authorisation, Node, Policy, Prefix, Validity } from '../../model/scenario.ts';
import { Communities } from './communities.ts';
import { NONE, type Paths } from './paths.ts';
import { CUSTOMER, learntFrom, PEER, PROVIDER, preference, tells } from './policy.ts';
import { type Attributes, BY_RELATION, NOBODY, PLAIN, Routes } from './routes.ts';
import { OWN } from './static.ts';
import { judge, mayMatch, type Reading, type Subject, type Term, termsOf, type Verdict } from './terms.ts';
import { systemNumber, type Topology } from './topology.ts';
import { Origins } from './validity.ts';

/** What all tables of a run have in common. */
export class Rules implements Reading {
  readonly routes: Routes;
  readonly communities = new Communities();
  readonly numberOf: (system: string) => number;
  private readonly terms = new Map<Policy, readonly Term[]>();

  constructor(
    readonly topology: Topology,
    readonly paths: Paths,
    nodes: ReadonlyMap<string, Node>,
    readonly authorisations: ReadonlyMap<string, Authorisation>,
  ) {
    this.routes = new Routes(paths);
    this.numberOf = systemNumber(topology, nodes);
    for (const policy of [...topology.imports.values(), ...topology.exports.values()])
      if (!this.terms.has(policy)) this.terms.set(policy, termsOf(policy, this));
  }

  termsOf(policy: Policy): readonly Term[] {
    return this.terms.get(policy) as readonly Term[];
  }

  /** The terms by half that may match routes to a block; none of a policy that cannot. */
  relevant(
    policies: ReadonlyMap<number, Policy>,
    announcements: readonly Prefix[],
  ): ReadonlyMap<number, readonly Term[]> {
    const found = new Map<number, readonly Term[]>();
    const kept = new Map<Policy, readonly Term[]>();
    for (const [half, policy] of policies) {
      const terms = kept.get(policy) ?? this.termsOf(policy).filter(({ written }) => mayMatch(written, announcements));
      kept.set(policy, terms);
      if (terms.length > 0) found.set(half, terms);
    }
    return found;
  }
}

/** A role (RFC 9234) or a term of a policy by which a route is refused. */
export type Refusal =
  | { readonly rule: 'role' }
  | { readonly rule: 'policy'; readonly policy: string; readonly term: string };

/** The rules as they are for one block. */
export class BlockRules {
  readonly routes: Routes;
  private readonly imports: ReadonlyMap<number, readonly Term[]>;
  private readonly exports: ReadonlyMap<number, readonly Term[]>;
  private readonly origins: Origins;
  /** By announcement: the route as the one that announces it has it, and the path it tells behind its own number. */
  readonly own: readonly number[];
  readonly tails: readonly number[];

  constructor(
    private readonly rules: Rules,
    private readonly announcements: readonly Prefix[],
  ) {
    const { routes, paths, communities, topology } = rules;
    this.routes = routes;
    this.imports = rules.relevant(topology.imports, announcements);
    this.exports = rules.relevant(topology.exports, announcements);
    this.origins = new Origins(announcements[0]?.cidr ?? null, rules.authorisations.values(), rules.numberOf);
    this.tails = announcements.map(({ tail }) => paths.of(tail.map(rules.numberOf)));
    const local = paths.of([]);
    this.own = announcements.map((prefix, announcement) =>
      routes.of(local, { ...PLAIN, announcement, communities: communities.of(prefix.communities) }),
    );
  }

  /** The route as the receiver of a half takes it, by roles and policy; NONE: it does not. */
  taken(half: number, route: number): number {
    const { rules, routes } = this;
    const { topology, paths } = rules;
    const told = routes.attributesOf(route);
    const marked = this.markedAsHeard(half, told.marked);
    if (marked === null) return NONE;
    const terms = this.imports.get(half);
    if (!terms) return marked === told.marked ? route : routes.of(routes.pathOf(route), { ...told, marked });
    let path = routes.pathOf(route);
    const verdict = this.verdict(terms, path, told, topology.relation[half] as number, -1);
    if (verdict.then === 'reject') return NONE;
    const network = topology.network[topology.to[half] as number] as number;
    for (let i = 0; i < verdict.prepend; i++) path = paths.cons(network, path);
    const { communities } = verdict;
    const med = verdict.med ?? told.med;
    return routes.of(path, { ...told, marked, communities, med, preference: verdict.preference ?? BY_RELATION });
  }

  /** Why the receiver of a half refuses a route; null: by none of these. */
  refusal(half: number, route: number): Refusal | null {
    const told = this.routes.attributesOf(route);
    if (this.markedAsHeard(half, told.marked) === null) return { rule: 'role' };
    const terms = this.imports.get(half) ?? [];
    const { topology } = this.rules;
    const { then, by } = this.verdict(terms, this.routes.pathOf(route), told, topology.relation[half] as number, -1);
    if (then !== 'reject') return null;
    return { rule: 'policy', policy: (topology.imports.get(half) as Policy).name, term: by as string };
  }

  /** What the sender of a half tells of the route it uses over `over`; NONE: nothing. */
  told(half: number, route: number, over: number): number {
    const { rules, routes } = this;
    const { topology, communities, paths } = rules;
    const used = routes.attributesOf(route);
    if (over !== OWN && communities.isKept(used.communities)) return NONE;
    const sender = topology.from[half] as number;
    const relation = topology.relation[half] as number;
    const marked = this.markedAsTold(sender, relation, used.marked);
    if (marked === null) return NONE;
    const learnt = over === OWN ? null : (topology.relation[over] as number);
    let path = over === OWN ? (this.tails[used.announcement] as number) : routes.pathOf(route);
    const terms = this.exports.get(half);
    const verdict = terms ? this.verdict(terms, path, used, learnt, sender) : null;
    const then = verdict?.then ?? (tells(relation, learnt) ? 'accept' : 'reject');
    if (then === 'reject') return NONE;
    const network = topology.network[sender] as number;
    for (let i = (topology.prepend[sender] as number) + (verdict?.prepend ?? 0); i >= 0; i--)
      path = paths.cons(network, path);
    // Neither preference nor the MED somebody else has set goes any further (RFC 4271 §5.1.4, §5.1.5).
    return routes.of(path, {
      ...PLAIN,
      announcement: used.announcement,
      communities: verdict?.communities ?? used.communities,
      med: verdict?.med ?? PLAIN.med,
      marked,
    });
  }

  /** RFC 9234 §5, on the way in: what a customer tells though it is for customers only is a leak; null: it is not taken. */
  private markedAsHeard(half: number, marked: number): number | null {
    const { topology } = this.rules;
    if (topology.roles[topology.to[half] as number] === 0) return marked;
    const relation = topology.relation[half] as number;
    const teller = topology.network[topology.from[half] as number] as number;
    if (marked !== NOBODY && (relation === CUSTOMER || (relation === PEER && marked !== teller))) return null;
    return marked === NOBODY && (relation === PROVIDER || relation === PEER) ? teller : marked;
  }
  /** And on the way out: what is for customers only goes to nobody else; what a customer or peer is told is so from now on. */
  private markedAsTold(sender: number, relation: number, marked: number): number | null {
    const { topology } = this.rules;
    if (topology.roles[sender] === 0) return marked;
    if (marked !== NOBODY) return relation === CUSTOMER || relation === PEER ? null : marked;
    return relation === PROVIDER || relation === PEER ? (topology.network[sender] as number) : marked;
  }

  /** `learnt`: what the one a route was learnt from is; null: it is the sender's own. `origin`: who it begins with if its path is empty. */
  private verdict(
    terms: readonly Term[],
    path: number,
    of: Attributes,
    learnt: number | null,
    sender: number,
  ): Verdict {
    const { topology, paths } = this.rules;
    const subject: Subject = {
      announcement: this.announcements[of.announcement] as Prefix,
      path,
      communities: of.communities,
      learnt: learntFrom(learnt),
      validity: () => this.origins.of(paths.origin(path, topology.network[sender] ?? NOBODY)),
    };
    return judge(terms, subject, this.rules);
  }

  // ---- what is read off a route ----

  announcementOf(route: number): number {
    return this.routes.attributesOf(route).announcement;
  }
  preference(half: number, route: number): number {
    const set = this.routes.attributesOf(route).preference;
    return set === BY_RELATION ? preference(this.rules.topology.relation[half] as number) : set;
  }
  med(route: number): number {
    return this.routes.attributesOf(route).med;
  }
  communities(route: number): readonly string[] {
    return this.rules.communities.list(this.routes.attributesOf(route).communities);
  }
  /** The system that said it is for customers only, by number; `NOBODY`: none did. */
  marked(route: number): number {
    return this.routes.attributesOf(route).marked;
  }
  /** The outcome of origin validation; null where nothing is authorised at all. `speaker`: who has the route. */
  validity(route: number, speaker: number): Validity | null {
    if (this.rules.authorisations.size === 0) return null;
    const { topology, paths } = this.rules;
    return this.origins.of(paths.origin(this.routes.pathOf(route), topology.network[speaker] ?? NOBODY));
  }
  /** Whether who has heard this route drops what is sent there (RFC 7999). */
  drops(route: number): boolean {
    return this.rules.communities.drops(this.routes.attributesOf(route).communities);
  }
}
