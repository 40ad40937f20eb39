/** Sets a text with its words that have a gloss marked; what was drawn the same stays. */
import { glossed } from '../frame/terms.ts';
import { looksNew } from './dom.ts';

/** In a button they are told with it; in plain text each can be reached with Tab. */
export function setTerms(element: Element, text: string, stops: 'plain' | 'button' = 'button'): void {
  if (!looksNew(element, text)) return;
  element.replaceChildren(
    ...glossed(text).map((part) => {
      if (part.term === null) return document.createTextNode(part.text);
      const mark = document.createElement(stops === 'plain' ? 'button' : 'span');
      mark.className = 'term';
      mark.dataset.term = part.term;
      mark.textContent = part.text;
      if (stops === 'plain') mark.setAttribute('type', 'button');
      return mark;
    }),
  );
}
