/** The way over links for a person who asks: every hop, and what on it is down or carries nothing. */
import type { LinksTold } from '../../model/looks.ts';
import { type LayerGraph, type Passable, Walk } from './paths.ts';

/** Everything carries and is up. */
const SOUND: Passable = { node: () => true, link: () => true };

/** The shortest way, of several the first by name. Where none is open: the one there would be, with what it breaks at. */
export function linksOf(
  graph: LayerGraph,
  passable: Passable,
  from: string,
  to: string,
): Pick<LinksTold, 'reached' | 'hops'> {
  const [source, target] = [graph.indexOf.get(from) as number, graph.indexOf.get(to) as number];
  const walk = new Walk(graph);
  walk.from(source, passable);
  const reached = walk.reached(target);
  if (!reached) walk.from(source, SOUND);
  const hops = [{ link: null as string | null, carries: true, node: from, up: passable.node(source) }];
  if (!walk.reached(target)) return { reached, hops };
  const steps: typeof hops = [];
  for (let node = target; node !== source; node = walk.parent[node] as number) {
    const link = walk.by[node] as number;
    steps.push({
      link: graph.links[link] as string,
      carries: passable.link(link),
      node: graph.nodes[node] as string,
      up: passable.node(node),
    });
  }
  return { reached, hops: [...hops, ...steps.reverse()] };
}
