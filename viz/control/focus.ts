/** Who works by keyboard is never put out: when what has the focus goes, what it belongs to has it; and there is a short way to the text. */
import { byId } from '../draw/dom.ts';
import type { Session } from '../state/session.ts';
import type { Stage } from './stage.ts';

/** By the part of the page in which something goes, the button that stands for what is shown instead. Others see to it themselves. */
const HOMES: Readonly<Record<string, (session: Session) => string>> = {
  '.panel': ({ tab }) => `tab-${tab}`,
  '.picture': ({ view }) => `view-${view}`,
  '.what': () => 'play',
};

export function keepFocus({ session, onDraw }: Stage): void {
  let held: { readonly element: Element; readonly home: string } | null = null;
  document.addEventListener('focusin', ({ target }) => {
    const element = target as Element;
    const home = Object.keys(HOMES).find((one) => element.closest(one));
    held = home !== undefined && element.matches(':focus-visible') ? { element, home } : null;
  });
  onDraw(() => {
    if (!held || (held.element.isConnected && held.element.checkVisibility())) return;
    const { element, home } = held;
    held = null;
    if (document.activeElement === document.body || document.activeElement === element)
      byId(HOMES[home]!(session())).focus();
  });
  // Followed as a link it would change the address, which says what is shown.
  document.querySelector('.skip-link')?.addEventListener('click', (event) => {
    event.preventDefault();
    const { asked, tab } = session();
    byId(asked ? 'question' : `tab-${tab}`).focus();
  });
}
