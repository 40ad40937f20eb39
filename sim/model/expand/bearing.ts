/** What is said of a node's load: whose people it bears, how much it stands, and what becomes of it when that is too much. */
import { isZero } from '../luck.ts';
import { type Bearing, type Clause, NODE_KINDS, type NodeKind } from '../scenario.ts';
import type { NodeKeys } from '../schema/place.ts';
import { aKind } from '../tree.ts';
import type { Conditions } from './conditions.ts';
import type { Fields } from './fields.ts';
import type { Draft } from './places.ts';
import { targets } from './selectors.ts';
import { drawOf, NOW, numberOf, spanOf, wordOf } from './values.ts';

/** Those who ask and those who mend bear nothing; who answers for names counts questions instead. */
const NEVER: readonly NodeKind[] = ['resolver', 'nameserver', 'population', 'team', 'network'];
export const BEARERS: readonly NodeKind[] = NODE_KINDS.filter((kind) => !NEVER.includes(kind));

const HERE = ['bears', 'cold', 'warms'] as const;
/** What a resolver says too, of the questions it is asked. */
const SHARED = ['capacity', 'recovers', 'whenOver'] as const;

export function readBearing(node: Fields<NodeKeys>, { name, kind }: Draft): Bearing | null {
  const { world } = node;
  const said = node.among(...HERE, ...(kind === 'resolver' ? [] : SHARED));
  const spilled = [...world.people.values()].some(({ spill }) => spill.some((to) => to.node === name));
  if (!BEARERS.includes(kind)) {
    for (const key of said)
      node.problem(key, `"${key}" is about the load of what people use, and this is ${aKind(kind)}`);
    return null;
  }
  if (said.length === 0 && !spilled) return null;
  if (!node.has('bears') && !spilled)
    node.problem(
      said[0] as 'bears',
      `"${said[0]}" is about load, and nothing says whose`,
      'say under `bears` which journeys, or send people to it by `spill`',
    );
  const number = (key: 'cold' | 'capacity' | 'recovers', instead: number) =>
    numberOf(world.context, node.get(key), instead, { least: key === 'recovers' ? 0 : 1 });
  const capacity = node.has('capacity') ? number('capacity', 2) : null;
  if (capacity === 1) node.problem('capacity', 'a load of 1 is an ordinary day: what it stands lies above that');
  const recovers = number('recovers', capacity ?? 1);
  if (capacity !== null && recovers > capacity)
    node.problem('recovers', `it has caught up below ${recovers}, which lies over its capacity (${capacity})`);
  for (const key of ['recovers', 'whenOver'] as const)
    if (capacity === null && node.has(key)) node.problem(key, `"${key}" goes with "capacity"`);
  const warms = spanOf(world.context, node.get('warms'));
  for (const [key, other] of [
    ['cold', 'warms'],
    ['warms', 'cold'],
  ] as const)
    if (node.has(key) && !node.has(other)) node.problem(key, `"${key}" goes with "${other}"`);
  for (const key of ['cold', 'warms'] as const)
    if (node.has(key) && !node.has('bears'))
      node.problem(key, `"${key}" is about people who come back, and it bears no journey`);
  if (node.has('warms') && warms === 0) node.problem('warms', 'warming takes longer than 0');
  return {
    journeys: bornJourneys(node),
    cold: number('cold', 1),
    warms,
    capacity,
    recovers,
    whenOver: wordOf(world.context, node.get('whenOver'), ['slow', 'fail'], 'slow'),
  };
}

function bornJourneys(node: Fields<NodeKeys>): readonly string[] {
  const { world } = node;
  const names = targets(world, [world.sections.journeys], node.get('bears'));
  for (const name of names)
    if (![...world.people.values()].some(({ does }) => does.has(name)))
      node.problem(
        'bears',
        `nobody makes the journey ${name}, so there is no load`,
        'add it to what a population does',
      );
  return names;
}

/** What too much load does to the node: a need of its own that it keeps running by, or one more wish. */
export function strained(
  conditions: Conditions,
  node: Fields<NodeKeys>,
  name: string,
  bearing: Bearing | null,
): { readonly need: Clause | null; readonly wish: Clause['condition'] | null } {
  if (!bearing || bearing.capacity === null) return { need: null, wish: null };
  const condition = { not: conditions.ask('overloaded', [name], node.place('capacity')) };
  if (bearing.whenOver === 'slow') return { need: null, wish: condition };
  const { context } = node.world;
  const [upAfter, startTakes] = [drawOf(context, node.get('upAfter')), drawOf(context, node.get('startTakes'))];
  if (isZero(upAfter) && isZero(startTakes))
    node.problem(
      'whenOver',
      'down, it bears nothing, and would be up again in the instant it went down',
      'say how long that takes: `upAfter` or `startTakes`',
    );
  return { need: { condition, downAfter: NOW, upAfter }, wish: null };
}
