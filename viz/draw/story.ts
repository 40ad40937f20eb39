/** Draws the story: one line a sentence, the present one marked; lines that have not happened yet are paler. */
import { select } from 'd3';
import type { LineMark, StoryFrame } from '../frame/story.ts';
import { attribute, child, looksNew } from './dom.ts';
import { setTerms } from './terms.ts';

export const TONE_SIGN = { loss: '▼', gain: '▲', plain: '•' } as const;

export function drawStory(panel: HTMLElement, story: StoryFrame): void {
  note(
    panel,
    'earlier',
    story.earlier > 0
      ? `${story.earlier.toLocaleString('en')} earlier lines`
      : story.lines.length === 0 && !story.covered
        ? 'Nothing changes in this run.'
        : '',
  );
  const list = child<HTMLOListElement>(panel, 'ol', 'story').node()!;
  select(list)
    .selectAll<HTMLLIElement, LineMark>('li')
    .data(story.lines, (line) => line.id)
    .join((enter) => {
      const item = enter.append('li');
      const button = item.append('button').attr('type', 'button').attr('data-item', '');
      button.append('span').attr('class', 'time');
      button.append('span').attr('class', 'sign').attr('aria-hidden', 'true');
      const said = button.append('span').attr('class', 'said');
      said.append('span').attr('class', 'text');
      said.append('span').attr('class', 'until');
      button.append('span').attr('class', 'count');
      return item;
    })
    .order()
    .each(drawLine);
  note(
    panel,
    'later',
    story.covered
      ? 'What comes next is covered until you have answered.'
      : story.later > 0
        ? `${story.later.toLocaleString('en')} later lines`
        : '',
  );
  const tabbable = list.querySelector('[tabindex="0"]');
  if (!tabbable) list.querySelector('button')?.setAttribute('tabindex', '0');
}

function drawLine(this: HTMLLIElement, line: LineMark): void {
  if (!looksNew(this, `${line.when} ${line.selected} ${line.row} ${line.count}`)) return;
  attribute(this, 'class', `line ${line.kind} ${line.when} tone-${line.tone}${line.selected ? ' selected' : ''}`);
  const button = this.firstElementChild!;
  attribute(button, 'data-change', line.kind === 'change' ? String(line.row) : null);
  attribute(button, 'data-seek', line.kind === 'caption' ? String(line.at) : null);
  attribute(button, 'aria-current', line.when === 'now' ? 'step' : null);
  attribute(button, 'tabindex', line.when === 'now' ? '0' : '-1');
  const [time, sign, said, count] = button.children;
  set(time!, line.time);
  set(sign!, line.kind === 'caption' ? '' : TONE_SIGN[line.tone]);
  setTerms(said!.children[0]!, line.text);
  set(said!.children[1]!, line.until === '' ? '' : ` to ${line.until}`);
  set(count!, line.count === '' ? '' : `${line.count}×`);
}

export function set(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function note(panel: Element, className: string, text: string): void {
  const found = child<HTMLElement>(panel, 'p', className).node()!;
  set(found, text);
  found.hidden = text === '';
}

/** Scrolls the panel, and only the panel, so that the present line can be read with what came before it. */
export function follow(panel: HTMLElement): void {
  const line = panel.querySelector<HTMLElement>('.line.now');
  // Before the first change the story begins at its beginning.
  if (!line) return panel.scrollTo({ top: 0 });
  if (panel.scrollHeight <= panel.clientHeight) return;
  const top = line.offsetTop - panel.offsetTop;
  const from = panel.scrollTop + panel.clientHeight * 0.15;
  const to = panel.scrollTop + panel.clientHeight * 0.75;
  if (top >= from && top + line.offsetHeight <= to) return;
  panel.scrollTo({ top: top - panel.clientHeight * 0.6 });
}
