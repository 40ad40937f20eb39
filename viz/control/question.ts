/** Asks before what matters is seen: takes the answer, keeps the focus where the reader is, and lets the run play on. */
import { drawAsks } from '../draw/asks.ts';
import { attribute, byId } from '../draw/dom.ts';
import { type Ask, asksOf } from '../frame/asks.ts';
import type { Session } from '../state/session.ts';
import type { Stage } from './stage.ts';

const LOCKED = 'Answer first, or say that you can’t: then it plays';

export function startQuestions({ world, session, dispatch, subscribe, onShow }: Stage): void {
  const card = byId('question');
  const play = byId('play');
  card.addEventListener('click', (event) => {
    const { answer } = (event.target as Element).closest<HTMLElement>('[data-answer]')?.dataset ?? {};
    if (answer === undefined) return;
    if (answer === 'on') goOn();
    else dispatch({ do: 'answer', choice: answer === 'none' ? null : Number(answer) });
  });
  const goOn = (): void => {
    focus(play);
    dispatch({ do: 'answered' });
    dispatch({ do: 'play' });
  };
  // Esc belongs to the card before it belongs to the selection.
  document.addEventListener('keydown', (event) => {
    const { asked } = session();
    if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]') || !asked) return;
    if ((event.target as Element).closest('input, select, textarea') || asked.phase === 'watched') return;
    event.preventDefault();
    if (asked.phase === 'open') return dispatch({ do: 'answer', choice: null });
    if (card.contains(document.activeElement)) focus(play);
    dispatch({ do: 'answered' });
  });
  // Whoever presses Play before the answer is led to the question.
  play.addEventListener('click', () => {
    if (session().asked?.phase === 'open') focus(card);
  });
  subscribe((after, before) => {
    lock(play, after);
    if (after.asked === before.asked) return;
    const within = card.contains(document.activeElement);
    // The card is drawn with the next frame; what is hidden then must not have kept the focus.
    requestAnimationFrame(() => {
      if (after.asked !== session().asked) return;
      if (after.asked?.phase === 'open' && (before.playing || within)) focus(card);
      else if (after.asked?.phase === 'watched' && within) focus(card);
      else if (after.asked?.phase === 'told' && (within || document.activeElement === document.body))
        focus(card.querySelector<HTMLElement>('.go-on'));
      else if (!after.asked && within) focus(play);
    });
  });
  lock(play, session());
  suggest({ world, dispatch, onShow, subscribe, session });
}

function lock(play: HTMLElement, { asked }: Session): void {
  const locked = asked?.phase === 'open';
  attribute(play, 'aria-disabled', locked ? 'true' : null);
  attribute(play, 'aria-describedby', locked ? 'play-locked' : null);
  byId('play-locked').textContent = locked ? LOCKED : '';
}

/** A card that lies over the page is in view; elsewhere it is scrolled to, and no further than it must be. */
function focus(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'nearest' });
}

/** What one may ask is worked out once a run, when it is first looked at. */
function suggest({
  world,
  session,
  dispatch,
  subscribe,
  onShow,
}: Pick<Stage, 'world' | 'session' | 'dispatch' | 'subscribe' | 'onShow'>): void {
  const holder = byId<HTMLDetailsElement>('asks');
  let asks: readonly Ask[] = [];
  const fill = (): void => {
    asks = asksOf(world());
    drawAsks(holder, asks);
    holder.hidden = asks.length === 0 || session().tab !== 'story';
  };
  holder.addEventListener('click', (event) => {
    const id = (event.target as Element).closest<HTMLElement>('[data-ask]')?.dataset.ask;
    const ask = asks.find((one) => one.id === id);
    if (!ask) return;
    if (ask.thing !== null) {
      dispatch({ do: 'seek', at: ask.at });
      dispatch({ do: 'thing', id: ask.thing });
      dispatch({ do: 'tab', tab: 'node' });
      byId('tab-node').focus();
    } else {
      dispatch({ do: 'change', row: ask.row });
      dispatch({ do: 'tab', tab: 'causes' });
      byId('tab-causes').focus();
    }
  });
  subscribe((after, before) => {
    if (after.tab !== before.tab) holder.hidden = asks.length === 0 || after.tab !== 'story';
    // There is room for one of the two.
    if ((after.asked === null) !== (before.asked === null)) holder.open = after.asked === null;
  });
  onShow(fill);
  fill();
  holder.open = session().asked === null;
}
