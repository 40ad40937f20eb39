/** Fields of many members on a canvas over the picture: where there are thousands, only those that changed are drawn anew. */
import type { CardMark, Picture } from '../frame/picture.ts';
import type { State } from '../frame/words.ts';
import { FIELD_LEFT, fieldTop, radiusOf } from './card.ts';
import { bodyPath, heartPath, markPath } from './shapes.ts';

/** Fewer dots are drawn as shapes, which stay crisp however far somebody zooms in. */
const MANY = 1500;
/** Larger canvases are not to be had everywhere. */
const LONGEST = 8192;
/** As cards that step back. */
const DIM = 0.28;

interface Paint {
  readonly fill: string | null;
  readonly stroke: string | null;
  readonly width: number;
  readonly dash: readonly number[];
}

/** Whether the dots of a picture belong on a canvas. Who has colours of their own gets shapes, which take them on. */
export function areMany(picture: Picture): boolean {
  if (window.matchMedia('(forced-colors: active)').matches) return false;
  const scale = picture.zoom * window.devicePixelRatio;
  if (Math.max(picture.width, picture.height) * scale > LONGEST) return false;
  return picture.cards.reduce((sum, card) => sum + card.members.length, 0) > MANY;
}

/** Where a line around a dot reaches into the next cell, the field is drawn as a whole. */
const spills = (card: CardMark): boolean => card.members.some((state) => state === 'off' || state === 'unknown');

interface Drawn {
  readonly canvas: HTMLCanvasElement;
  readonly cards: readonly CardMark[];
  readonly scale: number;
  readonly width: number;
  readonly height: number;
}

export interface Dots {
  draw(canvas: HTMLCanvasElement, picture: Picture): void;
}

export function createDots(): Dots {
  let drawn: Drawn | null = null;
  let paints: Readonly<Record<State, Paint>> | null = null;
  let shapes = new Map<string, Path2D>();
  let again: (() => void) | null = null;
  /** Colours are asked for once a theme: asking costs as much as a frame. */
  const newTheme = (): void => {
    paints = null;
    drawn = null;
    again?.();
  };
  new MutationObserver(newTheme).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme'],
  });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', newTheme);

  const shape = (state: State, r: number, of: typeof bodyPath, name: string): Path2D => {
    const key = `${name} ${state} ${r}`;
    const known = shapes.get(key) ?? new Path2D(of(state, 0, 0, r));
    shapes.set(key, known);
    return known;
  };

  function dot(context: CanvasRenderingContext2D, mark: CardMark, i: number, scale: number): void {
    const field = mark.field!;
    const state = mark.members[i]!;
    const { fill, stroke, width, dash } = paints![state];
    const fine = field.cell <= 5;
    const r = radiusOf(field);
    const [left, top, right, bottom] = cellOf(mark, i, scale);
    context.setTransform(scale, 0, 0, scale, (left + right) / 2, (top + bottom) / 2);
    const body = shape(state, r, bodyPath, 'body');
    if (fill !== null) {
      context.fillStyle = fill;
      context.fill(body);
    }
    if (stroke !== null) {
      context.strokeStyle = stroke;
      context.lineWidth = state === 'unreachable' && fine ? 1.2 : width;
      context.setLineDash(dash as number[]);
      context.stroke(body);
      context.setLineDash([]);
    }
    if (fine) return;
    if (state === 'down') {
      context.strokeStyle = panel;
      context.lineWidth = 1.3;
      context.lineCap = 'round';
      context.stroke(shape(state, r, markPath, 'mark'));
      context.lineCap = 'butt';
    } else if (state === 'unreachable') {
      context.fillStyle = stroke!;
      context.fill(shape(state, r, heartPath, 'heart'));
    }
  }

  let panel = '';
  function readPaints(element: Element): void {
    const style = getComputedStyle(element);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    panel = colour('--panel');
    const outline = colour('--outline');
    const full = (fill: string): Paint => ({ fill: colour(fill), stroke: null, width: 0, dash: [] });
    const dashed: Paint = { fill: null, stroke: colour('--line-2'), width: 1.6, dash: [2.6, 2.2] };
    paints = {
      up: full('--up'),
      down: full('--down'),
      degraded: { ...full('--degraded'), stroke: outline, width: 0.8 },
      starting: { ...full('--starting'), stroke: outline, width: 1.1 },
      unreachable: { fill: null, stroke: colour('--cut'), width: 1.8, dash: [] },
      off: dashed,
      unknown: dashed,
    };
    shapes = new Map();
  }

  function wholeField(context: CanvasRenderingContext2D, mark: CardMark, scale: number): void {
    const { field } = mark;
    if (!field) return;
    const [left, top] = cellOf(mark, 0, scale);
    const [, , right, bottom] = cellOf(mark, field.columns * field.rows - 1, scale);
    // A little more: lines around dots may reach out of their field.
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(left - 2, top - 2, right - left + 4, bottom - top + 4);
    context.globalAlpha = mark.dim ? DIM : 1;
    for (let i = 0; i < mark.members.length; i++) dot(context, mark, i, scale);
    context.globalAlpha = 1;
  }

  function changes(context: CanvasRenderingContext2D, mark: CardMark, before: CardMark, scale: number): void {
    if (mark.dim !== before.dim || spills(mark) || spills(before)) return wholeField(context, mark, scale);
    context.globalAlpha = mark.dim ? DIM : 1;
    for (let i = 0; i < mark.members.length; i++) {
      if (mark.members[i] === before.members[i]) continue;
      const [left, top, right, bottom] = cellOf(mark, i, scale);
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(left, top, right - left, bottom - top);
      dot(context, mark, i, scale);
    }
    context.globalAlpha = 1;
  }

  const samePlaces = (cards: readonly CardMark[], others: readonly CardMark[]): boolean =>
    cards.length === others.length &&
    cards.every(
      (card, i) =>
        card === others[i] || (card.card === others[i]!.card && card.x === others[i]!.x && card.y === others[i]!.y),
    );

  return {
    draw(canvas, picture) {
      const context = canvas.getContext('2d');
      if (!context) return;
      if (!paints) readPaints(canvas);
      again = () => this.draw(canvas, picture);
      const scale = picture.zoom * window.devicePixelRatio;
      const { width, height, cards } = picture;
      const kept =
        drawn && drawn.canvas === canvas && drawn.scale === scale && drawn.width === width && drawn.height === height
          ? drawn
          : null;
      if (!kept) {
        canvas.width = Math.round(width * scale);
        canvas.height = Math.round(height * scale);
        canvas.style.width = `${width * picture.zoom}px`;
        canvas.style.height = `${height * picture.zoom}px`;
      }
      if (kept && samePlaces(cards, kept.cards)) {
        cards.forEach((card, i) => {
          if (card !== kept.cards[i] && card.field) changes(context, card, kept.cards[i]!, scale);
        });
      } else {
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, canvas.width, canvas.height);
        for (const card of cards) wholeField(context, card, scale);
      }
      drawn = { canvas, cards, scale, width, height };
    },
  };
}

/** Of a member in its field, in whole pixels of the canvas, so that clearing one dot leaves those beside it as they are. */
function cellOf(
  mark: CardMark,
  i: number,
  scale: number,
): readonly [left: number, top: number, right: number, bottom: number] {
  const { columns, cell } = mark.field!;
  const [column, row] = [i % columns, Math.floor(i / columns)];
  const x = (n: number): number => Math.round((mark.x + FIELD_LEFT + n * cell) * scale);
  const y = (n: number): number => Math.round((mark.y + fieldTop(mark) + n * cell) * scale);
  return [x(column), y(row), x(column + 1), y(row + 1)];
}
