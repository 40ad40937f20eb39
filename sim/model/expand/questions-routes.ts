/** Questions about routes: whether a network has one, and what becomes of what it sends. */
import { FORWARDS } from '../facts.ts';
import type { Condition } from '../scenario.ts';
import type { Tree } from '../tree.ts';
import type { Asked } from './asked.ts';
import { type Selected, select } from './selectors.ts';
import { wordOf } from './values.ts';

/** A network has a route to a prefix. */
export const askRoute = (asked: Asked): Condition | null =>
  ofNetworks(asked, 'route', (network, prefix) =>
    asked.conditions.ask('route', [network, prefix], (asked.get('route') as Tree).at),
  );

/** What a network sends to a prefix arrives, or ends as `as` says. */
export function askForwards(asked: Asked): Condition | null {
  const as = asked.get('as');
  const word = [as ? wordOf(asked.world.context, as, FORWARDS, 'delivered') : 'delivered'];
  return ofNetworks(asked, 'forwards', (network, prefix) =>
    asked.conditions.ask('forwards', [network, prefix], (asked.get('forwards') as Tree).at, { word }),
  );
}

function ofNetworks(
  asked: Asked,
  key: 'route' | 'forwards',
  ask: (network: string, prefix: string) => Condition | null,
): Condition | null {
  const { world, conditions, get, asker } = asked;
  const prefix = select(world, [world.sections.prefixes], get(key) as Tree, asker);
  const from = networks(asked);
  return (
    prefix &&
    from &&
    conditions.quantified(from, (network) => conditions.quantified(prefix, (name) => ask(network, name)))
  );
}

/** The networks that look: those said under `from` or of the nodes said there, else that of the asker. */
function networks({ world, conditions, get, asker, at }: Asked): Selected | null {
  const said = get('from');
  if (said) {
    const from = select(world, [world.sections.nodes], said, asker);
    if (!from) return null;
    const names = from.names.map((name) => world.drafts.get(name)?.network ?? null);
    const lost = names.indexOf(null);
    if (lost === -1) return { ...from, names: [...new Set(names as string[])] };
    conditions.wrong(said.at, `${from.names[lost]} belongs to no network`, 'give it a network, or ask from a network');
    return null;
  }
  if (asker.network !== null)
    return { how: 'one', count: 1, names: [asker.network], at, section: world.sections.nodes };
  if (!asker.unknown)
    conditions.wrong(
      at,
      asker.node === null
        ? 'nobody asks this: say from which network under `from`'
        : `${asker.node} belongs to no network: say from which under \`from\``,
    );
  return null;
}
