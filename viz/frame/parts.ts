/** Rows of the timeline for what is folded in the picture: how many were in which state when; laid open there, laid open here. */
import type { Card } from './cards.ts';
import { columnsOf, type Past, type Step, stepsOf } from './past.ts';
import type { Scale } from './scale.ts';
import { KIND_WORDS, LANES, STATES, type State } from './words.ts';

export interface Area {
  readonly state: State;
  /** From x on, the state fills its row from `base` up to `top`, as shares of the height. */
  readonly steps: readonly { readonly x: number; readonly base: number; readonly top: number }[];
}

export interface PartRow {
  readonly id: string;
  readonly label: string;
  /** How many there are, where it is more than one; told if there is room. */
  readonly count: number;
  readonly title: string;
  readonly indent: boolean;
  /** The parts, and the card they stand in. */
  readonly things: readonly string[];
  readonly points: string;
  readonly areas: readonly Area[];
}

/** What people could do has rows of its own. */
const TOLD = new Set(['population', 'client', 'region']);
/** More rows of one fold laid open would bury those of the others. */
const OPEN = 48;
/** More turns than this are told by columns. */
const MANY = 20_000;

export function partRows(past: () => Past, cards: readonly Card[], scale: Scale): readonly PartRow[] {
  const behind = new Map<string, number>();
  return cards
    .filter((card) => card.kind !== 'one' && !TOLD.has(card.things[0]!.kind))
    .filter((card) => {
      if (card.kind === 'head' || card.block === null) return true;
      const place = behind.get(card.block) ?? 0;
      behind.set(card.block, place + 1);
      return place < OPEN;
    })
    .map((card) => {
      const turns = card.things.reduce((sum, { index }) => sum + past()[index]!.length, 0);
      const steps = turns > MANY ? columnsOf(past(), card.things, scale) : stepsOfCard(past, card);
      return { card, steps };
    })
    .filter(({ card, steps }) => steps.length > 1 || card.block !== null)
    .sort((a, b) => LANES.indexOf(a.card.lane) - LANES.indexOf(b.card.lane))
    .map(({ card, steps }) => {
      const { things } = card;
      return {
        id: `parts:${card.kind}:${card.id}`,
        label: card.label,
        count: things.length,
        title: `${card.label}: how many of ${things.length} ${KIND_WORDS[things[0]!.kind] ?? things[0]!.kind} were in which state`,
        indent: card.kind === 'member' || (card.kind === 'group' && card.block !== null),
        things: things.map(({ id }) => id),
        points: card.id,
        areas: areasOf(steps, scale),
      };
    });
}

/** What does not depend on the scale is worked out once for a card. */
const known = new WeakMap<Card, readonly Step[]>();

function stepsOfCard(past: () => Past, card: Card): readonly Step[] {
  const steps = known.get(card) ?? stepsOf(past(), card.things);
  known.set(card, steps);
  return steps;
}

/** From below: what is down, then what is cut off, and so on; what is all right, or not asked about, is left free. */
function areasOf(steps: readonly Step[], scale: Scale): readonly Area[] {
  const told = STATES.filter((state) => state !== 'up' && state !== 'unknown');
  return told.flatMap((state): Area[] => {
    const i = STATES.indexOf(state);
    if (steps.every(({ shares }) => shares[i] === 0)) return [];
    const placed = steps.map(({ at, shares }) => {
      const base = told.slice(0, told.indexOf(state)).reduce((sum, other) => sum + shares[STATES.indexOf(other)]!, 0);
      return { x: scale.x(at), base, top: base + shares[i]! };
    });
    return [{ state, steps: [...placed, { ...placed[placed.length - 1]!, x: scale.width }] }];
  });
}
