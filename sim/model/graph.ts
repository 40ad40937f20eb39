/** The scenario as one graph: what importers build, analyses walk, exporters write and layouts read. */
import { MultiGraph } from 'graphology';
import type { AbstractGraph } from 'graphology-types';
import { questionsOf } from './conditions.ts';
import type { Condition, Node, Scenario } from './scenario.ts';
import { byName } from './units.ts';

/** How two nodes are joined: by a way for traffic, a session of routing, standing in a place, or one needing the other. */
export interface EdgeAttributes {
  readonly relation: 'link' | 'session' | 'place' | 'need';
  /** Links: the layer, or null for all layers. */
  readonly layer: string | null;
}

export type ScenarioGraph = AbstractGraph<Node, EdgeAttributes>;

/**
 * Nodes by name; links, sessions and places undirected, needs directed from who needs to what is needed.
 * Every edge has a key of ours (the link's name, or `x needs y`), and all are added in canonical order: graphology's own keys differ
 * from process to process, and its neighbours come in the order of an object's keys.
 */
export function graphOf(scenario: Scenario): ScenarioGraph {
  const graph = new MultiGraph<Node, EdgeAttributes>() as ScenarioGraph;
  for (const node of [...scenario.nodes.values()].sort((a, b) => byName(a.name, b.name)))
    graph.addNode(node.name, node);
  for (const link of [...scenario.links.values()].sort((a, b) => byName(a.name, b.name))) {
    const relation = link.implied ? 'place' : link.bgp === null ? 'link' : 'session';
    graph.addUndirectedEdgeWithKey(link.name, link.from, link.to, { relation, layer: link.layer });
  }
  for (const name of graph.nodes()) {
    for (const needed of neededBy(graph.getNodeAttributes(name))) {
      if (graph.hasNode(needed))
        graph.addDirectedEdgeWithKey(`${name} needs ${needed}`, name, needed, { relation: 'need', layer: null });
    }
  }
  return graph;
}

/** The names that a node's own conditions speak of, beside itself, in canonical order; nodes, zones, prefixes and tasks alike. */
export function neededBy(node: Node): readonly string[] {
  const conditions: Condition[] = node.needs.map((need) => need.condition);
  for (const clause of [node.starts, node.wants, node.watches]) if (clause) conditions.push(clause.condition);
  const names = conditions.flatMap(questionsOf).flatMap(({ kind, subjects }) => {
    if (kind === 'reach') return subjects.slice(0, 2);
    return kind === 'stuck' || kind === 'config' ? subjects.slice(0, 1) : [...subjects];
  });
  if (node.prefix !== null) names.push(node.prefix);
  return [...new Set(names)].filter((name) => name !== node.name).sort(byName);
}
