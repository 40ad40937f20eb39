/** Which causes travel through the picture when changes happen: one pulse for each pair of cards, from cause to effect. */
import { type Card, cardIndex } from './cards.ts';
import type { Layout } from './lanes.ts';
import { ends, type TieMark } from './picture.ts';
import type { Tone } from './tone.ts';
import type { World } from './world.ts';

export interface Pulse extends Pick<TieMark, 'x1' | 'y1' | 'x2' | 'y2' | 'level'> {
  readonly id: string;
  readonly tone: Tone;
  /** Card where it arrives. */
  readonly to: string;
}

/** More than this at once is a blur, not a picture of causes. */
const AT_ONCE = 28;

export function pulsesOf(world: World, layout: Layout, from: number, to: number): readonly Pulse[] {
  const { changes } = world.run;
  const index = cardIndex(layout.boxes.map((box) => box.card));
  const boxes = new Map(layout.boxes.map((box) => [box.card, box]));
  const cardOf = (row: number): Card | undefined => index.get(world.things.ofFact[changes.fact[row]!]?.id ?? '');
  const pulses = new Map<string, Pulse>();
  for (let row = to - 1; row >= from && pulses.size < AT_ONCE && row >= to - 2000; row--) {
    const tipped = changes.tipped[row]!;
    const target = boxes.get(cardOf(row)!);
    const source = tipped < 0 ? undefined : boxes.get(cardOf(tipped)!);
    if (!target || !source || source === target) continue;
    const id = `${source.card.id}>${target.card.id}`;
    if (!pulses.has(id)) pulses.set(id, { id, tone: world.tone(row), to: target.card.id, ...ends(source, target) });
  }
  return [...pulses.values()];
}
