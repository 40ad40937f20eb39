/** What to tell of each part beside another run: how it differs now, and what became of its troubles over the whole run. */
import { CLASSES, type Class } from './classes.ts';
import { type PartDifference, SIDE_WORD, type Side, sideOfAll } from './contrast.ts';
import type { Globe, Spot } from './globe.ts';

export interface Tag {
  /** How it differs at the moment; null: not at all. */
  readonly side: Side | null;
  /** How it is in the other run, where it is one part. */
  readonly there: string | null;
  /** The worst that became of a trouble of it; null: its troubles are the same. */
  readonly as: Class | null;
  readonly says: string;
}

export type Tags = ReadonlyMap<string, Tag>;

export const NO_TAGS: Tags = new Map();

const worstOf = (list: readonly Class[]): Class | null => CLASSES.find((one) => list.includes(one)) ?? null;

/** By the page's id of a part. */
export function tagsOf(
  differences: ReadonlyMap<string, PartDifference>,
  classes: ReadonlyMap<string, readonly Class[]>,
): Tags {
  const ids = new Set([...differences.keys(), ...classes.keys()]);
  return new Map(
    [...ids].map((id): [string, Tag] => {
      const now = differences.get(id);
      const as = worstOf(classes.get(id) ?? []);
      return [
        id,
        {
          side: now?.side ?? null,
          there: now?.word ?? null,
          as,
          says: said(now ? `${SIDE_WORD[now.side]} in the other run: there ${now.word}` : '', as),
        },
      ];
    }),
  );
}

const said = (now: string, as: Class | null): string =>
  [now, as === null ? '' : `over the run ${as}`].filter(Boolean).join('; ');

/** What many parts at one point come to: by the id of the point. */
export function spotTags({ spots }: Globe, tags: Tags): Tags {
  return new Map(
    spots.flatMap((spot): [string, Tag][] => {
      const found = tagsAt(spot, tags);
      if (found.length === 0) return [];
      if (found.length === 1 && spot.things.length === 1) return [[spot.id, found[0]!]];
      const sides = found.flatMap(({ side }) => side ?? []);
      const as = worstOf(found.flatMap((tag) => tag.as ?? []));
      const count = (side: Side): number => sides.filter((one) => one === side).length;
      const now = (['better', 'worse', 'other'] as const)
        .filter((side) => count(side) > 0)
        .map((side) => `${count(side)} ${SIDE_WORD[side]} in the other run`)
        .join(', ');
      return [[spot.id, { side: sides.length === 0 ? null : sideOfAll(sides), there: null, as, says: said(now, as) }]];
    }),
  );
}

const tagsAt = ({ things }: Spot, tags: Tags): readonly Tag[] => things.flatMap(({ id }) => tags.get(id) ?? []);
