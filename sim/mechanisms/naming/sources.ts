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

export class Sources {
  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
    private readonly crowds: Crowds,
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
      found.push(planner.all([removed, this.of(resolver, parent ?? zone)]));
    }
    const above = parent && this.ofDenial(resolver, parent);
    if (above) found.push(above);
    return found.length === 0 ? null : planner.any(found);
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
    const up = this.planner.flag(this.planner.fact('up', server.name));
    return this.planner.all([up, ...this.way(resolver, server, server.name), ...this.unlessOver(server)]);
  }

  /** The host says that nothing listens there: only a server that stands on another thing has a host that outlives it. */
  private refuses(resolver: Node, { name, place, ...server }: Node): SignalRef | null {
    if (place === null) return null;
    const { planner } = this;
    return planner.all([
      planner.flag(planner.fact('up', name), false),
      planner.flag(planner.fact('up', place)),
      ...this.way(resolver, { ...server, name, place }, place),
      // Where everything is late, so is this.
      ...this.unlessOver(server),
    ]);
  }

  /** What must hold for queries to arrive at `end`, the server or its host. */
  private way(resolver: Node, server: Node, end: string): readonly SignalRef[] {
    const way = this.wayTo(resolver, server, end);
    return way === null ? [] : [this.planner.flag(way)];
  }

  /** The fact that queries arrive at `end`; null: they are taken to. */
  wayTo(resolver: Node, server: Node, end: string): FactRef | null {
    const { planner } = this;
    if (server.prefix === null) {
      // One of them stands nowhere in this network: the Internet between them is taken to work.
      if (!this.isLinked(resolver.name) || !this.isLinked(server.name)) return null;
      return planner.fact('reach', resolver.name, end);
    }
    const network = resolver.network ?? resolver.name;
    const site = this.scenario.prefixes
      .get(server.prefix)
      ?.sites.find((s) => s.site === server.place || s.site === server.name);
    // Of an anycast prefix a resolver is served by the one site its packets land at, not by any that announces it.
    return site
      ? planner.fact('lands', network, server.prefix, site.site)
      : planner.fact('route', network, server.prefix);
  }

  private unlessOver(server: Pick<Node, 'prefix'>): readonly SignalRef[] {
    const over = this.overOf(server);
    return over === null ? [] : [this.planner.flag(over, false)];
  }
  /** The fact that what it stands in is asked more than it can answer; null: it never is. */
  overOf({ prefix }: Pick<Node, 'prefix'>): FactRef | null {
    return prefix !== null && this.crowds.limits(prefix) ? this.planner.fact('over', prefix) : null;
  }
  private servers(zone: Zone): readonly Node[] {
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
