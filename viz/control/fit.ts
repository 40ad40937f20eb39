/** Brings the selected part into view everywhere: in the picture or on the map, and in the lanes of the timeline. */
import { byId } from '../draw/dom.ts';
import type { Stage } from './stage.ts';

/** Folds in folds: no deeper than this. */
const DEEP = 4;

export function startFit(stage: Stage): void {
  /** What is folded with others cannot be seen: its fold, and what that is folded in, is laid open, one a frame. */
  const open = (id: string, deep: number): void => {
    const box = stage.frame().layout.boxes.find(({ card }) => card.things.some((thing) => thing.id === id));
    const fold = box?.card.kind === 'group' ? box.card.fold : null;
    if (fold !== null && deep < DEEP && stage.session().view === 'picture') stage.dispatch({ do: 'fold', group: fold });
    // The frame that follows has it drawn.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => (fold !== null && deep < DEEP ? open(id, deep + 1) : reveal(id))),
    );
  };
  stage.on('fit', () => {
    const { selection, view } = stage.session();
    if (selection.thing === null) return;
    if (view === 'map') stage.perform('map-fit');
    open(selection.thing, view === 'picture' ? 0 : DEEP);
  });
}

function reveal(id: string): void {
  const name = CSS.escape(id);
  for (const place of ['#picture [data-thing="', '#table [data-thing="'])
    document.querySelector(`${place}${name}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const lane = document.querySelector<SVGGElement>(`#lanes [data-lane="${name}"]`);
  const lanes = byId('lanes');
  if (lane) lanes.scrollTop += lane.getBoundingClientRect().top - lanes.getBoundingClientRect().top - 4;
}
