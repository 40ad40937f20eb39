/** How the members of a fold are, as short as its card has room for: counts by word, else by state, else how many are all right. */
import { type Card, fieldOf, fieldWidth, WORD_SIZE } from './cards.ts';
import { type Count, count, type Tally } from './tally.ts';
import { textWidth } from './text.ts';

/** Beside the field of a folded card; behind the sign of a head. */
export const roomForWord = (card: Card): number =>
  card.width - (card.kind === 'group' ? 16 + fieldWidth(fieldOf(card.things.length)) : 24) - 6;

/** More kinds of states than this at once are a list, not a glance. */
const KINDS = 2;

/** `48 drained`; `28 up · 12 cut off`; `28/40 partly withdrawn`; `19/24 ok`. What is cut off is called neither up nor down. */
export function shareOf(tally: Tally, room: number): string {
  const words = tally.byWord();
  const states = tally.byState();
  const fits = (text: string): boolean => textWidth(text, WORD_SIZE) <= room;
  const up = tally.of('up');
  const told = [
    ...(words.length <= KINDS ? [list(words)] : []),
    ...(states.length === 1 ? [mostOf(words, tally.all)] : []),
    ...(states.length <= KINDS ? [list(states)] : []),
  ];
  return told.find(fits) ?? (up > 0 ? `${count(up)}/${count(tally.all)} ok` : mostOf(states, tally.all));
}

/** All counts in words, best first: for those who hear them, and for the pointer. */
export const sharesText = (tally: Tally): string =>
  tally
    .byWord()
    .map(({ word, count: n }) => `${count(n)} ${word}`)
    .join(', ');

const list = (counts: readonly Count[]): string =>
  counts.map(({ word, count: n }) => `${count(n)} ${word}`).join(' · ');

function mostOf(counts: readonly Count[], all: number): string {
  const { word, count: n } = counts.reduce((a, b) => (b.count > a.count ? b : a));
  return `${count(n)}/${count(all)} ${word}`;
}
