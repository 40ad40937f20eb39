/** Which cards stand in the picture: single things, folds as one, and folds laid open with what is in them. */
import { lookupOf } from '../load/lookup.ts';
import { type Fold, isFold, type Part } from './folds.ts';
import { textWidth } from './text.ts';
import { shortName, type Thing } from './things.ts';
import type { Lane } from './words.ts';

export type CardKind = 'one' | 'group' | 'head' | 'member';

export interface Card {
  readonly id: string;
  readonly kind: CardKind;
  readonly lane: Lane;
  readonly label: string;
  /** The fold that a click on it opens or closes: its own, for a folded one and a head. */
  readonly fold: string | null;
  /** The fold laid open whose head it stands behind, or that it heads. */
  readonly block: string | null;
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

/** A field of more would be a carpet: then each mark stands for several members. */
export const FIELD_MOST = 200;

export function fieldOf(members: number): Field {
  const count = Math.min(members, FIELD_MOST);
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

/** Room for how the members of a fold are: all of them alike, or two kinds of them. */
function shareWidth({ things }: Fold): number {
  const all = things.length;
  const word = things[0]!.kind === 'pop' ? `/${all} partly withdrawn` : ' degraded';
  return Math.max(
    textWidth(`${all}${word}`, WORD_SIZE),
    all < 7 ? 0 : textWidth(`${all} partly · ${all} cut off`, WORD_SIZE),
  );
}

/** The longest word that a thing of this kind is likely to show: cards do not change their width as states change. */
const LONGEST = lookupOf<string>({
  population: 'name not resolved',
  access: 'does not open',
  service: 'overloaded',
  zone: 'SERVFAIL',
  prefix: 'no route left',
  resolver: 'SERVFAIL',
  datacenter: '10 of 12 paths',
  pop: '10 of 12 paths',
  team: 'waiting',
  network: '10 of 12 paths',
});

function one(thing: Thing, block: string | null): Card {
  const width =
    GLYPH + Math.max(textWidth(thing.name, NAME_SIZE), textWidth(LONGEST[thing.kind] ?? 'degraded', WORD_SIZE)) + 6;
  return {
    id: thing.id,
    kind: 'one',
    lane: thing.lane,
    label: thing.name,
    fold: null,
    block,
    things: [thing],
    width: Math.min(Math.max(width, MIN), MAX),
    height: CARD_HEIGHT,
  };
}

function folded(fold: Fold, block: string | null): Card {
  const field = fieldOf(fold.things.length);
  const text = Math.max(textWidth(fold.label, NAME_SIZE), shareWidth(fold));
  return {
    id: `group:${fold.id}`,
    kind: 'group',
    lane: fold.lane,
    label: fold.label,
    fold: fold.id,
    block,
    things: fold.things,
    width: Math.min(Math.max(fieldWidth(field) + text + 23, MIN), MAX + 60),
    height: Math.max(CARD_HEIGHT, field.rows * field.cell + 5),
  };
}

function head(fold: Fold): Card {
  return {
    ...folded(fold, fold.id),
    kind: 'head',
    width: Math.max(textWidth(fold.label, NAME_SIZE), shareWidth(fold)) + 40,
    height: CARD_HEIGHT,
  };
}

function members(fold: Fold): Card[] {
  const width = 30 + Math.max(...fold.things.map((thing) => textWidth(shortName(thing), WORD_SIZE)));
  return fold.things.map((thing) => ({
    id: thing.id,
    kind: 'member',
    // Alike in name, some may be of another kind: they stay together.
    lane: fold.lane,
    label: shortName(thing),
    fold: null,
    block: fold.id,
    things: [thing],
    width: Math.max(width, 44),
    height: 28,
  }));
}

/** Which folds are folded by themselves; the one toggle of a fold turns that round. */
export type Usual = ReadonlySet<string>;

export const isFolded = (fold: Fold, usual: Usual, toggled: readonly string[]): boolean =>
  usual.has(fold.id) !== toggled.includes(fold.id);

export function cardsOf(parts: readonly Part[], usual: Usual, toggled: readonly string[]): readonly Card[] {
  /** Folds that were laid open by hand, or lie in one that was, stand behind their head, in rows of their own. */
  const opened: Card[] = [];
  const walk = (list: readonly Part[], block: string | null): Card[] =>
    list.flatMap((part): Card[] => {
      if (!isFold(part)) return [one(part, block)];
      if (isFolded(part, usual, toggled)) return [folded(part, block)];
      if (!usual.has(part.id)) return walk(part.parts, block);
      const at = opened.length;
      const close = (part.level === 'group' || part.level === 'range') && !part.parts.some(isFold);
      const inside = close ? members(part) : walk(part.parts, part.id);
      opened.splice(at, 0, head(part), ...inside);
      return [];
    });
  return [...walk(parts, null), ...opened];
}

/** The card that shows a thing: its own, or that of the fold it is in. */
export function cardIndex(cards: readonly Card[]): ReadonlyMap<string, Card> {
  const index = new Map<string, Card>();
  for (const card of cards) if (card.kind !== 'head') for (const thing of card.things) index.set(thing.id, card);
  for (const card of cards) if (card.kind === 'head' || card.kind === 'group') index.set(card.id, card);
  return index;
}
