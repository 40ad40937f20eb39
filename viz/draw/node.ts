/** Draws all about the selected thing, in the order that is the same everywhere: now, why, since, needs, needed by, changes, facts. */
import { type EnterElement, type Selection, select } from 'd3';
import type { FactNow, Neighbour, NodeEvent, NodePanel } from '../frame/node.ts';
import { attribute, child } from './dom.ts';
import { drawState } from './state.ts';
import { note, set, TONE_SIGN } from './story.ts';
import { setTerms } from './terms.ts';

/** The section that what people look up is drawn into, when it is found. */
export const LOOKS = 'looks';

export function drawNode(panel: HTMLElement, node: NodePanel | null): void {
  note(
    panel,
    'empty',
    node
      ? ''
      : 'Nothing is selected. Pick a part in the picture, in the table or by name: here stands how it is and why.',
  );
  const body = child<HTMLDivElement>(panel, 'div', 'node-body').node()!;
  body.hidden = node === null;
  if (!node) return;
  const head = child<HTMLDivElement>(body, 'div', 'node-head').node()!;
  set(child(head, 'p', 'node-kind').node()!, node.kind);
  const menu = child<HTMLButtonElement>(head, 'button', 'node-menu').node()!;
  if (menu.type !== 'button') {
    Object.assign(menu, { type: 'button', className: 'icon letter node-menu', title: 'What can be done with it' });
    menu.dataset.do = 'part-menu';
    attribute(menu, 'aria-haspopup', 'menu');
    attribute(menu, 'aria-controls', 'part-menu');
    attribute(menu, 'aria-expanded', 'false');
    set(menu, '⋯');
  }
  attribute(menu, 'aria-label', `What can be done with ${node.name}`);
  set(child(head, 'h2', 'node-name').node()!, node.name);
  note(head, 'node-title', node.title);
  drawState(child<HTMLParagraphElement>(head, 'p', 'state').node()!, node.state, node.reason.word);
  setTerms(child<HTMLParagraphElement>(head, 'p', 'gloss').node()!, node.gloss, 'plain');
  const why = child<HTMLParagraphElement>(head, 'p', 'why').node()!;
  why.hidden = node.reason.row < 0;
  set(child(why, 'span', 'since').node()!, `Since ${node.reason.since}, because `);
  const button = child<HTMLButtonElement>(why, 'button', 'plain')
    .attr('type', 'button')
    .attr('data-change', node.reason.row)
    .attr('data-tab-after', 'causes')
    .node()!;
  setTerms(button, node.reason.because);
  const fold = child<HTMLButtonElement>(head, 'button', 'small')
    .attr('type', 'button')
    .attr('data-fold', node.fold?.id ?? null)
    .node()!;
  fold.hidden = node.fold === null;
  set(fold, node.fold?.folded ? `Lay ${node.fold.label} open` : `Fold ${node.fold?.label}`);

  child(body, 'section', LOOKS);
  neighbours(body, 'needs', 'Needs', node.needs, node.moreNeeds);
  neighbours(body, 'needed-by', 'Needed by', node.neededBy, node.moreNeededBy);
  const events = section(
    body,
    'events',
    node.events.length > 0 ? 'Its changes' : 'Nothing changes about it in this run.',
  );
  const moves = child<HTMLDivElement>(events, 'div', 'moves');
  if (moves.selectChildren().empty()) {
    moves
      .append('button')
      .attr('type', 'button')
      .attr('class', 'small')
      .attr('data-do', 'near-back')
      .attr('title', 'Its change before (,)')
      .text('← Before');
    moves
      .append('button')
      .attr('type', 'button')
      .attr('class', 'small')
      .attr('data-do', 'near')
      .attr('title', 'Its next change (.)')
      .text('Next →');
  }
  moves.node()!.toggleAttribute('hidden', node.events.length === 0);
  select(child<HTMLOListElement>(events, 'ol', 'story').node()!)
    .selectAll<HTMLLIElement, NodeEvent>('li')
    .data(node.events, (event) => event.row)
    .join(newEvent)
    .order()
    .each(drawEvent);
  note(events, 'more', node.moreEvents > 0 ? `and ${node.moreEvents.toLocaleString('en')} more` : '');
  drawFacts(section(body, 'facts', 'Facts'), node);
}

function section(body: HTMLElement, className: string, title: string): HTMLElement {
  const element = child<HTMLElement>(body, 'section', className).node()!;
  set(child(element, 'h3', 'section-title').node()!, title);
  return element;
}

function neighbours(
  body: HTMLElement,
  className: string,
  title: string,
  list: readonly Neighbour[],
  more: number,
): void {
  const all = (list.length + more).toLocaleString('en');
  const element = section(body, className, `${title}${list.length > 8 ? ` (${all})` : ''}`);
  note(element, 'none', list.length === 0 ? 'nothing here' : '');
  select(child<HTMLUListElement>(element, 'ul', 'chips').node()!)
    .selectAll<HTMLLIElement, Neighbour>('li')
    .data(list, (one) => one.id)
    .join((enter) => {
      const item = enter.append('li');
      const button = item.append('button').attr('type', 'button').attr('class', 'chip');
      button.append('span').attr('class', 'state');
      button.append('span').attr('class', 'chip-name');
      return item;
    })
    .order()
    .each(function (one) {
      const button = this.firstElementChild!;
      attribute(button, 'data-thing', one.id);
      drawState(button.children[0] as HTMLElement, one.state, one.word);
      set(button.children[1]!, one.name);
    });
  note(element, 'more', more > 0 ? `and ${more.toLocaleString('en')} more` : '');
}

function newEvent(enter: Selection<EnterElement, NodeEvent, HTMLOListElement, unknown>) {
  const item = enter.append('li');
  const button = item.append('button').attr('type', 'button').attr('data-item', '');
  for (const name of ['time', 'sign', 'said']) button.append('span').attr('class', name);
  return item;
}

function drawEvent(this: HTMLLIElement, event: NodeEvent): void {
  attribute(this, 'class', `line ${event.when} tone-${event.tone}`);
  const button = this.firstElementChild!;
  attribute(button, 'data-change', String(event.row));
  attribute(button, 'data-keep', '');
  const [time, sign, said] = button.children;
  set(time!, event.time);
  set(sign!, TONE_SIGN[event.tone]);
  attribute(sign!, 'aria-hidden', 'true');
  setTerms(said!, event.text);
}

function drawFacts(element: HTMLElement, node: NodePanel): void {
  select(child<HTMLDListElement>(element, 'dl', 'fact-list').node()!)
    .selectAll<HTMLDivElement, FactNow>('div')
    .data(node.facts, (fact) => fact.name)
    .join((enter) => {
      const row = enter.append('div');
      row.append('dt');
      row.append('dd');
      return row;
    })
    .order()
    .each(function (fact) {
      set(this.children[0]!, fact.name);
      set(this.children[1]!, `${fact.value} · ${fact.since}`);
    });
  note(element, 'more', node.moreFacts > 0 ? `and ${node.moreFacts.toLocaleString('en')} more` : '');
}
