/** Places cards in lanes: rows by what needs what, order by where the neighbours are. The same cards in the same room land the same. */
import type { Card, Pair } from './cards.ts';
import { type Placed, place } from './rows.ts';
import { LANES, type Lane } from './words.ts';

export interface Box extends Placed {
  readonly card: Card;
  readonly y: number;
}

export interface LaneBox {
  readonly lane: Lane;
  readonly y: number;
  readonly height: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Left edge of the cards; the titles of the lanes stand before it, or above the cards where that is 0. */
  readonly gutter: number;
  readonly lanes: readonly LaneBox[];
  readonly boxes: readonly Box[];
}

/** Room between rows, and around the rows of a lane: as they should be, and where height is short. */
const ROOMY = { gap: 10, around: 8 } as const;
const TIGHT = { gap: 5, around: 2 } as const;
/** Room between cards of a row. */
const APART = 10;
const CLOSE = 6;
const GUTTER = 96;
const SIDE = 12;
const NARROW = 620;
const TITLE = 18;

export function layoutOf(cards: readonly Card[], pairs: readonly Pair[], width: number, height: number): Layout {
  const gutter = width < NARROW ? 0 : GUTTER;
  const left = gutter || SIDE;
  const room = width - left - SIDE;
  const used = LANES.filter((lane) => cards.some((card) => card.lane === lane));
  const title = gutter === 0 ? TITLE : 0;
  let rows = used.map((lane) => ({
    lane,
    rows: levels(inOrder(cards.filter((card) => card.lane === lane)), pairs, room),
  }));
  const tall = (list: typeof rows, { gap, around }: typeof ROOMY | typeof TIGHT) =>
    list.reduce(
      (sum, one) =>
        sum + title + around + one.rows.reduce((s, row) => s + Math.max(...row.map((card) => card.height)) + gap, 0),
      0,
    );
  const density = tall(rows, ROOMY) > height ? TIGHT : ROOMY;
  const { gap, around } = density;
  // Where the rows do not fit, the lane with most of them gives up its levels first.
  while (tall(rows, density) > height) {
    const widest = rows
      .filter((one) => one.rows.length > flat(one.rows.flat(), room).length)
      .sort((a, b) => b.rows.length - a.rows.length || LANES.indexOf(a.lane) - LANES.indexOf(b.lane))[0];
    if (!widest) break;
    rows = rows.map((one) => (one === widest ? { ...one, rows: flat(one.rows.flat(), room) } : one));
  }
  const count = rows.reduce((sum, one) => sum + one.rows.length, 0);
  const spare = Math.min(Math.max(0, (height - tall(rows, density)) / Math.max(count, 1)), 44);
  const placed = place(
    rows.flatMap((one) => one.rows),
    pairs,
    room,
  );

  const lanes: LaneBox[] = [];
  const boxes: Box[] = [];
  let y = 0;
  for (const { lane, rows: list } of rows) {
    const top = y;
    y += around / 2 + title + spare / 2;
    for (const row of list) {
      const tallest = Math.max(...row.map((card) => card.height));
      for (const card of row) {
        const at = placed.get(card)!;
        boxes.push({ card, x: left + at.x, width: at.width, y: y + gap / 2 + (tallest - card.height) / 2 });
      }
      y += tallest + gap + spare;
    }
    y += around / 2 - spare / 2;
    lanes.push({ lane, y: top, height: y - top });
  }
  return { width, height: Math.max(y, 40), gutter, lanes, boxes };
}

const naturally = new Intl.Collator('en', { numeric: true }).compare;

/** By name, however the scenario lists them; members of open groups are in order already. */
const inOrder = (cards: readonly Card[]): Card[] =>
  cards
    .slice()
    .sort((a, b) =>
      a.group !== null && a.group === b.group && a.kind !== 'one'
        ? 0
        : naturally(a.group ?? a.label, b.group ?? b.label) || naturally(a.label, b.label),
    );

/** Cards side by side, in as many rows as they take; a group laid open has rows of its own, its head first. */
function flat(cards: readonly Card[], room: number): Card[][] {
  const rows: Card[][] = [];
  const open = new Set(cards.filter((card) => card.kind === 'head').map((card) => card.group));
  const pack = (list: readonly Card[], apart: number) => {
    const total = list.reduce((sum, card) => sum + card.width + apart, -apart);
    const limit = total / Math.ceil(total / room) + Math.max(...list.map((card) => card.width)) / 2;
    let row: Card[] = [];
    let used = 0;
    for (const card of list) {
      if (row.length > 0 && used + card.width > Math.min(room, limit)) {
        rows.push(row);
        row = [];
        used = 0;
      }
      row.push(card);
      used += card.width + apart;
    }
    rows.push(row);
  };
  const loose = cards.filter((card) => card.group === null || !open.has(card.group));
  if (loose.length > 0) pack(loose, APART);
  for (const group of open)
    pack(
      cards.filter((card) => card.group === group),
      CLOSE,
    );
  return rows;
}

/** Rows by depth: what others in the lane need stands below them. A loop of needs is cut where the walk comes round. */
function levels(all: readonly Card[], pairs: readonly Pair[], room: number): Card[][] {
  const open = new Set(all.filter((card) => card.kind === 'head').map((card) => card.group));
  const cards = all.filter((card) => card.group === null || !open.has(card.group));
  const inside = new Set(cards);
  const below = new Map(
    cards.map((card) => [
      card,
      pairs.filter((pair) => pair.directed && pair.from === card && inside.has(pair.to)).map((pair) => pair.to),
    ]),
  );
  const depth = new Map<Card, number>();
  const walking = new Set<Card>();
  const walk = (card: Card): number => {
    const known = depth.get(card);
    if (known !== undefined) return known;
    if (walking.has(card)) return -1;
    walking.add(card);
    const deep = Math.max(-1, ...(below.get(card) ?? []).map(walk)) + 1;
    walking.delete(card);
    depth.set(card, deep);
    return deep;
  };
  for (const card of cards) walk(card);
  const most = Math.max(0, ...depth.values());
  const rows: Card[][] = [];
  for (let level = most; level >= 0; level--) {
    const row = cards.filter((card) => depth.get(card) === level);
    if (row.length > 0) rows.push(...flat(row, room));
  }
  const apart = all.filter((card) => !inside.has(card));
  return apart.length > 0 ? [...rows, ...flat(apart, room)] : rows;
}
