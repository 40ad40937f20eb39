/** Draws the box of links. */
import { select } from 'd3';
import { attribute, child } from './dom.ts';
import { note, set } from './story.ts';

export interface ShareLink {
  readonly id: string;
  readonly says: string;
  readonly link: string;
}

/** What chat tools and mail cut off. */
const LONG = 2000;

export function drawShare(dialog: HTMLDialogElement, links: readonly ShareLink[]): void {
  const head = child<HTMLDivElement>(dialog, 'div', 'help-head').node()!;
  const title = child<HTMLHeadingElement>(head, 'h2', 'share-title').node()!;
  attribute(title, 'id', 'share-title');
  set(title, 'Links');
  const form = child<HTMLFormElement>(head, 'form', 'share-close').node()!;
  attribute(form, 'method', 'dialog');
  const close = child<HTMLButtonElement>(form, 'button', 'icon').node()!;
  attribute(close, 'class', 'icon letter');
  attribute(close, 'aria-label', 'Close');
  attribute(close, 'title', 'Close (Esc)');
  set(close, '✕');
  const body = child<HTMLDivElement>(dialog, 'div', 'help-body').node()!;
  select(body)
    .selectAll<HTMLDivElement, ShareLink>('div.share-link')
    .data(links, (link) => link.id)
    .join((enter) => {
      const one = enter.append('div').attr('class', 'share-link');
      one.append('label').attr('class', 'share-says');
      one.append('input').attr('type', 'text').attr('readonly', '').attr('spellcheck', 'false');
      one.append('button').attr('type', 'button').attr('class', 'small').attr('data-copy', '').text('Copy');
      return one;
    })
    .each(function ({ id, says, link }) {
      const [label, field, copy] = this.children as unknown as [HTMLLabelElement, HTMLInputElement, HTMLButtonElement];
      set(label, says);
      attribute(label, 'for', `share-${id}`);
      attribute(field, 'id', `share-${id}`);
      field.value = link;
      set(copy, 'Copy');
      attribute(copy, 'aria-label', `Copy: ${says.toLowerCase()}`);
    });
  const longest = links.reduce((most, { id, link }) => (id === 'embed' ? most : Math.max(most, link.length)), 0);
  note(
    body,
    'hint',
    links.length === 0
      ? 'This run was opened from a file, and no link can hold it. Save the scenario or the trace instead (key e), and send that.'
      : longest > LONG
        ? `A link is ${longest.toLocaleString('en')} characters long. Many chat and mail programs cut off what is longer than about ${LONG.toLocaleString('en')}: send the trace or the scenario as a file instead.`
        : 'Variants, numbers, branches and the run that is compared with are in the link. It holds them, and nothing else is stored anywhere; who opens it needs the same scenario beside the page. What netfall view serves may not be framed: to embed, host the page yourself.',
  );
}

/** The button tells what happened, by itself and to a screen reader. */
export function sayCopied(button: HTMLElement, says: string): void {
  set(button, says);
  attribute(button, 'aria-label', null);
  attribute(button, 'aria-live', 'polite');
}
