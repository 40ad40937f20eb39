/**
 * Routing: sites announce prefixes while their own condition holds; networks hear of it with a lag, in order (R5).
 *
 * A network has a route while it last heard of at least one site that announces. It hears the sites it has a session with, or
 * every site if it has none. Not modelled here: policies, paths and path exploration (RFC 4271 §9).
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
import type { Prefix, Scenario } from '../model/scenario.ts';
import { byName, type Ms } from '../model/units.ts';

const ANNOUNCES = 0;
const ROUTE = 1;
const WITHDRAWAL = hashName('withdrawal lag');
const ANNOUNCEMENT = hashName('announcement lag');

interface PlannedRoute {
  readonly item: number;
  readonly fact: FactRef;
  readonly prefix: Prefix;
  readonly sites: readonly { readonly announces: FactRef; readonly subject: number }[];
  readonly firstAlarm: number;
}

export const routing: Mechanism = {
  name: 'routing',
  owns: ['announces', 'route'],
  plan: (scenario, planner) => new RoutingPlan(scenario, planner),
};

class RoutingPlan implements MechanismPlan {
  readonly supposes = false;
  readonly items = new Items();
  readonly routes: PlannedRoute[] = [];
  private readonly routeOf = new Map<FactRef, PlannedRoute>();
  readonly followers: Followers;
  pipes = 0;
  private readonly part: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
  ) {
    this.part = planner.partOf('routing');
    this.followers = new Followers(planner, this.part, this.items, ANNOUNCES);
  }

  define(fact: FactRef): string | null {
    const [who, name] = fact.subjects as [string, string];
    const prefix = this.scenario.prefixes.get(name);
    if (!prefix) return 'there is no such prefix';
    if (fact.kind === 'route') return this.route(fact, who, prefix);
    const site = prefix.sites.find((s) => s.site === who);
    if (!site) return `${who} is no site of ${name}`;
    const { planner } = this;
    const may: SignalRef[] = [planner.flag(planner.fact('up', who))];
    if (site.while) may.push(planner.condition(site.while));
    if (planner.hits.may(who, 'withdraw', name))
      may.push(planner.flag(planner.fact('config', who, 'withdraw', name), false));
    this.followers.add(fact, planner.all(may), prefix.withdrawAfter, prefix.announceAfter);
    return null;
  }

  private route(fact: FactRef, network: string, prefix: Prefix): string | null {
    if (prefix.sites.length === 0) return `${prefix.name} is announced from nowhere`;
    const item = this.items.add(ROUTE, this.routes.length);
    const { graph } = this.planner;
    const sessions = graph.filterUndirectedEdges(network, (_, { relation }) => relation === 'session');
    const peers = new Set(sessions.map((session) => graph.opposite(network, session)));
    const heard = peers.size === 0 ? prefix.sites : prefix.sites.filter(({ site }) => peers.has(site));
    if (heard.length === 0) return `${network} has no session with a site that announces ${prefix.name}`;
    // In canonical order: of two messages heard in one millisecond the same one must tip, whatever the order of the list.
    const sites = [...heard]
      .sort((a, b) => byName(a.site, b.site))
      .map(({ site }) => {
        const announces = this.planner.fact('announces', site, prefix.name);
        this.planner.hearFact(announces, this.part, item);
        return { announces, subject: hashName(`${site}>${network}>${prefix.name}`) };
      });
    const route: PlannedRoute = { item, fact, prefix, sites, firstAlarm: this.pipes };
    this.routes.push(route);
    this.routeOf.set(fact, route);
    this.pipes += sites.length;
    return null;
  }

  /** A lost route follows from every site's last withdrawal heard, a gained one from the announcements that still stand. */
  explain(fact: FactRef, past: Past): Iterable<number> {
    const follows = this.followers.signalOf(fact);
    if (follows) return past.deciders(follows.id);
    const route = this.routeOf.get(fact) as PlannedRoute;
    const found = new Set([past.tipped]);
    // A site that has withdrawn and announces again may not have been heard of yet.
    for (const { announces } of route.sites)
      if (past.to === 0 || past.raw(announces.id) === 1) found.add(past.latestTo(announces.id, past.to));
    return found;
  }

  finish(): { items: number; alarms: number } {
    return { items: this.items.count, alarms: this.pipes + this.followers.count };
  }
  create(engine: Engine): Part {
    return new RunningRouting(engine, engine.plan.parts[this.part] as PlannedPart, this);
  }
}

/** A message under way: what it says, and the change it tells of. */
interface Message {
  readonly at: Ms;
  readonly announced: boolean;
  readonly change: number;
}
/** One pipe from a site to a network, first in, first out. */
interface Pipe {
  readonly queue: Message[];
  /** As last sent, and as last heard. */
  sent: boolean;
  heard: boolean;
  occasion: number;
}

class RunningRouting implements Part {
  private readonly followers: RunningFollowers;
  private readonly pipes: readonly Pipe[];
  private readonly routeOf: Int32Array;
  /** The message by which each route last changed, in this instant. */
  private readonly lastHeard: Int32Array;

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly plan: RoutingPlan,
  ) {
    this.followers = plan.followers.create(engine, part, plan.pipes);
    this.pipes = Array.from({ length: plan.pipes }, () => ({ queue: [], sent: false, heard: false, occasion: 0 }));
    this.routeOf = Int32Array.from(plan.routes.flatMap((route, index) => route.sites.map(() => index)));
    this.lastHeard = new Int32Array(plan.routes.length).fill(-1);
  }

  warm(): boolean {
    let moved = this.followers.warm();
    for (const route of this.plan.routes) {
      const held = route.sites.some(({ announces }) => this.engine.board.value[announces.id] === 1);
      moved = this.engine.board.put(route.fact.id, Number(held)) || moved;
    }
    return moved;
  }

  start(): void {
    this.followers.start();
    for (const route of this.plan.routes) {
      for (const [k, { announces }] of route.sites.entries()) {
        const pipe = this.pipes[route.firstAlarm + k] as Pipe;
        pipe.sent = this.engine.board.value[announces.id] === 1;
        pipe.heard = pipe.sent;
      }
    }
  }

  settle(item: number): void {
    const index = this.plan.items.indexOf(item);
    if (this.plan.items.sortOf(item) === ANNOUNCES) return this.followers.settle(index);
    const route = this.plan.routes[index] as PlannedRoute;
    const held = route.sites.some((_, k) => (this.pipes[route.firstAlarm + k] as Pipe).heard);
    const change = this.lastHeard[index] as number;
    this.engine.set(route.fact.id, Number(held), 'message', change < 0 ? CAUSE.none : CAUSE.change, change);
  }

  ring(alarm: number): void {
    if (alarm >= this.plan.pipes) return this.followers.ring(alarm - this.plan.pipes);
    const pipe = this.pipes[alarm] as Pipe;
    const index = this.routeOf[alarm] as number;
    const route = this.plan.routes[index] as PlannedRoute;
    while (pipe.queue.length > 0 && (pipe.queue[0] as Message).at <= this.engine.now) {
      const message = pipe.queue.shift() as Message;
      pipe.heard = message.announced;
      this.lastHeard[index] = message.change;
    }
    const next = pipe.queue[0];
    if (next) this.engine.alarm(this.part, alarm, next.at);
    this.engine.touch(this.part, route.item);
  }

  act(item: number): void {
    const index = this.plan.items.indexOf(item);
    if (this.plan.items.sortOf(item) === ANNOUNCES) return this.followers.act(index);
    const route = this.plan.routes[index] as PlannedRoute;
    for (const [k, { announces, subject }] of route.sites.entries()) {
      const pipe = this.pipes[route.firstAlarm + k] as Pipe;
      const announced = this.engine.board.value[announces.id] === 1;
      if (announced === pipe.sent) continue;
      pipe.sent = announced;
      const lag = announced ? route.prefix.announceLag : route.prefix.withdrawLag;
      const delay = this.engine.draw(lag, announced ? ANNOUNCEMENT : WITHDRAWAL, subject, pipe.occasion++);
      const after = pipe.queue.at(-1)?.at ?? 0;
      const at = Math.max(after, this.engine.now + delay);
      pipe.queue.push({ at, announced, change: this.engine.latest(announces.id) });
      this.engine.alarm(this.part, route.firstAlarm + k, (pipe.queue[0] as Message).at);
    }
  }
}
