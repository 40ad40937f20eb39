/** Views: names for groups of nodes. */
import { didYouMean } from '../nearest.ts';
import { type Dict, shorten } from '../tree.ts';
import { isGlob } from './globs.ts';
import { leafOf, listOf } from './values.ts';
import type { World } from './world.ts';

export function checkViews(world: World, section: Dict | undefined): void {
  const { nodes } = world.sections;
  for (const [name, { value, at }] of section?.entries ?? []) {
    if (nodes.has(name) || nodes.group(name))
      world.context.problem(at, `"${shorten(name)}" is a view and a node`, 'give one of them another name');
    for (const item of listOf(world.texts.fill(value))) {
      const leaf = leafOf(world.context, item, 'a glob such as ris.*');
      if (!leaf || nodes.matching(leaf.text, leaf.at).length > 0) continue;
      world.context.problem(
        leaf.at,
        isGlob(leaf.text) ? `no node matches "${shorten(leaf.text)}"` : `there is no node "${shorten(leaf.text)}"`,
        didYouMean(leaf.text, nodes.names()),
      );
    }
  }
}
