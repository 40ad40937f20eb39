/**
 * Who asks the servers in a prefix for what: the questions of all resolvers for a zone, shared by the prefixes its servers are in.
 *
 * Taken for granted: resolvers turn to servers that answer, so that what is asked for a zone is spread evenly over those of its
 * prefixes that some site announces, or, where a resolver knows how far they are, over the nearest of these; all sites that announce a prefix draw alike many, wherever they stand; servers without a prefix
 * take no part in it. A resolver with no demand asks for every zone as much as any other; with one, by shares; of loads too where it
 * has one, so that either all say their load or none. It stands for many caches, each of which asks once a TTL while there is an
 * answer, and again and again without one, or with a dead one. An answer that is lost because the name it stands for is lost is asked
 * for again as well.
 */
import type { FactRef, SignalRef } from '../../engine/mechanism.ts';
import type { Planner } from '../../engine/planner.ts';
import type { Node, Prefix, Resolver, Scenario, Zone } from '../../model/scenario.ts';
import { byName } from '../../model/units.ts';
import { middleOf, rateOf } from './loads.ts';
import type { PlannedAsker, PlannedCrowd } from './planned.ts';
import { isTimed, shareOfFirst } from './selection.ts';
import { askedAnew, askedUsually } from './theory.ts';

type Sum = Omit<PlannedCrowd, 'item' | 'fact'>;
type Asking = Node & { readonly resolver: Resolver };

export class Crowds {
  /** Resolvers that forget failures at once and have no load: how often they ask in vain nobody can say. */
  readonly restless = new Set<string>();
  /** Resolvers of so many caches that nobody says how many: what becomes of all their questions cannot be said by one word. */
  readonly uncounted = new Set<string>();
  private readonly resolvers: readonly Asking[];
  /** The prefixes of each zone that somebody asks for. */
  private readonly prefixes: ReadonlyMap<Zone, readonly string[]>;
  private readonly asked: ReadonlySet<string>;

  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
  ) {
    this.resolvers = [...scenario.nodes.values()]
      .filter((node): node is Asking => node.resolver !== null)
      .sort((a, b) => byName(a.name, b.name));
    this.prefixes = new Map(
      [...scenario.zones.values()]
        .filter(({ name }) => this.resolvers.some(({ resolver }) => weightOf(resolver, name) > 0))
        .sort((a, b) => byName(a.name, b.name))
        .map((zone) => [
          zone,
          [...new Set(zone.nameservers.flatMap((server) => scenario.nodes.get(server)?.prefixes ?? []))].sort(byName),
        ]),
    );
    this.asked = new Set([...this.prefixes.values()].flat());
  }

  /** The prefixes of which it is part of every run how much they are asked. */
  get limited(): readonly string[] {
    return [...this.asked].filter((name) => this.limits(name)).sort(byName);
  }
  /** Its sites may be asked more than they can answer. */
  limits(prefix: string): boolean {
    return this.asked.has(prefix) && (this.scenario.prefixes.get(prefix)?.capacity ?? null) !== null;
  }

  /** What is asked of the sites of a prefix; a sentence where that is nothing on an ordinary day, so that there is no multiple of it. */
  of({ name }: Prefix): Sum | string {
    if (!this.asked.has(name)) return 'no resolver asks for a zone with a nameserver in it';
    const answered = new Set<FactRef>();
    const zones = [...this.prefixes]
      .filter(([, prefixes]) => prefixes.includes(name))
      .map(([zone, prefixes]) => ({
        askers: this.resolvers.flatMap((resolver) => this.asker(resolver, zone, answered)),
        over: prefixes.map((prefix) => this.sitesOf(prefix)),
        own: prefixes.indexOf(name),
      }));
    const usual = zones.reduce((sum, zone) => {
      const asked = zone.askers.map(({ weight }) => weight);
      const all = zone.over.map(() => true);
      return sum + drawnBy(zone, asked, all);
    }, 0);
    if (usual === 0) return 'on an ordinary day nobody asks a nameserver in it, as all resolvers have quicker ones';
    return {
      sites: this.sitesOf(name),
      zones,
      usual,
      announced: [...new Set(zones.flatMap(({ over }) => over.flat()))],
      answered: [...answered],
    };
  }

  private sitesOf(prefix: string): readonly FactRef[] {
    return (this.scenario.prefixes.get(prefix)?.sites ?? []).map(({ site }) =>
      this.planner.fact('announces', site, prefix),
    );
  }

  private asker(node: Asking, zone: Zone, answered: Set<FactRef>): readonly PlannedAsker[] {
    const { planner } = this;
    const { name, resolver, failureCache } = node;
    const part = weightOf(resolver, zone.name);
    if (part === 0) return [];
    if (resolver.many) this.uncounted.add(name);
    const remembered = failureCache === null ? 0 : middleOf(failureCache);
    const rate = rateOf(resolver, zone.name);
    const anew = askedAnew(rate, zone.ttl, resolver.tries, remembered);
    if (anew === Infinity) this.restless.add(name);
    const hear = (fact: FactRef): FactRef => {
      answered.add(fact);
      return fact;
    };
    const able: SignalRef[] = [planner.flag(hear(planner.fact('up', name)))];
    if (zone.under !== null) able.push(planner.flag(hear(planner.fact('delegated', name, zone.name))));
    if (zone.serversIn !== null)
      able.push(planner.word(hear(planner.fact('resolves', name, zone.serversIn)), ['ok', 'stale']));
    const waits = planner.word(hear(planner.fact('resolves', name, zone.name)), ['servfail', 'stale', 'timeout']);
    const far = isTimed(resolver, zone) ? { rtts: this.rttsOf(resolver, zone), band: resolver.band } : null;
    return [{ weight: part * askedUsually(rate, zone.ttl), able: planner.all(able), waits, anew, far }];
  }
  /** A prefix is as far as the nearest server of the zone in it. */
  private rttsOf({ rtt }: Resolver, zone: Zone): readonly number[] {
    const servers = zone.nameservers.map((server) => this.scenario.nodes.get(server) as Node);
    return (this.prefixes.get(zone) as readonly string[]).map((prefix) =>
      servers.reduce(
        (least, { name, prefixes }) => (prefixes.includes(prefix) ? Math.min(least, rtt.get(name) as number) : least),
        Infinity,
      ),
    );
  }
}

/** How much of what these ask for a zone falls to its prefix, while some of its prefixes are there. */
export function drawnBy(
  { askers, own }: Pick<PlannedCrowd['zones'][number], 'askers' | 'own'>,
  asked: readonly number[],
  there: readonly boolean[],
): number {
  let [even, near] = [0, 0];
  for (const [k, { far }] of askers.entries()) {
    if (far === null) even += asked[k] as number;
    else {
      const others = far.rtts.filter((_, prefix) => prefix !== own && there[prefix]);
      near += (asked[k] as number) * shareOfFirst([far.rtts[own] as number, ...others], far.band);
    }
  }
  return even / there.filter((one) => one).length + near;
}

/** How much of what is asked for a zone comes from this resolver; 0: it does not ask for it. */
function weightOf({ load, demand }: Resolver, zone: string): number {
  if (demand.length === 0) return 1;
  return (demand.find((asked) => asked.zone === zone)?.share ?? 0) * (load ?? 1);
}
