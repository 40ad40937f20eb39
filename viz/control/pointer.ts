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

/** What the pointer is over is told in the line under the picture, and the rest steps back. */
export function listenToHover({ dispatch }: Stage, picture: Element): void {
  const at = (event: Event): string | null => {
    const card = (event.target as Element).closest<SVGElement>('[data-card]');
    return card?.dataset.card ?? null;
  };
  picture.addEventListener('pointerover', (event) => dispatch({ do: 'hover', id: at(event) }));
  picture.addEventListener('pointerleave', () => dispatch({ do: 'hover', id: null }));
  picture.addEventListener('pointerdown', (event) => {
    // A click on a part leaves the arrows to the playhead; whoever comes with Tab walks with them in the picture.
    if ((event.target as Element).closest('[data-card]')) event.preventDefault();
  });
}
