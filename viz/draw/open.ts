/** Draws the dialog in which a scenario or a trace is opened: what lies on the server, what is still missed, and what is wrong with one. */
import { select } from 'd3';
import type { Listed } from '../load/fetch.ts';
import type { Fault } from '../load/problem.ts';
import { byId, show, write } from './dom.ts';

/** The lines as the command line prints them, each with the line of the file it is about and a caret under the place. `place`: whose list it is. */
export function drawFaults(place: 'open' | 'problem', faults: readonly Fault[]): void {
  show(`${place}-faults`, faults.length > 0);
  if (place === 'open')
    write(
      'open-count',
      faults.length === 0
        ? ''
        : `${faults.length === 1 ? 'One problem' : `${faults.length} problems`}: the run that is shown stays as it is.`,
    );
  select(byId(`${place}-list`))
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

/** What the scenario that was opened needs besides, by name. */
export function drawLacks(names: readonly string[]): void {
  show('open-lacks', names.length > 0);
  write(
    'open-lacks',
    names.length === 0
      ? ''
      : `It needs ${names.join(' and ')} too: drop ${names.length === 1 ? 'it' : 'them'} here as well, or choose ${names.length === 1 ? 'it' : 'them'} above.`,
  );
}

/** What there is to open on the server: the runs it was started with, and scenarios by the folder they lie in. */
export function drawServed(traces: readonly Listed[], scenarios: readonly Listed[]): void {
  const folderOf = ({ name }: Listed): string => {
    const [folder = ''] = name.includes('/') ? name.split('/') : [''];
    return folder === '' ? 'Scenarios' : `${folder.charAt(0).toUpperCase()}${folder.slice(1)}`;
  };
  const groups = new Map<string, readonly Listed[]>([['Runs of this server', traces]]);
  for (const one of scenarios) groups.set(folderOf(one), [...(groups.get(folderOf(one)) ?? []), one]);
  const full = [...groups].filter(([, list]) => list.length > 0);
  select(byId('open-served'))
    .selectAll<HTMLElement, (typeof full)[number]>('section')
    .data(full, ([title]) => title)
    .join((enter) => {
      const section = enter.append('section');
      section.append('h3');
      section.append('ul');
      return section;
    })
    .each(function ([title, list]) {
      const [head, items] = this.children as unknown as [HTMLElement, HTMLElement];
      head.textContent = title;
      select(items)
        .selectAll<HTMLLIElement, Listed>('li')
        .data(list, (one) => one.url)
        .join((enter) => {
          const item = enter.append('li');
          item.append('button').attr('type', 'button').attr('class', 'plain');
          return item;
        })
        .select('button')
        .attr('data-open', (one) => one.url)
        .text((one) => one.title || one.name);
    });
}
