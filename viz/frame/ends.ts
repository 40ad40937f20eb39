/** Where the cause and the consequences of a change stand in the picture. */
import { slice } from '../load/run.ts';
import type { Box, Layout } from './lanes.ts';
import type { World } from './world.ts';

export interface End {
  readonly box: Box;
  readonly because: boolean;
  readonly so: boolean;
  /** What happened there, in a sentence. */
  readonly title: string;
}

/** None where no change is selected. What has no place in the picture has no mark. */
export function endsOf({ run, things }: World, { boxes }: Layout, row: number | null): readonly End[] {
  if (row === null) return [];
  const { changes } = run;
  const whereOf = (one: number) => things.ofFact[changes.fact[one]!] ?? null;
  const cause = changes.tipped[row]!;
  const from = cause < 0 ? null : whereOf(cause);
  const effects = new Map<string, number[]>();
  for (const one of slice(changes.ledTo, row)) {
    const thing = whereOf(one);
    if (!thing) continue;
    const known = effects.get(thing.id);
    if (known) known.push(one);
    else effects.set(thing.id, [one]);
  }
  return boxes.flatMap((box): End[] => {
    const { card } = box;
    if (card.kind === 'head') return [];
    const because = from !== null && card.things.includes(from);
    const led = effects.size === 0 ? [] : card.things.flatMap(({ id }) => effects.get(id) ?? []);
    if (!because && led.length === 0) return [];
    const more = led.length > 1 ? `, and ${led.length - 1} more` : '';
    const said = [
      because ? `because ${changes.says(cause)}` : '',
      led.length > 0 ? `so ${changes.says(led[0]!)}${more}` : '',
    ];
    return [{ box, because, so: led.length > 0, title: said.filter(Boolean).join('; ') }];
  });
}
