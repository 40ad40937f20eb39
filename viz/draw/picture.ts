/** Draws the picture: lanes, ties and cards. The same picture gives the same elements. */
import { select } from 'd3';
import type { CardMark, LaneMark, Picture, TieMark } from '../frame/picture.ts';
import { drawCard } from './card.ts';
import { attribute, child } from './dom.ts';

/** The path of a tie: down from card to card, or an arc above two cards of one row. */
export function tiePath({ x1, y1, x2, y2, level }: Pick<TieMark, 'x1' | 'y1' | 'x2' | 'y2' | 'level'>): string {
  if (level) {
    const lift = Math.min(22, 10 + Math.abs(x2 - x1) * 0.1, Math.max(y1 - 3, 5));
    return `M${x1},${y1}C${x1},${y1 - lift} ${x2},${y2 - lift} ${x2},${y2}`;
  }
  const middle = (y1 + y2) / 2;
  return `M${x1},${y1}C${x1},${middle} ${x2},${middle} ${x2},${y2}`;
}

export function drawPicture(svg: SVGSVGElement, picture: Picture): void {
  attribute(svg, 'width', String(picture.width * picture.zoom));
  attribute(svg, 'height', String(picture.height * picture.zoom));
  attribute(svg, 'viewBox', `0 0 ${picture.width} ${picture.height}`);
  drawLanes(child<SVGGElement>(svg, 'g', 'bands').node()!, picture);
  drawTies(child<SVGGElement>(svg, 'g', 'ties').node()!, picture.ties);
  child<SVGGElement>(svg, 'g', 'pulses');
  drawCards(child<SVGGElement>(svg, 'g', 'cards').node()!, picture.cards);
}

const TITLE_X = 10;

function drawLanes(group: SVGGElement, { lanes, width, gutter }: Picture): void {
  const bands = select(group)
    .selectAll<SVGGElement, LaneMark>('g.band')
    .data(lanes, (lane) => lane.lane)
    .join((enter) => {
      const band = enter.append('g').attr('class', 'band');
      band.append('line');
      band.append('text').attr('class', 'lane-title');
      band.append('text').attr('class', 'lane-share');
      return band;
    });
  bands.attr('transform', (lane) => `translate(0,${lane.y})`);
  bands
    .select('line')
    .attr('x1', 0)
    .attr('x2', width)
    .attr('y1', 0.5)
    .attr('y2', 0.5)
    .attr('class', (_, i) => (i === 0 ? 'first' : ''));
  bands
    .select('.lane-title')
    .attr('x', TITLE_X)
    .attr('y', (lane) => (gutter > 0 ? Math.min(lane.height / 2 + 1, 28) : 18))
    .text((lane) => lane.title);
  bands
    .select('.lane-share')
    .attr('x', gutter > 0 ? TITLE_X : width - TITLE_X)
    .attr('y', (lane) => (gutter > 0 ? Math.min(lane.height / 2 + 1, 28) + 14 : 18))
    .attr('text-anchor', gutter > 0 ? 'start' : 'end')
    .text((lane) => lane.share);
}

function drawTies(group: SVGGElement, ties: readonly TieMark[]): void {
  select(group)
    .selectAll<SVGPathElement, TieMark>('path')
    .data(ties, (tie) => tie.id)
    .join('path')
    .attr(
      'class',
      (tie) => `tie ${tie.kind}${tie.cut ? ' cut' : ''}${tie.near ? ` ${tie.near}` : ''}${tie.dim ? ' dim' : ''}`,
    )
    .attr('stroke-width', (tie) => (tie.near ? 1.8 : Math.min(1 + Math.log10(tie.count) * 0.6, 2.2)))
    .attr('d', tiePath);
}

function drawCards(group: SVGGElement, cards: readonly CardMark[]): void {
  select(group)
    .selectAll<SVGGElement, CardMark>('g.card')
    .data(cards, (card) => `${card.card.kind}:${card.id}`)
    .join((enter) => {
      const card = enter.append('g').attr('role', 'button').attr('tabindex', -1);
      card.append('rect').attr('class', 'body').attr('rx', 7);
      card.append('g').attr('class', 'glyph');
      card.append('text').attr('class', 'name');
      card.append('text').attr('class', 'word');
      card.append('title');
      return card;
    })
    .order()
    .each(drawCard);
}
