/** What differs between two runs at one moment: each part that is better or worse off here than there, and cards by their parts. */
import type { Board } from '../load/board.ts';
import { stepAt } from '../load/board.ts';
import type { Card } from './cards.ts';
import type { Thing } from './things.ts';
import { STATE_SHORT, STATES, type State } from './words.ts';
import type { World } from './world.ts';

export type Side = 'better' | 'worse' | 'other';

export interface CardDifference {
  readonly card: string;
  readonly side: Side;
  /** How it is in the other run, in words. */
  readonly there: string;
  readonly title: string;
}

/** How one part differs, and how it is in the other run. */
export interface PartDifference {
  readonly side: Side;
  readonly word: string;
}

export interface Contrast {
  /** By the page's id of a part. */
  readonly parts: ReadonlyMap<string, PartDifference>;
  readonly cards: readonly CardDifference[];
  readonly better: number;
  readonly worse: number;
  readonly other: number;
  /** The other run has ended before this moment: it is as it was at its end. */
  readonly ended: boolean;
}

export const SIDE_WORD: Readonly<Record<Side, string>> = {
  better: 'better than',
  worse: 'worse than',
  other: 'not as',
};

export const SIDE_SHORT: Readonly<Record<Side, string>> = { better: 'better', worse: 'worse', other: 'differs' };
export const SIDE_SIGN: Readonly<Record<Side, string>> = { better: '▲', worse: '▼', other: '◆' };

const RANK = (state: State): number => STATES.indexOf(state);

/** Better or worse by the states as they are listed from worst to best; of one state with another word it is merely other. */
function sideOf(ours: { state: State; word: string }, theirs: { state: State; word: string }): Side | null {
  if (ours.state === theirs.state) return ours.word === theirs.word ? null : 'other';
  if (ours.state === 'unknown' || theirs.state === 'unknown') return 'other';
  return RANK(ours.state) > RANK(theirs.state) ? 'better' : 'worse';
}

export function contrastOf(ours: World, board: Board, theirs: World, at: number, cards: readonly Card[]): Contrast {
  const other = theirs.boards.at(stepAt(theirs.run, at));
  const sides = new Map<Thing, { side: Side; there: State; word: string }>();
  const count = { better: 0, worse: 0, other: 0 };
  for (const thing of ours.things.list) {
    const match = theirs.things.byId.get(thing.id);
    if (!match) continue;
    const there = theirs.statusOf(other, match);
    const side = sideOf(ours.statusOf(board, thing), there);
    if (side === null) continue;
    sides.set(thing, { side, there: there.state, word: there.word });
    count[side] += 1;
  }
  return {
    ...count,
    parts: new Map([...sides].map(([{ id }, { side, word }]) => [id, { side, word }])),
    ended: at > theirs.run.length,
    cards: cards.flatMap((card): CardDifference[] => {
      if (card.kind === 'head') return [];
      const found = card.things.map((thing) => sides.get(thing)).filter((one) => one !== undefined);
      if (found.length === 0) return [];
      const side = sideOfAll(found.map((one) => one.side));
      const there = card.things.length === 1 ? found[0]!.word : sharesOf(found.map((one) => one.there));
      return [{ card: card.id, side, there, title: `${SIDE_WORD[side]} in the other run: there ${there}` }];
    }),
  };
}

/** Of several: only where all that is not merely otherwise is one way. */
export function sideOfAll(sides: readonly Side[]): Side {
  const [worse, better] = [sides.includes('worse'), sides.includes('better')];
  return worse === better ? 'other' : worse ? 'worse' : 'better';
}

function sharesOf(states: readonly State[]): string {
  return STATES.flatMap((state) => {
    const count = states.filter((one) => one === state).length;
    return count === 0 ? [] : [`${count} ${STATE_SHORT[state]}`];
  }).join(', ');
}
