/** Draws the list of commands: a field, and under it what answers to what was typed. */
import { select } from 'd3';
import type { Entry } from '../frame/palette.ts';
import { attribute, byId, show } from './dom.ts';
import { set } from './story.ts';

const idOf = (place: number): string => `command-${place}`;

/** `at`: the place of the one that Enter would do; -1 when there is none. */
export function drawPalette(entries: readonly Entry[], at: number): void {
  const list = byId('command-list');
  select(list)
    .selectAll<HTMLDivElement, Entry>('.command')
    .data(entries, (entry) => entry.id)
    .join((enter) => {
      const item = enter.append('div').attr('class', 'command').attr('role', 'option');
      const words = item.append('span').attr('class', 'command-words');
      words.append('span').attr('class', 'command-says');
      words.append('span').attr('class', 'command-why');
      item.append('span').attr('class', 'command-keys');
      return item;
    })
    .order()
    .each(function ({ id, says, keys, why }, i) {
      const [words, held] = this.children as unknown as [HTMLElement, HTMLElement];
      attribute(this, 'id', idOf(i));
      attribute(this, 'data-command', id);
      attribute(this, 'aria-selected', String(i === at));
      attribute(this, 'aria-disabled', why === null ? null : 'true');
      set(words.children[0]!, says);
      set(words.children[1]!, why ?? '');
      select(held)
        .selectAll<HTMLElement, string>('kbd')
        .data(keys)
        .join('kbd')
        .text((key) => key);
    });
  attribute(byId('command-query'), 'aria-activedescendant', at < 0 ? null : idOf(at));
  list.children[at]?.scrollIntoView({ block: 'nearest' });
  show('command-none', entries.length === 0);
}
