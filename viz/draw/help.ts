/** Draws the help: every key, and the words that a reader of outages may not know. */
import { select } from 'd3';
import { TERMS } from '../frame/terms.ts';
import { appendHead } from './dialog.ts';
import { attribute, child } from './dom.ts';

/** Where a word matters in the run that is shown: a change, with its time and what it says. */
export interface Where {
  readonly id: string;
  readonly row: number;
  readonly time: string;
  readonly says: string;
}

export function drawHelp(
  dialog: HTMLDialogElement,
  commands: readonly { readonly keys: readonly string[]; readonly says: string }[],
  keysOn: boolean,
  wheres: readonly Where[],
): void {
  if (dialog.childElementCount === 0) fill(dialog, commands);
  drawWheres(dialog, wheres);
  const button = dialog.querySelector('#keys')!;
  attribute(button, 'aria-checked', String(keysOn));
  dialog.classList.toggle('keys-off', !keysOn);
}

function fill(
  dialog: HTMLDialogElement,
  commands: readonly { readonly keys: readonly string[]; readonly says: string }[],
): void {
  const box = select(dialog);
  appendHead(box, 'help-title', 'Keys and words');
  const body = box.append('div').attr('class', 'help-body').attr('tabindex', 0);
  body.append('h3').text('Keys');
  const choice = body.append('p').attr('class', 'choice');
  choice
    .append('button')
    .attr('type', 'button')
    .attr('class', 'toggle')
    .attr('id', 'keys')
    .attr('role', 'switch')
    .attr('data-do', 'keys')
    .attr('aria-describedby', 'keys-note')
    .text('Single-key shortcuts');
  choice
    .append('span')
    .attr('id', 'keys-note')
    .attr('class', 'hint')
    .text('Off: only Tab, Enter, Space, Esc, and arrows in what has the focus. Remembered on this device.');
  const keys = body.append('dl').attr('class', 'keys').selectAll('div').data(commands).join('div');
  keys.classed('always', ({ keys: list }) => list.includes('Esc'));
  keys
    .append('dt')
    .selectAll('kbd')
    .data(({ keys: list }) => (list.length > 4 ? ['0', '…', '9'] : list))
    .join('kbd')
    .text((key) => key);
  keys.append('dd').text(({ says }) => says);
  body
    .append('p')
    .attr('class', 'hint')
    .text(
      'In the picture (reach it with Tab): ↓ goes to what a part needs, ↑ to what needs it, ← and → to its neighbours; Enter selects, or lays a group open; Shift F10 or the menu key opens what can be done with it, as a right click does. No key acts while you type.',
    );
  body.append('h3').text('Words');
  const words = body.append('dl').attr('class', 'glossary').selectAll('div').data(TERMS).join('div');
  words.attr('data-of', ({ id }) => id);
  words.append('dt').text(({ term }) => term);
  words
    .append('dd')
    .append('span')
    .text(({ means }) => `${means}. `);
}

/** The glossary leads to where each word matters. */
function drawWheres(dialog: HTMLDialogElement, wheres: readonly Where[]): void {
  for (const row of dialog.querySelectorAll<HTMLElement>('.glossary [data-of]')) {
    const where = wheres.find(({ id }) => id === row.dataset.of);
    const button = child<HTMLButtonElement>(row.querySelector('dd')!, 'button', 'plain')
      .attr('type', 'button')
      .attr('data-where', where?.row ?? null)
      .node()!;
    button.hidden = !where;
    button.textContent = where ? `Here: ${where.time} ${where.says}` : '';
  }
}
