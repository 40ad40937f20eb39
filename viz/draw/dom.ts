/** Small helpers for the drawing layers: text is set as text, and only what changed is touched. */
import { type Selection, select } from 'd3';

export type Sel<E extends Element = Element> = Selection<E, unknown, null, undefined>;

export function byId<E extends Element = HTMLElement>(id: string): E {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element as unknown as E;
}

export function write(id: string, text: string): void {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
}

export function show(id: string, shown: boolean): void {
  const element = byId(id);
  if (element.hidden === shown) element.hidden = !shown;
}

export function attribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

const looks = new WeakMap<Element, string>();

/** Whether an element is to be drawn anew: what it looks like, in a word, is another than when this was last asked. */
export function looksNew(element: Element, look: string): boolean {
  if (looks.get(element) === look) return false;
  looks.set(element, look);
  return true;
}

/** The one child of a kind and class, made if it is not there yet. */
export function child<E extends Element>(parent: Element, tag: string, className: string): Sel<E> {
  const found = [...parent.children].find((element) => element.classList.contains(className));
  if (found) return select(found as E);
  return select(parent).append(tag).attr('class', className) as unknown as Sel<E>;
}

export function icon(button: Element, name: string): void {
  const use = button.querySelector('use');
  if (use) attribute(use, 'href', `#i-${name}`);
}
