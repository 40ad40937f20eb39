/** What a node needs, as clauses; and of a door, how long it goes on by itself when it can ask nobody. */
import { questionsOf } from '../conditions.ts';
import type { Draw } from '../luck.ts';
import type { Clause, Condition, Node } from '../scenario.ts';
import type { NodeKeys } from '../schema/place.ts';
import type { Tree } from '../tree.ts';
import type { Conditions } from './conditions.ts';
import type { Fields } from './fields.ts';
import { drawOf, listOf, NOW, textOf } from './values.ts';
import { type Asker, kindOf, type World } from './world.ts';

const OWN_DELAY: ReadonlySet<string> = new Set(['downAfter', 'upAfter']);

export type Needs = Pick<Node, 'needs' | 'starts' | 'alone'>;

/** All plain entries are one clause with the node's delays; an entry with a delay of its own is a clause of its own. */
export function readNeeds(conditions: Conditions, node: Fields<NodeKeys>, asker: Asker): Needs {
  const { world } = conditions;
  const { context } = world;
  const delays = { downAfter: drawOf(context, node.get('downAfter')), upAfter: drawOf(context, node.get('upAfter')) };
  const clauses: Clause[] = [];
  const plain: Condition[] = [];
  for (const entry of listOf(node.get('needs'))) {
    const condition = conditions.read(entry, asker, OWN_DELAY);
    const own = entry.is === 'map' ? entry.entries : new Map<string, { value: Tree }>();
    if (own.has('downAfter') || own.has('upAfter')) {
      clauses.push({
        condition,
        downAfter: drawOf(context, own.get('downAfter')?.value, delays.downAfter),
        upAfter: drawOf(context, own.get('upAfter')?.value, delays.upAfter),
      });
    } else plain.push(condition);
  }
  const starts = listOf(node.get('starts')).map((part) => conditions.read(part, asker));
  const lasts = lastsAlone(node);
  const asked = node.has('alone') ? plain.filter((condition) => !isPower(world, condition)) : [];
  if (node.has('alone') && asked.length === 0)
    node.problem('alone', 'this asks nobody, and so it is never alone', 'say under `needs` what it asks');
  const first = one(lasts === null ? plain : plain.filter((condition) => !asked.includes(condition)));
  if (first) clauses.unshift({ condition: first, ...delays });
  const centre = lasts === null ? null : one(asked);
  if (centre && lasts !== 'forever')
    clauses.push({ condition: centre, downAfter: lasts as Draw, upAfter: delays.upAfter });
  // Who goes on for ever has to ask only to begin.
  const begins = one(centre && lasts === 'forever' ? [...starts, centre] : starts);
  return {
    needs: clauses,
    starts: begins && { condition: begins, downAfter: NOW, upAfter: NOW },
    alone: centre,
  };
}

/** null: not at all, it asks every time. */
function lastsAlone(node: Fields<NodeKeys>): Draw | 'forever' | null {
  const word = textOf(node.get('alone'));
  if (node.has('alone') && node.has('downAfter'))
    node.problem(
      'downAfter',
      '"alone" and "downAfter" both say how long it goes on without what it needs',
      'say `alone` of what it asks; and `downAfter` at the one need it is meant for',
    );
  if (!node.has('alone') || word === 'never') return null;
  return word === 'forever' ? word : drawOf(node.world.context, node.get('alone'));
}

/** Only asks for power, which no list replaces. */
function isPower(world: World, condition: Condition): boolean {
  const questions = questionsOf(condition);
  return (
    questions.length > 0 &&
    questions.every(({ kind, subjects }) => kind === 'up' && kindOf(world, subjects[0] as string) === 'power')
  );
}

const one = (parts: readonly Condition[]): Condition | null => (parts.length > 1 ? { all: parts } : (parts[0] ?? null));
