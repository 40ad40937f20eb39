/** "Did you mean": the known name nearest to a misspelt one. */
import { distance } from 'fastest-levenshtein';
import { byName } from './units.ts';

/** Names are compared at most this often for one hint, and only with short ones. */
const MOST = 2_000;
const LONGEST = 60;

/** The nearest known name, or null when none is near. Equally near ones: the first by name. */
export function nearest(found: string, known: Iterable<string>): string | null {
  if (found.length > LONGEST) return null;
  // Of a single letter every other one is near.
  const limit = found.length < 2 ? 0 : Math.max(1, Math.floor(found.length / 3) + (found.length > 4 ? 1 : 0));
  let best: string | null = null;
  let least = limit + 1;
  let looked = 0;
  for (const name of known) {
    if (++looked > MOST) break;
    if (Math.abs(name.length - found.length) > least) continue;
    const apart = name.toLowerCase() === found.toLowerCase() ? 0 : swapped(found, name) ? 1 : distance(found, name);
    if (apart < least || (apart === least && best !== null && byName(name, best) < 0)) [best, least] = [name, apart];
  }
  return best;
}

/** Two neighbouring letters changed places: one slip, which counts as two edits. */
function swapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
}

/** Whether two names are a slip apart: one letter, or two that changed places, and letters of either case. */
export function isSlip(a: string, b: string): boolean {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  return a !== b && Math.abs(a.length - b.length) <= 1 && (swapped(one, other) || distance(one, other) <= 1);
}

export function didYouMean(found: string, known: Iterable<string>): string | undefined {
  const name = nearest(found, known);
  return name === null ? undefined : `did you mean "${name}"?`;
}
