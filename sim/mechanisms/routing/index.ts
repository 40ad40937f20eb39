/**
 * Routing: sites announce prefixes while their own condition holds, and networks tell each other of them (RFC 4271), by policies of
 * their own or else by those of Gao and Rexford. A network without a session hears every site directly, by the prefix's own lags alone.
 *
 * Speakers are the ends of sessions and the sites that announce. Sites of one network are edges of their own: nothing passes between
 * them inside, and a network has a route while one of its edges has.
 */
import type { Engine } from '../../engine/engine.ts';
import { Followers } from '../../engine/follower.ts';
import { Items } from '../../engine/items.ts';
import type { Complaint, FactRef, Mechanism, MechanismPlan, Part, SignalRef } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Planner } from '../../engine/planner.ts';
import type { Turn } from '../../engine/turn.ts';
import { type FactKind, factName } from '../../model/facts.ts';
import { limitsOf } from '../../model/limits.ts';
import type { Look } from '../../model/looks.ts';
import type { Link, Node, Prefix, Scenario } from '../../model/scenario.ts';
import { byName } from '../../model/units.ts';
import { type Area, Areas } from './areas.ts';
import { causesOf } from './causes.ts';
import { ConditionalTerms } from './conditional.ts';
import { isForwarding } from './forwarding.ts';
import { turnOfRoute } from './otherwise.ts';
import { Peering } from './peering.ts';
import {
  ANNOUNCES,
  FORWARDING,
  type PlannedQuestion,
  type PlannedSite,
  type PlannedSwitch,
  type PlannedTable,
} from './planned.ts';
import { RunningRouting } from './run.ts';
import { isPlain } from './terms.ts';
import { Chains, joinedIn, sessionsOf, systemOf, type Topology, topologyOf } from './topology.ts';

export const routing: Mechanism = {
  name: 'routing',
  owns: ['announces', 'route', 'path', 'lands', 'forwards', 'passes', 'session', 'limited'],
  plan: (scenario, planner) => new RoutingPlan(scenario, planner),
};

export class RoutingPlan implements MechanismPlan {
  readonly supposes = false;
  readonly items = new Items();
  readonly followers: Followers;
  /** Those that somebody asks for, by name. */
  tables: readonly PlannedTable[] = [];
  /** By number of their items; null where nobody asks. */
  readonly sites: (PlannedSite | null)[];
  /** Terms of policies that come and go; none where nobody asks for routes. */
  switches: readonly PlannedSwitch[] = [];
  readonly questions: PlannedQuestion[] = [];
  readonly peering: Peering;
  topology!: Topology;
  forwarding = -1;
  readonly part: number;
  private readonly areas: Areas;
  /** Those whose prefixes may come over a session with a limit. */
  private readonly counted: PlannedTable[] = [];
  private readonly conditional: ConditionalTerms;
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
    const sessions = sessionsOf(this.links, scenario.internet);
    this.chains = new Chains(scenario.nodes, joinedIn(this.links, scenario.internet));
    // Everything is numbered, asked for or not: so things act in the order of their names, in whatever order they were asked for.
    const { items } = this;
    this.peering = new Peering(scenario, planner, this.part, items, sessions);
    this.conditional = new ConditionalTerms(sessions, items);
    this.areas = new Areas(scenario.prefixes.values(), items);
    this.sites = Array<null>(this.areas.sites).fill(null);
  }

  get sessions(): Peering['sessions'] {
    return this.peering.sessions;
  }

  define(fact: FactRef): string | null {
    if (isOfSession(fact)) {
      this.join();
      for (const table of this.counted) this.hang(table);
      return this.peering.define(fact);
    }
    const [who, name] = fact.subjects as [string, string];
    const prefix = this.scenario.prefixes.get(name);
    if (fact.kind === 'announces') return prefix ? this.announces(fact, who, prefix) : 'there is no such prefix';
    return prefix ? this.ask(fact, who, prefix) : this.askForAddress(fact, who, name);
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
    if (prefix.sites.length === 0) return `${prefix.name} is announced from nowhere`;
    const site = fact.kind === 'lands' ? fact.subjects[2] : undefined;
    if (site !== undefined && !prefix.sites.some((s) => s.site === site)) return `${site} is no site of ${prefix.name}`;
    const area = this.areas.of(prefix);
    const wrong = this.wrongWith(fact, who, prefix.name, isForwarding(fact.kind) ? [area] : [prefix]);
    if (wrong !== null) return wrong;
    if (fact.kind === 'route') this.planner.fact('path', who, prefix.name);
    const around = isForwarding(fact.kind) ? this.areas.around(area) : [];
    this.question(fact, who, area.table.announcements.indexOf(prefix), [area, ...around]);
    return null;
  }

  /** Where packets go that are sent to one address. */
  private askForAddress(fact: FactRef, who: string, address: string): string | null {
    const areas = fact.kind === 'forwards' || fact.kind === 'passes' ? this.areas.holding(address) : null;
    if (areas === null) return 'there is no such prefix';
    if (areas.length === 0) return `no block that is announced holds ${address}`;
    const wrong = this.wrongWith(fact, who, address, areas);
    if (wrong !== null) return wrong;
    this.question(fact, who, null, areas);
    if (fact.kind === 'forwards') this.askToWhom(who, address, areas);
    return null;
  }

  /** That packets arrive does not say with whom, where several serve the address: the right one, and whoever says he is. */
  private askToWhom(who: string, address: string, areas: readonly Area[]): void {
    const served = areas.flatMap(({ table, spots }) =>
      spots.filter(({ announcement }) => table.announcements[announcement]?.traffic === 'here'),
    );
    const systems = new Set(served.map(({ name }) => this.systemOf(name)));
    if (systems.size < 2) return;
    for (const system of [...systems].sort(byName))
      if (system !== who) this.planner.fact('passes', who, address, system);
  }

  /** Why routes of a network to these cannot be told; null: they can. */
  private wrongWith(
    { kind, subjects }: Pick<FactRef, 'kind' | 'subjects'>,
    who: string,
    target: string,
    to: readonly (Prefix | Area)[],
  ): string | null {
    const { nodes } = this.scenario;
    if (!nodes.has(who)) return `there is no network ${who}`;
    if (kind === 'passes' && !nodes.has(subjects[2] as string)) return `there is no network ${subjects[2]}`;
    const inside = this.links.find(({ from, to: end }) => this.systemOf(from) === this.systemOf(end));
    if (inside)
      return `both ends of ${inside.name} are of ${this.systemOf(inside.from)}, and sessions inside a network are not modelled`;
    const sites = to.flatMap((one) =>
      'table' in one ? one.spots.map(({ name }) => name) : one.sites.map(({ site }) => site),
    );
    return this.hears(who, sites) ? null : `no sessions lead from ${who} to a site that announces ${target}`;
  }

  expect(question: Look): string | null {
    if (question.ask !== 'route' && question.ask !== 'packets') return null;
    const { network } = question;
    const [kind, to] =
      question.ask === 'route' ? (['route', question.prefix] as const) : (['forwards', question.to] as const);
    const prefix = this.scenario.prefixes.get(to);
    if (prefix?.sites.length === 0) return `${to} is announced from nowhere`;
    const areas = prefix ? [this.areas.of(prefix)] : (this.areas.holding(to) ?? []);
    if (areas.length === 0) return `no block that is announced holds ${to}`;
    const sites = prefix && kind === 'route' ? [prefix] : areas;
    const wrong = this.wrongWith({ kind, subjects: [network, to] }, network, to, sites);
    if (wrong === null) this.planner.fact(kind, network, to);
    return wrong;
  }

  private question(fact: FactRef, who: string, announcement: number | null, areas: readonly Area[]): void {
    const [table, ...around] = areas.map((area) => this.table(area)) as [PlannedTable, ...PlannedTable[]];
    if (isForwarding(fact.kind) && this.forwarding < 0) this.forwarding = this.items.add(FORWARDING, 0);
    for (const one of [table, ...around, ...this.counted]) this.hang(one);
    const question = { fact, who, table, announcement, around };
    this.questions.push(question);
    this.byFact.set(fact, question);
  }

  /** The question behind a fact that is asked for. */
  asked(...[kind, who, what]: readonly [FactKind, string, string]): PlannedQuestion {
    const name = factName(kind, [who, what]);
    return this.questions.find(({ fact }) => fact.name === name) as PlannedQuestion;
  }

  systemOf(name: string): string {
    return systemOf(this.scenario.nodes.get(name) as Node);
  }

  private hears(who: string, sites: readonly string[]): boolean {
    const system = this.systemOf(who);
    if (!this.chains.speaks(system)) return true;
    return sites.some((site) => this.systemOf(site) === system || this.chains.lead(system, site));
  }

  private table({ table, spots }: Area): PlannedTable {
    this.join();
    // What comes over a session with a limit is asked for by the first who asks.
    if (table.sites.length > 0) return table;
    const { planner, part, items } = this;
    for (const { name, announcement, item } of spots) {
      const { name: prefix } = table.announcements[announcement] as Prefix;
      const [announces, up] = [planner.fact('announces', name, prefix), planner.fact('up', name)];
      for (const fact of [announces, up]) planner.hearFact(fact, part, item);
      const site = { table, name, announcement, announces, up, mute: this.peering.muteOf(name) };
      this.sites[items.indexOf(item)] = site;
      table.sites.push(site);
    }
    return table;
  }

  /** Says of every fact that it hangs on these, not only of the one that made the table: feedback of numbers is looked for along this. */
  private hang(table: PlannedTable): void {
    this.planner.hangsOn(table, () => [
      ...table.sites.map(({ announces }) => announces),
      ...this.peering.facts(),
      ...this.switches.flatMap(({ facts }) => facts),
    ]);
  }

  /** Once somebody asks for routes or sessions: what may come over a session with a limit is counted, asked for or not. */
  private join(): void {
    if (!this.peering.join()) return;
    this.switches = this.conditional.plan(this.planner, this.part);
    const limited = this.links.filter((link) => limitsOf(link).length > 0);
    const comes = (site: string): boolean => limited.some(({ from }) => this.chains.lead(this.systemOf(from), site));
    for (const area of this.areas.all)
      if (area.spots.some(({ name }) => comes(name))) this.counted.push(this.table(area));
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
    this.tables = this.areas.all.map(({ table }) => table).filter(({ sites }) => sites.length > 0);
    this.questions.sort((a, b) => byName(a.fact.name, b.fact.name));
    const deaf = this.questions.map(({ who }) => who).filter((who) => !this.chains.speaks(this.systemOf(who)));
    this.topology = topologyOf(
      nodes,
      this.links,
      this.tables.flatMap(({ sites }) => sites.map(({ name }) => name)),
      deaf,
      this.tables.flatMap(({ announcements }) => announcements.flatMap(({ tail }) => tail)),
      this.scenario.internet,
    );
    for (const [index, table] of this.tables.entries()) {
      table.index = index;
      table.plain = isPlain(this.topology, table.announcements);
    }
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
