/** Claims about rates: numbers that move in straight lines, so that the highest is found at the ends of their pieces. */
import type { Ms } from '../model/units.ts';
import { MINUTE } from '../model/units.ts';
import type { History } from '../trace/history.ts';
import { both, type Span } from './claims-spans.ts';

/** One straight piece of a rate. */
interface Piece extends Span {
  readonly level: number;
  readonly slope: number;
}

function piecesOf(history: History, rate: string): readonly Piece[] {
  const fact = history.fact(`rate/${rate}`);
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

/** The highest value of a rate. */
export const highest = (history: History, rate: string, scope: readonly Span[]): number | null =>
  highestOf(piecesOf(history, rate), scope);

/** How many times its value at 0 a rate comes to, once it has moved; null when it never moves. */
export function growth(history: History, rate: string, scope: readonly Span[]): number | null {
  const pieces = piecesOf(history, rate);
  const before = pieces[0]?.level ?? 0;
  const moved = pieces.findIndex(({ slope, level }) => slope !== 0 || level !== before);
  const most = moved < 0 ? null : highestOf(pieces.slice(moved), scope);
  return before === 0 || most === null ? null : most / before;
}
