/** Draws the picture: lanes, ties and cards. The same picture gives the same elements. */
import { select } from 'd3';
import type { CardMark, LaneMark, Picture, TieMark } from '../frame/picture.ts';
import { drawCard } from './card.ts';
import { attribute, child, looksNew } from './dom.ts';
import { areMany, createDots, type Dots } from './dots.ts';
import { set } from './story.ts';

type Ends = Pick<TieMark, 'x1' | 'y1' | 'x2' | 'y2' | 'level'>;

/** Heights of the two points that pull a tie: down from card to card, or an arc above two cards of one row. */
function pulls({ x1, y1, x2, y2, level }: Ends): readonly [number, number] {
  const lift = Math.min(22, 10 + Math.abs(x2 - x1) * 0.1, Math.max(y1 - 3, 5));
  return level ? [y1 - lift, y2 - lift] : [(y1 + y2) / 2, (y1 + y2) / 2];
}

export function tiePath(tie: Ends): string {
  const [first, second] = pulls(tie);
  return `M${tie.x1},${tie.y1}C${tie.x1},${first} ${tie.x2},${second} ${tie.x2},${tie.y2}`;
}

/** A point of a tie, `t` of the way from its first end to its second. */
export function pointOfTie(tie: Ends, t: number): { readonly x: number; readonly y: number } {
  const [first, second] = pulls(tie);
  const u = 1 - t;
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return {
    x: (a + b) * tie.x1 + (c + d) * tie.x2,
    y: a * tie.y1 + b * first + c * second + d * tie.y2,
  };
}

/** With a canvas over it, fields of thousands of dots are drawn there; without one, the picture is all in the `svg`. */
export function drawPicture(svg: SVGSVGElement, picture: Picture, canvas: HTMLCanvasElement | null = null): void {
  const apart = canvas !== null && areMany(picture);
  attribute(svg, 'width', String(picture.width * picture.zoom));
  attribute(svg, 'height', String(picture.height * picture.zoom));
  attribute(svg, 'viewBox', `0 0 ${picture.width} ${picture.height}`);
  drawLanes(child<SVGGElement>(svg, 'g', 'bands').node()!, picture);
  drawTies(child<SVGGElement>(svg, 'g', 'ties').node()!, picture.ties);
  child<SVGGElement>(svg, 'g', 'pulses');
  drawCards(child<SVGGElement>(svg, 'g', 'cards').node()!, picture.cards, apart);
  if (canvas && canvas.hidden === apart) canvas.hidden = !apart;
  if (!canvas || !apart) return;
  dots ??= createDots();
  dots.draw(canvas, picture);
}

let dots: Dots | null = null;

const TITLE_X = 10;

function drawLanes(group: SVGGElement, { lanes, width, gutter }: Picture): void {
  select(group)
    .selectAll<SVGGElement, LaneMark>('g.band')
    .data(lanes, (lane) => lane.lane)
    .join((enter) => {
      const band = enter.append('g').attr('class', 'band');
      band.append('line');
      band.append('text').attr('class', 'lane-title');
      band.append('text').attr('class', 'lane-share');
      return band;
    })
    .each(function (lane, i) {
      if (!looksNew(this, `${i === 0} ${lane.y} ${lane.height} ${lane.title} ${lane.share} ${width} ${gutter}`)) return;
      const [line, title, share] = this.children as unknown as [Element, Element, Element];
      const y = gutter > 0 ? Math.min(lane.height / 2 + 1, 28) : 18;
      attribute(this, 'transform', `translate(0,${lane.y})`);
      for (const [name, at] of [
        ['x1', 0],
        ['x2', width],
        ['y1', 0.5],
        ['y2', 0.5],
      ] as const)
        attribute(line, name, String(at));
      attribute(line, 'class', i === 0 ? 'first' : '');
      attribute(title, 'x', String(TITLE_X));
      attribute(title, 'y', String(y));
      set(title, lane.title);
      attribute(share, 'x', String(gutter > 0 ? TITLE_X : width - TITLE_X));
      attribute(share, 'y', String(gutter > 0 ? y + 14 : 18));
      attribute(share, 'text-anchor', gutter > 0 ? 'start' : 'end');
      set(share, lane.share);
    });
}

/** What was drawn last, mark by mark: those that are the same objects look the same. */
interface Drawn<Mark, E extends Element> {
  readonly ids: readonly string[];
  readonly marks: Mark[];
  readonly elements: readonly E[];
}
const drawnTies = new WeakMap<Element, Drawn<TieMark, SVGPathElement>>();
const drawnCards = new WeakMap<Element, Drawn<CardMark, SVGGElement> & { readonly apart: boolean }>();

/** True when the same marks in the same order are there already: then those that changed were drawn. */
function redrawn<Mark, E extends Element>(
  known: Drawn<Mark, E> | undefined,
  marks: readonly Mark[],
  idOf: (mark: Mark) => string,
  draw: (element: E, mark: Mark) => void,
): boolean {
  if (!known || known.marks.length !== marks.length) return false;
  for (let i = 0; i < marks.length; i++)
    if (known.marks[i] !== marks[i] && known.ids[i] !== idOf(marks[i]!)) return false;
  for (let i = 0; i < marks.length; i++) {
    if (known.marks[i] === marks[i]) continue;
    known.marks[i] = marks[i]!;
    draw(known.elements[i]!, marks[i]!);
  }
  return true;
}

function drawTies(group: SVGGElement, ties: readonly TieMark[]): void {
  const idOf = (tie: TieMark): string => tie.id;
  if (redrawn(drawnTies.get(group), ties, idOf, drawTie)) return;
  const paths = select(group).selectAll<SVGPathElement, TieMark>('path').data(ties, idOf).join('path').order();
  paths.each(function (tie) {
    drawTie(this, tie);
  });
  drawnTies.set(group, { ids: ties.map(idOf), marks: [...ties], elements: paths.nodes() });
}

function drawTie(element: SVGPathElement, tie: TieMark): void {
  const path = tiePath(tie);
  const look = `tie ${tie.kind}${tie.harm ? ` ${tie.harm}` : ''}${tie.quiet ? ' quiet' : ''}${tie.near ? ` ${tie.near}` : ''}${tie.dim ? ' dim' : ''}`;
  if (!looksNew(element, `${look} ${path} ${tie.title}`)) return;
  attribute(element, 'class', look);
  attribute(element, 'stroke-width', String(tie.near ? 1.8 : Math.min(1 + Math.log10(tie.count) * 0.6, 2.2)));
  attribute(element, 'd', path);
  set(child(element, 'title', 'means').node()!, tie.title);
}

function drawCards(group: SVGGElement, cards: readonly CardMark[], apart: boolean): void {
  const idOf = (card: CardMark): string => `${card.card.kind}:${card.id}`;
  const draw = (element: SVGGElement, card: CardMark): void => drawCard(element, card, apart);
  const known = drawnCards.get(group);
  if (known?.apart === apart && redrawn(known, cards, idOf, draw)) return;
  const elements = select(group)
    .selectAll<SVGGElement, CardMark>('g.card')
    .data(cards, idOf)
    .join((enter) => {
      const card = enter.append('g').attr('role', 'button').attr('tabindex', -1);
      card.append('rect').attr('class', 'body').attr('rx', 7);
      card.append('g').attr('class', 'glyph');
      card.append('text').attr('class', 'name');
      card.append('text').attr('class', 'word');
      card.append('title');
      return card;
    })
    .order();
  elements.each(function (card) {
    draw(this, card);
  });
  drawnCards.set(group, { ids: cards.map(idOf), marks: [...cards], elements: elements.nodes(), apart });
}
