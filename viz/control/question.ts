/** Asks before what matters is seen: takes the answer, keeps the focus where the reader is, and lets the run play on. */
import { attribute, byId } from '../draw/dom.ts';
import type { Action } from '../state/reduce.ts';
import type { Session } from '../state/session.ts';
import type { Stage } from './stage.ts';

const LOCKED = 'Answer first, or say that you can’t: then it plays';

/** By these a person sets the run going: then the focus goes to where it stops. */
const PLAYS = new Set<Action['do']>(['play', 'toggle']);

export function startQuestions({ session, dispatch, subscribe }: Stage): void {
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
  subscribe((after, before, action) => {
    lock(play, after);
    if (after.asked === before.asked) return;
    const within = card.contains(document.activeElement);
    // The card is drawn with the next frame; what is hidden then must not have kept the focus.
    requestAnimationFrame(() => {
      if (after.asked !== session().asked) return;
      if (after.asked?.phase === 'open' && (before.playing || within || PLAYS.has(action.do))) focus(card);
      else if (after.asked?.phase === 'watched' && within) focus(card);
      else if (after.asked?.phase === 'told' && (within || document.activeElement === document.body))
        focus(card.querySelector<HTMLElement>('.go-on'));
      else if (!after.asked && within) focus(play);
    });
  });
  lock(play, session());
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
