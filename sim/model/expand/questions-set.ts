/** The question whether a word is in the configuration of a node. */
import type { Condition } from '../scenario.ts';
import { shorten, type Tree } from '../tree.ts';
import type { Asked } from './asked.ts';
import { type Selected, select } from './selectors.ts';
import { leafOf } from './values.ts';

/** A word that nobody ever sets is misspelt. */
export function askSet(asked: Asked): Condition | null {
  const { world, conditions, get } = asked;
  const target = get('set') as Tree;
  const word = leafOf(world.context, target, 'a word such as new-order')?.text;
  const whose = nodes(asked);
  if (word === undefined) return null;
  const { words } = world.spoken;
  if (!words.has(word))
    return conditions.wrong(
      target.at,
      `nothing ever sets "${shorten(word)}"`,
      words.hint(word, `a change or a fault does, by effect: { set: ${shorten(word)} }`),
    );
  return whose && conditions.quantified(whose, (node) => conditions.ask('config', [node, 'set', word], target.at));
}

/** As said, else the one who asks. */
function nodes({ world, conditions, get, asker, at }: Asked): Selected | null {
  const said = get('at') ?? get('from');
  if (said) return select(world, [world.sections.nodes], said, asker);
  if (asker.node !== null) return { how: 'one', count: 1, names: [asker.node], at, section: world.sections.nodes };
  if (!asker.unknown)
    conditions.wrong(at, 'whose configuration? say which node under `at`', 'or under `from`, where `at` says when');
  return null;
}
