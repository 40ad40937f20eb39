/** Draws what is told of a stretch: its totals in a line, its axis, and a row of its changes; and the button that leaves a silence. */

import { select } from 'd3';
import { type EventMark, SORT_GLOSS, SORT_WORD, SORTS, type Sort } from '../frame/events.ts';
import type { Frame } from '../frame/frame.ts';
import { liesIn, SIDE, type Tick } from '../frame/scale.ts';
import type { Timeline } from '../frame/timeline.ts';
import type { Totals } from '../frame/totals.ts';
import { attribute, byId, show } from './dom.ts';
import { set } from './story.ts';
import { drawAxis } from './strip.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Diamond, triangle down, triangle up, square, dot: in a field of 12 pixels. */
const SHAPE: Readonly<Record<Sort, string>> = {
  origin: 'M6,0.4L11.6,6L6,11.6L0.4,6z',
  loss: 'M0.8,1.6h10.4L6,11z',
  gain: 'M0.8,10.4h10.4L6,1z',
  decision: 'M1.4,1.4h9.2v9.2h-9.2z',
  plain: 'M2.4,6a3.6,3.6 0 1,0 7.2,0a3.6,3.6 0 1,0 -7.2,0z',
};

function shape(): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of [
    ['width', '12'],
    ['height', '12'],
    ['aria-hidden', 'true'],
  ] as const)
    svg.setAttribute(name, value);
  svg.append(document.createElementNS(SVG, 'path'));
  return svg;
}

/** `until`: changes from this one on are not to be seen yet, and so no totals; null: all are. */
export function drawNear(section: HTMLElement, timeline: Timeline, until: number | null): void {
  const { near, gutter } = timeline;
  section.classList.toggle('bare', gutter === 0);
  show('totals', near !== null);
  show('stretch', near !== null);
  if (!near) return;
  drawTotals(byId('totals'), near.totals, until !== null);
  drawAxis(byId<SVGSVGElement>('stretch-axis'), timeline);
  drawEvents(
    byId('events'),
    near.events.filter(({ row, count }) => until === null || row + count <= until),
    gutter,
  );
}

function drawEvents(list: HTMLElement, events: readonly EventMark[], gutter: number): void {
  const held = list.contains(document.activeElement)
    ? Number((document.activeElement as HTMLElement).dataset.change)
    : null;
  const items = select(list)
    .selectAll<HTMLLIElement, EventMark>('li')
    .data(events, (event) => event.row)
    .join((enter) => {
      const item = enter.append('li');
      item.append('span').attr('class', 'change-reach');
      const button = item.append('button').attr('type', 'button').attr('data-item', '').attr('tabindex', '-1');
      button.append(shape);
      button.append('span');
      return item;
    })
    .order();
  items.each(function (event) {
    const [reach, button] = this.children as unknown as [HTMLElement, HTMLElement];
    const [svg, count] = button.children;
    this.style.left = `${gutter + SIDE + event.x}px`;
    reach.style.width = `${event.end - event.x}px`;
    attribute(button, 'class', `change-mark e-${event.sort}`);
    attribute(button, 'data-change', String(event.row));
    attribute(button, 'aria-label', event.title);
    attribute(button, 'title', event.title);
    attribute(svg!.firstElementChild!, 'd', SHAPE[event.sort]);
    set(count!, event.label);
  });
  const buttons = [...list.querySelectorAll<HTMLElement>('button')];
  if (buttons.length === 0) return;
  // Where the mark that had the focus is gone, that which took its changes has it.
  const heir = held === null ? undefined : buttons.findLast(({ dataset }) => Number(dataset.change) <= held);
  const reached = (held === null ? undefined : (heir ?? buttons[0])) ?? buttons.find(({ tabIndex }) => tabIndex === 0);
  for (const button of buttons) button.tabIndex = button === (reached ?? buttons[0]) ? 0 : -1;
  if (held !== null && reached && reached !== document.activeElement) reached.focus();
}

/** Which mark holds the change that happened last. */
export function drawCurrent(list: HTMLElement, step: number): void {
  let current: Element | null = null;
  const buttons = [...list.querySelectorAll<HTMLElement>('button')];
  select(list)
    .selectAll<HTMLLIElement, EventMark>('li')
    .each(({ row, count }, i) => {
      if (step > row && step <= row + count) current = buttons[i] ?? null;
    });
  for (const button of buttons) attribute(button, 'aria-current', button === current ? 'true' : null);
}

/** What each line tells now: while it is the same, whoever has the focus in it keeps it. */
const told = new WeakMap<HTMLElement, { readonly totals: Totals; readonly covered: boolean }>();

function drawTotals(line: HTMLElement, totals: Totals, covered: boolean): void {
  const before = told.get(line);
  if (before?.totals === totals && before.covered === covered) return;
  told.set(line, { totals, covered });
  const { first, last, changes, sorts, lost, regained, people } = totals;
  const items: { readonly parts: readonly (Node | string)[]; readonly title?: string }[] = [];
  const say = (...parts: readonly (Node | string)[]): void => void items.push({ parts });
  say(bold(totals.says), ` (${totals.lasts})`);
  if (covered) say('what it comes to is told when you have answered');
  else if (!first || !last) say('nothing changes');
  else {
    say(
      `${changes.toLocaleString('en')} ${changes === 1 ? 'change at ' : 'changes from '}`,
      link(first),
      ...(changes > 1 ? [' to ', link(last)] : []),
    );
    for (const sort of SORTS)
      if (sorts[sort] > 0)
        items.push({
          parts: [glyph(sort), `${sorts[sort].toLocaleString('en')} ${SORT_WORD[sort]}`],
          title: SORT_GLOSS[sort],
        });
    say(
      lost + regained === 0
        ? 'no part is lost or regained'
        : `${lost.toLocaleString('en')} ${lost === 1 ? 'part' : 'parts'} lost, ${regained.toLocaleString('en')} regained`,
    );
  }
  if (people !== '' && !covered) say(people);
  line.replaceChildren(
    ...items.map(({ parts, title = '' }) => {
      const item = document.createElement('li');
      attribute(item, 'title', title || null);
      item.append(...parts);
      return item;
    }),
  );
}

function bold(text: string): HTMLElement {
  const element = document.createElement('b');
  element.textContent = text;
  return element;
}

function link({ row, time, says }: NonNullable<Totals['first']>): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'plain';
  button.dataset.change = String(row);
  button.textContent = time;
  button.title = `${time} ${says}`;
  return button;
}

function glyph(sort: Sort): SVGSVGElement {
  const svg = shape();
  svg.setAttribute('class', `e-${sort}`);
  svg.firstElementChild!.setAttribute('d', SHAPE[sort]);
  return svg;
}

/** How far the button that leaves a silence reaches to both sides, pixels. */
const REACH = 13;

/** Under the stripe that the playhead stands in, the button that goes on to what comes after it; labels of the axis give way. */
export function drawSilence(
  button: HTMLElement,
  strip: SVGSVGElement,
  { silence, timeline }: Pick<Frame, 'silence' | 'timeline'>,
): void {
  show(button.id, silence !== null);
  select(strip)
    .selectAll<SVGGElement, Tick>('.tick')
    .each(function (tick) {
      const gives = silence !== null && liesIn(tick, silence.x - REACH, silence.x + REACH);
      attribute(this.lastElementChild!, 'visibility', gives ? 'hidden' : null);
    });
  if (!silence) return;
  button.style.left = `${timeline.gutter + SIDE + silence.x - 12}px`;
  attribute(button, 'aria-label', `${silence.says}: to the next change`);
}
