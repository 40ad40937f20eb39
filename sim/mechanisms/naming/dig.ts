/** A dig: what a resolver would tell a person of a name now, whom it asks for it from the topmost zone down, and what each of them does. */
import type { Engine } from '../../engine/engine.ts';
import type { FactRef, SignalRef } from '../../engine/mechanism.ts';
import type { Planner } from '../../engine/planner.ts';
import { ANSWERS, DS, FORWARDS } from '../../model/facts.ts';
import type { DelegationTold, DigTold, Tried, TriedServer } from '../../model/looks.ts';
import type { Node, Scenario, Zone } from '../../model/scenario.ts';
import { MINUTE, type Ms, SECOND } from '../../model/units.ts';
import type { Kept } from './entry.ts';
import { isTimed, turnsOf } from './selection.ts';
import type { Address, Sources } from './sources.ts';
import type { Trust } from './trust.ts';

type Answer = DigTold['answer'];

/** One address of a server, with the facts that decide what becomes of asking it. */
interface PlannedServer {
  readonly name: string;
  readonly group: string | null;
  readonly up: FactRef;
  /** The thing it stands on, which may refuse for it, and the fact that queries arrive there; null: it stands on nothing. */
  readonly host: { readonly up: FactRef; readonly way: SignalRef | null } | null;
  readonly address: Address;
  /** What becomes of packets to its prefix; null: it is reached over links. */
  readonly forwards: FactRef | null;
  /** How far it is; null: nobody says. */
  readonly rtt: Ms | null;
}
interface PlannedStep {
  readonly zone: Zone;
  readonly delegated: FactRef | null;
  readonly removed: FactRef | null;
  readonly ds: FactRef | null;
  readonly bogus: SignalRef | null;
  readonly serversIn: { readonly zone: string; readonly resolves: FactRef } | null;
  /** The mean delay, where the resolver learns of its servers. */
  readonly delay: FactRef | null;
  readonly servers: readonly PlannedServer[];
  /** How much slower than the quickest is asked as often. */
  readonly band: Ms;
}

/** What a dig is read from. */
export interface PlannedDig {
  readonly resolver: string;
  readonly up: FactRef;
  readonly over: FactRef | null;
  readonly resolves: FactRef;
  readonly delay: FactRef | null;
  /** The share of its many caches that do not resolve it; null: it is one answer for all. */
  readonly unresolved: FactRef | null;
  readonly zone: Zone;
  readonly steps: readonly PlannedStep[];
}

const keyOf = (resolver: string, name: string): string => `${resolver} ${name}`;

/** What digs are planned with. */
interface Planning {
  readonly scenario: Scenario;
  readonly planner: Planner;
  readonly sources: Sources;
  readonly trust: Trust;
}

/** Asks for everything the dig of a name is read from, and that of the name it stands for; into `digs`. */
export function planDig(planning: Planning, node: Node, zone: Zone, digs: Map<string, PlannedDig>): void {
  const { scenario, planner } = planning;
  const { name, resolver } = node;
  const key = keyOf(name, zone.name);
  if (digs.has(key)) return;
  const chain: Zone[] = [];
  for (let one: Zone | undefined = zone; one; one = one.under === null ? undefined : scenario.zones.get(one.under))
    chain.unshift(one);
  digs.set(key, {
    resolver: name,
    up: planner.fact('up', name),
    over: (resolver?.capacity ?? null) === null ? null : planner.fact('over', name),
    resolves: planner.fact('resolves', name, zone.name),
    delay:
      resolver === null || (resolver.retry === 0 && !isTimed(resolver, zone))
        ? null
        : planner.fact('delay', name, zone.name),
    unresolved: resolver?.many ? planner.fact('unresolved', name, zone.name) : null,
    zone,
    steps: chain.map((one) => planStep(planning, node, one)),
  });
  const target = zone.cname === null ? undefined : scenario.zones.get(zone.cname);
  if (target) planDig(planning, node, target, digs);
}

function planStep({ planner, sources, trust }: Planning, node: Node, zone: Zone): PlannedStep {
  const { name, resolver } = node;
  const validates = resolver?.validates === true;
  return {
    zone,
    delegated: zone.under === null ? null : planner.fact('delegated', name, zone.name),
    removed: planner.hits.may(zone.name, 'remove') ? planner.fact('config', zone.name, 'remove') : null,
    ds: validates && trust.hangsOnParent(zone) ? planner.fact('ds', name, zone.name) : null,
    bogus: validates ? trust.bogus(name, zone) : null,
    serversIn:
      zone.serversIn === null
        ? null
        : { zone: zone.serversIn, resolves: planner.fact('resolves', name, zone.serversIn) },
    delay: resolver?.avoids && resolver.retry > 0 ? planner.fact('delay', name, zone.name) : null,
    servers: sources.servers(zone).flatMap((server) => planServer(planner, sources, node, server)),
    band: resolver?.band ?? 0,
  };
}

function planServer(planner: Planner, sources: Sources, resolver: Node, server: Node): readonly PlannedServer[] {
  const { name, group, place } = server;
  const atHost = place === null ? null : sources.addresses(resolver, server, place);
  return sources.addresses(resolver, server, name).map((address, k) => ({
    name,
    group,
    up: planner.fact('up', name),
    host: place === null ? null : { up: planner.fact('up', place), way: atHost?.[k]?.way ?? null },
    address,
    forwards:
      address.prefix === null ? null : planner.fact('forwards', resolver.network ?? resolver.name, address.prefix),
    rtt: resolver.resolver?.rtt.get(name) ?? null,
  }));
}

/** Reads digs off the board as it stands. */
export class Dig {
  constructor(
    private readonly engine: Engine,
    private readonly digs: ReadonlyMap<string, PlannedDig>,
    private readonly entryOf: (fact: FactRef) => { look(at: Ms): Kept },
    private readonly delayOf: (fact: FactRef) => { look(at: Ms): ReadonlyMap<string, Ms | null> },
    private readonly at: Ms,
  ) {}

  of(resolver: string, name: string): DigTold {
    const plan = this.digs.get(keyOf(resolver, name)) as PlannedDig;
    const { zone, resolves, steps, delay, unresolved } = plan;
    const { board } = this.engine;
    const kept = this.entryOf(resolves).look(this.at);
    return {
      ask: 'dig',
      resolver,
      name,
      up: this.holds(plan.up),
      over: plan.over !== null && this.holds(plan.over),
      answer: this.answer(resolves),
      own: ANSWERS[kept.word] as Answer,
      anew: ANSWERS[kept.could] as Answer,
      fresh: kept.word === kept.could,
      ttl: kept.ttl,
      unresolved: unresolved && this.levelOf(unresolved),
      left: kept.left,
      late: delay && (kept.alone === null ? Math.round((board.level[delay.id] as number) * SECOND) : 0),
      waits: kept.waits,
      forgotten: kept.forgotten,
      alone: kept.alone,
      gives: kept.waits === null ? null : (ANSWERS[kept.gives] as Answer),
      chain: steps.map((step) => this.step(step, step.zone === zone ? kept.alone : null)),
      cname: zone.cname === null ? null : this.of(resolver, zone.cname),
    };
  }

  /** `alone`: for how long it asks none of its servers, which is as long as it leaves each of them alone. */
  private step(plan: PlannedStep, alone: Ms | null): DelegationTold {
    const { zone, delegated, removed, ds, bogus, serversIn, delay } = plan;
    const known = delay && this.delayOf(delay).look(this.at);
    const left = (name: string): Ms | null => {
      const rests = known?.get(name) ?? null;
      return rests === null ? null : (alone ?? rests);
    };
    return {
      zone: zone.name,
      under: zone.under,
      known: delegated && this.holds(delegated),
      removed: removed !== null && this.holds(removed),
      ds: ds && (DS[this.raw(ds)] as (typeof DS)[number]),
      bogus: bogus !== null && this.engine.signal(bogus.id),
      servers: this.servers(plan, left),
      serversIn: serversIn && { zone: serversIn.zone, answer: this.answer(serversIn.resolves) },
    };
  }

  /** `left`: for how long each is left alone. */
  private servers({ servers, band }: PlannedStep, left: (name: string) => Ms | null): readonly TriedServer[] {
    const all = servers.map((server) => {
      const { name, group, address, rtt } = server;
      return { server: name, group, prefix: address.prefix, tried: this.tried(server), alone: left(name), rtt };
    });
    const open = all.filter(({ alone, tried }) => alone === null && tried !== 'another site');
    const turns = turnsOf(
      open.map(({ rtt }) => rtt ?? 0),
      band,
    );
    return all.map((one) => ({ ...one, turn: one.rtt === null ? null : (turns[open.indexOf(one)] ?? null) }));
  }

  /** What a resolver that asks this server there meets first. */
  private tried({ up, host, address, forwards }: PlannedServer): Tried {
    const { way, over } = address;
    const runs = this.holds(up);
    const arrives = runs || host === null ? this.arrivesBy(way) : this.arrivesBy(host.way);
    if (!arrives) {
      if (forwards === null) return !runs && host && !this.holds(host.up) ? 'process down' : 'no path';
      const outcome = FORWARDS[this.raw(forwards)] as (typeof FORWARDS)[number];
      return outcome === 'delivered' ? 'another site' : outcome;
    }
    if (over !== null && this.holds(over)) return 'over capacity';
    if (runs) return 'answers';
    return host !== null && this.holds(host.up) ? 'refuses' : 'process down';
  }
  private arrivesBy(way: SignalRef | null): boolean {
    return way === null || this.engine.signal(way.id);
  }

  /** Where a number is by now, on the line from its last bend. */
  private levelOf({ id }: FactRef): number {
    const { level, slope, since } = this.engine.board;
    return (level[id] as number) + ((slope[id] as number) * (this.at - (since[id] as number))) / MINUTE;
  }
  private raw(fact: FactRef): number {
    return this.engine.board.value[fact.id] as number;
  }
  private holds(fact: FactRef): boolean {
    return this.raw(fact) === 1;
  }
  private answer(fact: FactRef): Answer {
    return ANSWERS[this.raw(fact)] as Answer;
  }
}
