/** A dig: what a resolver would tell a person of a name now, whom it asks for it from the topmost zone down, and what each of them does. */
import type { Board } from '../../engine/board.ts';
import type { FactRef } from '../../engine/mechanism.ts';
import type { Planner } from '../../engine/planner.ts';
import { ANSWERS, FORWARDS } from '../../model/facts.ts';
import type { DelegationTold, DigTold, Tried, TriedServer } from '../../model/looks.ts';
import type { Node, Scenario, Zone } from '../../model/scenario.ts';
import type { Ms } from '../../model/units.ts';
import type { Kept } from './entry.ts';
import type { Sources } from './sources.ts';

type Answer = DigTold['answer'];

/** One server, with the facts that decide what becomes of asking it. */
interface PlannedServer {
  readonly name: string;
  readonly group: string | null;
  readonly prefix: string | null;
  readonly up: FactRef;
  /** Its host, and the fact that queries arrive at that; null: it stands on nothing that could refuse for it. */
  readonly host: { readonly up: FactRef; readonly way: FactRef | null } | null;
  readonly way: FactRef | null;
  readonly over: FactRef | null;
  /** What becomes of packets to its prefix; null: it is reached over links. */
  readonly forwards: FactRef | null;
}
interface PlannedStep {
  readonly zone: Zone;
  readonly delegated: FactRef | null;
  readonly removed: FactRef | null;
  readonly serversIn: { readonly zone: string; readonly resolves: FactRef } | null;
  readonly servers: readonly PlannedServer[];
}

/** What a dig is read from. */
export interface PlannedDig {
  readonly resolver: string;
  readonly up: FactRef;
  readonly over: FactRef | null;
  readonly resolves: FactRef;
  readonly zone: Zone;
  readonly steps: readonly PlannedStep[];
}

const keyOf = (resolver: string, name: string): string => `${resolver} ${name}`;

/** Asks for everything the dig of a name is read from, and that of the name it stands for; into `digs`. */
export function planDig(
  scenario: Scenario,
  planner: Planner,
  sources: Sources,
  resolver: Node,
  zone: Zone,
  digs: Map<string, PlannedDig>,
): void {
  const key = keyOf(resolver.name, zone.name);
  if (digs.has(key)) return;
  const chain: Zone[] = [];
  for (let one: Zone | undefined = zone; one; one = one.under === null ? undefined : scenario.zones.get(one.under))
    chain.unshift(one);
  digs.set(key, {
    resolver: resolver.name,
    up: planner.fact('up', resolver.name),
    over: (resolver.resolver?.capacity ?? null) === null ? null : planner.fact('over', resolver.name),
    resolves: planner.fact('resolves', resolver.name, zone.name),
    zone,
    steps: chain.map((one) => ({
      zone: one,
      delegated: one.under === null ? null : planner.fact('delegated', resolver.name, one.name),
      removed: planner.hits.may(one.name, 'remove') ? planner.fact('config', one.name, 'remove') : null,
      serversIn:
        one.serversIn === null
          ? null
          : { zone: one.serversIn, resolves: planner.fact('resolves', resolver.name, one.serversIn) },
      servers: one.nameservers.map((server) =>
        planServer(planner, sources, resolver, scenario.nodes.get(server) as Node),
      ),
    })),
  });
  const target = zone.cname === null ? undefined : scenario.zones.get(zone.cname);
  if (target) planDig(scenario, planner, sources, resolver, target, digs);
}

function planServer(planner: Planner, sources: Sources, resolver: Node, server: Node): PlannedServer {
  const { name, group, prefix, place } = server;
  return {
    name,
    group,
    prefix,
    up: planner.fact('up', name),
    host: place === null ? null : { up: planner.fact('up', place), way: sources.wayTo(resolver, server, place) },
    way: sources.wayTo(resolver, server, name),
    over: sources.overOf(server),
    forwards: prefix === null ? null : planner.fact('forwards', resolver.network ?? resolver.name, prefix),
  };
}

/** Reads digs off the board as it stands. */
export class Dig {
  constructor(
    private readonly board: Board,
    private readonly digs: ReadonlyMap<string, PlannedDig>,
    private readonly entryOf: (fact: FactRef) => { look(at: Ms): Kept },
    private readonly at: Ms,
  ) {}

  of(resolver: string, name: string): DigTold {
    const plan = this.digs.get(keyOf(resolver, name)) as PlannedDig;
    const { zone, resolves, steps } = plan;
    const kept = this.entryOf(resolves).look(this.at);
    return {
      ask: 'dig',
      resolver,
      name,
      up: this.holds(plan.up),
      over: plan.over !== null && this.holds(plan.over),
      answer: this.answer(resolves),
      own: ANSWERS[kept.word] as Answer,
      fresh: kept.fresh,
      ttl: kept.ttl,
      left: kept.left,
      waits: kept.waits,
      chain: steps.map((step) => this.step(step)),
      cname: zone.cname === null ? null : this.of(resolver, zone.cname),
    };
  }

  private step({ zone, delegated, removed, serversIn, servers }: PlannedStep): DelegationTold {
    return {
      zone: zone.name,
      under: zone.under,
      known: delegated && this.holds(delegated),
      removed: removed !== null && this.holds(removed),
      servers: servers.map((server) => this.server(server)),
      serversIn: serversIn && { zone: serversIn.zone, answer: this.answer(serversIn.resolves) },
    };
  }

  private server(server: PlannedServer): TriedServer {
    const { name, group, prefix } = server;
    return { server: name, group, prefix, tried: this.tried(server) };
  }

  /** What a resolver that asks this server meets first. */
  private tried({ up, host, way, over, forwards, prefix }: PlannedServer): Tried {
    const runs = this.holds(up);
    const arrives = runs || host === null ? way === null || this.holds(way) : this.arrivesAt(host);
    if (!arrives) {
      if (prefix === null) return !runs && host && !this.holds(host.up) ? 'process down' : 'no path';
      const outcome = FORWARDS[this.board.value[(forwards as FactRef).id] as number] as (typeof FORWARDS)[number];
      return outcome === 'delivered' ? 'another site' : outcome;
    }
    if (over !== null && this.holds(over)) return 'over capacity';
    if (runs) return 'answers';
    return host !== null && this.holds(host.up) ? 'refuses' : 'process down';
  }
  private arrivesAt({ way }: NonNullable<PlannedServer['host']>): boolean {
    return way === null || this.holds(way);
  }

  private holds(fact: FactRef): boolean {
    return this.board.value[fact.id] === 1;
  }
  private answer(fact: FactRef): Answer {
    return ANSWERS[this.board.value[fact.id] as number] as Answer;
  }
}
