/** The scene: what a picture needs to know of a scenario; names alone, no conditions. */
import { neededBy } from '../model/graph.ts';
import type { Effect, Node, Scenario } from '../model/scenario.ts';
import { formatDateTime } from '../model/units.ts';
import type { Scene } from '../trace/lines.ts';

const sayEffect = ({ setting, of }: Effect): string => (of === null ? setting : `${setting} ${of}`);

/** Its own, or that of the place it stands in, or of the place that stands in. */
function whereOf({ nodes, wheres }: Scenario, node: Node): { where?: readonly [number, number] } {
  for (let one: Node | undefined = node; one; one = one.place === null ? undefined : nodes.get(one.place)) {
    const where = wheres.get(one.name);
    if (where) return { where: [where.north, where.east] };
  }
  return {};
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
    tasks: [...scenario.tasks.values()].map(({ name, parent, teams }) => ({
      name,
      parent,
      teams: teams.map(({ team }) => team),
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
  };
}
