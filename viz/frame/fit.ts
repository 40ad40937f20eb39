/** Which folds are folded before anybody touches them: what is large, what nothing is known of, and what there is no room for. */
import { cardsOf, type Usual } from './cards.ts';
import { type Fold, isFold, type Part, thingsIn } from './folds.ts';
import { leastOf } from './lanes.ts';
import { LANES } from './words.ts';

/** Groups of this many and more are folded however much room there is; families likewise. */
const LARGE = { range: 0, group: 7, family: 13, kind: Number.POSITIVE_INFINITY } as const;
/** Smaller groups than this save no room. */
const SMALL = 3;
/** In a system of more parts than this, small groups are folded too: a few alike say no more than one that counts them. */
const MANY = 60;

const large = (fold: Fold, many: boolean): boolean =>
  fold.things.length >= (many && fold.level === 'group' ? SMALL : LARGE[fold.level]) ||
  (fold.level === 'group' && fold.things.every((thing) => thing.silent));

const foldsIn = (parts: readonly Part[]): readonly Fold[] =>
  parts.flatMap((part) => (isFold(part) ? [part, ...foldsIn(part.parts)] : []));

/** Folds that lie open: not folded, and in none that is. */
const openIn = (parts: readonly Part[], usual: Usual): readonly Fold[] =>
  parts.flatMap((part) => (!isFold(part) || usual.has(part.id) ? [] : [part, ...openIn(part.parts, usual)]));

/** Families go before groups, and these before all of a kind; among equals what hides fewest marks. */
const ORDER = ['range', 'family', 'group', 'kind'] as const;

export function usualFolds(parts: readonly Part[], width: number, height: number): Usual {
  const many = parts.flatMap(thingsIn).length > MANY;
  const usual = new Set(
    foldsIn(parts)
      .filter((fold) => large(fold, many))
      .map((fold) => fold.id),
  );
  const hidden = (fold: Fold): number => cardsOf([fold], usual, []).length;
  const least = () => leastOf(cardsOf(parts, usual, []), width);
  const added: string[] = [];
  for (let now = least(); now.height > height; now = least()) {
    const rows = (fold: Fold): number => now.rows.get(fold.lane) ?? 0;
    const [next] = openIn(parts, usual)
      .filter((fold) => fold.things.length >= SMALL && rows(fold) > 1)
      .sort(
        (a, b) =>
          ORDER.indexOf(a.level) - ORDER.indexOf(b.level) ||
          rows(b) - rows(a) ||
          hidden(a) - hidden(b) ||
          LANES.indexOf(b.lane) - LANES.indexOf(a.lane),
      );
    if (!next) return usual;
    usual.add(next.id);
    added.push(next.id);
  }
  // What was folded on the way and turned out not to be needed lies open again.
  for (const id of added.reverse()) {
    usual.delete(id);
    if (least().height > height) usual.add(id);
  }
  return usual;
}
