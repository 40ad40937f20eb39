/** What stands on top of every dialog: what it is called, and the button that closes it. */
import type { Sel } from './dom.ts';

/** `id`: what the dialog is labelled by. */
export function appendHead(dialog: Sel<HTMLDialogElement>, id: string, title: string): void {
  const head = dialog.append('div').attr('class', 'help-head');
  head.append('h2').attr('id', id).text(title);
  head
    .append('form')
    .attr('method', 'dialog')
    .append('button')
    .attr('class', 'icon letter')
    .attr('aria-label', 'Close')
    .attr('title', 'Close (Esc)')
    .text('✕');
}
