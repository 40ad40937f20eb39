/** Who adds what to how much is asked: by each resolver's clients at the resolver, and by resolvers in vain at the zone above. */
import { quantile } from '../../engine/luck.ts';
import type { FactRef } from '../../engine/mechanism.ts';
import type { Planner } from '../../engine/planner.ts';
import type { Draw } from '../../model/luck.ts';
import type { Node, Resolver, Scenario, Zone } from '../../model/scenario.ts';
import { SECOND } from '../../model/units.ts';
import type { PlannedLoad, PlannedSummand } from './planned.ts';
import { failingQueries } from './theory.ts';

type Sum = Omit<PlannedLoad, 'item' | 'fact'>;

/** The loads of a scenario that are part of every run, beside those of prefixes: whoever says what is asked for. */
export function loadsOf(scenario: Scenario): readonly string[] {
  const resolvers = [...scenario.nodes.values()].filter(({ resolver }) => (resolver?.demand.length ?? 0) > 0);
  const zones = [...scenario.zones.values()].filter(({ load }) => load !== null);
  return [...resolvers, ...zones].map(({ name }) => name);
}

/** What clients ask a resolver: each zone by its share, and all the rest. */
export function askedByClients(planner: Planner, node: Node, resolver: Resolver): Sum {
  const { demand, clientRetry, capacity, whenOver, many } = resolver;
  const { tries, over, back } = clientRetry;
  const summand = (resolves: FactRef | null, weight: number): PlannedSummand => ({
    resolves,
    lost: [],
    weight,
    rest: 1,
    jump: 1,
    goal: tries,
    over,
    back,
  });
  const named = demand.map(({ zone, share }) =>
    many && tries > 1
      ? { ...summand(null, share), lost: lostOf(planner, node.name, resolver, zone) }
      : summand(planner.fact('resolves', node.name, zone), share),
  );
  const rest = Math.max(0, 1 - demand.reduce((sum, { share }) => sum + share, 0));
  const up = planner.fact('up', node.name);
  const drowns = capacity !== null && whenOver === 'fail' ? planner.fact('over', node.name) : null;
  return {
    base: 0,
    summands: [...named, summand(null, rest)],
    up,
    over: drowns,
    capacity: capacity ?? 0,
    inputs: [...named.flatMap(({ resolves, lost }) => resolves ?? lost), up, ...(drowns ? [drowns] : [])],
  };
}

/**
 * What resolvers ask the servers of a zone beside the usual: whoever finds that no server of a zone below answers asks for its
 * delegation again (seen by Verisign in 2021; RFC 9520 §3.2 and §3.3 set limits to it).
 */
export function askedInVain(planner: Planner, scenario: Scenario, zone: Zone): Sum {
  const usual = zone.load ?? 1;
  const summands = [...scenario.nodes.values()].flatMap(({ name, resolver, failureCache }): PlannedSummand[] => {
    if (!resolver || resolver.load === null) return [];
    const { load, demand, tries, clientRetry, many } = resolver;
    // The load of a resolver is that of all its caches, and of many that of each.
    const caches = many ? (resolver.manyOf ?? 0) : resolver.caches;
    const total = many ? caches * load : load;
    const remembered = failureCache === null ? 0 : middleOf(failureCache) / SECOND;
    return demand
      .filter((asked) => scenario.zones.get(asked.zone)?.under === zone.name)
      .map((asked) => {
        const queries = (often: number) =>
          caches * failingQueries((total * asked.share * often) / caches, tries, remembered);
        return {
          resolves: many ? null : planner.fact('resolves', name, asked.zone),
          lost: many ? lostOf(planner, name, resolver, asked.zone) : [],
          weight: 1 / usual,
          rest: 0,
          jump: queries(1),
          goal: queries(clientRetry.tries),
          over: clientRetry.over,
          back: 0,
        };
      });
  });
  const inputs = summands.flatMap(({ resolves, lost }) => resolves ?? lost);
  return { base: 1, summands, up: null, over: null, capacity: 0, inputs };
}

/** The shares of many caches that give no answer, so that their clients ask again. */
const lostOf = (planner: Planner, name: string, { patience }: Resolver, zone: string): readonly FactRef[] =>
  ['servfail', ...(patience === null ? [] : ['timeout'])].map((word) => planner.fact('told', name, zone, word));

/** Questions a millisecond for one zone in each of its caches; null: unknown, and so many that no answer lies idle. */
export function rateOf({ load, demand, caches }: Resolver, zone: string): number | null {
  const share = demand.find((asked) => asked.zone === zone)?.share;
  return load === null || share === undefined || share === 0 ? null : (load * share) / SECOND / caches;
}

export const middleOf = (law: Draw): number => quantile(law, 0.5);
