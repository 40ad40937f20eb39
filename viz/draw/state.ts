/** Draws a state in running text: its shape in a small picture, and its word. */
import { select } from 'd3';
import type { State } from '../frame/words.ts';
import { drawGlyph } from './card.ts';
import { attribute } from './dom.ts';
import { setTerms } from './terms.ts';

/** Fills `element` with the shape and the word; what was in it is kept where it is the same. */
export function drawState(element: HTMLElement, state: State, word: string): void {
  attribute(element, 'class', `state s-${state}`);
  let svg = element.querySelector('svg');
  if (!svg) {
    svg = select(element)
      .append('svg')
      .attr('width', 18)
      .attr('height', 18)
      .attr('aria-hidden', 'true')
      .attr('class', 'glyph')
      .node()!;
    select(svg).append('g');
    select(element).append('span');
  }
  drawGlyph(svg.firstElementChild as SVGGElement, state, 9, 9, 6.8);
  setTerms(svg.nextElementSibling!, word);
}
