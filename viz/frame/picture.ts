/** The picture at a moment: each card with its state, each tie with its look, and what is near to what is selected. */
import type { Board } from '../load/board.ts';
import type { Session } from '../state/session.ts';
import { type Card, cardIndex, type Field, fieldOf } from './cards.ts';
import type { Box, LaneBox, Layout } from './lanes.ts';
import { roomForWord, shareOf, sharesText } from './share.ts';
import type { Status, StatusOf } from './status.ts';
import { TIES, type Tie, type TieKind } from './ties.ts';
import { KIND_WORD, KIND_WORDS, LANE_TITLE, STATES, type State } from './words.ts';

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

const rank = (kind: TieKind): number => TIES.indexOf(kind);
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

const worst = (states: readonly State[]): State => STATES.find((state) => states.includes(state)) ?? 'unknown';

const TIE_WORDS: Readonly<Record<TieKind, readonly [one: string, many: string]>> = {
  needs: ['need', 'needs'],
  asks: ['asks for names', 'ask for names'],
  serves: ['serves or announces', 'serve or announce'],
  link: ['link', 'links'],
  session: ['session between networks', 'sessions between networks'],
  place: ['stands there', 'stand there'],
};

/** What is tied by nothing that can be cut is told the same at every moment. */
const settled = new WeakMap<readonly Tie[], string>();

/** `264 links over backbone, none carries`, one part for each kind of tie. */
function tieText(ties: readonly Tie[], board: Board): string {
  const known = settled.get(ties);
  if (known !== undefined) return known;
  const kinds = new Map<string, { kind: TieKind; layer: string | null; all: number; told: number; carry: number }>();
  for (const { kind, layer, carries } of ties) {
    const key = `${kind} ${layer}`;
    const one = kinds.get(key) ?? { kind, layer, all: 0, told: 0, carry: 0 };
    kinds.set(key, one);
    one.all += 1;
    if (carries >= 0) one.told += 1;
    if (carries >= 0 && board.value[carries] !== 0) one.carry += 1;
  }
  const text = [...kinds.values()]
    .sort((a, b) => rank(a.kind) - rank(b.kind))
    .map(({ kind, layer, all, told, carry }) => {
      const what = `${all} ${TIE_WORDS[kind][all === 1 ? 0 : 1]}${layer === null ? '' : ` over ${layer}`}`;
      if (told === 0 || carry === told) return what;
      return `${what}, ${carry === 0 ? (all === 1 ? 'cut' : 'none carries') : `${carry} of ${told} carry`}`;
    })
    .join(' · ');
  if (ties.every((tie) => tie.carries < 0)) settled.set(ties, text);
  return text;
}

export function pictureOf(
  board: Board,
  layout: Layout,
  zoom: number,
  bundles: readonly Bundle[],
  inner: ReadonlyMap<Card, readonly Tie[]>,
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
    const word = single ? all[0]!.word : shareOf(all, roomForWord(card));
    const links = inner.get(card);
    return {
      ...box,
      id: card.id,
      state,
      label: card.label,
      word,
      title: single
        ? `${KIND_WORD[thing.kind] ?? thing.kind} ${thing.name}${thing.title ? ` (${thing.title})` : ''}: ${reason(all[0]!)}`
        : `${card.label}, ${card.things.length} ${KIND_WORDS[thing.kind] ?? thing.kind}: ${sharesText(all)}${links ? `; among them ${tieText(links, board)}` : ''}`,
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
    const dead = links.filter((tie) => board.value[tie.carries] === 0).length;
    return [
      {
        id: bundle.id,
        kind: bundle.kind,
        ...ends(from, to),
        count: bundle.ties.length,
        harm: dead === 0 ? null : dead === links.length ? 'cut' : 'worn',
        quiet: bundle.from.block !== null || bundle.to.block !== null,
        title: `${bundle.from.label} to ${bundle.to.label}: ${tieText(bundle.ties, board)}`,
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
