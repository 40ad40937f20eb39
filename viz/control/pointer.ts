/** Clicks anywhere on the page: what was hit says in its data what it is. */
import type { Tab } from '../state/session.ts';
import type { Stage } from './stage.ts';

export function listenToClicks({ session, dispatch, perform }: Stage): void {
  const hit = (target: Element): void => {
    const { selection } = session();
    const found = target.closest<HTMLElement | SVGElement>(
      '[data-do],[data-unpin],[data-change],[data-thing],[data-fold],[data-claim],[data-seek],[data-tab],[data-row],[data-rows]',
    );
    if (!found) return;
    const { do: command, unpin, change, thing, fold, claim, seek, tab, row, rows } = found.dataset;
    if (command !== undefined) perform(command);
    else if (unpin !== undefined) dispatch({ do: 'pin', id: unpin });
    else if (tab !== undefined) dispatch({ do: 'tab', tab: tab as Tab });
    else if (change !== undefined) {
      dispatch({ do: 'change', row: Number(change) });
      // In its own list the selected part stays the selected part.
      if (found.dataset.keep !== undefined)
        dispatch({ do: 'restore', session: { tab: 'node', selection: { ...selection, change: Number(change) } } });
      else if (found.dataset.tabAfter !== undefined) dispatch({ do: 'tab', tab: found.dataset.tabAfter as Tab });
    } else if (row !== undefined) dispatch({ do: 'change', row: Number(row) });
    else if (rows !== undefined) dispatch({ do: 'rows', from: Number(rows) });
    else if (fold !== undefined) dispatch({ do: 'fold', group: fold });
    else if (claim !== undefined) dispatch({ do: 'checkpoint', id: claim });
    else if (seek !== undefined) dispatch({ do: 'seek', at: Number(seek) });
    else if (thing !== undefined) {
      dispatch({
        do: 'thing',
        id: selection.thing === thing && selection.change === null && found.closest('svg') ? null : thing,
      });
      if (session().selection.thing !== null && session().tab !== 'causes') dispatch({ do: 'tab', tab: 'node' });
    }
  };
  document.addEventListener('click', (event) => hit(event.target as Element));
}

/** What says of itself which part it is about. */
const ABOUT = '[data-card],[data-points],[data-change],[data-row],[data-thing]';
/** Where what the pointer is on is a part, or speaks of one. */
const PLACES = '#picture, #map-picture, #lanes, #table, #panel-story, #panel-node, #panel-causes';

/** What the pointer is over is told in the line under the picture and marked wherever it is, and the rest steps back. */
export function listenToHover({ dispatch, world }: Stage): void {
  const at = (target: Element): string | null => {
    const place = target.closest(PLACES);
    if (!place) return null;
    // A lane is about its part, whichever change a stretch of it leads to; a row of the table as a whole too.
    const lane = target.closest<HTMLElement | SVGElement>('[data-points]');
    const found =
      lane ??
      target.closest<HTMLElement | SVGElement>(ABOUT) ??
      target.closest('tr')?.querySelector<HTMLElement>(ABOUT);
    if (!found) return null;
    const { card, points, change, row, thing } = found.dataset;
    const told = card ?? points ?? thing;
    if (told !== undefined) return told;
    return world().course.thingOf(Number(change ?? row));
  };
  let [x, y] = [-1, -1];
  document.addEventListener('pointermove', ({ clientX, clientY }) => {
    [x, y] = [clientX, clientY];
  });
  document.addEventListener('pointerover', ({ target, clientX, clientY }) => {
    // What moves under a pointer that rests, as the story does, is not pointed at.
    if (clientX !== x || clientY !== y) dispatch({ do: 'hover', id: at(target as Element) });
  });
  document.addEventListener('pointerout', (event) => {
    // Off the page, or the finger is lifted.
    if (event.relatedTarget === null) dispatch({ do: 'hover', id: null });
  });
  document.addEventListener('pointerdown', (event) => {
    // A click on a part leaves the arrows to the playhead; whoever comes with Tab walks with them in the picture.
    const target = event.target as Element;
    if (target.closest('#picture, #map-picture') && target.closest('[data-card]')) event.preventDefault();
  });
}
