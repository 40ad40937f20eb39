/** Draws what one may ask of the run: a button a question, which goes to where the answer stands. */
import { select } from 'd3';
import type { Ask } from '../frame/asks.ts';
import { attribute } from './dom.ts';

export function drawAsks(holder: HTMLElement, asks: readonly Ask[]): void {
  holder.hidden = asks.length === 0;
  select(holder.querySelector('ul')!)
    .selectAll<HTMLLIElement, Ask>('li')
    .data(asks, (ask) => ask.id)
    .join((enter) => {
      const item = enter.append('li');
      item.append('button').attr('type', 'button').attr('class', 'small');
      return item;
    })
    .each(function ({ id, text }) {
      const button = this.firstElementChild!;
      attribute(button, 'data-ask', id);
      button.textContent = text;
    });
}
