/** Does what a command asks: dispatches its action, or opens and closes parts of the page. */

import { byId } from '../draw/dom.ts';
import { drawHelp } from '../draw/help.ts';
import { drawLegend } from '../draw/legend.ts';
import type { Store } from '../state/store.ts';
import { COMMANDS, keyName } from './commands.ts';

export type Perform = (name: string) => void;

export function performer({ session, dispatch, subscribe }: Store): Perform {
  const legend = byId('legend-panel');
  const help = byId<HTMLDialogElement>('help');
  const toggleLegend = (open: boolean): void => {
    if (open) drawLegend(legend);
    legend.hidden = !open;
    byId('legend-open').setAttribute('aria-expanded', String(open));
  };
  const tellHelp = (): void =>
    drawHelp(
      help,
      Object.values(COMMANDS).map(({ keys, says }) => ({ keys: keys.map(keyName), says })),
      session().keys,
    );
  subscribe((after, before) => {
    if (after.keys !== before.keys && help.open) tellHelp();
  });
  const page = {
    help: () => {
      tellHelp();
      if (!help.open) help.showModal();
    },
    legend: () => toggleLegend(legend.hidden === true),
    search: () => {
      byId<HTMLInputElement>('query').focus();
      byId<HTMLInputElement>('query').select();
    },
    escape: () => {
      const { selection } = session();
      if (selection.thing !== null || selection.change !== null || selection.checkpoint !== null)
        dispatch({ do: 'clear' });
      else if (!legend.hidden) toggleLegend(false);
    },
  };
  return (name) => {
    if (name === 'clear' || name === 'keys') dispatch({ do: name });
    else if (name === 'picture') dispatch({ do: 'view', view: 'picture' });
    else if (name === 'table') dispatch({ do: 'view', view: session().view === 'table' ? 'picture' : 'table' });
    else {
      const action = COMMANDS[name]?.action;
      if (typeof action === 'string') page[action]();
      else if (action) dispatch(action);
    }
  };
}
