/** Names at rest: what a resolver answers once every cache has run out, and how much it is asked then. */
import type { Zone } from '../../sim/model/scenario.ts';
import type { Rest } from './rest.ts';

const WORST = ['servfail', 'nxdomain', 'stale', 'ok'];

export class NamesAtRest {
  constructor(private readonly rest: Rest) {}

  private zone(name: string): Zone {
    return this.rest.scenario.zones.get(name) as Zone;
  }
  private isRemoved(zone: string): boolean {
    return this.rest.flag('config', zone, 'remove');
  }
  /** The servers of a zone can be found and asked. */
  private canAsk(resolver: string, name: string): boolean {
    const { under, nameservers, serversIn } = this.zone(name);
    return (
      nameservers.some((server) => this.rest.answers(resolver, server)) &&
      (under === null || this.rest.flag('delegated', resolver, name)) &&
      (serversIn === null || this.rest.value('resolves', [resolver, serversIn]) === 'ok')
    );
  }
  isDelegated(resolver: string, name: string): boolean {
    const { under } = this.zone(name);
    if (under === null || this.isRemoved(name) || !this.rest.isUp(resolver)) return false;
    return this.canAsk(resolver, under) && (this.zone(under).under !== null || !this.isRemoved(under));
  }
  private isDenied(resolver: string, name: string): boolean {
    const { under } = this.zone(name);
    const here = this.isRemoved(name) && this.canAsk(resolver, under ?? name);
    return here || (under !== null && this.isDenied(resolver, under));
  }

  answer(resolver: string, name: string): string {
    if (!this.rest.isUp(resolver)) return 'servfail';
    const { under, cname } = this.zone(name);
    const has = this.canAsk(resolver, name) && (under !== null || !this.isRemoved(name));
    if (!has) return this.isDenied(resolver, name) ? 'nxdomain' : 'servfail';
    if (cname === null) return 'ok';
    return WORST[WORST.indexOf(this.rest.value('resolves', [resolver, cname]) as string)] as string;
  }

  /** Iterated from its usual load upwards, so that it comes to the fixed point above. */
  queries(name: string): number {
    const node = this.rest.scenario.nodes.get(name);
    if (!node?.resolver || node.resolver.demand.length === 0) return this.above(name);
    const { demand, clientRetry, capacity, whenOver } = node.resolver;
    const { tries } = clientRetry;
    const up = this.rest.isUp(name);
    const dead = demand
      .filter(({ zone }) => this.rest.value('resolves', [name, zone]) === 'servfail')
      .reduce((sum, { share }) => sum + share, 0);
    if (!up) return round(tries);
    const drowns = whenOver === 'fail' && capacity !== null && this.rest.flag('over', name);
    let load = dead * tries + (1 - dead) * (drowns ? tries : 1);
    for (let k = 0; drowns && k < 100_000; k++) {
      const answered = Math.min(1, (capacity as number) / load);
      load = dead * tries + (1 - dead) * (answered + (1 - answered) * tries);
    }
    return round(load);
  }

  /** What each site of a prefix is asked: everybody's questions for the zones in it, by the prefixes and sites that are left. */
  crowd(name: string): number {
    const { nodes, zones, prefixes } = this.rest.scenario;
    const sites = (prefix: string): number =>
      (prefixes.get(prefix)?.sites ?? []).filter(({ site }) => this.rest.flag('announces', site, prefix)).length;
    if (sites(name) === 0) return 0;
    let [all, usual] = [0, 0];
    for (const { name: zone, ttl, nameservers, under, serversIn } of zones.values()) {
      const mine = [...new Set(nameservers.flatMap((server) => nodes.get(server)?.prefixes ?? []))];
      if (!mine.includes(name)) continue;
      const left = mine.filter((prefix) => sites(prefix) > 0).length;
      for (const { name: resolver, resolver: traits, failureCache } of nodes.values()) {
        if (!traits) continue;
        const share = traits.demand.find((asked) => asked.zone === zone)?.share ?? 0;
        const part = traits.demand.length === 0 ? 1 : share * (traits.load ?? 1);
        if (part === 0) continue;
        const gap = traits.load === null ? 0 : (1000 * traits.caches) / (traits.load * share);
        const weight = part * (gap === 0 ? 1 / ttl : gap / (ttl + gap));
        usual += weight / mine.length;
        const lost =
          !this.rest.isUp(resolver) ||
          (under !== null && !this.rest.flag('delegated', resolver, zone)) ||
          (serversIn !== null &&
            !['ok', 'stale'].includes(this.rest.value('resolves', [resolver, serversIn]) as string));
        if (lost) continue;
        const word = this.rest.value('resolves', [resolver, zone]);
        const life = failureCache === null ? 0 : failureCache.law === 'fixed' ? failureCache.value : Number.NaN;
        const anew = (traits.tries * (ttl + gap)) / (life + gap);
        all += (weight * (word === 'servfail' || word === 'stale' ? Math.max(1, anew) : 1)) / left;
      }
    }
    return round(((prefixes.get(name)?.sites.length ?? 0) / sites(name)) * (all / usual));
  }

  private above(name: string): number {
    const { nodes } = this.rest.scenario;
    const usual = this.zone(name).load as number;
    let all = usual;
    for (const { name: resolver, resolver: traits, failureCache } of nodes.values()) {
      if (!traits || traits.load === null) continue;
      const life = failureCache === null ? 0 : failureCache.law === 'fixed' ? failureCache.value / 1000 : Number.NaN;
      const { caches } = traits;
      for (const { zone, share } of traits.demand) {
        if (this.zone(zone).under !== name || this.rest.value('resolves', [resolver, zone]) !== 'servfail') continue;
        const rate = (traits.load * share * traits.clientRetry.tries) / caches;
        all += (caches * traits.tries * rate) / (1 + rate * life);
      }
    }
    return round(all / usual);
  }
}

const round = (x: number): number => Number(x.toPrecision(6));
