/** The picture at a moment: each card with its state, each tie with its look, and what is near to what is selected. */
import type { Board } from '../load/board.ts';
import type { Session } from '../state/session.ts';
import { type Card, cardIndex, type Field, fieldOf } from './cards.ts';
import type { Box, LaneBox, Layout } from './lanes.ts';
import type { Status, StatusOf } from './status.ts';
import type { Tie, TieKind } from './ties.ts';
import { KIND_WORD, LANE_TITLE, STATE_SHORT, STATE_WORD, STATES, type State } from './words.ts';

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
  /** Links: none of them carries any more. */
  readonly cut: boolean;
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

const RANK: Readonly<Record<TieKind, number>> = { needs: 0, serves: 1, link: 2, place: 3 };

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
    else if (RANK[tie.kind] < RANK[known.kind])
      bundles.set(id, { from, to, kind: tie.kind, ties: [...known.ties, tie] });
    else known.ties.push(tie);
  }
  return [...bundles].map(([id, one]) => ({ id, ...one, directed: one.kind !== 'link' }));
}

const worst = (states: readonly State[]): State => STATES.find((state) => states.includes(state)) ?? 'unknown';
/** `12/12 up`; the state they are all in, such as `cut off`; else how many are all right. What runs and is cut off is called neither up nor down. */
const shareOf = (states: readonly State[]): string => {
  const count = (state: State): number => states.filter((one) => one === state).length;
  if (count('unknown') === states.length) return `${states.length} not asked`;
  const common = worst(states);
  if (count(common) < states.length) return `${count('up')}/${states.length} ok`;
  if (common === 'up') return `${states.length}/${states.length} up`;
  return common === 'degraded' ? 'partly' : STATE_SHORT[common];
};

export function pictureOf(
  board: Board,
  layout: Layout,
  zoom: number,
  bundles: readonly Bundle[],
  statusOf: StatusOf,
  session: Session,
  reason: (status: Status) => string,
): Picture {
  const { thing: selected } = session.selection;
  const focus = session.hover ?? selected;
  const boxes = new Map(layout.boxes.map((box) => [box.card, box]));
  const holds = (card: Card, id: string | null): boolean =>
    id !== null && (card.id === id || (card.kind !== 'head' && card.things.some((thing) => thing.id === id)));
  const inFocus = new Set(layout.boxes.filter(({ card }) => holds(card, focus)).map(({ card }) => card));
  const near = new Map<Card, 'out' | 'in'>();
  for (const { from, to } of bundles) {
    if (inFocus.has(from)) near.set(to, 'out');
    else if (inFocus.has(to)) near.set(from, 'in');
  }

  const laneStates = new Map<string, State[]>();
  const cards = layout.boxes.map((box): CardMark => {
    const { card } = box;
    const all = card.things.map((thing) => statusOf(board, thing));
    const states = all.map((status) => status.state);
    const lane = laneStates.get(card.lane) ?? [];
    if (card.kind !== 'member') lane.push(...states);
    laneStates.set(card.lane, lane);
    const single = card.kind === 'one' || card.kind === 'member';
    const thing = card.things[0]!;
    const state = single ? states[0]! : worst(states);
    const word = single ? all[0]!.word : shareOf(states);
    return {
      ...box,
      id: card.id,
      state,
      label: card.label,
      word,
      title: single
        ? `${KIND_WORD[thing.kind] ?? thing.kind} ${thing.name}${thing.title ? ` (${thing.title})` : ''}: ${reason(all[0]!)}`
        : `${card.label}, ${card.things.length} of kind ${KIND_WORD[thing.kind] ?? thing.kind}: ${countsText(states)}`,
      field: card.kind === 'group' ? fieldOf(card.things.length) : null,
      members: card.kind === 'group' ? states : [],
      open: card.kind === 'head',
      selected: holds(card, selected),
      near: near.has(card),
      dim: session.hover !== null && inFocus.size > 0 && !inFocus.has(card) && !near.has(card),
    };
  });

  const lanes = layout.lanes.map((lane): LaneMark => {
    const states = (laneStates.get(lane.lane) ?? []).filter((state) => state !== 'unknown');
    const up = states.filter((state) => state === 'up').length;
    return { ...lane, title: LANE_TITLE[lane.lane], share: up === states.length ? '' : `${up}/${states.length} ok` };
  });

  const ties = bundles.flatMap((bundle): TieMark[] => {
    const from = boxes.get(bundle.from);
    const to = boxes.get(bundle.to);
    if (!from || !to) return [];
    const out = inFocus.has(bundle.from);
    const into = inFocus.has(bundle.to);
    const links = bundle.ties.filter((tie) => tie.carries >= 0);
    return [
      {
        id: bundle.id,
        kind: bundle.kind,
        ...ends(from, to),
        count: bundle.ties.length,
        cut: links.length > 0 && links.every((tie) => board.value[tie.carries] === 0),
        near: out ? 'out' : into ? 'in' : null,
        dim: session.hover !== null && inFocus.size > 0 && !out && !into,
      },
    ];
  });
  return { width: layout.width, height: layout.height, gutter: layout.gutter, zoom, lanes, cards, ties };
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

/** `9 up, 3 running, cut off`, from best to worst. */
function countsText(states: readonly State[]): string {
  return [...STATES]
    .reverse()
    .map((state) => ({ state, n: states.filter((other) => other === state).length }))
    .filter(({ n }) => n > 0)
    .map(({ state, n }) => `${n} ${STATE_WORD[state]}`)
    .join(', ');
}
