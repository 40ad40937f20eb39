/** Listens to the keyboard. Keys never act while somebody types, nor where a part of the page uses them itself; single keys can be off. */
import { attribute } from '../draw/dom.ts';
import { commandOf } from './commands.ts';
import type { Stage } from './stage.ts';

const TYPING = 'input, textarea, select, [contenteditable]';
/** Keys of a slider, which are its own: they act on it alone, whatever else is off. */
const SLIDER = /^(Arrow(Left|Right)|Home|End)$/;

/** Buttons tell their keys only while these act. */
function tellKeys(on: boolean): void {
  for (const element of document.querySelectorAll<HTMLElement>(
    '[title*="("]:is(button, input, select), [data-keyed]',
  )) {
    element.dataset.keyed ??= element.title;
    attribute(element, 'title', on ? element.dataset.keyed : element.dataset.keyed.replace(/ \([^)]*\)/, ''));
  }
}

export function listenToKeys({ session, dispatch, subscribe, perform }: Stage): void {
  if (!session().keys) tellKeys(false);
  subscribe((after, before) => {
    if (after.keys !== before.keys) tellKeys(after.keys);
  });
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as Element;
    if (target.closest(TYPING) || document.querySelector('dialog[open]')) return;
    // Space and Enter on a button press the button.
    if ((event.key === ' ' || event.key === 'Enter') && target.closest('button, summary, a')) return;
    // A menu that is open goes first; the browser closes it.
    if (event.key === 'Escape' && document.querySelector(':popover-open')) return;
    // WCAG 2.1.4: a key that is not pressed on purpose, by speech or by a trembling hand, does nothing then.
    if (!session().keys && event.key !== 'Escape' && !(SLIDER.test(event.key) && target.closest('[role=slider]')))
      return;
    if (/^[0-9]$/.test(event.key)) {
      dispatch({ do: 'part', share: Number(event.key) / 10 });
      event.preventDefault();
      return;
    }
    const command = commandOf(event.key, event.shiftKey);
    if (command === null) return;
    event.preventDefault();
    perform(command);
  });
}
