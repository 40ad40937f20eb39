/** Marks in lanes, story and table what is pointed at anywhere on the page; where any of it is, the rest steps back. */
import { attribute } from './dom.ts';

export function drawPointed(holder: Element, items: Iterable<Element>, isPointed: (item: Element) => boolean): void {
  let some = false;
  for (const item of items) {
    const marked = isPointed(item);
    some ||= marked;
    attribute(item, 'data-pointed', marked ? '' : null);
  }
  attribute(holder, 'data-pointing', some ? '' : null);
}
