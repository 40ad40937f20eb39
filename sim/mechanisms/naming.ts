/**
 * Naming: resolvers that stand for many clients ask nameservers that are reached by route and by process; caches hide a loss for
 * what is left of a record's life.
 *
 * A cache in steady use is stationary (R12): when the supply is lost, what is left of the life of its entry is uniform over the TTL
 * (renewal theory; Jung, Berger and Balakrishnan, INFOCOM 2003), or the time left since the last fill, if that is later. Serve-stale as RFC 8767, cached
 * failures as RFC 9520. Not modelled here: delegations, CNAMEs, negative answers, query load.
 */

import type { Engine } from '../engine/engine.ts';
import { Followers, type RunningFollowers } from '../engine/follower.ts';
import { Items } from '../engine/items.ts';
import { hashName } from '../engine/luck.ts';
import {
  CAUSE,
  type FactRef,
  type Mechanism,
  type MechanismPlan,
  type Part,
  type SignalRef,
} from '../engine/mechanism.ts';
import type { Past } from '../engine/past.ts';
import type { PlannedPart } from '../engine/plan.ts';
import type { Planner } from '../engine/planner.ts';
import { ANSWERS } from '../model/facts.ts';
import { type Draw, fixed } from '../model/luck.ts';
import type { Node, Scenario, Zone } from '../model/scenario.ts';

const ANSWER = 0;
const CACHE = 1;
const RESIDUAL = hashName('residual life of a cache entry');
const FAILURE = hashName('residual life of a cached failure');
const OK = ANSWERS.indexOf('ok');
const STALE = ANSWERS.indexOf('stale');
const SERVFAIL = ANSWERS.indexOf('servfail');

interface PlannedCache {
  readonly item: number;
  readonly fact: FactRef;
  readonly zone: Zone;
  readonly resolver: Node;
  /** Some nameserver answers; the resolver itself runs. */
  readonly supply: SignalRef;
  readonly alive: SignalRef;
}

export const naming: Mechanism = {
  name: 'naming',
  owns: ['answers', 'resolves'],
  plan: (scenario, planner) => new NamingPlan(scenario, planner),
};

class NamingPlan implements MechanismPlan {
  readonly supposes = false;
  readonly items = new Items();
  readonly caches: PlannedCache[] = [];
  readonly followers: Followers;
  private readonly part: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
  ) {
    this.part = planner.partOf('naming');
    this.followers = new Followers(planner, this.part, this.items, ANSWER);
  }

  define(fact: FactRef): string | null {
    const [who, what] = fact.subjects as [string, string];
    const resolver = this.scenario.nodes.get(who);
    if (resolver?.kind !== 'resolver') return `${who} is no resolver`;
    if (fact.kind === 'answers') {
      const server = this.scenario.nodes.get(what);
      if (!server) return 'there is no such nameserver';
      this.followers.add(fact, this.answered(resolver, server), fixed(0), fixed(0));
      return null;
    }
    const zone = this.scenario.zones.get(what);
    if (!zone) return 'there is no such zone';
    const servers = zone.nameservers.map((name) => this.scenario.nodes.get(name) as Node);
    const item = this.items.add(CACHE, this.caches.length);
    const supply = this.planner.any(servers.map((server) => this.answered(resolver, server)));
    const alive = this.planner.flag(this.planner.fact('up', who));
    for (const signal of [supply, alive]) this.planner.hear(signal, this.part, item);
    this.caches.push({ item, fact, zone, resolver, supply, alive });
    return null;
  }

  /**
   * A nameserver answers a resolver while its process is up and queries arrive: because what the resolver's network sends to its prefix
   * lands at the very site it stands in, or, without a prefix, by a path.
   */
  private answered(resolver: Node, server: Node): SignalRef {
    const { planner } = this;
    const up = planner.flag(planner.fact('up', server.name));
    if (server.prefix === null) {
      // One of them stands nowhere in this network: the Internet between them is taken to work.
      if (!this.isLinked(resolver.name) || !this.isLinked(server.name)) return up;
      return planner.all([up, planner.flag(planner.fact('reach', resolver.name, server.name))]);
    }
    const network = resolver.network ?? resolver.name;
    const site = this.scenario.prefixes
      .get(server.prefix)
      ?.sites.find((s) => s.site === server.place || s.site === server.name);
    // Of an anycast prefix a resolver is served by the one site its packets land at, not by any that announces it.
    const way = site
      ? planner.fact('lands', network, server.prefix, site.site)
      : planner.fact('route', network, server.prefix);
    return planner.all([up, planner.flag(way)]);
  }

  private isLinked(name: string): boolean {
    return this.planner.graph.someUndirectedEdge(name, (_, { relation }) => relation !== 'session');
  }

  /** An expiry follows from the last refresh and from the loss; an answer from all that answers again. */
  explain(fact: FactRef, past: Past): Iterable<number> {
    const follows = this.followers.signalOf(fact);
    if (follows) return past.deciders(follows.id);
    const cache = this.caches.find((planned) => planned.fact === fact) as PlannedCache;
    const found = new Set([past.tipped]);
    if (past.to !== OK) found.add(past.latest(fact.id));
    const alive = past.holds(cache.alive.id);
    if (!alive || past.to === OK) past.deciders(cache.alive.id, found);
    if (alive && past.holds(cache.supply.id) === (past.to === OK)) past.deciders(cache.supply.id, found);
    return found;
  }

  finish(): { items: number; alarms: number } {
    return { items: this.items.count, alarms: this.caches.length + this.followers.count };
  }
  create(engine: Engine): Part {
    return new RunningNaming(engine, engine.plan.parts[this.part] as PlannedPart, this);
  }
}

interface CacheState {
  /** What it answers, as settled before this phase. */
  word: number;
  supplied: boolean;
  alive: boolean;
  /** The change that took or gave the supply. */
  tip: number;
  lastFill: number | null;
  /** What the alarm that rang in this phase makes of it. */
  rung: number | null;
  occasion: number;
}

class RunningNaming implements Part {
  private readonly followers: RunningFollowers;
  private readonly states: readonly CacheState[];

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly plan: NamingPlan,
  ) {
    this.followers = plan.followers.create(engine, part, plan.caches.length);
    this.states = plan.caches.map(() => ({
      word: SERVFAIL,
      supplied: false,
      alive: true,
      tip: -1,
      lastFill: null,
      rung: null,
      occasion: 0,
    }));
  }

  warm(): boolean {
    let moved = this.followers.warm();
    for (const cache of this.plan.caches) {
      const word = this.engine.signal(cache.supply.id) && this.engine.signal(cache.alive.id) ? OK : SERVFAIL;
      moved = this.engine.board.put(cache.fact.id, word) || moved;
    }
    return moved;
  }

  start(): void {
    this.followers.start();
    for (const [index, cache] of this.plan.caches.entries()) {
      const state = this.states[index] as CacheState;
      state.word = this.engine.board.value[cache.fact.id] as number;
      state.supplied = this.engine.signal(cache.supply.id);
      state.alive = this.engine.signal(cache.alive.id);
    }
  }

  settle(item: number): void {
    const index = this.plan.items.indexOf(item);
    if (this.plan.items.sortOf(item) === ANSWER) return this.followers.settle(index);
    const cache = this.plan.caches[index] as PlannedCache;
    const state = this.states[index] as CacheState;
    const fact = cache.fact.id;
    if (!this.engine.signal(cache.alive.id))
      return this.engine.set(fact, SERVFAIL, 'now', CAUSE.signal, cache.alive.id);
    if (state.rung !== null)
      return this.engine.set(fact, state.rung, 'expiry', state.tip < 0 ? CAUSE.none : CAUSE.change, state.tip);
    const supplied = this.engine.signal(cache.supply.id);
    if (!state.alive) return this.engine.set(fact, supplied ? OK : SERVFAIL, 'now', CAUSE.signal, cache.alive.id);
    const remembersFailure = cache.resolver.failureCache !== null && !isNothing(cache.resolver.failureCache);
    if (supplied && (state.word === STALE || (state.word === SERVFAIL && !remembersFailure)))
      return this.engine.set(fact, OK, 'now', CAUSE.signal, cache.supply.id);
    this.engine.set(fact, state.word, 'now', CAUSE.signal, cache.supply.id);
  }

  ring(alarm: number): void {
    if (alarm >= this.plan.caches.length) return this.followers.ring(alarm - this.plan.caches.length);
    const cache = this.plan.caches[alarm] as PlannedCache;
    const state = this.states[alarm] as CacheState;
    state.rung = state.supplied ? OK : state.word === OK && cache.resolver.serveStale > 0 ? STALE : SERVFAIL;
    this.engine.touch(this.part, cache.item);
    this.engine.actLater(this.part, cache.item);
  }

  act(item: number): void {
    const index = this.plan.items.indexOf(item);
    if (this.plan.items.sortOf(item) === ANSWER) return this.followers.act(index);
    const cache = this.plan.caches[index] as PlannedCache;
    const state = this.states[index] as CacheState;
    const { engine } = this;
    const before = state.word;
    state.word = engine.board.own(cache.fact.id);
    const alive = engine.signal(cache.alive.id);
    const restarted = alive && !state.alive;
    state.alive = alive;
    const supplied = engine.signal(cache.supply.id);
    const turned = supplied !== state.supplied || restarted;
    state.supplied = supplied;
    const rang = state.rung;
    state.rung = null;
    if (state.word === OK && before !== OK) state.lastFill = engine.now;
    if (!alive) return engine.cancel(this.part, index);
    if (turned) {
      engine.cancel(this.part, index);
      state.tip = engine.tip(cache.supply.id);
      if (!supplied && state.word === OK) engine.alarm(this.part, index, engine.now + this.residual(cache, state));
      else if (supplied && state.word !== OK)
        engine.alarm(this.part, index, engine.now + this.failureLeft(cache, state));
    } else if (rang === STALE) engine.alarm(this.part, index, engine.now + cache.resolver.serveStale);
  }

  /** What is left of the life of the entry (R12): uniform, or since the last fill if that was less than one TTL ago. */
  private residual(cache: PlannedCache, state: CacheState): number {
    const { ttl } = cache.zone;
    if (state.lastFill !== null && this.engine.now - state.lastFill < ttl)
      return ttl - (this.engine.now - state.lastFill);
    const left = Math.floor(this.engine.luck.uniform(RESIDUAL, this.subject(cache), state.occasion++) * ttl);
    // From now on its fill is known: a supply that flickers does not lengthen this life.
    state.lastFill = this.engine.now + left - ttl;
    return left;
  }
  /** A cached failure is asked about again when its life ends; at a random point of it, as queries come all the time. */
  private failureLeft(cache: PlannedCache, state: CacheState): number {
    const life = cache.resolver.failureCache;
    if (life === null) return 0;
    const occasion = state.occasion++;
    const whole = this.engine.draw(life, FAILURE, this.subject(cache), occasion * 2);
    return Math.floor(this.engine.luck.uniform(FAILURE, this.subject(cache), occasion * 2 + 1) * whole);
  }
  private subject(cache: PlannedCache): number {
    return this.engine.plan.hashes[cache.fact.id] as number;
  }
}

const isNothing = (law: Draw): boolean => law.law === 'fixed' && law.value === 0;
