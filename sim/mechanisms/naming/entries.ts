/** What each entry of a cache lives by: who can be asked for an answer, for a delegation, for a DS record, and how long what he says is kept. */
import type { FactRef, SignalRef } from '../../engine/mechanism.ts';
import type { Planner } from '../../engine/planner.ts';
import type { Node, Resolver, Scenario, Zone } from '../../model/scenario.ts';
import { rateOf } from './loads.ts';
import type { PlannedEntry } from './planned.ts';
import type { Sources } from './sources.ts';
import { givenUpAfter, triedAgain } from './theory.ts';
import type { Trust } from './trust.ts';

type Entry = Omit<PlannedEntry, 'item'>;

export class Entries {
  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
    private readonly sources: Sources,
    private readonly trust: Trust,
  ) {}

  /** The entry that `resolves`, `ds` or `delegated` stands for; a sentence where there can be none. */
  of(fact: FactRef, node: Node, resolver: Resolver, zone: Zone): Entry | string {
    if (fact.kind === 'resolves') return this.answer(fact, node, resolver, zone);
    return fact.kind === 'ds' ? this.ds(fact, node, resolver, zone) : this.delegation(fact, node, resolver, zone);
  }

  private answer(fact: FactRef, node: Node, resolver: Resolver, zone: Zone): Entry {
    const { planner, sources } = this;
    const sound = sources.ofSound(node, zone);
    const [without, address] = this.reused(node.name, resolver, zone);
    return {
      fact,
      sort: 'answer',
      supply: address ? planner.all([sound, address]) : sound,
      denial: sources.ofDenial(node, zone),
      empty: without && planner.all([sound, without]),
      alive: planner.flag(planner.fact('up', node.name)),
      flushes: this.flushes(node, zone),
      refusal: resolver.timeout > 0 || resolver.backoff ? this.refusal(node, zone) : null,
      target: zone.cname === null ? null : planner.fact('resolves', node.name, zone.cname),
      ttl: zone.ttl,
      negativeTtl: zone.negativeTtl,
      denialTtl: sources.denier(zone).negativeTtl,
      ...this.asking(resolver, zone),
      patience: resolver.patience,
      failureCache: node.failureCache,
      serveStale: node.serveStale,
      prefetch: resolver.prefetch,
      caches: resolver.caches,
      rate: rateOf(resolver, zone.name),
    };
  }

  /** How long it asks servers that keep silent, at first and then. Who has given all of them up asks none before he tries again. */
  asking({ timeout, backoff, avoids }: Resolver, zone: Zone): Pick<Entry, 'timeout' | 'anew'> {
    if (backoff === null || avoids === null)
      return { timeout, anew: avoids === null ? null : { takes: timeout, avoids: 0 } };
    const servers = this.sources.addressed(zone).length;
    return {
      timeout: Math.floor(givenUpAfter(backoff, servers)),
      anew: { takes: triedAgain(backoff, servers), avoids },
    };
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
  private ds(fact: FactRef, node: Node, resolver: Resolver, zone: Zone): Entry | string {
    const { planner, sources, trust } = this;
    if (!resolver.validates) return `${node.name} does not validate, and asks for none`;
    const parent = zone.under === null ? undefined : this.scenario.zones.get(zone.under);
    if (!parent || !trust.hangsOnParent(zone)) return `no chain of trust leads to ${zone.under ?? zone.name}`;
    const told = sources.ofSound(node, parent);
    const none = planner.any([trust.unpublished(zone), trust.insecure(node.name, parent)]);
    return {
      ...this.fromParent(fact, node, resolver, zone),
      sort: 'ds',
      supply: planner.all([told, trust.secure(node.name, parent), trust.published(zone)]),
      denial: planner.all([told, none]),
      ttl: zone.ds ?? 0,
      negativeTtl: parent.negativeTtl,
      denialTtl: parent.negativeTtl,
      rate: rateOf(resolver, zone.name),
    };
  }

  /** The parent's word lives for the parent's own TTL. */
  private delegation(fact: FactRef, node: Node, resolver: Resolver, zone: Zone): Entry | string {
    const { sources } = this;
    const parent = zone.under === null ? undefined : this.scenario.zones.get(zone.under);
    if (!parent) return `nothing delegates ${zone.name}`;
    return {
      ...this.fromParent(fact, node, resolver, zone),
      sort: 'delegation',
      supply: sources.ofDelegation(node, zone, parent),
      denial: null,
      ttl: parent.ttl,
      negativeTtl: 0,
      denialTtl: 0,
      rate: null,
    };
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
      anew: null,
      patience: null,
      failureCache: null,
      serveStale: 0,
      prefetch: 0,
      caches,
    };
  }
}
