/**
 * Routing: sites announce prefixes while their own condition holds, and networks tell each other of them (RFC 4271) by the policies
 * of Gao and Rexford. A network without a session hears every site directly, by the prefix's own lags alone.
 *
 * Speakers are the ends of sessions and the sites that announce. Sites of one network are edges of their own: nothing passes between
 * them inside, and a network has a route while one of its edges has. Not modelled: MED, communities, filters, origin validation.
 */
import type { Engine } from '../../engine/engine.ts';
import { Followers } from '../../engine/follower.ts';
import { Items } from '../../engine/items.ts';
import type { Complaint, FactRef, Mechanism, MechanismPlan, Part, SignalRef } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Planner } from '../../engine/planner.ts';
import type { Turn } from '../../engine/turn.ts';
import { covers } from '../../model/blocks.ts';
import { limitsOf } from '../../model/limits.ts';
import type { Link, Node, Prefix, Scenario } from '../../model/scenario.ts';
import { byName } from '../../model/units.ts';
import { causesOf } from './causes.ts';
import { isForwarding } from './forwarding.ts';
import { turnOfRoute } from './otherwise.ts';
import { Peering } from './peering.ts';
import {
  ANNOUNCES,
  FORWARDING,
  type PlannedQuestion,
  type PlannedSite,
  type PlannedTable,
  SITE,
  TABLE,
} from './planned.ts';
import { RunningRouting } from './run.ts';
import { Chains, systemOf, type Topology, topologyOf } from './topology.ts';

export const routing: Mechanism = {
  name: 'routing',
  owns: ['announces', 'route', 'path', 'lands', 'forwards', 'session', 'limited'],
  plan: (scenario, planner) => new RoutingPlan(scenario, planner),
};

export class RoutingPlan implements MechanismPlan {
  readonly supposes = false;
  readonly items = new Items();
  readonly followers: Followers;
  /** Those that somebody asks for, by name. */
  tables: readonly PlannedTable[] = [];
  /** By number of their items; null where nobody asks. */
  readonly sites: (PlannedSite | null)[] = [];
  readonly questions: PlannedQuestion[] = [];
  readonly peering: Peering;
  topology!: Topology;
  forwarding = -1;
  readonly part: number;
  private readonly reserved = new Map<string, Reserved>();
  /** Those whose prefixes may come over a session with a limit. */
  private readonly counted: PlannedTable[] = [];
  private readonly wider = new Map<Prefix, readonly Prefix[]>();
  private readonly byFact = new Map<FactRef, PlannedQuestion>();
  private readonly links: readonly Link[];
  private readonly chains: Chains;

  constructor(
    readonly scenario: Scenario,
    private readonly planner: Planner,
  ) {
    this.part = planner.partOf('routing');
    this.followers = new Followers(planner, this.part, this.items, ANNOUNCES);
    this.links = [...scenario.links.values()].filter(({ bgp }) => bgp !== null).sort((a, b) => byName(a.name, b.name));
    this.chains = new Chains(scenario.nodes, this.links);
    this.peering = new Peering(scenario, planner, this.part, this.items, this.links);
    this.number();
  }

  get sessions(): Peering['sessions'] {
    return this.peering.sessions;
  }

  /** Numbers everything, asked for or not: so things act in the order of their names, in whatever order they were asked for. */
  private number(): void {
    const { items } = this;
    for (const prefix of [...this.scenario.prefixes.values()].sort((a, b) => byName(a.name, b.name))) {
      const spots = [...prefix.sites]
        .sort((a, b) => byName(a.site, b.site))
        .map(({ site }) => {
          const spot = { name: site, item: items.add(SITE, this.sites.length) };
          this.sites.push(null);
          return spot;
        });
      const item = items.add(TABLE, this.reserved.size);
      this.reserved.set(prefix.name, { table: { index: -1, item, prefix, sites: [] }, spots });
    }
  }

  define(fact: FactRef): string | null {
    if (isOfSession(fact)) {
      this.join();
      for (const table of this.counted) this.hang(table);
      return this.peering.define(fact);
    }
    const [who, name] = fact.subjects as [string, string];
    const prefix = this.scenario.prefixes.get(name);
    if (!prefix) return 'there is no such prefix';
    return fact.kind === 'announces' ? this.announces(fact, who, prefix) : this.ask(fact, who, prefix);
  }

  private announces(fact: FactRef, who: string, prefix: Prefix): string | null {
    const site = prefix.sites.find((s) => s.site === who);
    if (!site) return `${who} is no site of ${prefix.name}`;
    const { planner } = this;
    const may: SignalRef[] = [planner.flag(planner.fact('up', who))];
    if (site.while) may.push(planner.condition(site.while));
    if (planner.hits.may(who, 'withdraw', prefix.name))
      may.push(planner.flag(planner.fact('config', who, 'withdraw', prefix.name), false));
    this.followers.add(fact, planner.all(may), prefix.withdrawAfter, prefix.announceAfter);
    return null;
  }

  private ask(fact: FactRef, who: string, prefix: Prefix): string | null {
    if (!this.scenario.nodes.has(who)) return `there is no network ${who}`;
    if (prefix.sites.length === 0) return `${prefix.name} is announced from nowhere`;
    const site = fact.subjects[2];
    if (site !== undefined && !prefix.sites.some((s) => s.site === site)) return `${site} is no site of ${prefix.name}`;
    const inside = this.links.find(({ from, to }) => this.systemOf(from) === this.systemOf(to));
    if (inside)
      return `both ends of ${inside.name} are of ${this.systemOf(inside.from)}, and sessions inside a network are not modelled`;
    const table = this.table(prefix);
    if (!this.hears(who, prefix)) return `no sessions lead from ${who} to a site that announces ${prefix.name}`;
    let around: readonly PlannedTable[] = [];
    if (isForwarding(fact.kind)) {
      around = this.around(prefix).map((wider) => this.table(wider));
      if (this.forwarding < 0) this.forwarding = this.items.add(FORWARDING, 0);
    } else if (fact.kind === 'route') this.planner.fact('path', who, prefix.name);
    for (const one of [table, ...around, ...this.counted]) this.hang(one);
    const question = { fact, who, table, around };
    this.questions.push(question);
    this.byFact.set(fact, question);
    return null;
  }

  private systemOf(name: string): string {
    return systemOf(this.scenario.nodes.get(name) as Node);
  }

  private hears(who: string, prefix: Prefix): boolean {
    const system = this.systemOf(who);
    if (!this.chains.speaks(system)) return true;
    return prefix.sites.some(({ site }) => this.systemOf(site) === system || this.chains.lead(system, site));
  }

  /** The prefixes whose blocks lie around this one's, the longest first. */
  private around(prefix: Prefix): readonly Prefix[] {
    const known = this.wider.get(prefix) ?? this.findAround(prefix);
    this.wider.set(prefix, known);
    return known;
  }
  private findAround({ name, cidr }: Prefix): readonly Prefix[] {
    if (cidr === null) return [];
    return [...this.scenario.prefixes.values()]
      .filter((other) => other.name !== name && other.sites.length > 0)
      .filter((other) => other.cidr !== null && covers(other.cidr, cidr))
      .sort((a, b) => lengthOf(b) - lengthOf(a) || byName(a.name, b.name));
  }

  private table(prefix: Prefix): PlannedTable {
    const { table, spots } = this.reserved.get(prefix.name) as Reserved;
    this.join();
    // What comes over a session with a limit is asked for by the first who asks.
    if (table.sites.length > 0) return table;
    const { planner, part, items } = this;
    for (const { name, item } of spots) {
      const [announces, up] = [planner.fact('announces', name, prefix.name), planner.fact('up', name)];
      const mute = this.peering.muteOf(name);
      for (const fact of [announces, up, mute]) if (fact) planner.hearFact(fact, part, item);
      const site = { table, name, announces, up, mute };
      this.sites[items.indexOf(item)] = site;
      table.sites.push(site);
    }
    return table;
  }

  /** Says of every fact that it hangs on these, not only of the one that made the table: feedback of numbers is looked for along this. */
  private hang(table: PlannedTable): void {
    this.planner.hangsOn(table, () => [...table.sites.map(({ announces }) => announces), ...this.peering.facts()]);
  }

  /** Once somebody asks for routes or sessions: what may come over a session with a limit is counted, asked for or not. */
  private join(): void {
    if (!this.peering.join()) return;
    const limited = this.links.filter((link) => limitsOf(link).length > 0);
    for (const { table } of this.reserved.values())
      if (
        limited.some(({ from }) => table.prefix.sites.some(({ site }) => this.chains.lead(this.systemOf(from), site)))
      )
        this.counted.push(this.table(table.prefix));
  }

  explain(fact: FactRef, past: Past): Iterable<number> {
    const follows = this.followers.signalOf(fact);
    if (follows) return past.deciders(follows.id);
    if (isOfSession(fact)) return this.peering.explain(fact, past, this.tables);
    return causesOf(this, this.byFact.get(fact) as PlannedQuestion, past);
  }

  complain(engine: Engine): readonly Complaint[] {
    return this.peering.complain(engine);
  }

  otherwise(fact: FactRef, past: Past): Turn | null {
    const follows = this.followers.otherwise(fact, past);
    if (follows || fact.kind === 'path') return follows;
    if (isOfSession(fact)) return this.peering.otherwise(fact, past, this.tables);
    return turnOfRoute(this, this.byFact.get(fact) as PlannedQuestion, past);
  }

  finish(): { items: number; alarms: number } {
    const { nodes } = this.scenario;
    // Asked for in whatever order: by name from here on.
    this.tables = [...this.reserved.values()].map(({ table }) => table).filter(({ sites }) => sites.length > 0);
    for (const [index, table] of this.tables.entries()) table.index = index;
    this.questions.sort((a, b) => byName(a.fact.name, b.fact.name));
    const deaf = this.questions.map(({ who }) => who).filter((who) => !this.chains.speaks(this.systemOf(who)));
    this.topology = topologyOf(
      nodes,
      this.links,
      this.tables.flatMap(({ sites }) => sites.map(({ name }) => name)),
      deaf,
    );
    const halves = this.topology.from.length;
    // A half's messages and its MRAI for each table; the timer of each session, the end of what is told over each of its halves, and
    // that of what each speaker forwards by while its process is silent; and one alarm for what follows at once.
    const alarms = this.tables.length * halves * 2 + this.sessions.length * 3 + this.topology.speakers.length + 1;
    return { items: this.items.count, alarms: alarms + this.followers.count };
  }

  /** The speakers a network is asked through: its edges; or itself, where it hears sites directly. */
  edgesOf(who: string): readonly number[] {
    const { speakers, network, networks, indexOf } = this.topology;
    const system = this.systemOf(who);
    if (!this.chains.speaks(system)) return [indexOf.get(who) as number];
    const number = networks.indexOf(system);
    return [...speakers.keys()].filter((speaker) => network[speaker] === number);
  }

  create(engine: Engine): Part {
    return new RunningRouting(engine, engine.plan.parts[this.part] as PlannedPart, this);
  }
}

const isOfSession = ({ kind }: FactRef): boolean => kind === 'session' || kind === 'limited';

/** A table with the numbers of its sites' items, before anybody asks for it. */
interface Reserved {
  readonly table: PlannedTable;
  readonly spots: readonly { readonly name: string; readonly item: number }[];
}

const lengthOf = ({ cidr }: Prefix): number => Number((cidr as string).split('/')[1]);
