/** Load in a scenario of the swarm: sessions, people who go elsewhere and complain, and a node that bears them and may trip. */
import type { Dice } from './dice.ts';
import type { Growth, Json } from './draft.ts';

type Entry = { readonly [key: string]: Json };

/** With dice of its own, so that scenarios without load stay as they were. */
export function growLoads({ draft }: Growth, dice: Dice): void {
  const stages = draft.journeys.visit as readonly Entry[] | undefined;
  if (!stages || dice.chance(0.4)) return;
  const limit = dice.int(105, 140) / 100;
  const trips = dice.chance(0.5);
  draft.nodes.crowd = {
    kind: 'service',
    bears: ['visit'],
    cold: 1 + dice.int(0, 8) / 10,
    warms: dice.span(60, 3600),
    capacity: limit,
    ...(dice.chance(0.5) ? { recovers: limit - 0.03 } : {}),
    whenOver: trips ? 'fail' : 'slow',
    ...(trips ? { startTakes: dice.span(60, 1800) } : {}),
  };
  const last = stages.at(-1) as Entry;
  const lasting = dice.chance(0.6) && last.else !== 'slow' ? { ...last, session: dice.span(60, 14_400) } : last;
  draft.journeys.visit = [
    ...stages.slice(0, -1),
    lasting,
    dice.chance(0.7) ? { up: 'crowd' } : { well: 'crowd' },
    { well: 'elsewhere' },
  ];
  draft.nodes.elsewhere = { kind: 'service' };
  const counted: string[] = [];
  for (const [name, node] of Object.entries(draft.nodes) as [string, Entry][]) {
    if (node.kind !== 'population' || node.people === undefined) continue;
    counted.push(name);
    draft.nodes[name] = { ...node, spill: { elsewhere: `${dice.int(1, 40)}%`, crowd: `${dice.int(1, 9)}%` } };
  }
  if (counted.length > 0) draft.nodes.elsewhere = { kind: 'service', capacity: 1.1 };
  if (counted.length > 0) draft.rates.complaints = { unit: 'calls', rest: dice.int(0, 9), each: 0.001, of: counted };
  draft.checkpoints.crowded = { says: 'It is never too much', never: { overloaded: 'crowd' } };
}
