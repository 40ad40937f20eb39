/** A visit by keyboard alone: what has the focus, and whether people see where it is. */
import type { Page } from 'playwright-core';

export interface Stop {
  /** How the stop is called, for those who hear it and for the messages of a test. */
  readonly name: string;
  /** What is wrong with it, in words; empty where nothing is. */
  readonly faults: readonly string[];
}

/** Runs in the page: reads, and changes nothing. */
function stopNow(): Stop | null {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const labels = [...((element as HTMLInputElement).labels ?? [])];
  const labelled = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id));
  const said = [
    element.getAttribute('aria-label'),
    labelled.map((one) => one?.textContent ?? '').join(' '),
    labels.map(({ innerText }) => innerText).join(' '),
    (element as HTMLElement).innerText,
  ]
    .map((text) => text?.replaceAll(/\s+/g, ' ').trim().slice(0, 60))
    .find(Boolean);
  const name = `${element.localName}${element.id ? `#${element.id}` : ''} “${said ?? ''}”`;
  const faults: string[] = [];
  if (!said) faults.push('has no name');

  const thick = (part: Element, kind: 'outline' | 'stroke'): boolean => {
    const style = getComputedStyle(part);
    const [line, width, colour] =
      kind === 'outline'
        ? [style.outlineStyle, style.outlineWidth, style.outlineColor]
        : [style.stroke, style.strokeWidth, style.stroke];
    return (
      line !== 'none' &&
      Number.parseFloat(width) >= (kind === 'outline' ? 2 : 3) &&
      !/^rgba\(.*, 0\)$|^transparent$/.test(colour)
    );
  };
  // Parts of a drawing have their outline in the drawing.
  const drawn = element instanceof SVGElement ? [...element.querySelectorAll('.body, .target, .hit, rect')] : [];
  if (!thick(element, 'outline') && !drawn.some((part) => thick(part, 'stroke')))
    faults.push('does not show that it has the focus');

  const around = element.getBoundingClientRect();
  const [left, top] = [Math.max(around.left, 0), Math.max(around.top, 0)];
  const [width, height] = [Math.min(around.right, innerWidth) - left, Math.min(around.bottom, innerHeight) - top];
  const shares = [0.1, 0.3, 0.5, 0.7, 0.9];
  // What lets the pointer through to what lies below is found there.
  const own = getComputedStyle(element).pointerEvents === 'none' ? (element.parentElement ?? element) : element;
  const isSeen = (there: Element | null): boolean =>
    there !== null && (own.contains(there) || labels.some((label) => label.contains(there)));
  if (width <= 0 || height <= 0) faults.push('is beside what is seen of the page');
  else if (
    !shares.some((x) => shares.some((y) => isSeen(document.elementFromPoint(left + width * x, top + height * y))))
  )
    faults.push('is hidden behind something else');
  return { name, faults };
}

/** The stop that has the focus now, or null where nothing has. */
export const stopOf = (page: Page): Promise<Stop | null> => page.evaluate(stopNow);
