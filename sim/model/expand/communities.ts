/** Communities: any text without blanks, such as 65001:100 or backup. */
import { shorten, type Tree } from '../tree.ts';
import { NUMBERED } from './spoken.ts';
import { leafOf, listOf } from './values.ts';
import type { World } from './world.ts';

/** Those written there, in that order and each once; `asked`: they are looked for, and so somebody must put them on a route. */
export function communitiesOf(world: World, tree: Tree | undefined, asked: boolean): readonly string[] {
  const { context, spoken } = world;
  const found = new Set<string>();
  for (const item of listOf(tree)) {
    const written = leafOf(context, item, 'a community such as 65001:100 or backup')?.text;
    if (written === undefined) continue;
    const text = NUMBERED.get(written) ?? written;
    if (!/^\S+$/.test(text))
      context.problem(
        item.at,
        `a community is a text without blanks, found "${shorten(text)}"`,
        'a list holds several',
      );
    else if (asked && !spoken.communities.has(text))
      context.problem(
        item.at,
        `nothing puts the community "${shorten(text)}" on a route`,
        spoken.communities.hint(text, 'an announcement has `communities`, and a policy can `add` them'),
      );
    found.add(text);
  }
  return [...found];
}
