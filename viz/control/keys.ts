/** Listens to the keyboard. Keys never act while somebody types, nor where a part of the page uses them itself. */
import type { Dispatch } from '../state/store.ts';
import { commandOf } from './commands.ts';
import type { Perform } from './perform.ts';

const TYPING = 'input, textarea, select, [contenteditable]';

export function listenToKeys(perform: Perform, dispatch: Dispatch): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as Element;
    if (target.closest(TYPING) || document.querySelector('dialog[open]')) return;
    // Space and Enter on a button press the button.
    if ((event.key === ' ' || event.key === 'Enter') && target.closest('button, summary, a')) return;
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
