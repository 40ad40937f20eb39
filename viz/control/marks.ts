/** What is pointed at is marked everywhere at once; of the change that is selected, the picture shows cause and consequences. */
import { select } from 'd3';
import { byId } from '../draw/dom.ts';
import { drawEnds } from '../draw/ends.ts';
import { drawPointed } from '../draw/pointed.ts';
import { endsOf } from '../frame/ends.ts';
import { latest } from '../frame/memo.ts';
import { pointedOf, speaksOf } from '../frame/pointed.ts';
import type { RowMark } from '../frame/timeline.ts';
import type { Stage } from './stage.ts';

export function startMarks(stage: Stage): void {
  const [picture, lanes, story, table] = [
    byId<SVGSVGElement>('picture'),
    byId('lanes'),
    byId('panel-story'),
    byId('table'),
  ];
  const ends = latest(endsOf);
  const pointed = latest(pointedOf);
  let nothing = true;
  stage.onDraw(() => {
    const [session, world, { layout }] = [stage.session(), stage.world(), stage.frame()];
    if (session.view === 'picture') drawEnds(picture, ends(world, layout, session.selection.change));
    const at = pointed(world, layout.boxes, session.hover);
    if (!at && nothing) return;
    nothing = at === null;
    drawPointed(lanes, lanes.querySelectorAll<SVGGElement>('g.row'), (row) => {
      const { things } = select<Element, RowMark>(row).datum();
      return at !== null && things.some((id) => at.has(id));
    });
    if (session.tab === 'story')
      drawPointed(story, story.querySelectorAll('.line.change'), (line) => {
        const row = Number(line.querySelector<HTMLElement>('[data-change]')?.dataset.change ?? -1);
        return at !== null && speaksOf(world, row, at);
      });
    if (session.view === 'table')
      drawPointed(table, table.querySelectorAll('tbody tr'), (row) =>
        Boolean(at?.has(row.querySelector<HTMLElement>('[data-thing]')?.dataset.thing ?? '')),
      );
  });
}
