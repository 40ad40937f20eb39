/** Communities: any text without blanks, such as 65001:100 or backup. */
import { isSlip } from '../nearest.ts';
import { shorten, type Tree } from '../tree.ts';
import { NUMBERED, WELL_KNOWN } from './spoken.ts';
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
    else if (!asked) checkSlip(world, text, item);
    found.add(text);
  }
  return [...found];
}

/** A tag is one's own, whatever it looks like, once somebody asks for it; of one that nobody reads a slip of a well-known one was meant. */
function checkSlip({ context, spoken }: World, text: string, { at }: Tree): void {
  const meant =
    WELL_KNOWN.includes(text) || spoken.asked.has(text) ? undefined : WELL_KNOWN.find((one) => isSlip(text, one));
  if (meant !== undefined)
    context.problem(at, `no policy asks for the community "${shorten(text)}"`, `did you mean "${meant}"?`);
}
