/** Claims about numbers: they move in straight lines, so that the highest is found at the ends of their pieces. */
import { factName } from '../model/facts.ts';
import type { NumberFact } from '../model/scenario.ts';
import type { Ms } from '../model/units.ts';
import { MINUTE } from '../model/units.ts';
import type { History } from '../trace/history.ts';
import { both, type Span } from './claims-spans.ts';

/** One straight piece of a number. */
interface Piece extends Span {
  readonly level: number;
  readonly slope: number;
}

function piecesOf(history: History, { kind, subjects }: NumberFact): readonly Piece[] {
  const fact = history.fact(factName(kind, subjects));
  if (fact === undefined) return [];
  const { numbers, end } = history.trace;
  const stretches = history.stretches(fact);
  return stretches.map(({ at, raw, slope }, k) => ({
    from: at,
    to: stretches[k + 1]?.at ?? end + 1,
    level: numbers[raw] as number,
    slope,
  }));
}

const levelAt = ({ from, level, slope }: Piece, at: Ms): number => level + (slope * (at - from)) / MINUTE;

function highestOf(pieces: readonly Piece[], scope: readonly Span[]): number | null {
  let most: number | null = null;
  for (const piece of pieces) {
    for (const { from, to } of both([piece], scope)) {
      for (const at of [from, to - 1]) most = Math.max(most ?? levelAt(piece, at), levelAt(piece, at));
    }
  }
  return most;
}

/** The highest value of any of these numbers. */
export const highest = (history: History, of: readonly NumberFact[], scope: readonly Span[]): number | null =>
  most(of.map((fact) => highestOf(piecesOf(history, fact), scope)));

/** How many times its value at 0 a number comes to, once it has moved, the most of these; null when none ever moves. */
export const growth = (history: History, of: readonly NumberFact[], scope: readonly Span[]): number | null =>
  most(of.map((fact) => growthOf(piecesOf(history, fact), scope)));

function growthOf(pieces: readonly Piece[], scope: readonly Span[]): number | null {
  const before = pieces[0]?.level ?? 0;
  const moved = pieces.findIndex(({ slope, level }) => slope !== 0 || level !== before);
  const top = moved < 0 ? null : highestOf(pieces.slice(moved), scope);
  return before === 0 || top === null ? null : top / before;
}

const most = (found: readonly (number | null)[]): number | null =>
  found.reduce((best, one) => (best === null || (one !== null && one > best) ? one : best), null);
