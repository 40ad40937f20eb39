/** Autonomous systems by name: networks, and what speaks for itself because it belongs to none. */
import { didYouMean } from '../nearest.ts';
import { aKind, type Origin, shorten, type Tree, under } from '../tree.ts';
import { leafOf, listOf } from './values.ts';
import type { World } from './world.ts';

/** Whether the name is one of a system; if not, that is said. */
export function checkSystem(world: World, name: string, at: Origin): boolean {
  const draft = world.drafts.get(name);
  const wrong = (says: string, hint?: string): boolean => {
    world.context.problem(at, says, hint);
    return false;
  };
  if (!draft)
    return wrong(
      `there is no network "${shorten(name)}"`,
      numbered(world, name) ?? didYouMean(name, world.drafts.keys()),
    );
  if (draft.network === name) return true;
  if (draft.network !== null)
    return wrong(`${name} belongs to ${draft.network}, and paths go by networks`, `write "${draft.network}"`);
  return world.speakers.has(name) || wrong(`${name} is ${aKind(draft.kind)}, no network`);
}

/** Of a number, such as AS64500, whose it is. */
function numbered(world: World, text: string): string | undefined {
  const number = /^(?:AS)?(\d+)$/i.exec(text)?.[1];
  if (number === undefined) return undefined;
  if (Number(number) === 0) return 'an authorisation whose origin is none says that nobody may announce a block';
  const has = [...world.drafts.values()].find(({ tree }) => {
    const asn = under(tree, 'asn');
    return asn?.is === 'leaf' && asn.text === number;
  });
  return has ? `write "${has.name}": here networks go by their names` : 'here networks go by their names';
}

/** A system by name; null after a problem. */
export function systemOf(world: World, tree: Tree): string | null {
  const name = leafOf(world.context, tree, 'the name of a network')?.text;
  return name !== undefined && checkSystem(world, name, tree.at) ? name : null;
}

/** A list of systems, those that are none left out. */
export const systemsOf = (world: World, tree: Tree | undefined): readonly string[] =>
  listOf(tree).flatMap((item) => systemOf(world, item) ?? []);
