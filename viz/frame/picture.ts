/** What the picture is made of: marks of lanes, cards and ties, and which cards are tied. */
import { type Card, cardIndex, type Field } from './cards.ts';
import type { Box, LaneBox } from './lanes.ts';
import { TIES, type Tie, type TieKind } from './ties.ts';
import type { State } from './words.ts';

export interface LaneMark extends LaneBox {
  readonly title: string;
  /** Empty while everything in the lane is up. */
  readonly share: string;
}

export interface CardMark extends Box {
  readonly id: string;
  readonly state: State;
  readonly label: string;
  readonly word: string;
  /** Everything in words, for those who hear it and for the pointer. */
  readonly title: string;
  /** Folded groups: how many of their members are in each state, and the state of each. */
  readonly field: Field | null;
  readonly members: readonly State[];
  readonly open: boolean;
  readonly selected: boolean;
  readonly near: boolean;
  readonly dim: boolean;
}

export interface TieMark {
  readonly id: string;
  readonly kind: TieKind;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly level: boolean;
  readonly count: number;
  /** Links: `cut` when none of them carries any more, `worn` when some do not. */
  readonly harm: 'cut' | 'worn' | null;
  /** One of many beside each other: what lies in an open fold has ties of its own, which step back. */
  readonly quiet: boolean;
  /** What it stands for, in words. */
  readonly title: string;
  /** `out`: what the one in question leans on; `in`: what leans on it. */
  readonly near: 'out' | 'in' | null;
  readonly dim: boolean;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly gutter: number;
  readonly zoom: number;
  readonly lanes: readonly LaneMark[];
  readonly cards: readonly CardMark[];
  readonly ties: readonly TieMark[];
}

/** Cards that are tied, and the ties between them: folded groups once. Worked out when cards change, not when time does. */
export interface Bundle {
  readonly id: string;
  readonly from: Card;
  readonly to: Card;
  readonly kind: TieKind;
  readonly directed: boolean;
  readonly ties: readonly Tie[];
}

export const rank = (kind: TieKind): number => TIES.indexOf(kind);
const isLink = (kind: TieKind): boolean => kind === 'link' || kind === 'session';

export function bundlesOf(cards: readonly Card[], ties: readonly Tie[]): Bundle[] {
  const index = cardIndex(cards);
  const bundles = new Map<string, { from: Card; to: Card; kind: TieKind; ties: Tie[] }>();
  for (const tie of ties) {
    const from = index.get(tie.from.id);
    const to = index.get(tie.to.id);
    if (!from || !to || from === to) continue;
    const id = from.id < to.id ? `${from.id}|${to.id}` : `${to.id}|${from.id}`;
    const known = bundles.get(id);
    if (!known) bundles.set(id, { from, to, kind: tie.kind, ties: [tie] });
    else {
      known.ties.push(tie);
      if (rank(tie.kind) < rank(known.kind)) bundles.set(id, { ...known, from, to, kind: tie.kind });
    }
  }
  return [...bundles].map(([id, one]) => ({ id, ...one, directed: !isLink(one.kind) }));
}

/** Links among the members of a fold: they are in its card, and told with it. */
export function innerLinks(cards: readonly Card[], ties: readonly Tie[]): ReadonlyMap<Card, readonly Tie[]> {
  const index = cardIndex(cards);
  const inner = new Map<Card, Tie[]>();
  for (const tie of ties) {
    const card = index.get(tie.from.id);
    if (!card || card !== index.get(tie.to.id) || !isLink(tie.kind)) continue;
    const known = inner.get(card);
    if (known) known.push(tie);
    else inner.set(card, [tie]);
  }
  return inner;
}

/** A tie leaves at the side that faces the other card; cards of one row are joined by an arc above them. */
export function ends(from: Box, to: Box): Pick<TieMark, 'x1' | 'y1' | 'x2' | 'y2' | 'level'> {
  const [a, b] = [from.x + from.width / 2, to.x + to.width / 2];
  const level = Math.abs(from.y + from.card.height / 2 - (to.y + to.card.height / 2)) < 8;
  if (level) return { x1: a, y1: from.y, x2: b, y2: to.y, level };
  const down = to.y > from.y;
  return {
    x1: a,
    y1: down ? from.y + from.card.height : from.y,
    x2: b,
    y2: down ? to.y : to.y + to.card.height,
    level,
  };
}
