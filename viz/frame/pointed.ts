/** What the pointer is on, as parts: those of a card, or one; and which lines of the page speak of them. */
import type { Box } from './lanes.ts';
import type { World } from './world.ts';

/** Ids of the parts that are pointed at; null: none. A fold is all that lies in it. */
export function pointedOf({ things }: World, boxes: readonly Box[], hover: string | null): ReadonlySet<string> | null {
  if (hover === null) return null;
  const card = boxes.find((box) => box.card.id === hover)?.card;
  if (card) return new Set(card.things.map(({ id }) => id));
  return things.byId.has(hover) ? new Set([hover]) : null;
}

/** Whether a line of the story speaks of them: with any of the changes that are told in it. */
export function speaksOf({ story, course }: World, row: number, pointed: ReadonlySet<string>): boolean {
  const line = row < 0 ? undefined : story.lines.at(story.lineOf[row]!);
  return (line?.rows ?? []).some((one) => {
    const thing = course.thingOf(one);
    return thing !== null && pointed.has(thing);
  });
}
