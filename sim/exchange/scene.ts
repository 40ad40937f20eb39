/** The scene: what a picture needs to know of a scenario; names, and what tasks wait for. */
import { sayQuestion } from '../model/conditions.ts';
import { factName } from '../model/facts.ts';
import { neededBy } from '../model/graph.ts';
import type { Condition, Effect, Node, Scenario } from '../model/scenario.ts';
import { formatDateTime } from '../model/units.ts';
import type { Scene, Wanted } from '../trace/lines.ts';

const sayEffect = ({ setting, of }: Effect): string => (of === null ? setting : `${setting} ${of}`);

/** Its own, or that of the place it stands in, or of the place that stands in. */
function whereOf({ nodes, wheres }: Scenario, node: Node): { where?: readonly [number, number] } {
  for (let one: Node | undefined = node; one; one = one.place === null ? undefined : nodes.get(one.place)) {
    const where = wheres.get(one.name);
    if (where) return { where: [where.north, where.east] };
  }
  return {};
}

function wantedOf(condition: Condition): Wanted {
  const called = condition.called === undefined ? {} : { called: condition.called };
  if ('ask' in condition) {
    const { kind, subjects, test } = condition.ask;
    const says = sayQuestion(condition.ask);
    const limit = 'word' in test ? { is: test.word } : 'above' in test ? { above: test.above } : {};
    return { ...called, fact: factName(kind, subjects), ...limit, says };
  }
  if ('not' in condition) return { ...called, not: wantedOf(condition.not) };
  if ('all' in condition) return { ...called, all: condition.all.map(wantedOf) };
  if ('any' in condition) return { ...called, any: condition.any.map(wantedOf) };
  return { ...called, atLeast: condition.atLeast, of: condition.of.map(wantedOf) };
}

export function sceneOf(scenario: Scenario): Scene {
  return {
    id: scenario.id,
    title: scenario.title,
    start: formatDateTime(scenario.start),
    run: scenario.run,
    nodes: [...scenario.nodes.values()].map((node) => ({
      name: node.name,
      kind: node.kind,
      title: node.title,
      role: node.role,
      place: node.place,
      group: node.group,
      network: node.network,
      people: node.people,
      needs: neededBy(node),
      ...whereOf(scenario, node),
    })),
    links: [...scenario.links.values()].map(({ name, from, to, layer, bgp, implied }) => ({
      name,
      from,
      to,
      layer,
      bgp,
      implied,
    })),
    prefixes: [...scenario.prefixes.values()].map(({ name, cidr, sites }) => ({
      name,
      cidr,
      sites: sites.map((site) => site.site),
    })),
    zones: [...scenario.zones.values()],
    changes: [...scenario.changes.values()].map(({ name, targets, effect, guard }) => ({
      name,
      targets,
      effect: sayEffect(effect),
      guard: guard?.by ?? null,
    })),
    faults: [...scenario.faults.values()].map(({ name, targets, effect }) => ({
      name,
      targets,
      effect: sayEffect(effect),
    })),
    tasks: [...scenario.tasks.values()].map(({ name, parent, teams, needs }) => ({
      name,
      parent,
      teams: teams.map(({ team }) => team),
      ...(needs ? { needs: wantedOf(needs) } : {}),
    })),
    journeys: scenario.journeys.map(({ name, title, population, resolver, people }) => ({
      name,
      title,
      population,
      resolver,
      people,
    })),
    rates: [...scenario.rates.values()].map(({ name, unit }) => ({ name, unit })),
    sources: [...scenario.sources.values()].map(({ name, title, basis, url }) => ({ name, title, basis, url })),
    parameters: [...scenario.parameters.values()],
    variants: [...scenario.variants.values()].map(({ name, title }) => ({ name, title })),
    ...(scenario.titles.size > 0 ? { titles: [...scenario.titles].map(([name, title]) => ({ name, title })) } : {}),
  };
}
