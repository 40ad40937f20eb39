/** Which cards stand in the picture: single things, folded groups, and groups laid open with their members. */
import { textWidth } from './text.ts';
import { shortName, type Thing, type Things } from './things.ts';
import type { Lane } from './words.ts';

export type CardKind = 'one' | 'group' | 'head' | 'member';

export interface Card {
  readonly id: string;
  readonly kind: CardKind;
  readonly lane: Lane;
  readonly label: string;
  readonly group: string | null;
  readonly things: readonly Thing[];
  readonly width: number;
  readonly height: number;
}

/** Two cards with something drawn between them. */
export interface Pair {
  readonly from: Card;
  readonly to: Card;
  readonly directed: boolean;
}

/** Groups of this many and more are folded by themselves, however much room there is. */
const FOLD_FROM = 7;
/** More members than this are not drawn apart: the table lists them all. */
const APART_AT_MOST = 160;

export const NAME_SIZE = 12.5;
export const WORD_SIZE = 11;
const GLYPH = 30;
const MIN = 76;
const MAX = 164;

/** A folded group shows its members as a field of small marks: how many in a row, and how large. */
export interface Field {
  readonly columns: number;
  readonly rows: number;
  readonly cell: number;
}

export function fieldOf(count: number): Field {
  const [cell, height] =
    count <= 8 ? [10, 2] : count <= 16 ? [9, 3] : count <= 48 ? [7, 4] : count <= 120 ? [5, 6] : [4, 8];
  const rows = Math.min(height, Math.max(1, Math.round(Math.sqrt(count / 2))));
  const columns = Math.ceil(count / rows);
  return columns * cell <= 100
    ? { columns, rows, cell }
    : { columns: Math.floor(100 / cell), rows: Math.ceil(count / Math.floor(100 / cell)), cell };
}

export const fieldWidth = (field: Field): number => field.columns * field.cell;
const CARD_HEIGHT = 33;

/** The longest word that a thing of this kind is likely to show: cards do not change their width as states change. */
/** Room for what a group is called by, at its longest. */
const shareWidth = (members: number): number =>
  Math.max(textWidth(`${members}/${members} up`, WORD_SIZE), textWidth('cut off', WORD_SIZE));

const LONGEST: Readonly<Record<string, string>> = {
  population: 'name not resolved',
  access: 'does not open',
  zone: 'SERVFAIL',
  prefix: 'no route left',
  resolver: 'SERVFAIL',
  datacenter: '10 of 12 paths',
  pop: '10 of 12 paths',
  team: 'waiting',
  network: '10 of 12 paths',
};

function one(thing: Thing): Card {
  const width =
    GLYPH + Math.max(textWidth(thing.name, NAME_SIZE), textWidth(LONGEST[thing.kind] ?? 'degraded', WORD_SIZE)) + 6;
  return {
    id: thing.id,
    kind: 'one',
    lane: thing.lane,
    label: thing.name,
    group: thing.group,
    things: [thing],
    width: Math.min(Math.max(width, MIN), MAX),
    height: CARD_HEIGHT,
  };
}

function folded(group: string, members: readonly Thing[]): Card {
  const field = fieldOf(members.length);
  const text = Math.max(textWidth(group, NAME_SIZE), shareWidth(members.length));
  return {
    id: `group:${group}`,
    kind: 'group',
    lane: members[0]!.lane,
    label: group,
    group,
    things: members,
    width: Math.min(Math.max(fieldWidth(field) + text + 23, MIN), MAX + 40),
    height: Math.max(CARD_HEIGHT, field.rows * field.cell + 10),
  };
}

function apart(group: string, members: readonly Thing[]): Card[] {
  const shown = members.slice(0, APART_AT_MOST);
  const head: Card = {
    ...folded(group, members),
    id: `group:${group}`,
    kind: 'head',
    width: Math.max(textWidth(group, NAME_SIZE), shareWidth(members.length)) + 40,
    height: CARD_HEIGHT,
  };
  const width = 30 + Math.max(...shown.map((thing) => textWidth(shortName(thing), WORD_SIZE)));
  return [
    head,
    ...shown.map(
      (thing): Card => ({
        id: thing.id,
        kind: 'member',
        lane: thing.lane,
        label: shortName(thing),
        group,
        things: [thing],
        width: Math.max(width, 44),
        height: 28,
      }),
    ),
  ];
}

/** Large groups are folded by themselves, and those of which nothing is known; the one toggle of a group turns that round. */
export const isFolded = (group: string, members: readonly Thing[], from: number, toggled: readonly string[]): boolean =>
  (members.length >= from || members.every((thing) => thing.silent)) !== toggled.includes(group);

/** From how many members on groups are folded: the fewer cards there is room for, the smaller the groups that are. */
export function foldFrom(things: Things, budget: number): number {
  const loose = things.list.filter((thing) => thing.group === null || !things.groups.has(thing.group)).length;
  const sizes = [...things.groups.values()].map((members) => members.length);
  const cards = (from: number) => loose + sizes.reduce((sum, size) => sum + (size >= from ? 1 : size), 0);
  let from = FOLD_FROM;
  while (from > 3 && cards(from) > budget) from--;
  return from;
}

export function cardsOf(things: Things, toggled: readonly string[], budget: number): readonly Card[] {
  const cards: Card[] = [];
  const seen = new Set<string>();
  const from = foldFrom(things, budget);
  for (const thing of things.list) {
    const members = thing.group === null ? undefined : things.groups.get(thing.group);
    if (!members || thing.group === null) {
      cards.push(one(thing));
      continue;
    }
    if (seen.has(thing.group)) continue;
    seen.add(thing.group);
    if (isFolded(thing.group, members, from, toggled)) cards.push(folded(thing.group, members));
    else if (members.length >= from) cards.push(...apart(thing.group, members));
    else cards.push(...members.map(one));
  }
  return cards;
}

/** The card that shows a thing: its own, or that of the group it is folded into. */
export function cardIndex(cards: readonly Card[]): ReadonlyMap<string, Card> {
  const index = new Map<string, Card>();
  for (const card of cards) if (card.kind !== 'head') for (const thing of card.things) index.set(thing.id, card);
  for (const card of cards) if (card.kind === 'head' || card.kind === 'group') index.set(card.id, card);
  return index;
}
