/** The picture from moment to moment: only marks that something has changed about are made anew, all others are the same objects. */
import type { Board } from '../load/board.ts';
import { listsBy, type Run } from '../load/run.ts';
import { type Card, FIELD_MOST, fieldOf } from './cards.ts';
import { Carriers } from './carries.ts';
import { flappingStatus } from './flap.ts';
import type { Box, Layout } from './lanes.ts';
import { type Bundle, type CardMark, ends, type LaneMark, type Picture, type TieMark } from './picture.ts';
import { roomForWord, shareOf, sharesText } from './share.ts';
import type { Status, StatusOf } from './status.ts';
import { count, States, Tally } from './tally.ts';
import type { Things } from './things.ts';
import type { Tie } from './ties.ts';
import { type Reach, touchOf } from './touch.ts';
import { KIND_WORD, KIND_WORDS, LANE_TITLE, type Lane } from './words.ts';

export interface Scenery {
  readonly run: Run;
  readonly things: Things;
  readonly statusOf: StatusOf;
  readonly reach: Reach;
}

/** What else than the moment decides how things look. */
export interface Look {
  readonly hover: string | null;
  readonly selected: string | null;
  /** By index of thing: how often it went up and down just now. */
  readonly flaps: ReadonlyMap<number, number>;
  readonly reason: (status: Status) => string;
}

export interface Moments {
  picture(board: Board, look: Look): Picture;
  /** How many things are in which state, at the moment that was asked for last. */
  readonly counts: States;
}

const isSingle = (card: Card): boolean => card.kind === 'one' || card.kind === 'member';

export function momentsOf(
  { run, things, statusOf, reach }: Scenery,
  layout: Layout,
  zoom: number,
  bundles: readonly Bundle[],
  inner: ReadonlyMap<Card, readonly Tie[]>,
): Moments {
  const { boxes } = layout;
  const touch = touchOf(run, things, reach);
  const tallies = boxes.map(() => new Tally());
  const lanes = new Map<Lane, States>(layout.lanes.map(({ lane }) => [lane, new States()]));
  const counts = new States();
  const cardsOf = cardsByThing(boxes, things);
  const numberOf = new Map(boxes.map(({ card }, i) => [card, i]));
  const withLinks = boxes.flatMap(({ card }, i) => (inner.has(card) ? [i] : []));
  const bunchOfCard = new Map(withLinks.map((i, k) => [i, bundles.length + k]));
  const carriers = new Carriers([
    ...bundles.map(({ ties }) => ties),
    ...withLinks.map((i) => inner.get(boxes[i]!.card) as readonly Tie[]),
  ]);
  /** As they are counted. */
  const seen: Status[] = [];
  const staleCards = new Set<number>(boxes.keys());
  const staleTies = new Set<number>(bundles.keys());
  const near = nearness(boxes, bundles, things, numberOf, cardsOf);
  let step = -1;
  let flapped: ReadonlyMap<number, number> = new Map();
  let drawn: Picture | null = null;
  let focus: ReturnType<typeof near> | null = null;

  function recount(board: Board, index: number, look: Look): void {
    const thing = things.list[index]!;
    const flips = look.flaps.get(index);
    const next = flips === undefined ? statusOf(board, thing) : flappingStatus(flips);
    const before = seen[index];
    if (before === next) return;
    seen[index] = next;
    const same = before?.state === next.state && before.word === next.word;
    for (let k = cardsOf.from[index]!; k < cardsOf.from[index + 1]!; k++) {
      const card = cardsOf.items[k]!;
      if (isSingle(boxes[card]!.card)) staleCards.add(card);
      else if (!same) {
        staleCards.add(card);
        if (before) tallies[card]!.add(before, -1);
        tallies[card]!.add(next, 1);
      }
    }
    if (before?.state === next.state) return;
    for (const states of [lanes.get(thing.lane), counts]) {
      if (before) states?.add(before, -1);
      states?.add(next, 1);
    }
  }

  function follow(board: Board, look: Look): void {
    if (step < 0) {
      for (let index = 0; index < things.list.length; index++) recount(board, index, look);
      carriers.start(board);
    } else if (step !== board.step) {
      touch(step, board.step, (index) => recount(board, index, look));
      const [from, to] = [Math.min(step, board.step), Math.max(step, board.step)];
      for (let row = from; row < to; row++)
        carriers.look(board, run.changes.fact[row]!, (number) => {
          if (number < bundles.length) staleTies.add(number);
          else staleCards.add(withLinks[number - bundles.length]!);
        });
    }
    step = board.step;
    if (look.flaps.size + flapped.size > 0)
      for (const flaps of [flapped, look.flaps]) for (const index of flaps.keys()) recount(board, index, look);
    flapped = look.flaps;
  }

  function cardMark(i: number, look: Look, at: NonNullable<typeof focus>): CardMark {
    const box = boxes[i]!;
    const { card } = box;
    const thing = card.things[0]!;
    const status = seen[thing.index]!;
    const tally = tallies[i]!;
    const single = isSingle(card);
    const group = card.kind === 'group';
    const bunch = bunchOfCard.get(i);
    const links = bunch === undefined ? '' : `; among them ${carriers.bunches[bunch]!.text()}`;
    const dots =
      group && card.things.length > FIELD_MOST
        ? `; each dot stands for ${Math.round(card.things.length / FIELD_MOST)}`
        : '';
    return {
      ...box,
      id: card.id,
      state: single ? status.state : tally.worst(),
      label: card.label,
      word: single ? status.word : shareOf(tally, roomForWord(card)),
      title: single
        ? `${KIND_WORD[thing.kind] ?? thing.kind} ${thing.name}${thing.title ? ` (${thing.title})` : ''}: ${look.reason(status)}`
        : `${card.label}, ${count(card.things.length)} ${KIND_WORDS[thing.kind] ?? thing.kind}: ${sharesText(tally)}${links}${dots}`,
      field: group ? fieldOf(card.things.length) : null,
      members: !group
        ? []
        : card.things.length > FIELD_MOST
          ? tally.sample(FIELD_MOST)
          : card.things.map(({ index }) => seen[index]!.state),
      open: card.kind === 'head',
      selected: at.selected.has(i),
      near: at.near.has(i),
      dim: at.dims && !at.focus.has(i) && !at.near.has(i),
    };
  }

  function tieMark(number: number, at: NonNullable<typeof focus>): TieMark {
    const { id, kind, from, to, ties } = bundles[number]!;
    const [a, b] = [numberOf.get(from)!, numberOf.get(to)!];
    const out = at.focus.has(a);
    const into = at.focus.has(b);
    return {
      id,
      kind,
      ...ends(boxes[a]!, boxes[b]!),
      count: ties.length,
      harm: carriers.bunches[number]!.harm(),
      quiet: from.block !== null || to.block !== null,
      title: `${from.label} to ${to.label}: ${carriers.bunches[number]!.text()}`,
      near: out ? 'out' : into ? 'in' : null,
      dim: at.dims && !out && !into,
    };
  }

  const laneMark = (lane: Layout['lanes'][number]): LaneMark => {
    const tally = lanes.get(lane.lane)!;
    const all = tally.all - tally.of('unknown');
    const up = tally.of('up');
    return { ...lane, title: LANE_TITLE[lane.lane], share: up === all ? '' : shareOfLane(up, all) };
  };

  return {
    counts,
    picture(board, look) {
      follow(board, look);
      const now = near(look.hover, look.selected);
      if (now !== focus) {
        for (const i of boxes.keys()) staleCards.add(i);
        for (const i of bundles.keys()) staleTies.add(i);
        focus = now;
      }
      if (drawn && staleCards.size + staleTies.size === 0) return drawn;
      const cards = drawn ? drawn.cards.slice() : Array<CardMark>(boxes.length);
      for (const i of staleCards) cards[i] = cardMark(i, look, now);
      const ties = drawn ? drawn.ties.slice() : Array<TieMark>(bundles.length);
      for (const i of staleTies) ties[i] = tieMark(i, now);
      drawn = {
        width: layout.width,
        height: layout.height,
        gutter: layout.gutter,
        zoom,
        lanes: layout.lanes.map(laneMark),
        cards,
        ties,
      };
      staleCards.clear();
      staleTies.clear();
      return drawn;
    },
  };
}

/** More than this are told in percent, which the gutter has room for; never as all while one is not. */
const MANY = 10_000;
const shareOfLane = (up: number, all: number): string =>
  all < MANY ? `${count(up)}/${count(all)} ok` : `${Math.floor((up / all) * 100)} % ok`;

/** Numbers of the cards that show each thing. */
function cardsByThing(boxes: readonly Box[], things: Things): ReturnType<typeof listsBy> {
  const pairs: number[] = [];
  const cards: number[] = [];
  boxes.forEach(({ card }, i) => {
    for (const { index } of card.things) {
      pairs.push(index);
      cards.push(i);
    }
  });
  const lists = listsBy(Int32Array.from(pairs), things.list.length);
  return { from: lists.from, items: lists.items.map((k) => cards[k]!) };
}

interface Near {
  /** Cards of what is pointed at, else of what is selected. */
  readonly focus: ReadonlySet<number>;
  readonly selected: ReadonlySet<number>;
  /** Cards tied to those in focus. */
  readonly near: ReadonlySet<number>;
  /** All others step back. */
  readonly dims: boolean;
}

/** Which cards are pointed at, selected, or tied to these; the same answer while the same is asked. */
function nearness(
  boxes: readonly Box[],
  bundles: readonly Bundle[],
  things: Things,
  numberOf: ReadonlyMap<Card, number>,
  cardsOf: ReturnType<typeof listsBy>,
): (hover: string | null, selected: string | null) => Near {
  const byId = new Map<string, number[]>();
  boxes.forEach(({ card }, i) => {
    const known = byId.get(card.id);
    if (known) known.push(i);
    else byId.set(card.id, [i]);
  });
  const showing = (id: string | null): ReadonlySet<number> => {
    const found = new Set(id === null ? [] : (byId.get(id) ?? []));
    const thing = id === null ? undefined : things.byId.get(id);
    if (thing)
      for (let k = cardsOf.from[thing.index]!; k < cardsOf.from[thing.index + 1]!; k++) {
        const card = cardsOf.items[k]!;
        if (boxes[card]!.card.kind !== 'head') found.add(card);
      }
    return found;
  };
  let known: { hover: string | null; selected: string | null; near: Near } | null = null;
  return (hover, selected) => {
    if (known && known.hover === hover && known.selected === selected) return known.near;
    const focus = showing(hover ?? selected);
    const near = new Set<number>();
    if (focus.size > 0)
      for (const { from, to } of bundles) {
        const [a, b] = [numberOf.get(from)!, numberOf.get(to)!];
        if (focus.has(a)) near.add(b);
        else if (focus.has(b)) near.add(a);
      }
    known = {
      hover,
      selected,
      near: { focus, selected: showing(selected), near, dims: hover !== null && focus.size > 0 },
    };
    return known.near;
  };
}
