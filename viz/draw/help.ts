/** Draws the help: every key, and the words that a reader of outages may not know. */
import { select } from 'd3';
import { attribute } from './dom.ts';

const GLOSSARY: readonly (readonly [term: string, means: string])[] = [
  ['Prefix', 'a block of addresses that a network announces to its neighbours'],
  ['Withdrawal', 'a message that says: the prefix is not to be reached by me any more'],
  ['Anycast', 'one prefix announced from many sites; each reader lands at the nearest'],
  ['TTL', 'how long an answer may be remembered before it must be asked for again'],
  ['SERVFAIL', 'what a resolver says when no nameserver answered it'],
  ['Health check', 'a test that a part makes of itself; when it fails, the part takes itself out'],
  ['Drained', 'kept free of traffic on purpose; the router itself runs'],
  ['Out-of-band', 'a second way in, for the day when the first is gone'],
  ['Running, cut off', 'it works, and nobody can reach it'],
  ['Tipped', 'of all that a change needed, the last that came true'],
];

export function drawHelp(
  dialog: HTMLDialogElement,
  commands: readonly { readonly keys: readonly string[]; readonly says: string }[],
  keysOn: boolean,
): void {
  if (dialog.childElementCount === 0) fill(dialog, commands);
  const button = dialog.querySelector('#keys')!;
  attribute(button, 'aria-checked', String(keysOn));
  dialog.classList.toggle('keys-off', !keysOn);
}

function fill(
  dialog: HTMLDialogElement,
  commands: readonly { readonly keys: readonly string[]; readonly says: string }[],
): void {
  const box = select(dialog);
  const head = box.append('div').attr('class', 'help-head');
  head.append('h2').attr('id', 'help-title').text('Keys and words');
  head
    .append('form')
    .attr('method', 'dialog')
    .append('button')
    .attr('class', 'icon letter')
    .attr('aria-label', 'Close')
    .attr('title', 'Close (Esc)')
    .text('✕');
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
      'In the picture (reach it with Tab): ↓ goes to what a part needs, ↑ to what needs it, ← and → to its neighbours; Enter selects, or lays a group open. No key acts while you type.',
    );
  body.append('h3').text('Words');
  const words = body.append('dl').attr('class', 'glossary').selectAll('div').data(GLOSSARY).join('div');
  words.append('dt').text(([term]) => term);
  words.append('dd').text(([, means]) => means);
}
