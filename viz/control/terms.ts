/** What a word means and what a mark tells, on hover and on focus: one small note for the whole page, which the pointer may enter and Esc puts away. */
import { attribute, byId } from '../draw/dom.ts';
import { termById } from '../frame/terms.ts';

/** The pointer only passes by, or is on its way from the word to the note. */
const REST = 280;
const WAY = 220;
const APART = 6;
/** A line with more of them is no place to learn all. */
const AT_ONCE = 3;

export function glossTerms(): void {
  const tip = byId('tip');
  let on: Element | null = null;
  let timer: number | undefined;

  const hide = (): void => {
    window.clearTimeout(timer);
    if (on) attribute(on, 'aria-describedby', on.getAttribute('data-described') || null);
    on = null;
    tip.hidden = true;
  };
  const show = (element: Element, ids: readonly string[], x: number | null = null): void => {
    const terms = [...new Set(ids)].flatMap((id) => termById.get(id) ?? []).slice(0, AT_ONCE);
    const tells = element.getAttribute('data-tells');
    if (terms.length === 0 && tells === null) return;
    if (on !== element) hide();
    on = element;
    tip.replaceChildren(
      ...(tells === null ? [] : [tells]),
      ...terms.map(({ term, means }) => {
        const line = document.createElement('span');
        const name = document.createElement('b');
        name.textContent = `${term}:`;
        line.append(name, ` ${means}.`);
        return line;
      }),
    );
    tip.hidden = false;
    // A mark is called what it tells: that is not said twice.
    if (tells !== null) return place(tip, element, x);
    const focusable = element.closest('button, [tabindex]') ?? element;
    if (focusable === element) {
      attribute(element, 'data-described', element.getAttribute('aria-describedby') ?? '');
      attribute(element, 'aria-describedby', 'tip');
    }
    place(tip, element, x);
  };
  const termsOf = (element: Element): string[] => element.getAttribute('data-term')?.split(' ') ?? [];
  const termsIn = (element: Element): string[] =>
    [element, ...element.querySelectorAll('[data-term]')].flatMap((one) => one.getAttribute('data-term') ?? []);

  document.addEventListener('pointerover', (event) => {
    const target = event.target as Element;
    if (tip.contains(target)) return window.clearTimeout(timer);
    const term = target.closest('[data-term], [data-tells]:not([data-untold])');
    window.clearTimeout(timer);
    if (term && term !== on) timer = window.setTimeout(() => show(term, termsOf(term), event.clientX), REST);
    else if (!term && on && !on.contains(document.activeElement)) timer = window.setTimeout(hide, WAY);
  });
  document.addEventListener('focusin', (event) => {
    const target = event.target as Element;
    if (tip.contains(target)) return;
    if (on) hide();
    // What merely holds other things to reach tells its words where they are reached.
    if (!target.matches(':focus-visible') || target.matches('[role=tabpanel], section, dialog, div')) return;
    // A row of the table is one stop, and tells the words of all its cells.
    const ids = termsIn(target.closest('tr') ?? target);
    if (ids.length > 0 || target.hasAttribute('data-tells')) show(target, ids);
  });
  document.addEventListener('focusout', hide);
  // On touch there is no hover: a tap on a word in plain text tells it.
  document.addEventListener('click', (event) => {
    const term = (event.target as Element).closest('button.term, [data-tells]:not([data-untold])');
    if (term) show(term, termsIn(term));
  });
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || tip.hidden) return;
      event.preventDefault();
      hide();
    },
    { capture: true },
  );
  // What scrolls away leaves its note behind; a note that is only about to be shown finds its word where it is then.
  document.addEventListener(
    'scroll',
    () => {
      if (!tip.hidden) hide();
    },
    { capture: true, passive: true },
  );
}

/** Above the word where there is room, else below it; never beside the page. */
function place(tip: HTMLElement, element: Element, x: number | null): void {
  const word = element.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  // By a long mark it stands where the pointer is.
  const from = x !== null && word.width > width ? x : word.left;
  const left = Math.min(Math.max(from, 8), Math.max(window.innerWidth - width - 8, 8));
  const above = word.top - height - APART;
  tip.style.left = `${left}px`;
  tip.style.top = `${above >= 8 ? above : Math.min(word.bottom + APART, window.innerHeight - height - 8)}px`;
}
