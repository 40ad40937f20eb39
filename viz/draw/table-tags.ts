/** Draws in the table what differs from another run: how now, and what became of the troubles of a part over the whole run. */
import { CLASS_GLOSS, CLASS_SIGN } from '../frame/classes.ts';
import { SIDE_SHORT, SIDE_SIGN } from '../frame/contrast.ts';
import type { Tags } from '../frame/tags.ts';
import { attribute, child, looksNew } from './dom.ts';
import { set } from './story.ts';

export function drawTableTags(holder: HTMLElement, tags: Tags): void {
  for (const row of holder.querySelectorAll<HTMLTableRowElement>('tbody tr')) {
    const tag = tags.get(row.querySelector<HTMLElement>('[data-thing]')?.dataset.thing ?? '') ?? null;
    const state = row.cells[1]!;
    if (!tag && state.childElementCount === 1) continue;
    const said = child<HTMLElement>(state, 'span', 'part-tag').node()!;
    if (!looksNew(said, tag ? `${tag.side} ${tag.as} ${tag.says}` : '')) continue;
    said.hidden = tag === null;
    const now = child<HTMLElement>(said, 'span', 'part-now').node()!;
    set(now, tag?.side ? `${SIDE_SIGN[tag.side]} ${SIDE_SHORT[tag.side]}, there ${tag.there}` : '');
    now.hidden = !tag?.side;
    const as = child<HTMLElement>(said, 'span', 'part-class').node()!;
    set(child(as, 'span', 'part-over').node()!, 'over the run ');
    const become = child<HTMLElement>(as, 'span', 'class').node()!;
    as.hidden = !tag?.as;
    if (!tag?.as) continue;
    attribute(become, 'class', `class c-${tag.as}`);
    attribute(become, 'title', CLASS_GLOSS[tag.as]);
    set(become, `${CLASS_SIGN[tag.as]} ${tag.as}`);
  }
}
