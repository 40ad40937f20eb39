/** What goes up and down faster than it should be seen: told with a count, instead of flashing. */
import type { Run } from '../load/run.ts';
import type { Status } from './status.ts';
import type { Things } from './things.ts';

const FLIPS = new Set(['up', 'well', 'serves', 'starting']);
/** More changes than this in one second of the person's time are not drawn one by one. */
const AT_MOST = 2;

const NONE: ReadonlyMap<number, number> = new Map();

/** How often each thing changed in a stretch of changes; only those that did so too often. By index of thing. */
export type Flapping = (step: number, from: number) => ReadonlyMap<number, number>;

/** The stretch moves on with the run: what comes in is counted up, what falls out behind is counted down. */
export function flappingIn(run: Run, things: Things): Flapping {
  const { at, fact } = run.changes;
  const counts = new Int32Array(things.list.length);
  const often = new Set<number>();
  let [first, last] = [0, 0];
  const count = (row: number, by: 1 | -1): void => {
    const thing = things.ofFact[fact[row]!];
    if (!thing || !FLIPS.has(run.facts.kinds[fact[row]!]!)) return;
    counts[thing.index]! += by;
    if (counts[thing.index]! > AT_MOST) often.add(thing.index);
    else often.delete(thing.index);
  };
  return (step, from) => {
    if (step < last || (first < last && first > 0 && at[first - 1]! > from)) {
      for (let row = first; row < last; row++) count(row, -1);
      first = last = step;
      while (first > 0 && at[first - 1]! > from) count(--first, 1);
    } else {
      for (; last < step; last++) count(last, 1);
      for (; first < last && at[first]! <= from; first++) count(first, -1);
    }
    return often.size === 0 ? NONE : new Map([...often].map((index) => [index, counts[index]!]));
  };
}

export const flappingStatus = (count: number): Status => ({ state: 'degraded', word: `flapping ${count}×`, fact: -1 });
