/** The one a question is about where it does not say: the one who asks. */
import type { NodeKind } from '../scenario.ts';
import type { Asked } from './asked.ts';
import { type Selected, select } from './selectors.ts';

/** As said under the key, else the asker; null after a problem. */
export function looker(
  { world, get, asker, conditions, at }: Asked,
  key: string,
  kinds?: readonly NodeKind[],
): Selected | null {
  const said = get(key);
  if (said) return select(world, [world.sections.nodes], said, asker, kinds);
  if (asker.node !== null) return { how: 'one', count: 1, names: [asker.node], at, section: world.sections.nodes };
  if (!asker.unknown) conditions.wrong(at, `nobody asks this: say who looks under \`${key}\``);
  return null;
}
