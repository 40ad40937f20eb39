/** A battery in the building that needs the battery is a deadlock its author did not mean: power stands outside of what it feeds. */
import type { Condition, Node } from '../scenario.ts';
import { under } from '../tree.ts';
import type { World } from './world.ts';

export function checkPower(world: World, nodes: ReadonlyMap<string, Node>): void {
  for (const node of nodes.values()) {
    if (node.kind !== 'power' || node.place === null) continue;
    const feeds = fedPlace(node, nodes);
    const draft = world.drafts.get(node.name);
    if (feeds === null || !draft) continue;
    world.context.problem(
      under(draft.tree, 'in')?.at ?? draft.at,
      `power stands in ${feeds}, which needs it: neither could ever start`,
      'leave out `in`: power stands beside what it feeds',
    );
  }
}

/** The place around it that needs it, directly or through others. */
function fedPlace(power: Node, nodes: ReadonlyMap<string, Node>): string | null {
  const seen = new Set<string>();
  const around = new Set<string>();
  for (let place = power.place; place !== null && !around.has(place); place = nodes.get(place)?.place ?? null)
    around.add(place);
  for (const place of around) {
    const open = [place];
    while (open.length > 0) {
      const name = open.pop() as string;
      if (name === power.name) return place;
      if (seen.has(name)) continue;
      seen.add(name);
      for (const clause of nodes.get(name)?.needs ?? []) collect(clause.condition, open);
    }
  }
  return null;
}

function collect(condition: Condition, into: string[]): void {
  if ('ask' in condition) {
    if (condition.ask.kind === 'up') into.push(condition.ask.subjects[0] as string);
  } else if ('not' in condition) return;
  else
    for (const part of 'all' in condition ? condition.all : 'any' in condition ? condition.any : condition.of)
      collect(part, into);
}
