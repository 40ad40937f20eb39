/** What goes up and down faster than it should be seen: told with a count, instead of flashing. */
import type { Run } from '../load/run.ts';
import type { Status } from './status.ts';
import type { Things } from './things.ts';

const FLIPS = new Set(['up', 'well', 'serves', 'starting']);
/** More changes than this in one second of the person's time are not drawn one by one. */
const AT_MOST = 2;

/** How often each thing changed in the stretch before a moment; only those that did so too often. By index of thing. */
export function flapping(run: Run, things: Things, step: number, from: number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (let row = step - 1; row >= 0 && run.changes.at[row]! > from; row--) {
    const fact = run.changes.fact[row]!;
    const thing = things.ofFact[fact];
    if (thing && FLIPS.has(run.facts.kinds[fact]!)) counts.set(thing.index, (counts.get(thing.index) ?? 0) + 1);
  }
  for (const [index, count] of counts) if (count <= AT_MOST) counts.delete(index);
  return counts;
}

export const flappingStatus = (count: number): Status => ({ state: 'degraded', word: `flapping ${count}×`, fact: -1 });
