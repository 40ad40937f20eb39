/** What one may ask of the run: a click goes to where the answer stands, and says it above. */
import { drawAsks } from '../draw/asks.ts';
import { byId } from '../draw/dom.ts';
import { setTerms } from '../draw/terms.ts';
import { type Ask, asksOf } from '../frame/asks.ts';
import type { Stage } from './stage.ts';

export function startAsks({ world, session, dispatch, subscribe, onShow }: Stage): void {
  const holder = byId<HTMLDetailsElement>('asks');
  const line = byId('answer');
  let asks: readonly Ask[] = [];
  const fill = (): void => {
    asks = asksOf(world());
    drawAsks(holder, asks);
    holder.hidden = asks.length === 0 || session().tab !== 'story';
  };
  const answer = (ask: Ask): void => {
    if (ask.thing === null) {
      dispatch({ do: 'change', row: ask.row });
      dispatch({ do: 'tab', tab: 'causes' });
    } else {
      dispatch({ do: 'seek', at: ask.at });
      dispatch({ do: 'thing', id: ask.thing });
      dispatch({ do: 'tab', tab: 'node' });
    }
    setTerms(line, ask.answer, 'plain');
    line.hidden = false;
    byId(`tab-${session().tab}`).focus();
    // The change in question stands at the end of its path: it is drawn with the next frame.
    requestAnimationFrame(() => {
      const panel = byId('panel-causes');
      const last = panel.querySelector<HTMLElement>('.cause.selected');
      if (last) panel.scrollTo({ top: last.offsetTop - panel.offsetTop - panel.clientHeight * 0.6 });
    });
  };
  holder.addEventListener('click', (event) => {
    const id = (event.target as Element).closest<HTMLElement>('[data-ask]')?.dataset.ask;
    const ask = asks.find((one) => one.id === id);
    if (ask) answer(ask);
  });
  subscribe((after, before, { do: what }) => {
    if (after.tab !== before.tab) holder.hidden = asks.length === 0 || after.tab !== 'story';
    // The column has room for one of them: the card that asks, the story as it goes on, or what one may ask.
    if ((after.asked === null) !== (before.asked === null)) holder.open = after.asked === null && !after.playing;
    if (after.playing && !before.playing) holder.open = false;
    if (what !== 'hover' && what !== 'tick' && (after.moment !== before.moment || after.selection !== before.selection))
      line.hidden = true;
  });
  onShow(fill);
  fill();
  holder.open = session().asked === null;
}
