/** Draws what was looked up: a line an answer, which opens to a table, notes, and how it came to that. */
import { select } from 'd3';
import type { Sheet } from '../look/sheet.ts';
import { attribute, child, looksNew } from './dom.ts';
import { LOOKS } from './node.ts';
import { note, set } from './story.ts';

type Shown =
  | { readonly waits: true }
  | { readonly problem: string }
  | { readonly sheets: readonly Sheet[]; readonly clock: string; readonly more: number };

/** Null: there is nothing to look up. While an answer is awaited the last one of the same thing stays, marked as old. */
export function drawLooks(panel: HTMLElement, thing: string, shown: Shown | null): void {
  const body = child<HTMLDivElement>(panel, 'div', 'node-body').node()!;
  // Under the name of the thing, though it be drawn later.
  child(body, 'div', 'node-head');
  const section = child<HTMLElement>(body, 'section', LOOKS).node()!;
  section.hidden = shown === null;
  if (section.dataset.of !== thing) {
    section.replaceChildren();
    section.dataset.of = thing;
  }
  if (!shown) return;
  set(child(section, 'h3', 'section-title').node()!, 'Looked up');
  if ('waits' in shown) {
    section.classList.add('waits');
    if (!section.querySelector('.sheet')) note(section, 'as-of', 'Asking the simulator…');
    return;
  }
  section.classList.remove('waits');
  note(section, 'as-of', 'problem' in shown ? shown.problem : `at ${shown.clock}`);
  const sheets = 'problem' in shown ? [] : shown.sheets;
  select(child<HTMLDivElement>(section, 'div', 'sheets').node()!)
    .selectAll<HTMLDetailsElement, Sheet>('details')
    .data(sheets, (sheet) => sheet.id)
    .join((enter) => enter.append('details').attr('class', 'sheet'))
    .order()
    .each(drawSheet);
  note(section, 'more', 'more' in shown && shown.more > 0 ? `and ${shown.more.toLocaleString('en')} more` : '');
}

function drawSheet(this: HTMLDetailsElement, sheet: Sheet): void {
  if (!looksNew(this, JSON.stringify(sheet))) return;
  const summary = child<HTMLElement>(this, 'summary', 'sheet-head').node()!;
  set(child(summary, 'span', 'sheet-name').node()!, sheet.name);
  const word = child<HTMLSpanElement>(summary, 'span', 'sheet-word').node()!;
  set(word, sheet.word);
  word.classList.toggle('good', sheet.good);
  word.classList.toggle('bad', !sheet.good);
  note(this, 'sheet-says', sheet.says);
  const holder = child<HTMLDivElement>(this, 'div', 'sheet-rows').node()!;
  holder.hidden = sheet.rows.length === 0;
  attribute(holder, 'tabindex', '0');
  attribute(holder, 'role', 'region');
  attribute(holder, 'aria-label', sheet.name);
  drawRows(holder, sheet);
  for (const [name, lines] of [
    ['sheet-notes', sheet.notes],
    ['sheet-how', sheet.how.map(({ time, says }) => `${time}  ${says}`)],
  ] as const) {
    select(child<HTMLUListElement>(this, 'ul', name).node()!)
      .attr('hidden', lines.length === 0 ? '' : null)
      .selectAll('li')
      .data(lines)
      .join('li')
      .text((line) => line);
  }
}

function drawRows(holder: HTMLElement, { head, rows }: Sheet): void {
  const table = child<HTMLTableElement>(holder, 'table', 'sheet-table');
  const first = child<HTMLTableSectionElement>(table.node()!, 'thead', 'sheet-top');
  select(child<HTMLTableRowElement>(first.node()!, 'tr', 'sheet-line').node()!)
    .selectAll('th')
    .data(head)
    .join((enter) => enter.append('th').attr('scope', 'col'))
    .text((text) => text);
  select(child<HTMLTableSectionElement>(table.node()!, 'tbody', 'sheet-body').node()!)
    .selectAll<HTMLTableRowElement, Sheet['rows'][number]>('tr')
    .data(rows)
    .join('tr')
    .attr('class', ({ good }) => (good ? 'good' : null))
    .selectAll('td')
    .data(({ cells }) => cells)
    .join('td')
    .text((text) => text);
}
