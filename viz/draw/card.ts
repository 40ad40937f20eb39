/** Draws one card: the shape of its state, or a field of its members, with its name and the state in words. */
import { select } from 'd3';
import { type Field, fieldWidth, NAME_SIZE, WORD_SIZE } from '../frame/cards.ts';
import type { CardMark } from '../frame/picture.ts';
import { glossed } from '../frame/terms.ts';
import { shorten } from '../frame/text.ts';
import { STATES, type State } from '../frame/words.ts';
import { attribute, looksNew } from './dom.ts';
import { bodyPath, heartPath, markPath } from './shapes.ts';

const R = 7.5;

/** `apart`: its field is drawn by somebody else. */
export function drawCard(element: SVGGElement, mark: CardMark, apart: boolean): void {
  const { card, x, y, width } = mark;
  const { height } = card;
  const place = `${x} ${y} ${width} ${card.kind} ${card.fold}`;
  const look = `${place} ${mark.selected} ${mark.near} ${mark.dim} ${mark.word} ${mark.title} ${apart ? 'apart' : mark.members.join()}`;
  if (!looksNew(element, look)) return;
  attribute(
    element,
    'class',
    `card ${card.kind} s-${mark.state}${mark.selected ? ' selected' : ''}${mark.near ? ' near' : ''}${mark.dim ? ' dim' : ''}`,
  );
  attribute(element, 'transform', `translate(${x},${y})`);
  attribute(element, 'aria-label', mark.title);
  attribute(
    element,
    card.kind === 'group' || card.kind === 'head' ? 'data-fold' : 'data-thing',
    card.kind === 'group' || card.kind === 'head' ? (card.fold ?? '') : mark.id,
  );
  attribute(element, 'aria-expanded', card.kind === 'group' ? 'false' : card.kind === 'head' ? 'true' : null);
  attribute(element, 'aria-pressed', card.kind === 'one' || card.kind === 'member' ? String(mark.selected) : null);
  attribute(element, 'data-card', mark.id);

  const group = select(element);
  group.select('rect.body').attr('width', width).attr('height', height);
  group.select('title').text(mark.title);
  const glyph = group.select<SVGGElement>('g.glyph');
  const left = mark.field
    ? FIELD_LEFT + fieldWidth(mark.field) + 8
    : card.kind === 'head'
      ? 24
      : card.kind === 'member'
        ? 23
        : 28;
  if (mark.field && apart) drawParts(glyph.node()!, []);
  else if (mark.field) drawField(glyph.node()!, mark);
  else if (card.kind === 'head')
    drawParts(glyph.node()!, [{ state: 'unknown', key: 'fold', className: 'fold-sign', d: `M8,${height / 2}h10` }]);
  else
    drawGlyph(glyph.node()!, mark.state, card.kind === 'member' ? 12 : 16, height / 2, card.kind === 'member' ? 6 : R);

  const room = width - left - 6;
  const two = card.kind !== 'member';
  // Text that is set anew is laid out anew, be it the same.
  const say = (line: Element, y: number, size: number, text: string): void => {
    attribute(line, 'x', String(left));
    attribute(line, 'y', String(y));
    attribute(line, 'font-size', String(size));
    if (line.textContent !== text) line.textContent = text;
  };
  const size = two ? NAME_SIZE : WORD_SIZE;
  say(
    group.select<Element>('text.name').node()!,
    two ? height / 2 - 3 : height / 2 + 4,
    size,
    shorten(mark.label, size, room + 2) || mark.label,
  );
  const word = group.select<Element>('text.word').node()!;
  say(word, height / 2 + 11.5, WORD_SIZE, two ? shorten(mark.word, WORD_SIZE, room + 4) || mark.word.slice(0, 6) : '');
  attribute(word, 'data-term', two ? (glossed(mark.word).find(({ term }) => term !== null)?.term ?? null) : null);
}

interface Part {
  readonly state: State;
  readonly key: string;
  readonly className: string;
  readonly d: string;
}

function drawParts(group: SVGGElement, parts: readonly Part[]): void {
  select(group)
    .selectAll<SVGPathElement, Part>('path')
    .data(parts, (part) => part.key)
    .join('path')
    .attr('class', (part) => part.className)
    .attr('d', (part) => part.d);
}

/** Body, cross and heart of the states there are; one path for all that look alike. */
function partsOf(
  marks: readonly { readonly state: State; readonly x: number; readonly y: number; readonly r: number }[],
): Part[] {
  return STATES.flatMap((state) => {
    const there = marks.filter((mark) => mark.state === state);
    if (there.length === 0) return [];
    const join = (path: (state: State, x: number, y: number, r: number) => string) =>
      there.map(({ x, y, r }) => path(state, x, y, r)).join('');
    return [
      { state, key: `${state} body`, className: `body-shape f-${state}`, d: join(bodyPath) },
      { state, key: `${state} mark`, className: 'mark-shape', d: join(markPath) },
      { state, key: `${state} heart`, className: `heart-shape f-${state}`, d: join(heartPath) },
    ].filter((part) => part.d !== '');
  });
}

export function drawGlyph(group: SVGGElement, state: State, x: number, y: number, r: number): void {
  drawParts(group, partsOf([{ state, x, y, r }]));
}

/** Where the field of a card stands in it, and how large its dots are. */
export const FIELD_LEFT = 8;
export const fieldTop = ({ card, field }: CardMark): number =>
  (card.height - (field?.rows ?? 0) * (field?.cell ?? 0)) / 2;
export const radiusOf = (field: Field): number => field.cell * 0.39;

function drawField(group: SVGGElement, mark: CardMark): void {
  const { field, members } = mark;
  if (!field) return;
  const top = fieldTop(mark);
  const r = radiusOf(field);
  attribute(group, 'class', `glyph field${field.cell <= 5 ? ' fine' : ''}`);
  drawParts(
    group,
    partsOf(
      members.map((state, i) => ({
        state,
        r,
        x: FIELD_LEFT + ((i % field.columns) + 0.5) * field.cell,
        y: top + (Math.floor(i / field.columns) + 0.5) * field.cell,
      })),
    ),
  );
}
