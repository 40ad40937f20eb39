/** Draws the table of all parts: what the picture says, for those who read or hear it. */
import { select } from 'd3';
import type { TableRow } from '../frame/table.ts';
import { attribute, child, looksNew } from './dom.ts';
import { drawState } from './state.ts';
import { set } from './story.ts';

const COLUMNS = ['Part', 'State', 'Since', 'Because', 'Needs', 'Needed by'] as const;

export function drawTable(holder: HTMLElement, rows: readonly TableRow[]): void {
  const table = child<HTMLTableElement>(holder, 'table', 'parts').node()!;
  if (!table.tHead) {
    select(table).append('caption').attr('class', 'hidden').text('All parts of the system at this moment');
    select(table)
      .append('thead')
      .append('tr')
      .selectAll('th')
      .data(COLUMNS)
      .join('th')
      .attr('scope', 'col')
      .text((name) => name);
    select(table).append('tbody');
  }
  select(table.tBodies[0]!)
    .selectAll<HTMLTableRowElement, TableRow>('tr')
    .data(rows, (row) => row.id)
    .join((enter) => {
      const row = enter.append('tr');
      const head = row.append('th').attr('scope', 'row');
      head.append('button').attr('type', 'button').attr('class', 'plain').attr('data-item', '');
      head.append('span').attr('class', 'part-kind');
      row.append('td').append('span').attr('class', 'state');
      for (const name of ['since', 'because', 'needs', 'needed-by']) row.append('td').attr('class', name);
      return row;
    })
    .order()
    .each(drawRow);
  if (!table.querySelector('[data-item][tabindex="0"]'))
    table.querySelector('[data-item]')?.setAttribute('tabindex', '0');
}

function drawRow(this: HTMLTableRowElement, row: TableRow): void {
  if (!looksNew(this, `${row.selected} ${row.state} ${row.word} ${row.since} ${row.because}`)) return;
  attribute(this, 'class', row.selected ? 'selected' : '');
  const [part, state, since, because, needs, neededBy] = this.children;
  const button = part!.firstElementChild!;
  set(button, row.name);
  attribute(button, 'data-thing', row.id);
  if (!button.hasAttribute('tabindex')) attribute(button, 'tabindex', '-1');
  set(part!.lastElementChild!, row.kind);
  drawState(state!.firstElementChild as HTMLElement, row.state, row.word);
  set(since!, row.since);
  set(because!, row.because);
  set(needs!, row.needs);
  set(neededBy!, row.neededBy);
}
