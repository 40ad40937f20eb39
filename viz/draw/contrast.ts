/** Draws over the picture what differs from another run at this moment, and under the bars of the timeline those of the other run. */

import { fieldOf, fieldWidth, NAME_SIZE } from '../frame/cards.ts';
import type { CardDifference, Contrast, Side } from '../frame/contrast.ts';
import { SIDE_SHORT, SIDE_WORD } from '../frame/contrast.ts';
import type { Ghost } from '../frame/ghosts.ts';
import type { Layout } from '../frame/lanes.ts';
import { SIDE } from '../frame/scale.ts';
import { textWidth } from '../frame/text.ts';
import type { Timeline } from '../frame/timeline.ts';
import { attribute, child } from './dom.ts';
import { set } from './story.ts';

const SIZE = 9.5;
const HEIGHT = 12;
/** Up: better here; down: worse here; a diamond: otherwise. */
const SIGN: Readonly<Record<Side, string>> = {
  better: 'M0,4L4,-4L8,4z',
  worse: 'M0,-4L8,-4L4,4z',
  other: 'M4,-4.5L8.5,0L4,4.5L-0.5,0z',
};

interface Tag extends CardDifference {
  readonly right: number;
  readonly y: number;
  readonly text: string;
}

export function drawContrast(svg: SVGSVGElement, { boxes }: Layout, contrast: Contrast | null): void {
  const byCard = new Map((contrast?.cards ?? []).map((one) => [one.card, one]));
  const tags = boxes.flatMap(({ card, x, y, width }): Tag[] => {
    const found = byCard.get(card.id);
    if (!found || card.kind === 'head') return [];
    // A member stands close to others: its shape has to do, its title says the rest.
    const said = `${SIDE_SHORT[found.side]}, there ${found.there}`;
    // Beside the name there may be room for how it is there; above it, for a word.
    const mark = card.kind === 'group' ? 16 + fieldWidth(fieldOf(card.things.length)) : 28;
    const free = width - mark - textWidth(card.label, NAME_SIZE);
    const text = card.kind === 'member' ? '' : textWidth(said, SIZE) + 24 <= free ? said : SIDE_SHORT[found.side];
    return [{ ...found, right: x + width, y: y - HEIGHT + 3.5, text }];
  });
  const group = child<SVGGElement>(svg, 'g', 'contrast');
  group
    .selectAll<SVGGElement, Tag>('g')
    .data(tags, (tag) => tag.card)
    .join((enter) => {
      const tag = enter.append('g');
      tag.append('rect').attr('rx', 6).attr('height', HEIGHT);
      tag.append('path');
      tag
        .append('text')
        .attr('y', HEIGHT - 3.4)
        .attr('x', 16);
      tag.append('title');
      return tag;
    })
    .each(function (tag) {
      const width = tag.text === '' ? 16 : textWidth(tag.text, SIZE) + 23;
      attribute(this, 'class', `tag d-${tag.side}`);
      attribute(this, 'transform', `translate(${tag.right - width + 3},${tag.y})`);
      const [rect, path, text, title] = this.children;
      attribute(rect!, 'width', String(width));
      attribute(path!, 'd', SIGN[tag.side]);
      attribute(path!, 'transform', `translate(4,${HEIGHT / 2})`);
      set(text!, tag.text);
      set(title!, `${SIDE_WORD[tag.side]} in the other run: there ${tag.there}`);
    });
  group.raise();
}

export function drawGhosts(svg: SVGSVGElement, { gutter, height }: Timeline, ghosts: readonly Ghost[]): void {
  const narrow = gutter === 0;
  const group = child<SVGGElement>(svg, 'g', 'ghosts').attr('transform', `translate(${gutter + SIDE},0)`);
  group
    .selectAll<SVGGElement, Ghost>('g')
    .data(ghosts, (ghost) => ghost.id)
    .join((enter) => {
      const ghost = enter.append('g');
      ghost.append('path').attr('class', 'ghost-bars');
      ghost.append('path').attr('class', 'ghost-line');
      ghost.append('title');
      return ghost;
    })
    .each(function ({ y, height: tall, bars, line, title }) {
      const [path, curve, said] = this.children;
      const at = Math.min(y + tall - (narrow ? 0.5 : 1.2), height);
      attribute(path!, 'd', bars.map(({ x, width }) => `M${x},${at}h${width}`).join(''));
      const [top, bottom] = [y + (narrow ? 18 : 3), y + tall - 1];
      attribute(
        curve!,
        'd',
        line.length === 0 ? '' : `M${line.map(([x, share]) => `${x},${bottom - share * (bottom - top)}`).join('L')}`,
      );
      set(said!, title);
    });
}
