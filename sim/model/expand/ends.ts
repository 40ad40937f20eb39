/** The ends of sessions: what a link says of an end outranks what the node there says, and that what its network says. */
import type { Link } from '../scenario.ts';
import type { Policy, SessionEnd } from '../scenario-routing.ts';
import { entryOf, type Origin, type Tree, under } from '../tree.ts';
import { limitOf } from './limits.ts';
import type { Policies } from './policies.ts';
import type { World } from './world.ts';

/** What a node may say of all its sessions. */
const OF_NODES = ['imports', 'exports', 'roles'] as const;

/**
 * Links with their policies. `written`: what links say under `ends`, by the name of the link. `usual`: the policy for what is heard by
 * a node that says nothing itself.
 */
export function withEnds(
  world: World,
  policies: Policies,
  links: ReadonlyMap<string, Link>,
  written: ReadonlyMap<string, Tree>,
  usual: (node: string) => Tree | undefined,
): Map<string, Link> {
  checkSpeaking(world);
  /** Ends of which no link says anything, by node. */
  const plain = new Map<string, SessionEnd>();
  const endOf = (link: Link, side: 'from' | 'to'): SessionEnd => {
    const node = link[side];
    const own = under(written.get(link.name), side);
    const known = own ? undefined : plain.get(node);
    if (known) return known;
    const policy = (key: 'imports' | 'exports'): Policy | null => {
      const tree = under(own, key) ?? saidBy(world, node, key) ?? (key === 'imports' ? usual(node) : undefined);
      return tree ? policies.at(tree, node, key) : null;
    };
    const end: SessionEnd = {
      imports: policy('imports'),
      exports: policy('exports'),
      limit: limitOf(world, under(own, 'limit')),
    };
    if (!own) plain.set(node, end);
    return end;
  };
  return new Map(
    [...links].map(([name, link]) => [
      name,
      link.bgp === null ? link : { ...link, ends: { from: endOf(link, 'from'), to: endOf(link, 'to') } },
    ]),
  );
}

/** The node's own word, or that of the network it belongs to. */
export function saidBy(world: World, node: string, key: (typeof OF_NODES)[number]): Tree | undefined {
  const draft = world.drafts.get(node);
  const own = under(draft?.tree, key);
  return own ?? (draft && draft.network !== null ? under(world.drafts.get(draft.network)?.tree, key) : undefined);
}

/** Who has no session has no use for policies; of what is said of many at once, one that has is enough. */
function checkSpeaking(world: World): void {
  const speaks = new Set<string>();
  for (const name of world.ends) speaks.add(name).add(world.drafts.get(name)?.network ?? name);
  const said = new Map<Origin, { readonly name: string; readonly key: string; used: boolean }>();
  for (const { name, tree } of world.drafts.values()) {
    for (const key of OF_NODES) {
      const at = entryOf(tree, key)?.at;
      if (!at) continue;
      const one = said.get(at) ?? { name, key, used: false };
      one.used ||= speaks.has(name);
      said.set(at, one);
    }
  }
  for (const [at, { name, key, used }] of said)
    if (!used)
      world.context.problem(at, `"${key}" is about sessions, and ${name} has none`, 'a session is a link with `bgp`');
}
