/** Draws the table of all parts: what the picture says, for those who read or hear it. */
import { select } from 'd3';
import type { TablePage, TableRow } from '../frame/table.ts';
import { attribute, child, looksNew } from './dom.ts';
import { drawState } from './state.ts';
import { set } from './story.ts';
import { setTerms } from './terms.ts';

const COLUMNS = ['Part', 'State', 'Since', 'Because', 'Needs', 'Needed by'] as const;

const count = (n: number): string => n.toLocaleString('en');

/** What a page turns to, by its button; null where there is nothing that way. */
const TURNS: readonly (readonly [name: string, title: string, to: (page: TablePage) => number | null])[] = [
  ['First', 'To the first parts', ({ from }) => (from === 0 ? null : 0)],
  ['Before', 'To the parts before these', ({ before }) => before],
  ['Next', 'To the parts after these', ({ after }) => after],
  ['Last', 'To the last parts', ({ from, last }) => (from === last ? null : last)],
];

/** Only where there is more than one page: which one it is, and buttons to the others. */
function drawPages(holder: HTMLElement, page: TablePage): void {
  const nav = child<HTMLElement>(holder, 'nav', 'pages').attr('aria-label', 'Pages of the table').node()!;
  nav.hidden = page.total <= page.rows.length;
  if (nav.hidden) return;
  set(
    child<HTMLElement>(nav, 'p', 'page').attr('role', 'status').node()!,
    `Parts ${count(page.from + 1)} to ${count(page.from + page.rows.length)} of ${count(page.total)}`,
  );
  select(nav)
    .selectAll<HTMLButtonElement, (typeof TURNS)[number]>('button')
    .data(TURNS)
    .join((enter) => enter.append('button').attr('type', 'button').attr('class', 'small'))
    .attr('title', ([, title]) => title)
    // One that leads nowhere keeps the focus of whoever came here with it.
    .attr('aria-disabled', ([, , to]) => (to(page) === null ? 'true' : null))
    .attr('data-rows', ([, , to]) => to(page))
    .text(([name]) => name);
}

/** So that another page is read from its top. */
const shown = new WeakMap<HTMLElement, number>();

export function drawTable(holder: HTMLElement, page: TablePage): void {
  const { rows } = page;
  drawPages(holder, page);
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
  attribute(table, 'aria-rowcount', page.total > rows.length ? String(page.total + 1) : null);
  const others = page.total > rows.length ? page.from + 2 : null;
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
    .attr('aria-rowindex', (_, i) => (others === null ? null : others + i))
    .each(drawRow);
  if ((shown.get(holder) ?? page.from) !== page.from) holder.scrollTop = 0;
  shown.set(holder, page.from);
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
  setTerms(because!, row.because);
  set(needs!, row.needs);
  set(neededBy!, row.neededBy);
}
