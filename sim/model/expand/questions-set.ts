/** The question whether a word is in the configuration of a node. */
import type { Condition } from '../scenario.ts';
import { shorten, type Tree } from '../tree.ts';
import type { Asked } from './asked.ts';
import { looker } from './looker.ts';
import { leafOf } from './values.ts';

/** A word that nobody ever sets is misspelt. */
export function askSet(asked: Asked): Condition | null {
  const { world, conditions, get } = asked;
  const target = get('set') as Tree;
  const word = leafOf(world.context, target, 'a word such as new-order')?.text;
  const who = looker(asked, get('at') || !get('from') ? 'at' : 'from');
  if (word === undefined) return null;
  const { words } = world.spoken;
  if (!words.has(word))
    return conditions.wrong(
      target.at,
      `nothing ever sets "${shorten(word)}"`,
      words.hint(word, `a change or a fault does, by effect: { set: ${shorten(word)} }`),
    );
  return who && conditions.quantified(who, (node) => conditions.ask('config', [node, 'set', word], target.at));
}
