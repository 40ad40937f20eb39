/** Questions about routes: whether a network has one, and what becomes of what it sends. */
import { covers } from '../blocks.ts';
import { FORWARDS } from '../facts.ts';
import type { Condition } from '../scenario.ts';
import type { Tree } from '../tree.ts';
import type { Asked } from './asked.ts';
import { readAddress } from './cidr.ts';
import { type Selected, select } from './selectors.ts';
import { checkSystem } from './systems.ts';
import { wordOf } from './values.ts';

/** A network has a route to a prefix. */
export const askRoute = (asked: Asked): Condition | null =>
  ofNetworks(asked, 'route', (network, prefix) =>
    asked.conditions.ask('route', [network, prefix], (asked.get('route') as Tree).at),
  );

/** What a network sends to a prefix, or to an address, arrives, ends as `as` says, or passes `through` another. */
export function askForwards(asked: Asked): Condition | null {
  const { world, conditions, get } = asked;
  const { at } = get('forwards') as Tree;
  const [as, through] = [get('as'), get('through')];
  if (as && through)
    return conditions.wrong(at, '"as" and "through" ask for two things', 'write them as a list of two questions');
  if (through) return askPasses(asked, through);
  const word = [as ? wordOf(world.context, as, FORWARDS, 'delivered') : 'delivered'];
  return ofNetworks(asked, 'forwards', (network, target) =>
    conditions.ask('forwards', [network, target], at, { word }),
  );
}

/** Among several one's own self is left out: what one sends passes oneself. */
function askPasses(asked: Asked, tree: Tree): Condition | null {
  const { world, conditions, get, asker } = asked;
  const { at } = get('forwards') as Tree;
  const met = select(world, [world.sections.nodes], tree, asker);
  if (!met) return null;
  const systemOf = (name: string): string => world.drafts.get(name)?.network ?? name;
  // A site with sessions or announcements of its own is asked for by itself: of anycast ones packets come to one.
  const names = [...new Set(met.names.map((name) => (world.speakers.has(name) ? name : systemOf(name))))];
  if (!names.every((name) => checkSystem(world, systemOf(name), tree.at))) return null;
  const before = world.context.problems.length;
  const found = ofNetworks(asked, 'forwards', (network, target) =>
    conditions.quantified({ ...met, names: names.filter((name) => systemOf(name) !== network) }, (name) =>
      conditions.ask('passes', [network, target, name], at),
    ),
  );
  if (found || asker.unknown || world.context.problems.length > before) return found;
  return conditions.wrong(
    tree.at,
    `what ${systemOf(names[0] as string)} sends always passes ${systemOf(names[0] as string)}`,
    'ask from somewhere else: from: …',
  );
}

function ofNetworks(
  asked: Asked,
  key: 'route' | 'forwards',
  ask: (network: string, target: string) => Condition | null,
): Condition | null {
  const { world, conditions, get, asker } = asked;
  const tree = get(key) as Tree;
  const target =
    (key === 'forwards' ? addressOf(asked, tree) : null) ?? select(world, [world.sections.prefixes], tree, asker);
  const from = networks(asked);
  return (
    target &&
    from &&
    conditions.quantified(from, (network) => conditions.quantified(target, (name) => ask(network, name)))
  );
}

/** An address, unless a prefix has it for its name; in the one way it is written, so that one address is one fact. */
function addressOf({ world, conditions }: Asked, tree: Tree): Pick<Selected, 'how' | 'count' | 'names'> | null {
  const read = tree.is === 'leaf' && !world.sections.prefixes.has(tree.text) ? readAddress(tree.text.trim()) : null;
  if (!read) return null;
  if (![...world.blocks.values()].some((block) => covers(block, read.block)))
    conditions.wrong(tree.at, `no prefix covers ${read.address}`, 'announce a block in which it lies');
  return { how: 'one', count: 1, names: [read.address] };
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
