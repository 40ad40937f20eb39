/** Draws the dialog in which a scenario or a trace is opened, and what is wrong with one. */
import { select } from 'd3';
import type { Fault } from '../load/opened.ts';
import { byId, show, write } from './dom.ts';

/** The lines as the command line prints them, each with the line of the file it is about and a caret under the place. */
export function drawFaults(faults: readonly Fault[]): void {
  show('open-faults', faults.length > 0);
  write(
    'open-count',
    faults.length === 0
      ? ''
      : `${faults.length === 1 ? 'One problem' : `${faults.length} problems`}: the run that is shown stays as it is.`,
  );
  select(byId('open-list'))
    .selectAll<HTMLLIElement, Fault>('li')
    .data(faults)
    .join((enter) => {
      const item = enter.append('li');
      item.append('p');
      // What scrolls must be reachable by keyboard.
      item.append('pre').attr('tabindex', 0);
      return item;
    })
    .each(function ({ says, source }) {
      const [line, excerpt] = this.children as unknown as [HTMLElement, HTMLElement];
      line.textContent = says;
      excerpt.hidden = source === null;
      excerpt.textContent = source ? excerptOf(source) : '';
    });
}

/** Wide lines are cut around the place. */
function excerptOf({ line, text, column }: NonNullable<Fault['source']>): string {
  const from = Math.max(0, column - 60);
  const front = `${line} | ${from > 0 ? '…' : ''}`;
  // Tabs stay tabs above and below, so that the caret stands where the place is.
  const before = text.slice(from, column - 1).replace(/[^\t]/g, ' ');
  return `${front}${text.slice(from, from + 120)}\n${' '.repeat(front.length)}${before}^`;
}
