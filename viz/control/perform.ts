/** What commands do that is more than one action: they open and close parts of the page, or depend on what is selected. */

import { byId } from '../draw/dom.ts';
import { drawHelp, type Where } from '../draw/help.ts';
import { drawLegend } from '../draw/legend.ts';
import { TERMS } from '../frame/terms.ts';
import { clockText } from '../frame/time.ts';
import type { Run } from '../load/run.ts';
import type { View } from '../state/session.ts';
import { COMMANDS, keyName } from './commands.ts';
import type { Stage } from './stage.ts';

export function startCommands({ session, dispatch, subscribe, on, world }: Stage): void {
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
      Object.values(COMMANDS)
        .filter(({ keys }) => keys.length > 0)
        .map(({ keys, says }) => ({ keys: keys.map(keyName), says })),
      session().keys,
      wheres(),
    );
  subscribe((after, before) => {
    if (after.keys !== before.keys && help.open) tellHelp();
  });
  /** Found when somebody first looks: it takes a walk through the run. */
  const wheres = (): readonly Where[] => {
    const { run, brief } = world();
    if (found?.of !== run)
      found = {
        of: run,
        list: TERMS.map(({ id, where }) => ({ id, row: where(world()) }))
          .filter(({ row }) => row >= 0)
          .map(({ id, row }) => ({
            id,
            row,
            time: clockText(run.epoch, run.changes.at[row]!, brief),
            says: run.changes.says(row),
          })),
      };
    return found.list;
  };
  let found: { readonly of: Run; readonly list: readonly Where[] } | null = null;
  help.addEventListener('click', (event) => {
    const row = (event.target as Element).closest<HTMLElement>('[data-where]')?.dataset.where;
    if (row === undefined) return;
    help.close();
    dispatch({ do: 'change', row: Number(row) });
    dispatch({ do: 'tab', tab: 'causes' });
  });
  const turn = (view: View): void => dispatch({ do: 'view', view: session().view === view ? 'picture' : view });
  on('picture', () => dispatch({ do: 'view', view: 'picture' }));
  on('table', () => turn('table'));
  on('map', () => turn('map'));
  on('theme', () => byId('theme').click());
  on('clear', () => dispatch({ do: 'clear' }));
  on('help', () => {
    tellHelp();
    if (!help.open) help.showModal();
  });
  on('legend', () => toggleLegend(legend.hidden === true));
  on('search', () => {
    byId<HTMLInputElement>('query').focus();
    byId<HTMLInputElement>('query').select();
  });
  on('escape', () => {
    const { selection } = session();
    if (selection.thing !== null || selection.change !== null || selection.checkpoint !== null)
      dispatch({ do: 'clear' });
    else if (!legend.hidden) toggleLegend(false);
    else if (session().span !== null) dispatch({ do: 'span', span: null });
  });
  on('pin', () => {
    const { thing } = session().selection;
    if (thing !== null && world().things.byId.has(thing)) dispatch({ do: 'pin', id: thing });
  });
  on('repeat', () => {
    if (session().moment.step === 0) return;
    dispatch({ do: 'step', by: -1 });
    dispatch({ do: 'step', by: 1 });
  });
}
