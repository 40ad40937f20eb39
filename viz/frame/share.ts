/** How the members of a fold are, as short as its card has room for: counts by word, else by state, else how many are all right. */
import { type Card, fieldOf, fieldWidth, WORD_SIZE } from './cards.ts';
import type { Status } from './status.ts';
import { textWidth } from './text.ts';
import { STATE_SHORT, STATES } from './words.ts';

/** Beside the field of a folded card; behind the sign of a head. */
export const roomForWord = (card: Card): number =>
  card.width - (card.kind === 'group' ? 16 + fieldWidth(fieldOf(card.things.length)) : 24) - 6;

/** More kinds of states than this at once are a list, not a glance. */
const KINDS = 2;

interface Count {
  readonly word: string;
  readonly count: number;
}

/** `48 drained`; `28 up · 12 cut off`; `28/40 partly withdrawn`; `19/24 ok`. What is cut off is called neither up nor down. */
export function shareOf(all: readonly Status[], room: number): string {
  const words = countsOf(all, wordOf);
  const states = countsOf(all, ({ state }) => STATE_SHORT[state]);
  const fits = (text: string): boolean => textWidth(text, WORD_SIZE) <= room;
  const up = all.filter(({ state }) => state === 'up').length;
  const told = [
    ...(words.length <= KINDS ? [list(words)] : []),
    ...(states.length === 1 ? [mostOf(words, all.length)] : []),
    ...(states.length <= KINDS ? [list(states)] : []),
  ];
  return told.find(fits) ?? (up > 0 ? `${up}/${all.length} ok` : mostOf(states, all.length));
}

/** All counts in words, best first: for those who hear them, and for the pointer. */
export const sharesText = (all: readonly Status[]): string =>
  countsOf(all, wordOf)
    .map(({ word, count }) => `${count} ${word}`)
    .join(', ');

/** Of things that have lost different parts, it counts that they have. */
const wordOf = ({ word }: Status): string => (/^\d/.test(word) ? 'partly' : word === 'all works' ? 'ok' : word);

const list = (counts: readonly Count[]): string => counts.map(({ word, count }) => `${count} ${word}`).join(' · ');

function mostOf(counts: readonly Count[], all: number): string {
  const { word, count } = counts.reduce((a, b) => (b.count > a.count ? b : a));
  return `${count}/${all} ${word}`;
}

/** Counts by what `say` says, best state first. */
function countsOf(all: readonly Status[], say: (status: Status) => string): readonly Count[] {
  const counts = new Map<string, { count: number; rank: number }>();
  for (const status of all) {
    const word = say(status);
    const known = counts.get(word) ?? { count: 0, rank: STATES.indexOf(status.state) };
    known.count += 1;
    counts.set(word, known);
  }
  return [...counts]
    .sort(([a, one], [b, other]) => other.rank - one.rank || (a < b ? -1 : 1))
    .map(([word, { count }]) => ({ word, count }));
}
