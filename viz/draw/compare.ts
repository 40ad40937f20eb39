/** Draws the tab Compare: where two runs part, what both come to, and what became of each trouble. */
import { select } from 'd3';
import { CLASS_GLOSS, CLASS_SIGN } from '../frame/classes.ts';
import type { CompareText, Line, NumberRow, SideText } from '../frame/compare.ts';
import type { Contrast } from '../frame/contrast.ts';
import { attribute, child } from './dom.ts';
import { note, set } from './story.ts';

export interface CompareView {
  readonly runs: readonly { readonly id: string; readonly name: string; readonly chosen: boolean }[];
  readonly name: string;
  readonly contrast: boolean;
  readonly text: CompareText | null;
  readonly now: Contrast | null;
  readonly clock: string;
  /** When the other run ends. */
  readonly ended: string;
}

export function drawCompare(panel: HTMLElement, view: CompareView): void {
  note(
    panel,
    'empty',
    view.runs.length === 0
      ? 'There is only one run here. Choose a variant, change a number or branch at a moment under “What if”, and run it: then the two can be compared.'
      : '',
  );
  const body = child<HTMLDivElement>(panel, 'div', 'comparison').node()!;
  body.hidden = view.runs.length === 0;
  if (view.runs.length === 0) return;
  drawHead(body, view);
  const { text } = view;
  for (const name of ['now', 'parts', 'sums', 'became'])
    child<HTMLElement>(body, 'section', name).node()!.hidden = !text;
  if (!text) return;
  drawNow(child<HTMLElement>(body, 'section', 'now').node()!, view);
  drawParts(child<HTMLElement>(body, 'section', 'parts').node()!, text);
  drawNumbers(child<HTMLElement>(body, 'section', 'sums').node()!, text);
  drawBecame(child<HTMLElement>(body, 'section', 'became').node()!, text);
}

function drawHead(body: HTMLElement, view: CompareView): void {
  const head = child<HTMLElement>(body, 'section', 'versus').node()!;
  const mine = child<HTMLElement>(head, 'p', 'versus-mine').node()!;
  set(child(mine, 'span', 'versus-word').node()!, 'Shown');
  set(child(mine, 'b', 'versus-name').node()!, view.name);
  const other = child<HTMLElement>(head, 'p', 'versus-other').node()!;
  const label = child<HTMLLabelElement>(other, 'label', 'versus-word').node()!;
  set(label, 'Other');
  attribute(label, 'for', 'against-choice');
  const choice = child<HTMLSelectElement>(other, 'select', 'versus-choice').node()!;
  if (choice.id === '') Object.assign(choice, { id: 'against-choice', name: 'against' });
  const options = [{ id: '', name: 'none', chosen: view.runs.every(({ chosen }) => !chosen) }, ...view.runs];
  select(choice)
    .selectAll<HTMLOptionElement, CompareView['runs'][number]>('option')
    .data(options, (run) => run.id)
    .join('option')
    .order()
    .each(function (run) {
      if (this.value !== run.id) this.value = run.id;
      attribute(this, 'value', run.id);
      set(this, run.name);
      if (this.selected !== run.chosen && run.chosen) this.selected = true;
    });
  const acts = child<HTMLElement>(head, 'p', 'versus-acts').node()!;
  acts.hidden = view.text === null;
  const contrast = child<HTMLButtonElement>(acts, 'button', 'toggle').node()!;
  attribute(contrast, 'type', 'button');
  attribute(contrast, 'data-compare', 'contrast');
  attribute(contrast, 'aria-pressed', String(view.contrast));
  attribute(contrast, 'title', 'Mark what differs: in the picture, on the map, in the table and the timeline (d)');
  set(contrast, 'Mark what differs');
  const swap = child<HTMLButtonElement>(acts, 'button', 'small').node()!;
  attribute(swap, 'type', 'button');
  attribute(swap, 'data-compare', 'swap');
  set(swap, '⇅ Show the other');
}

function drawNow(part: HTMLElement, { now, clock, ended }: CompareView): void {
  set(child(part, 'h2', 'section-title').node()!, `At ${clock}`);
  const { better = 0, worse = 0, other = 0 } = now ?? {};
  const said = [
    better > 0 ? `▲ ${better} better here` : '',
    worse > 0 ? `▼ ${worse} worse here` : '',
    other > 0 ? `◆ ${other} otherwise` : '',
  ].filter(Boolean);
  note(
    part,
    'now-said',
    said.length === 0 ? 'All parts are alike in both runs at this moment.' : `Parts: ${said.join(' · ')}`,
  );
  note(part, 'gloss', now?.ended ? `The other run ends at ${ended}: it is compared as it was then.` : '');
}

function drawParts(part: HTMLElement, { parts, names }: CompareText): void {
  set(child(part, 'h2', 'section-title').node()!, 'Where they part');
  note(part, 'none', parts ? '' : 'Nowhere: both runs are the same, change by change.');
  const body = child<HTMLElement>(part, 'div', 'parting').node()!;
  body.hidden = parts === null;
  if (!parts) return;
  const head = child<HTMLButtonElement>(body, 'button', 'parting-head').node()!;
  attribute(head, 'type', 'button');
  attribute(head, 'data-compare', 'go');
  attribute(head, 'data-at', String(parts.at));
  set(child(head, 'span', 'time').node()!, `⚑ ${parts.time}`);
  set(child(head, 'span', 'parting-fact').node()!, parts.fact);
  side(child<HTMLElement>(body, 'p', 'side-ours').node()!, names[0], parts.ours);
  side(child<HTMLElement>(body, 'p', 'side-theirs').node()!, names[1], parts.theirs);
}

function side(line: HTMLElement, name: string, { value, why }: SideText): void {
  set(child(line, 'span', 'side-name').node()!, name);
  set(child(line, 'b', 'side-value').node()!, value);
  set(child(line, 'span', 'side-why').node()!, why);
}

function drawNumbers(part: HTMLElement, text: CompareText): void {
  set(child(part, 'h2', 'section-title').node()!, 'What they come to');
  const table = child<HTMLTableElement>(part, 'table', 'sums-table').node()!;
  const head = child<HTMLTableSectionElement>(table, 'thead', 'sums-head').node()!;
  select(child<HTMLTableRowElement>(head, 'tr', 'sums-names').node()!)
    .selectAll<HTMLTableCellElement, string>('th')
    .data(['of the run', 'shown', 'other'])
    .join((enter) => enter.append('th').attr('scope', 'col'))
    .each(function (name) {
      set(this, name);
    });
  select(child<HTMLTableSectionElement>(table, 'tbody', 'sums-rows').node()!)
    .selectAll<HTMLTableRowElement, NumberRow>('tr')
    .data(text.numbers, (row) => row.label)
    .join((enter) => {
      const row = enter.append('tr');
      row.append('th').attr('scope', 'row');
      row.append('td');
      row.append('td');
      return row;
    })
    .order()
    .each(function (row) {
      const [label, ours, theirs] = this.children;
      set(label!, row.label);
      set(ours!, row.better === 'ours' ? `▲ ${row.ours}` : row.ours);
      set(theirs!, row.better === 'theirs' ? `▲ ${row.theirs}` : row.theirs);
      attribute(ours!, 'class', row.better === 'ours' ? 'better' : null);
      attribute(theirs!, 'class', row.better === 'theirs' ? 'better' : null);
    });
  note(
    part,
    'gloss',
    text.people ? 'Each person counts once, whatever of it fails. ▲ is better for people.' : '▲ is better for people.',
  );
}

function drawBecame(part: HTMLElement, text: CompareText): void {
  set(child(part, 'h2', 'section-title').node()!, 'What became of each trouble');
  note(part, 'none', text.lines.length === 0 ? 'Nothing differs in when what was in trouble.' : '');
  select(child<HTMLUListElement>(part, 'ul', 'class-counts').node()!)
    .selectAll<HTMLLIElement, CompareText['counts'][number]>('li')
    .data(text.counts, (one) => one.as)
    .join('li')
    .order()
    .each(function ({ as, count }) {
      attribute(this, 'class', `class c-${as}`);
      attribute(this, 'title', CLASS_GLOSS[as]);
      set(this, `${CLASS_SIGN[as]} ${count.toLocaleString('en')} ${as}`);
    });
  select(child<HTMLOListElement>(part, 'ol', 'became-list').node()!)
    .selectAll<HTMLLIElement, Line>('li')
    .data(text.lines, (line) => line.id)
    .join((enter) => {
      const item = enter.append('li');
      const button = item.append('button').attr('type', 'button').attr('class', 'became-line').attr('data-item', '');
      const head = button.append('span').attr('class', 'became-head');
      for (const name of ['class', 'became-label', 'became-by']) head.append('span').attr('class', name);
      button.append('span').attr('class', 'became-ours');
      button.append('span').attr('class', 'became-theirs');
      return item;
    })
    .order()
    .each(drawLine);
  note(part, 'more', text.more > 0 ? `and ${text.more.toLocaleString('en')} more` : '');
  note(part, 'gloss', `What differs by less than ${text.grain}, a thousandth of the run, is not counted.`);
}

function drawLine(this: HTMLLIElement, line: Line): void {
  const button = this.firstElementChild as HTMLElement;
  attribute(button, 'data-compare', 'go');
  attribute(button, 'data-at', String(line.at));
  attribute(button, 'data-subject', line.thing);
  const [head, ours, theirs] = button.children;
  const [as, label, by] = head!.children;
  attribute(as!, 'class', `class c-${line.as}`);
  attribute(as!, 'title', CLASS_GLOSS[line.as]);
  set(as!, `${CLASS_SIGN[line.as]} ${line.as}`);
  set(label!, line.whom === '' ? line.label : `${line.label} · ${line.whom}`);
  set(by!, line.by);
  set(ours!, `here ${line.ours}`);
  set(theirs!, `there ${line.theirs}`);
}
