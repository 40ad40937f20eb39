/**
 * Naming: resolvers that stand for many clients ask nameservers that are reached by route and by process; caches hide a loss for
 * what is left of a record's life, and those who get no answer ask again.
 *
 * Not modelled here: the root, forwarding from resolver to resolver.
 */
import type { Engine } from '../../engine/engine.ts';
import { Followers, type RunningFollowers } from '../../engine/follower.ts';
import { Items } from '../../engine/items.ts';
import type { Complaint, FactRef, Mechanism, MechanismPlan, Part } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Planner } from '../../engine/planner.ts';
import type { Turn } from '../../engine/turn.ts';
import { rowOf } from '../../model/facts.ts';
import type { Look, Told } from '../../model/looks.ts';
import { fixed } from '../../model/luck.ts';
import type { Node, Prefix, Resolver, Scenario, Zone } from '../../model/scenario.ts';
import { byName, type Ms } from '../../model/units.ts';
import { causesOfCaches, causesOfCrowd, causesOfDelay, causesOfEntry, causesOfLoad, turnOfEntry } from './causes.ts';
import { Crowd } from './crowd.ts';
import { Crowds } from './crowds.ts';
import { Delay } from './delay.ts';
import { Dig, type PlannedDig, planDig } from './dig.ts';
import { Entries } from './entries.ts';
import { Entry } from './entry.ts';
import { Load } from './load.ts';
import { askedByClients, askedInVain, loadsOf, rateOf } from './loads.ts';
import type { MostSay, Told as ToldShare } from './many.ts';
import { Manys } from './manys.ts';
import {
  CROWD,
  DELAY,
  ENTRY,
  FOLLOWS,
  LOAD,
  MANY,
  type PlannedCrowd,
  type PlannedDelay,
  type PlannedEntry,
  type PlannedLoad,
  signalsOf,
} from './planned.ts';
import { isTimed } from './selection.ts';
import { Sources } from './sources.ts';
import { askedEvery } from './theory.ts';
import { Trust } from './trust.ts';

export const naming: Mechanism = {
  name: 'naming',
  owns: ['answers', 'resolves', 'delegated', 'ds', 'delay', 'queries', 'over', 'unresolved', 'told', 'keeps'],
  plan: (scenario, planner) => new NamingPlan(scenario, planner),
};

class NamingPlan implements MechanismPlan {
  readonly supposes = false;
  readonly items = new Items();
  readonly entries: PlannedEntry[] = [];
  readonly loads: PlannedLoad[] = [];
  readonly crowds: PlannedCrowd[] = [];
  readonly digs = new Map<string, PlannedDig>();
  readonly delays: PlannedDelay[] = [];
  readonly followers: Followers;
  /** What is kept in shares. */
  readonly many: Manys;
  private readonly asking: Crowds;
  private readonly sources: Sources;
  private readonly trust: Trust;
  private readonly entriesOf: Entries;
  private readonly part: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
  ) {
    this.part = planner.partOf('naming');
    this.followers = new Followers(planner, this.part, this.items, FOLLOWS);
    this.asking = new Crowds(scenario, planner);
    this.trust = new Trust(scenario, planner);
    this.sources = new Sources(scenario, planner, this.asking, this.trust);
    this.entriesOf = new Entries(scenario, planner, this.sources, this.trust);
    this.many = new Manys(scenario, planner, this.part, this.items, this.entriesOf);
    // How much is asked is part of what a run is, wherever the scenario says who asks for what, or what is too much.
    for (const name of [...loadsOf(scenario), ...this.asking.limited]) planner.fact('queries', name);
  }

  define(fact: FactRef): string | null {
    const [who, what] = fact.subjects as [string, string];
    const node = this.scenario.nodes.get(who);
    const resolver = node?.resolver ?? null;
    if (fact.kind === 'queries') return this.load(fact, who, node, resolver);
    if (fact.kind === 'over') return this.over(fact, who, resolver ?? this.scenario.prefixes.get(who));
    if (!node || !resolver) return `${who} is no resolver`;
    if (fact.kind === 'answers') {
      const server = this.scenario.nodes.get(what);
      if (!server) return 'there is no such nameserver';
      this.followers.add(fact, this.sources.answered(node, server), fixed(0), fixed(0));
      return null;
    }
    const zone = this.scenario.zones.get(what);
    if (!zone) return 'there is no such zone';
    if (fact.kind === 'delay') return this.delay(fact, node, resolver, zone);
    if (resolver.many || !['resolves', 'delegated', 'ds'].includes(fact.kind))
      return this.many.define(fact, node, resolver, zone);
    const entry = this.entriesOf.of(fact, node, resolver, zone);
    return typeof entry === 'string' ? entry : this.entry(entry);
  }

  private entry(entry: Omit<PlannedEntry, 'item'>): null {
    const { planner, part } = this;
    const item = this.items.add(ENTRY, this.entries.length);
    for (const signal of [entry.supply, entry.alive]) planner.hear(signal, part, item);
    for (const signal of [entry.denial, entry.empty, ...entry.flushes]) if (signal) planner.hear(signal, part, item);
    if (entry.target) planner.hearFact(entry.target, part, item);
    this.entries.push({ ...entry, item });
    return null;
  }

  private delay(fact: FactRef, node: Node, resolver: Resolver, zone: Zone): string | null {
    const { retry, avoids, rtt, band } = resolver;
    if (retry === 0 && !isTimed(resolver, zone))
      return `nothing says how long ${node.name} waits for one nameserver: say so under \`retry\`, or \`backoff\``;
    const { planner, sources, part } = this;
    const item = this.items.add(DELAY, this.delays.length);
    const servers = sources.addressed(zone).map((sites) => {
      const refuse = sites.flatMap((site) => sources.refuses(node, site) ?? []);
      const far = sites.map(({ name }) => rtt.get(name) ?? 0);
      return {
        names: sites.map(({ name }) => name),
        rtt: Math.min(...far),
        sites: far.every((one) => one === far[0])
          ? []
          : sites.map((site, k) => ({ rtt: far[k] as Ms, answers: sources.answered(node, site) })),
        answers: planner.any(sites.map((site) => sources.answered(node, site))),
        refuses: refuse.length > 0 ? planner.any(refuse) : null,
      };
    });
    const learns = avoids ? { avoids, gap: askedEvery(rateOf(resolver, zone.name), zone.ttl) } : null;
    const { timeout } = this.entriesOf.asking(resolver, zone);
    const delay: PlannedDelay = { item, fact, servers, band, retry, timeout, learns };
    for (const signal of signalsOf(delay)) planner.hear(signal, part, item);
    this.delays.push(delay);
    return null;
  }

  private load(fact: FactRef, who: string, node: Node | undefined, resolver: Resolver | null): string | null {
    const { planner, scenario, part } = this;
    const zone = scenario.zones.get(who);
    const asked = resolver !== null && resolver.demand.length > 0;
    const prefix = scenario.prefixes.get(who);
    if (!(node && asked) && (!zone || zone.load === null))
      return prefix
        ? this.crowd(fact, prefix)
        : 'nothing says how much it is asked: a resolver has a demand, a zone a load';
    const unsaid = zone && !(node && asked) ? this.many.complaint(zone) : null;
    if (unsaid !== null) return unsaid;
    const sum = node && asked ? askedByClients(planner, node, resolver) : askedInVain(planner, scenario, zone as Zone);
    const item = this.items.add(LOAD, this.loads.length);
    for (const input of sum.inputs) planner.hearFact(input, part, item);
    this.loads.push({ ...sum, item, fact });
    return null;
  }

  private crowd(fact: FactRef, prefix: Prefix): string | null {
    const sum = this.asking.of(prefix);
    if (typeof sum === 'string') return sum;
    const { planner, part } = this;
    const item = this.items.add(CROWD, this.crowds.length);
    for (const input of [...sum.announced, ...sum.answered]) planner.hearFact(input, part, item);
    this.crowds.push({ ...sum, item, fact });
    return null;
  }

  /** It is asked more than it can answer, until it has caught up. */
  private over(fact: FactRef, who: string, what: Resolver | Prefix | undefined): string | null {
    if (!what) return `${who} is no resolver and no prefix`;
    if (what.capacity === null) return 'it has no capacity';
    const test = { above: what.capacity, below: what.recovers };
    const much = this.planner.condition({ ask: { kind: 'queries', subjects: [who], test } });
    this.followers.add(fact, much, fixed(0), fixed(0));
    return null;
  }

  expect(question: Look): string | null {
    if (question.ask !== 'dig') return null;
    const { scenario, planner, sources, trust } = this;
    const resolver = scenario.nodes.get(question.resolver);
    if (!resolver?.resolver) return `${question.resolver} is no resolver`;
    const zone = scenario.zones.get(question.name) as Zone;
    planDig({ scenario, planner, sources, trust }, resolver, zone, this.digs);
    return null;
  }

  explain(fact: FactRef, past: Past): Iterable<number> {
    const follows = this.followers.signalOf(fact);
    if (follows) return past.deciders(follows.id);
    const load = this.loads.find((planned) => planned.fact === fact);
    if (load) return causesOfLoad(load, past);
    const crowd = this.crowds.find((planned) => planned.fact === fact);
    if (crowd) return causesOfCrowd(crowd, past);
    const delay = this.delays.find((planned) => planned.fact === fact);
    if (delay) return causesOfDelay(delay, past);
    const caches = this.many.of(fact);
    if (caches) return causesOfCaches(caches, past);
    return causesOfEntry(this.entries.find((planned) => planned.fact === fact) as PlannedEntry, past);
  }

  otherwise(fact: FactRef, past: Past): Turn | null {
    if (rowOf(fact.kind).domain.is === 'number') return null;
    const entry = this.entries.find((planned) => planned.fact === fact) ?? this.many.of(fact)?.entry;
    return entry ? turnOfEntry(entry, past) : this.followers.otherwise(fact, past);
  }

  finish(): { items: number; alarms: number } {
    const { entries, loads, crowds, delays, many } = this;
    const own = entries.length + loads.length + crowds.length + delays.length + many.planned.length;
    return { items: this.items.count, alarms: own + this.followers.count };
  }
  complain(): readonly Complaint[] {
    const restless = [...this.asking.restless].sort(byName).map((about) => ({
      about,
      says: `nobody can say how often ${about} asks nameservers that do not answer: it forgets at once that they did not, and has no load`,
      hint: 'say under `failureCache` how long it remembers, or what it is asked under `load`',
    }));
    const uncounted = [...this.asking.uncounted].sort(byName).map((about) => ({
      about,
      says: `how much nameservers are asked goes by what one cache finds, and ${about} is made of many`,
      hint: 'say a plain number of caches, or make it several resolvers',
    }));
    return [...restless, ...uncounted];
  }
  create(engine: Engine): Part {
    return new RunningNaming(engine, engine.plan.parts[this.part] as PlannedPart, this);
  }
}

type Own = Entry | Load | Crowd | Delay | MostSay | ToldShare;

/** Alarms: one an entry, then one a load, then one a crowd, then one a delay, then one for each that is kept in shares, then those of the followers. */
class RunningNaming implements Part {
  private readonly followers: RunningFollowers;
  private readonly own: readonly Own[];

  constructor(
    private readonly engine: Engine,
    part: PlannedPart,
    private readonly plan: NamingPlan,
  ) {
    const { entries, loads, crowds, delays, many } = plan;
    const asked = entries.length + loads.length;
    this.own = [
      ...entries.map((entry, k) => new Entry(engine, part, entry, k)),
      ...loads.map((load, k) => new Load(engine, part, load, entries.length + k)),
      ...crowds.map((crowd, k) => new Crowd(engine, part, crowd, asked + k)),
      ...delays.map((delay, k) => new Delay(engine, part, delay, asked + crowds.length + k)),
      ...many.create(engine, part, asked + crowds.length + delays.length),
    ];
    this.followers = plan.followers.create(engine, part, this.own.length);
  }

  warm(): boolean {
    let moved = this.followers.warm();
    for (const one of this.own) moved = one.warm() || moved;
    return moved;
  }
  start(): void {
    this.followers.start();
    for (const one of this.own) one.start();
  }
  settle(item: number): void {
    const own = this.ownOf(item);
    if (own) own.settle();
    else this.followers.settle(this.plan.items.indexOf(item));
  }
  ring(alarm: number): void {
    const own = this.own[alarm];
    if (own) own.ring();
    else this.followers.ring(alarm - this.own.length);
  }
  act(item: number): void {
    const own = this.ownOf(item);
    if (own) own.act();
    else this.followers.act(this.plan.items.indexOf(item));
  }

  look(question: Look, at: Ms): Told | null {
    if (question.ask !== 'dig') return null;
    const { entries, delays, many } = this.plan;
    const delaysFrom = this.own.length - many.planned.length - delays.length;
    const entryOf = ({ name }: FactRef): Entry | MostSay => {
      const is = ({ fact }: { fact: FactRef }): boolean => fact.name === name;
      const k = entries.findIndex(is);
      return this.own[k < 0 ? this.own.length - many.planned.length + many.planned.findIndex(is) : k] as
        | Entry
        | MostSay;
    };
    const delayOf = ({ name }: FactRef): Delay =>
      this.own[delaysFrom + delays.findIndex(({ fact }) => fact.name === name)] as Delay;
    return new Dig(this.engine, this.plan.digs, entryOf, delayOf, at).of(question.resolver, question.name);
  }

  private ownOf(item: number): Own | undefined {
    const { items, entries, loads, crowds, delays } = this.plan;
    const index = items.indexOf(item);
    switch (items.sortOf(item)) {
      case ENTRY:
        return this.own[index];
      case LOAD:
        return this.own[entries.length + index];
      case CROWD:
        return this.own[entries.length + loads.length + index];
      case DELAY:
        return this.own[entries.length + loads.length + crowds.length + index];
      case MANY:
        return this.own[entries.length + loads.length + crowds.length + delays.length + index];
      default:
        return undefined;
    }
  }
}
