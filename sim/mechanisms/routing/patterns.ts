/** Patterns of AS paths: systems by number, one that may be any, and any number of any. */
import { LOCAL, type Paths } from './paths.ts';

/** A system that no path goes through; any one; any number of any. */
export const UNKNOWN = -1;
const ONE = -2;
const MANY = -3;

export type Pattern = readonly number[];

export const patternOf = (names: readonly string[], numberOf: (name: string) => number): Pattern =>
  names.map((name) => (name === '*' ? MANY : name === '?' ? ONE : numberOf(name)));

/** Whether a path is like this from its first system to its last. Of what `*` may stand for the shortest is tried first. */
export function isLike(paths: Paths, pattern: Pattern, path: number): boolean {
  let cell = path;
  let place = 0;
  /** Where the last `*` stands, and from which cell on something else may follow it. */
  let star = -1;
  let after = path;
  while (cell > LOCAL) {
    const wanted = pattern[place];
    if (wanted === MANY) {
      star = place++;
      after = cell;
    } else if (wanted === ONE || wanted === paths.head(cell)) {
      place++;
      cell = paths.tail(cell);
    } else if (star >= 0) {
      after = paths.tail(after);
      cell = after;
      place = star + 1;
    } else return false;
  }
  while (pattern[place] === MANY) place++;
  return place === pattern.length;
}
