/**
 * Naming: resolvers that stand for many clients ask nameservers that are reached by route and by process; caches hide a loss for
 * what is left of a record's life, and those who get no answer ask again.
 *
 * Not modelled here: the root, choosing among nameservers by round-trip time, forwarding from resolver to resolver.
 */
import type { Engine } from '../../engine/engine.ts';
import { Followers, type RunningFollowers } from '../../engine/follower.ts';
import { Items } from '../../engine/items.ts';
import type { Complaint, FactRef, Mechanism, MechanismPlan, Part, SignalRef } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Planner } from '../../engine/planner.ts';
import type { Turn } from '../../engine/turn.ts';
import { fixed } from '../../model/luck.ts';
import type { Node, Prefix, Resolver, Scenario, Zone } from '../../model/scenario.ts';
import { byName } from '../../model/units.ts';
import { causesOfCrowd, causesOfEntry, causesOfLoad, turnOfEntry } from './causes.ts';
import { Crowd } from './crowd.ts';
import { Crowds } from './crowds.ts';
import { Entry } from './entry.ts';
import { Load } from './load.ts';
import { askedByClients, askedInVain, loadsOf, rateOf } from './loads.ts';
import { CROWD, ENTRY, FOLLOWS, LOAD, type PlannedCrowd, type PlannedEntry, type PlannedLoad } from './planned.ts';
import { Sources } from './sources.ts';
import { Trust } from './trust.ts';

export const naming: Mechanism = {
  name: 'naming',
  owns: ['answers', 'resolves', 'delegated', 'ds', 'queries', 'over'],
  plan: (scenario, planner) => new NamingPlan(scenario, planner),
};

class NamingPlan implements MechanismPlan {
  readonly supposes = false;
  readonly items = new Items();
  readonly entries: PlannedEntry[] = [];
  readonly loads: PlannedLoad[] = [];
  readonly crowds: PlannedCrowd[] = [];
  readonly followers: Followers;
  private readonly asking: Crowds;
  private readonly sources: Sources;
  private readonly trust: Trust;
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
    if (fact.kind === 'resolves') return this.answer(fact, node, resolver, zone);
    return fact.kind === 'ds' ? this.ds(fact, node, resolver, zone) : this.delegation(fact, node, resolver, zone);
  }

  private answer(fact: FactRef, node: Node, resolver: Resolver, zone: Zone): null {
    const { planner, sources } = this;
    const sound = sources.ofSound(node, zone);
    const [without, address] = this.reused(node.name, resolver, zone);
    return this.entry({
      fact,
      sort: 'answer',
      supply: address ? planner.all([sound, address]) : sound,
      denial: sources.ofDenial(node, zone),
      empty: without && planner.all([sound, without]),
      alive: planner.flag(planner.fact('up', node.name)),
      flushes: this.flushes(node, zone),
      refusal: resolver.timeout > 0 ? this.refusal(node, zone) : null,
      target: zone.cname === null ? null : planner.fact('resolves', node.name, zone.cname),
      ttl: zone.ttl,
      negativeTtl: zone.negativeTtl,
      timeout: resolver.timeout,
      patience: resolver.patience,
      failureCache: node.failureCache,
      serveStale: node.serveStale,
      prefetch: resolver.prefetch,
      caches: resolver.caches,
      rate: rateOf(resolver, zone.name),
    });
  }

  /** Nobody need be waited for: all servers refuse, or what they say fails the test, or so it is with the zone above, which has to prove what it is. */
  private refusal(node: Node, zone: Zone): SignalRef | null {
    const { planner, sources, trust } = this;
    const refused = sources.refused(node, zone);
    if (!node.resolver?.validates) return refused;
    const ways = [planner.all([sources.ofAnswer(node, zone), trust.bogus(node.name, zone)])];
    if (refused) ways.push(refused);
    const parent = trust.hangsOnParent(zone) ? (this.scenario.zones.get(zone.under as string) as Zone) : null;
    const above = parent && this.refusal(node, parent);
    if (above) ways.push(planner.all([planner.word(planner.fact('ds', node.name, zone.name), ['unknown']), above]));
    return planner.any(ways);
  }

  /**
   * That denials leave out the address that is asked for second, and that they do not; null where none is reused. Who asks first for a
   * type that the name has is given that, and no denial.
   */
  private reused(
    name: string,
    { reuses, first }: Resolver,
    zone: Zone,
  ): readonly [SignalRef, SignalRef] | [null, null] {
    const second = zone.records.find((type) => type !== first);
    if (!reuses || second === undefined || zone.records.includes(first)) return [null, null];
    if (!this.planner.hits.may(zone.name, 'deny', second)) return [null, null];
    return [this.trust.denied(name, zone, second), this.trust.undenied(name, zone, second)];
  }

  /** The commands that make a resolver forget a zone: each for the zone itself or one above. */
  private flushes({ name }: Node, zone: Zone): readonly SignalRef[] {
    const { planner, scenario } = this;
    const parent = zone.under === null ? undefined : scenario.zones.get(zone.under);
    const own = planner.hits.may(name, 'flush', zone.name)
      ? [planner.flag(planner.fact('config', name, 'flush', zone.name))]
      : [];
    return [...own, ...(parent ? this.flushes({ name } as Node, parent) : [])];
  }

  /** What the parent says of a DS record lives for as long as it says, and that there is none for its negative TTL (RFC 2308 §5). */
  private ds(fact: FactRef, node: Node, resolver: Resolver, zone: Zone): string | null {
    const { planner, sources, trust } = this;
    if (!resolver.validates) return `${node.name} does not validate, and asks for none`;
    const parent = zone.under === null ? undefined : this.scenario.zones.get(zone.under);
    if (!parent || !trust.hangsOnParent(zone)) return `no chain of trust leads to ${zone.under ?? zone.name}`;
    const told = sources.ofSound(node, parent);
    const none = planner.any([trust.unpublished(zone), trust.insecure(node.name, parent)]);
    return this.entry({
      ...this.fromParent(fact, node, resolver, zone),
      sort: 'ds',
      supply: planner.all([told, trust.secure(node.name, parent), trust.published(zone)]),
      denial: planner.all([told, none]),
      ttl: zone.ds ?? 0,
      negativeTtl: parent.negativeTtl,
      rate: rateOf(resolver, zone.name),
    });
  }

  /** The parent's word lives for the parent's own TTL. */
  private delegation(fact: FactRef, node: Node, resolver: Resolver, zone: Zone): string | null {
    const { sources } = this;
    const parent = zone.under === null ? undefined : this.scenario.zones.get(zone.under);
    if (!parent) return `nothing delegates ${zone.name}`;
    return this.entry({
      ...this.fromParent(fact, node, resolver, zone),
      sort: 'delegation',
      supply: sources.ofDelegation(node, zone, parent),
      denial: null,
      ttl: parent.ttl,
      negativeTtl: 0,
      rate: null,
    });
  }

  /** What is kept of a parent's word is asked for by itself, and nobody waits for it. */
  private fromParent(fact: FactRef, node: Node, { caches }: Resolver, zone: Zone) {
    const { planner } = this;
    return {
      fact,
      empty: null,
      alive: planner.flag(planner.fact('up', node.name)),
      flushes: this.flushes(node, zone),
      refusal: null,
      target: null,
      timeout: 0,
      patience: null,
      failureCache: null,
      serveStale: 0,
      prefetch: 0,
      caches,
    };
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

  private load(fact: FactRef, who: string, node: Node | undefined, resolver: Resolver | null): string | null {
    const { planner, scenario, part } = this;
    const zone = scenario.zones.get(who);
    const asked = resolver !== null && resolver.demand.length > 0;
    const prefix = scenario.prefixes.get(who);
    if (!(node && asked) && (!zone || zone.load === null))
      return prefix
        ? this.crowd(fact, prefix)
        : 'nothing says how much it is asked: a resolver has a demand, a zone a load';
    const sum = node && asked ? askedByClients(planner, node, resolver) : askedInVain(planner, scenario, zone as Zone);
    const item = this.items.add(LOAD, this.loads.length);
    for (const input of sum.inputs) planner.hearFact(input, part, item);
    this.loads.push({ ...sum, item, fact });
    return null;
  }

  private crowd(fact: FactRef, prefix: Prefix): string | null {
    const sum = this.asking.of(prefix);
    if (sum === null) return 'no resolver asks for a zone with a nameserver in it';
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

  explain(fact: FactRef, past: Past): Iterable<number> {
    const follows = this.followers.signalOf(fact);
    if (follows) return past.deciders(follows.id);
    const load = this.loads.find((planned) => planned.fact === fact);
    if (load) return causesOfLoad(load, past);
    const crowd = this.crowds.find((planned) => planned.fact === fact);
    if (crowd) return causesOfCrowd(crowd, past);
    return causesOfEntry(this.entries.find((planned) => planned.fact === fact) as PlannedEntry, past);
  }

  otherwise(fact: FactRef, past: Past): Turn | null {
    const entry = this.entries.find((planned) => planned.fact === fact);
    return entry ? turnOfEntry(entry, past) : this.followers.otherwise(fact, past);
  }

  finish(): { items: number; alarms: number } {
    const own = this.entries.length + this.loads.length + this.crowds.length;
    return { items: this.items.count, alarms: own + this.followers.count };
  }
  complain(): readonly Complaint[] {
    return [...this.asking.restless].sort(byName).map((about) => ({
      about,
      says: `nobody can say how often ${about} asks nameservers that do not answer: it forgets at once that they did not, and has no load`,
      hint: 'say under `failureCache` how long it remembers, or what it is asked under `load`',
    }));
  }
  create(engine: Engine): Part {
    return new RunningNaming(engine, engine.plan.parts[this.part] as PlannedPart, this);
  }
}

/** Alarms: one an entry, then one a load, then one a crowd, then those of the followers. */
class RunningNaming implements Part {
  private readonly followers: RunningFollowers;
  private readonly own: readonly (Entry | Load | Crowd)[];

  constructor(
    engine: Engine,
    part: PlannedPart,
    private readonly plan: NamingPlan,
  ) {
    const { entries, loads, crowds } = plan;
    const asked = entries.length + loads.length;
    this.own = [
      ...entries.map((entry, k) => new Entry(engine, part, entry, k)),
      ...loads.map((load, k) => new Load(engine, part, load, entries.length + k)),
      ...crowds.map((crowd, k) => new Crowd(engine, part, crowd, asked + k)),
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

  private ownOf(item: number): Entry | Load | Crowd | undefined {
    const { items, entries, loads } = this.plan;
    const index = items.indexOf(item);
    switch (items.sortOf(item)) {
      case ENTRY:
        return this.own[index];
      case LOAD:
        return this.own[entries.length + index];
      case CROWD:
        return this.own[entries.length + loads.length + index];
      default:
        return undefined;
    }
  }
}
