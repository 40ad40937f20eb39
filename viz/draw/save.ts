/** Draws the dialog in which what is shown is saved: a row for each thing there is to have, with a button for each form of it. */
import { select } from 'd3';
import { appendHead } from './dialog.ts';
import type { Sel } from './dom.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface Offer {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  /** What it can be made of, each a list to choose from. */
  readonly choices: readonly { readonly id: string; readonly label: string; readonly options: readonly Choice[] }[];
  readonly forms: readonly { readonly id: string; readonly label: string; readonly title: string }[];
  /** Why it cannot be had; empty where it can. */
  readonly not: string;
}

export interface SaveDialog {
  readonly about: string;
  readonly offers: readonly Offer[];
  /** A command that makes a page of one file, and what it is good for. */
  readonly command: string;
}

/** Anew each time it is opened; what was chosen before is chosen still. */
export function drawSave(dialog: HTMLDialogElement, { about, offers, command }: SaveDialog): void {
  const chosen = new Map([...dialog.querySelectorAll('select')].map(({ id, value }) => [id, value]));
  const held = keyOf(document.activeElement);
  const box = select(dialog);
  box.selectChildren().remove();
  appendHead(box, 'save-title', 'Save what is shown');
  const body = box.append('div').attr('class', 'save-body');
  body.append('p').attr('class', 'save-about').text(about);
  const rows = body
    .append('ul')
    .attr('class', 'offers')
    .selectAll('li')
    .data(offers)
    .join('li')
    .attr('class', 'offer')
    .attr('data-offer', ({ id }) => id);
  rows.each(function (offer) {
    row(select(this as HTMLLIElement), offer, chosen);
  });
  const more = body.append('p').attr('class', 'save-more');
  more.append('span').text('As one page that needs no network, worker and all: ');
  more.append('code').text(command);
  const foot = box.append('div').attr('class', 'save-foot');
  const bar = foot.append('div').attr('class', 'save-progress').attr('hidden', '');
  bar.append('progress').attr('id', 'save-bar').attr('aria-label', 'The clip is made').attr('max', 1).attr('value', 0);
  bar.append('button').attr('type', 'button').attr('class', 'small').attr('id', 'save-stop').text('Cancel');
  foot.append('output').attr('class', 'save-told').attr('id', 'save-told');
  if (held !== null)
    [...dialog.querySelectorAll<HTMLElement>('button, select')].find((one) => keyOf(one) === held)?.focus();
}

/** What a part of the dialog is called, however often it is drawn; null: it is none. */
const keyOf = (element: Element | null): string | null =>
  element instanceof HTMLElement && element.closest('#save')
    ? (element.dataset.save ?? (element.id || element.getAttribute('aria-label')))
    : null;

function row(item: Sel<HTMLLIElement>, offer: Offer, chosen: ReadonlyMap<string, string>): void {
  const words = item.append('div').attr('class', 'offer-words');
  words.append('h3').text(offer.title);
  words
    .append('p')
    .attr('id', `save-${offer.id}-says`)
    .text(offer.not || offer.says);
  const acts = item.append('div').attr('class', 'offer-acts');
  if (offer.not) return;
  for (const { id, label, options } of offer.choices) {
    const field = acts.append('label');
    field.append('span').attr('class', 'hidden').text(label);
    const list = field.append('select').attr('id', id).attr('title', label);
    list
      .selectAll('option')
      .data(options)
      .join('option')
      .attr('value', ({ value }) => value)
      .text(({ label: text }) => text);
    const before = chosen.get(id);
    if (options.some(({ value }) => value === before)) list.property('value', before);
  }
  acts
    .selectAll('button')
    .data(offer.forms)
    .join('button')
    .attr('type', 'button')
    .attr('class', 'small')
    .attr('data-save', ({ id }) => `${offer.id}:${id}`)
    .attr('aria-label', ({ title }) => title)
    .attr('title', ({ title }) => title)
    .attr('aria-describedby', `save-${offer.id}-says`)
    .text(({ label }) => label);
}

/** What is under way, from 0 to 1; null: nothing is, and the buttons can be pressed. */
export function drawProgress(dialog: HTMLDialogElement, part: number | null): void {
  const bar = dialog.querySelector<HTMLElement>('.save-progress');
  if (!bar) return;
  bar.hidden = part === null;
  dialog.querySelector('progress')?.setAttribute('value', String(part ?? 0));
}

export function drawTold(dialog: HTMLDialogElement, text: string, bad: boolean): void {
  select(dialog).select('#save-told').classed('bad', bad).text(text);
}
