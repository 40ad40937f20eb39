/** The questions whether a number is above a limit; where a rate feeds back on itself, above and below must differ. */
import type { Condition, NodeKind } from '../scenario.ts';
import type { Tree } from '../tree.ts';
import type { Asked } from './asked.ts';
import { BEARERS } from './bearing.ts';
import { select } from './selectors.ts';
import { numberOf } from './values.ts';
import type { World } from './world.ts';

export function askRate(asked: Asked): Condition | null {
  const { world, conditions, get, asker, at } = asked;
  const limits = limitsOf(asked, 'a rate');
  if (!limits) return null;
  const rate = select(world, [world.sections.rates], get('rate') as Tree, asker);
  if (rate && !get('below')) {
    const back = rate.names.find((name) => asksRate(world, world.rates.get(name)?.tree, new Set()));
    if (back !== undefined)
      conditions.wrong(
        at,
        `${back} itself depends on a rate: say under \`below\` when this is false again`,
        'without a gap between above and below it would flicker',
      );
  }
  return rate && conditions.quantified(rate, (name) => conditions.ask('rate', [name], at, limits));
}

/** How much a resolver, the nameservers of a zone, or the sites that announce a prefix are asked, as a multiple of the usual. */
export function askQueries(asked: Asked): Condition | null {
  const { world, conditions, get, asker, at } = asked;
  const limits = limitsOf(asked, 'how much it is asked');
  const { nodes, zones, prefixes } = world.sections;
  const whom = limits && select(world, [nodes, zones, prefixes], get('queries') as Tree, asker, ['resolver']);
  return whom && conditions.quantified(whom, (name) => conditions.ask('queries', [name], at, limits));
}

/** How much load a node bears, as a multiple of the usual. */
export const askLoad = (asked: Asked): Condition | null => askNode(asked, 'load', BEARERS, 'a load');

/** How many people of a population cannot do something. */
export const askTroubled = (asked: Asked): Condition | null =>
  askNode(asked, 'troubled', ['population'], 'how many are troubled');

function askNode(asked: Asked, kind: 'load' | 'troubled', kinds: readonly NodeKind[], what: string): Condition | null {
  const { world, conditions, get, asker, at } = asked;
  const limits = limitsOf(asked, what);
  const whom = limits && select(world, [world.sections.nodes], get(kind) as Tree, asker, kinds);
  return whom && conditions.quantified(whom, (name) => conditions.ask(kind, [name], at, limits));
}

export function limitsOf({ world, conditions, get, at }: Asked, what: string): { above: number; below: number } | null {
  const written = get('above');
  if (!written) {
    conditions.wrong(at, `${what} is compared with a number: say which under \`above\``);
    return null;
  }
  const above = numberOf(world.context, written, 0);
  const below = numberOf(world.context, get('below'), above);
  if (below > above) conditions.wrong((get('below') as Tree).at, `below (${below}) lies over above (${above})`);
  return { above, below };
}

/** Whether a rate, or a condition, asks for a rate, by itself or through named conditions. */
function asksRate(world: World, tree: Tree | undefined, seen: Set<string>): boolean {
  if (!tree) return false;
  if (tree.is === 'list') return tree.items.some((item) => asksRate(world, item, seen));
  if (tree.is === 'map')
    return [...tree.entries].some(([key, { value }]) => key === 'rate' || asksRate(world, value, seen));
  if (seen.has(tree.text)) return false;
  seen.add(tree.text);
  return asksRate(world, world.conditions.get(tree.text), seen);
}
