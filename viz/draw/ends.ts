/** Draws over the picture where a change came from and what it led to: an edge around the card, and a word at it. */
import { select } from 'd3';
import type { End } from '../frame/ends.ts';
import { textWidth } from '../frame/text.ts';
import { attribute, child } from './dom.ts';
import { set } from './story.ts';

const SIZE = 9.5;
const HEIGHT = 13;
const WORD = { because: '← because', so: '→ so' } as const;

export function drawEnds(svg: SVGSVGElement, ends: readonly End[]): void {
  const group = child<SVGGElement>(svg, 'g', 'ends');
  group
    .selectAll<SVGGElement, End>('g.end')
    .data(ends, ({ box }) => `${box.card.kind}:${box.card.id}`)
    .join((enter) => {
      const end = enter.append('g');
      end.append('rect').attr('class', 'end-edge').attr('rx', 8);
      end.append('rect').attr('class', 'end-ground').attr('rx', 6).attr('height', HEIGHT);
      end
        .append('text')
        .attr('x', 6)
        .attr('y', HEIGHT - 3.6);
      return end;
    })
    .each(function ({ box, because, so, title }) {
      const { card, x, y, width } = box;
      // A member stands close to others: the arrow has to do.
      const word = [because ? WORD.because : '', so ? WORD.so : ''].filter(Boolean).join(' ');
      const text = card.kind === 'member' ? word.replaceAll(/ ?[a-z]+/g, '') : word;
      attribute(this, 'class', `end${because ? ' because' : ''}${so ? ' so' : ''}`);
      attribute(this, 'transform', `translate(${x},${y})`);
      const [edge, ground, said] = this.children;
      attribute(edge!, 'x', '-2');
      attribute(edge!, 'y', '-2');
      attribute(edge!, 'width', String(width + 4));
      attribute(edge!, 'height', String(card.height + 4));
      for (const one of [ground!, said!]) attribute(one, 'transform', `translate(4,${-HEIGHT / 2 - 2})`);
      attribute(ground!, 'width', String(textWidth(text, SIZE) + 13));
      set(said!, text);
      attribute(this, 'aria-label', title);
    });
  group.raise();
  select(svg).classed('has-ends', ends.length > 0);
}
