/** Which causes travel over the map when changes happen: one for each pair of spots, from cause to effect. */
import type { Globe, Spot } from './globe.ts';
import type { Tone } from './tone.ts';
import type { World } from './world.ts';

export interface Voyage {
  readonly id: string;
  readonly from: Spot;
  readonly to: Spot;
  readonly tone: Tone;
}

/** More than this at once is a blur, not a picture of causes. */
const AT_ONCE = 28;
const LOOKED_AT = 2000;

export function voyagesOf(world: World, globe: Globe, from: number, to: number): readonly Voyage[] {
  const { changes } = world.run;
  const spotOf = (row: number): Spot | undefined => {
    const thing = world.things.ofFact[changes.fact[row]!];
    return thing ? globe.spotOf.get(thing.index) : undefined;
  };
  const found = new Map<string, Voyage>();
  for (let row = to - 1; row >= from && found.size < AT_ONCE && row >= to - LOOKED_AT; row--) {
    const tipped = changes.tipped[row]!;
    const target = spotOf(row);
    const source = tipped < 0 ? undefined : spotOf(tipped);
    if (!target || !source || source === target) continue;
    const id = `${source.id}>${target.id}`;
    if (!found.has(id)) found.set(id, { id, from: source, to: target, tone: world.tone(row) });
  }
  return [...found.values()];
}
