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
const TIGHT = { gap: 4, around: 2 } as const;
/** Room between cards of a row. */
const APART = 10;
const CLOSE = 6;
const GUTTER = 102;
const SIDE = 12;
const NARROW = 620;
const TITLE = 18;

/** The least height these cards take in a picture so wide, and in how many rows each lane stands then. */
export function leastOf(
  cards: readonly Card[],
  width: number,
): { readonly height: number; readonly rows: ReadonlyMap<Lane, number> } {
  const { gutter, room } = roomOf(width);
  const lanes = LANES.map((lane) => ({ lane, rows: flat(inOrder(cards.filter((card) => card.lane === lane)), room) }));
  const used = lanes.filter(({ rows }) => rows.length > 0);
  return {
    height: tall(used, TIGHT, gutter === 0 ? TITLE : 0),
    rows: new Map(used.map(({ lane, rows }) => [lane, rows.length])),
  };
}

function roomOf(width: number): { readonly gutter: number; readonly left: number; readonly room: number } {
  const gutter = width < NARROW ? 0 : GUTTER;
  const left = gutter || SIDE;
  return { gutter, left, room: width - left - SIDE };
}

type Density = typeof ROOMY | typeof TIGHT;

interface LaneRows {
  readonly lane: Lane;
  readonly rows: readonly (readonly Card[])[];
}

/** How tall all lanes are together. */
const tall = (lanes: readonly LaneRows[], { gap, around }: Density, title: number): number =>
  lanes.reduce(
    (sum, { rows }) =>
      sum + title + around + rows.reduce((all, row) => all + Math.max(...row.map((card) => card.height)) + gap, 0),
    0,
  );

export function layoutOf(cards: readonly Card[], pairs: readonly Pair[], width: number, height: number): Layout {
  const { gutter, left, room } = roomOf(width);
  const used = LANES.filter((lane) => cards.some((card) => card.lane === lane));
  const title = gutter === 0 ? TITLE : 0;
  let rows = used.map((lane) => ({
    lane,
    rows: levels(inOrder(cards.filter((card) => card.lane === lane)), pairs, room),
  }));
  const density = tall(rows, ROOMY, title) > height ? TIGHT : ROOMY;
  const { gap, around } = density;
  // Where the rows do not fit, the lane with most of them gives up its levels first.
  while (tall(rows, density, title) > height) {
    const widest = rows
      .filter((one) => one.rows.length > flat(inOrder(one.rows.flat()), room).length)
      .sort((a, b) => b.rows.length - a.rows.length || LANES.indexOf(a.lane) - LANES.indexOf(b.lane))[0];
    if (!widest) break;
    rows = rows.map((one) => (one === widest ? { ...one, rows: flat(inOrder(one.rows.flat()), room) } : one));
  }
  const count = rows.reduce((sum, one) => sum + one.rows.length, 0);
  const spare = Math.min(Math.max(0, (height - tall(rows, density, title)) / Math.max(count, 1)), 44);
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

/** By name, however the scenario lists them; what is in open folds is in order already, and comes after. */
const inOrder = (cards: readonly Card[]): Card[] => [
  ...cards.filter((card) => card.block === null).sort((a, b) => naturally(a.label, b.label) || (a.id < b.id ? -1 : 1)),
  ...cards.filter((card) => card.block !== null),
];

/** Cards side by side, in as many rows as they take; a fold laid open has rows of its own, its head first. */
function flat(cards: readonly Card[], room: number): Card[][] {
  const rows: Card[][] = [];
  const open = new Set(cards.filter((card) => card.kind === 'head').map((card) => card.block));
  const fill = (list: readonly Card[], apart: number, limit: number): Card[][] => {
    const filled: Card[][] = [[]];
    let used = 0;
    for (const card of list) {
      const row = filled[filled.length - 1]!;
      if (row.length > 0 && used + card.width > limit) {
        filled.push([card]);
        used = card.width + apart;
      } else {
        row.push(card);
        used += card.width + apart;
      }
    }
    return filled;
  };
  const pack = (list: readonly Card[], apart: number) => {
    const total = list.reduce((sum, card) => sum + card.width + apart, -apart);
    const even = total / Math.ceil(total / room) + Math.max(...list.map((card) => card.width)) / 2;
    const full = fill(list, apart, room);
    const balanced = fill(list, apart, Math.min(room, even));
    rows.push(...(balanced.length > full.length ? full : balanced));
  };
  const loose = cards.filter((card) => card.block === null);
  if (loose.length > 0) pack(loose, APART);
  for (const block of open)
    pack(
      cards.filter((card) => card.block === block),
      CLOSE,
    );
  return rows;
}

/** Rows by depth: what others in the lane need stands below them. A loop of needs is cut where the walk comes round. */
function levels(all: readonly Card[], pairs: readonly Pair[], room: number): Card[][] {
  const cards = all.filter((card) => card.block === null);
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
