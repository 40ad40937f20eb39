/** Draws the menu of a part, and lays it where there is room. */
import { select } from 'd3';
import type { Item, Menu } from '../frame/menu.ts';
import { attribute, byId } from './dom.ts';
import { set } from './story.ts';

export function drawMenu({ name, note, items }: Menu, keysOn: boolean): void {
  set(byId('part-menu-name'), name);
  set(byId('part-menu-note'), note ?? '');
  select(byId('part-menu-items'))
    .selectAll<HTMLElement, Item>('button')
    .data(items, (item) => item.id)
    .join((enter) => {
      const button = enter.append('button').attr('type', 'button').attr('role', 'menuitem').attr('tabindex', -1);
      const words = button.append('span').attr('class', 'menu-words');
      words.append('span').attr('class', 'menu-says');
      words.append('span').attr('class', 'menu-why');
      button.append('kbd');
      return button;
    })
    .order()
    .each(function ({ id, says, why, key, apart }) {
      const [words, kbd] = this.children as unknown as [HTMLElement, HTMLElement];
      attribute(this, 'data-choice', id);
      attribute(this, 'class', apart ? 'apart' : '');
      attribute(this, 'aria-disabled', why === null ? null : 'true');
      set(words.children[0]!, says);
      const same = why !== null && why === note;
      set(words.children[1]!, same ? '' : (why ?? ''));
      attribute(this, 'aria-describedby', same ? 'part-menu-note' : null);
      set(kbd, key ?? '');
      kbd.hidden = key === null || !keysOn;
    });
}

const MARGIN = 8;

/** Beside the point, or as near to it as the window allows. */
export function placeMenu(menu: HTMLElement, x: number, y: number): void {
  const { width, height } = menu.getBoundingClientRect();
  const within = (at: number, size: number, room: number): number =>
    Math.max(MARGIN, Math.min(at, room - size - MARGIN));
  menu.style.left = `${within(x, width, window.innerWidth)}px`;
  menu.style.top = `${within(y, height, window.innerHeight)}px`;
}
