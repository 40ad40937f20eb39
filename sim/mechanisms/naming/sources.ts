/**
 * Sources: when a resolver can get an answer for a zone, walked from the topmost zone that is declared.
 *
 * For each zone on the way it needs the delegation, kept or from a parent that answers (RFC 1034 §5.3.3), and one nameserver that
 * answers, whose address the parent tells as glue or which is itself a name to be resolved.
 */
import type { FactRef, SignalRef } from '../../engine/mechanism.ts';
import type { Planner } from '../../engine/planner.ts';
import type { Node, Scenario, Zone } from '../../model/scenario.ts';
import type { Crowds } from './crowds.ts';
import type { Trust } from './trust.ts';

/** Where a server may be asked. */
export interface Address {
  /** Null: it is reached over links. */
  readonly prefix: string | null;
  /** That queries arrive; null: they are taken to. */
  readonly way: SignalRef | null;
  /** That they are answered too late; null: they never are. */
  readonly over: FactRef | null;
}

export class Sources {
  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
    private readonly crowds: Crowds,
    private readonly trust: Trust,
  ) {}

  /** Somebody who answers for the zone can be found and asked. */
  of(resolver: Node, zone: Zone): SignalRef {
    const { planner } = this;
    const needs = [planner.any(this.servers(zone).map((server) => this.answered(resolver, server)))];
    if (zone.under !== null) needs.push(planner.flag(planner.fact('delegated', resolver.name, zone.name)));
    if (zone.serversIn !== null)
      needs.push(planner.word(planner.fact('resolves', resolver.name, zone.serversIn), ['ok', 'stale']));
    return planner.all(needs);
  }

  /** The parent can be found and asked, and has the delegation. */
  ofDelegation(resolver: Node, zone: Zone, parent: Zone): SignalRef {
    return this.planner.all([this.ofAnswer(resolver, parent), ...this.unlessRemoved(zone)]);
  }

  /** Somebody can be asked who has the name; what its parent has lost, the zone's own servers have still. */
  ofAnswer(resolver: Node, zone: Zone): SignalRef {
    const source = this.of(resolver, zone);
    return zone.under === null ? this.planner.all([source, ...this.unlessRemoved(zone)]) : source;
  }

  /** The same, and what he says stands the test, where the resolver puts it to one. */
  ofSound(resolver: Node, zone: Zone): SignalRef {
    return this.planner.all([this.ofAnswer(resolver, zone), ...this.tests(resolver, zone)]);
  }
  private tests({ name, resolver }: Node, zone: Zone): readonly SignalRef[] {
    return resolver?.validates ? [this.trust.valid(name, zone)] : [];
  }

  /**
   * Somebody can be asked who says that there is no such name: the parent for a delegation that is gone, the zone's own servers for
   * a record. What lies under a name that does not exist does not exist either (RFC 8020).
   */
  ofDenial(resolver: Node, zone: Zone): SignalRef | null {
    const { planner, scenario } = this;
    const parent = zone.under === null ? null : (scenario.zones.get(zone.under) as Zone);
    const found: SignalRef[] = [];
    if (planner.hits.may(zone.name, 'remove')) {
      const removed = planner.flag(planner.fact('config', zone.name, 'remove'));
      found.push(planner.all([removed, this.of(resolver, parent ?? zone), ...this.tests(resolver, parent ?? zone)]));
    }
    const above = parent && this.ofDenial(resolver, parent);
    if (above) found.push(above);
    return found.length === 0 ? null : planner.any(found);
  }

  /** The zone that would say that there is no such name: the one above the nearest that may be taken away (RFC 2308 §5). */
  denier(zone: Zone): Zone {
    const parent = zone.under === null ? zone : (this.scenario.zones.get(zone.under) as Zone);
    return this.planner.hits.may(zone.name, 'remove') || parent === zone ? parent : this.denier(parent);
  }

  /** Every server of the zone is down on a host that is reached, and so refuses at once; null when one of them never would. */
  refused(resolver: Node, zone: Zone): SignalRef | null {
    const parts = this.servers(zone).map((server) => this.refuses(resolver, server));
    return parts.includes(null) ? null : this.planner.all(parts as SignalRef[]);
  }

  /**
   * A nameserver answers a resolver while its process is up and queries arrive: because what the resolver's network sends to its prefix
   * lands at the very site it stands in, or, without a prefix, by a path. Where that site is asked more than it can answer, the queue
   * is longer than anybody's patience: whoever is served is served too late.
   */
  answered(resolver: Node, server: Node): SignalRef {
    const { planner } = this;
    return planner.any(
      this.ways(resolver, server, server.name).map((way) =>
        planner.all([planner.flag(planner.fact('up', server.name)), ...way]),
      ),
    );
  }

  /** The host says that nothing listens there: only a server that stands on another thing has a host that outlives it. */
  refuses(resolver: Node, server: Node): SignalRef | null {
    const { planner } = this;
    const { name, place } = server;
    if (place === null) return null;
    return planner.any(
      this.ways(resolver, server, place).map((way) =>
        planner.all([planner.flag(planner.fact('up', name), false), planner.flag(planner.fact('up', place)), ...way]),
      ),
    );
  }

  /** What must hold for queries to arrive at `end`, the server or its host, and not too late: by each of its addresses. */
  private ways(resolver: Node, server: Node, end: string): readonly (readonly SignalRef[])[] {
    const { planner } = this;
    return this.addresses(resolver, server, end).map(({ way, over }) => [
      ...(way ? [way] : []),
      ...(over ? [planner.flag(over, false)] : []),
    ]);
  }

  /** The addresses of a server, each with what decides whether queries to it arrive at `end`, the server or its host. */
  addresses(resolver: Node, server: Node, end: string): readonly Address[] {
    const { planner, crowds } = this;
    if (server.prefixes.length > 0)
      return server.prefixes.map((prefix) => ({
        prefix,
        way: this.wayTo(resolver, server, prefix),
        over: crowds.limits(prefix) ? planner.fact('over', prefix) : null,
      }));
    // Where one of them stands nowhere in this network, the Internet between them is taken to work.
    const linked = this.isLinked(resolver.name) && this.isLinked(server.name);
    return [{ prefix: null, way: linked ? planner.flag(planner.fact('reach', resolver.name, end)) : null, over: null }];
  }
  private wayTo(resolver: Node, server: Node, prefix: string): SignalRef {
    const { planner } = this;
    const network = resolver.network ?? resolver.name;
    const sites = this.scenario.prefixes.get(prefix)?.sites.map(({ site }) => site) ?? [];
    // Of an anycast prefix a resolver is served by the one site its packets land at, not by any that announces it. A server that stands
    // at none of them is behind them all. That there is a route is not enough: it may outlive the site at its end.
    const own = sites.filter((site) => site === server.place || site === server.name);
    return planner.any(
      (own.length > 0 ? own : sites).map((site) => planner.flag(planner.fact('lands', network, prefix, site))),
    );
  }
  /** The servers of a zone as a resolver tells them apart: one that stands at many sites of an anycast prefix is one to it. */
  addressed(zone: Zone): readonly (readonly Node[])[] {
    const found = new Map<string, Node[]>();
    for (const server of this.servers(zone)) {
      const { name, group, place, prefixes } = server;
      const isSite = prefixes.length > 0 && name === `${group}@${place}`;
      const key = JSON.stringify(isSite ? [group, prefixes] : [name]);
      found.set(key, [...(found.get(key) ?? []), server]);
    }
    return [...found.values()];
  }
  servers(zone: Zone): readonly Node[] {
    return zone.nameservers.map((name) => this.scenario.nodes.get(name) as Node);
  }
  private unlessRemoved(zone: Zone): readonly SignalRef[] {
    const { planner } = this;
    return planner.hits.may(zone.name, 'remove')
      ? [planner.flag(planner.fact('config', zone.name, 'remove'), false)]
      : [];
  }
  private isLinked(name: string): boolean {
    return this.planner.graph.someUndirectedEdge(name, (_, { relation }) => relation !== 'session');
  }
}
