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
import type { FactRef, Mechanism, MechanismPlan, Part, SignalRef } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Planner } from '../../engine/planner.ts';
import type { Turn } from '../../engine/turn.ts';
import { covers } from '../../model/blocks.ts';
import type { Look } from '../../model/looks.ts';
import type { Link, Node, Prefix, Scenario } from '../../model/scenario.ts';
import { byName } from '../../model/units.ts';
import { causesOf } from './causes.ts';
import { isForwarding } from './forwarding.ts';
import { turnOfRoute } from './otherwise.ts';
import {
  ANNOUNCES,
  FORWARDING,
  type PlannedQuestion,
  type PlannedSession,
  type PlannedSite,
  type PlannedSpeaker,
  type PlannedTable,
  SESSION,
  SITE,
  SPEAKER,
  TABLE,
} from './planned.ts';
import { RunningRouting } from './run.ts';
import { Chains, systemOf, type Topology, topologyOf } from './topology.ts';

export const routing: Mechanism = {
  name: 'routing',
  owns: ['announces', 'route', 'path', 'lands', 'forwards'],
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
  readonly speakers: PlannedSpeaker[] = [];
  readonly sessions: PlannedSession[] = [];
  topology!: Topology;
  forwarding = -1;
  readonly part: number;
  private readonly reserved = new Map<string, Reserved>();
  private readonly wider = new Map<Prefix, readonly Prefix[]>();
  private ends: readonly { readonly name: string; readonly item: number }[] = [];
  private joints: readonly { readonly link: Link; readonly item: number }[] = [];
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
    this.number();
  }

  /** Numbers everything, asked for or not: so things act in the order of their names, in whatever order they were asked for. */
  private number(): void {
    const { items } = this;
    const ends = [...new Set(this.links.flatMap(({ from, to }) => [from, to]))].sort(byName);
    this.ends = ends.map((name, index) => ({ name, item: items.add(SPEAKER, index) }));
    this.joints = this.links.map((link, index) => ({ link, item: items.add(SESSION, index) }));
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
    const wrong = this.unaskable(who, prefix);
    if (wrong !== null) return wrong;
    const site = fact.subjects[2];
    if (site !== undefined && !prefix.sites.some((s) => s.site === site)) return `${site} is no site of ${prefix.name}`;
    const table = this.table(prefix);
    let around: readonly PlannedTable[] = [];
    if (isForwarding(fact.kind)) {
      around = this.around(prefix).map((wider) => this.table(wider));
      if (this.forwarding < 0) this.forwarding = this.items.add(FORWARDING, 0);
    } else if (fact.kind === 'route') this.planner.fact('path', who, prefix.name);
    for (const one of [table, ...around]) this.hang(one);
    const question = { fact, who, table, around };
    this.questions.push(question);
    this.byFact.set(fact, question);
    return null;
  }

  private unaskable(who: string, prefix: Prefix): string | null {
    if (!this.scenario.nodes.has(who)) return `there is no network ${who}`;
    if (prefix.sites.length === 0) return `${prefix.name} is announced from nowhere`;
    const inside = this.links.find(({ from, to }) => this.systemOf(from) === this.systemOf(to));
    if (inside)
      return `both ends of ${inside.name} are of ${this.systemOf(inside.from)}, and sessions inside a network are not modelled`;
    return this.hears(who, prefix) ? null : `no sessions lead from ${who} to a site that announces ${prefix.name}`;
  }

  expect(question: Look): string | null {
    if (question.ask !== 'route' && question.ask !== 'packets') return null;
    const { network, prefix } = question;
    const wrong = this.unaskable(network, this.scenario.prefixes.get(prefix) as Prefix);
    if (wrong === null) this.planner.fact(question.ask === 'route' ? 'route' : 'forwards', network, prefix);
    return wrong;
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
    if (table.sites.length > 0) return table;
    this.join();
    const { planner, part, items } = this;
    for (const { name, item } of spots) {
      const [announces, up] = [planner.fact('announces', name, prefix.name), planner.fact('up', name)];
      for (const fact of [announces, up]) planner.hearFact(fact, part, item);
      const site = { table, name, announces, up };
      this.sites[items.indexOf(item)] = site;
      table.sites.push(site);
    }
    return table;
  }

  /** Says of every fact that it hangs on these, not only of the one that made the table: feedback of numbers is looked for along this. */
  private hang(table: PlannedTable): void {
    this.planner.hangsOn(table, () => [
      ...table.sites.map(({ announces }) => announces),
      ...this.speakers.map(({ up }) => up),
      ...this.sessions.flatMap(({ carries }) => carries ?? []),
    ]);
  }

  /** Hears of every end of a session and of every session that may fail; once somebody asks for routes. */
  private join(): void {
    if (this.speakers.length > 0) return;
    const { planner, part } = this;
    const ups = new Map(this.ends.map(({ name }) => [name, planner.fact('up', name)]));
    for (const { name, item } of this.ends) {
      const up = ups.get(name) as FactRef;
      planner.hearFact(up, part, item);
      this.speakers.push({ name, item, up });
    }
    const forced = new Set([...this.scenario.forces.values()].map(({ question }) => question.subjects[0]));
    for (const { link, item } of this.joints) {
      const { name, from, to, layer } = link;
      const may = layer !== null || forced.has(name) || planner.hits.may(name, 'down');
      const carries = may ? planner.fact('carries', name) : null;
      const both = [ups.get(from) as FactRef, ups.get(to) as FactRef] as const;
      for (const fact of [...both, carries]) if (fact) planner.hearFact(fact, part, item);
      this.sessions.push({ name, item, ends: both, carries });
    }
  }

  explain(fact: FactRef, past: Past): Iterable<number> {
    const follows = this.followers.signalOf(fact);
    if (follows) return past.deciders(follows.id);
    return causesOf(this, this.byFact.get(fact) as PlannedQuestion, past);
  }

  otherwise(fact: FactRef, past: Past): Turn | null {
    const follows = this.followers.otherwise(fact, past);
    if (follows || fact.kind === 'path') return follows;
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
    // A half's messages and its MRAI for each table, a hold timer for each session, and one alarm for what follows at once.
    const alarms = this.tables.length * halves * 2 + this.sessions.length + 1;
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

/** A table with the numbers of its sites' items, before anybody asks for it. */
interface Reserved {
  readonly table: PlannedTable;
  readonly spots: readonly { readonly name: string; readonly item: number }[];
}

const lengthOf = ({ cidr }: Prefix): number => Number((cidr as string).split('/')[1]);
