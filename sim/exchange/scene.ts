/** The scene: what a picture needs to know of a scenario; names alone, no conditions. */
import { questionsOf } from '../model/conditions.ts';
import type { Condition, Effect, Node, Scenario } from '../model/scenario.ts';
import { byName, formatDateTime } from '../model/units.ts';
import type { Scene } from '../trace/lines.ts';

/** The names a condition speaks of, beside the one who asks. */
function spokenOf(asker: string, conditions: readonly Condition[]): readonly string[] {
  const names = conditions
    .flatMap(questionsOf)
    .flatMap(({ kind, subjects }) =>
      kind === 'reach' || kind === 'stuck' ? [subjects[kind === 'reach' ? 1 : 0] as string] : [...subjects],
    );
  return [...new Set(names)].filter((name) => name !== asker).sort(byName);
}

const needsOf = (node: Node): readonly string[] =>
  spokenOf(node.name, [
    ...node.needs.map((need) => need.condition),
    ...(node.starts ? [node.starts.condition] : []),
    ...(node.wants ? [node.wants.condition] : []),
    ...(node.watches ? [node.watches.condition] : []),
  ]);

const sayEffect = ({ setting, of }: Effect): string => (of === null ? setting : `${setting} ${of}`);

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
      needs: needsOf(node),
    })),
    links: [...scenario.links.values()],
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
