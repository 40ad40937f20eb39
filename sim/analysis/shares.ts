/** Which share of people is stopped over a run, as straight pieces, and how much time that costs them: exact areas, no steps. */
import { PASSING, worksSubjects } from '../mechanisms/demand/planned.ts';
import { factName, SYMPTOMS } from '../model/facts.ts';
import type { Journey } from '../model/scenario.ts';
import { MINUTE, type Ms } from '../model/units.ts';
import type { History } from '../trace/history.ts';

/** From `from` to `to` the share goes from `level` along `slope` a minute. */
export interface Piece {
  readonly from: Ms;
  readonly to: Ms;
  readonly level: number;
  readonly slope: number;
}

/** The share of these people who are stopped at this journey. */
export function piecesOf(history: History, journey: Journey): readonly Piece[] {
  // Where not all of them are stopped at once, or not known to be, there is a number beside the word.
  const number = history.fact(factName('stopped', worksSubjects(journey)));
  const gradual = number !== undefined;
  const fact = number ?? history.fact(factName('works', worksSubjects(journey)));
  if (fact === undefined) return [];
  const { numbers, end } = history.trace;
  const stretches = history.stretches(fact);
  return stretches.map(({ at, raw, slope }, k) => ({
    from: at,
    to: stretches[k + 1]?.at ?? end,
    level: gradual ? (numbers[raw] as number) : Number(!PASSING.has(SYMPTOMS[raw] ?? 'unknown')),
    slope,
  }));
}

export const stops = ({ level, slope }: Piece): boolean => level > 0 || slope > 0;
const at = ({ from, level, slope }: Piece, moment: Ms): number => level + (slope * (moment - from)) / MINUTE;

/** The time lost by one of these people on average, in milliseconds. */
export const lostIn = (pieces: readonly Piece[]): Ms =>
  pieces.reduce((sum, piece) => sum + ((piece.level + at(piece, piece.to)) / 2) * (piece.to - piece.from), 0);

/** The same where one is lost to any of several journeys: the area under the highest of them. */
export function lostToAny(journeys: readonly (readonly Piece[])[]): Ms {
  const moments = [...new Set(journeys.flatMap((pieces) => pieces.flatMap(({ from, to }) => [from, to])))];
  moments.sort((a, b) => a - b);
  const places = journeys.map(() => 0);
  let sum = 0;
  for (const [k, from] of moments.entries()) {
    const to = moments[k + 1];
    if (to === undefined) break;
    const now = journeys.flatMap((pieces, j) => {
      while ((pieces[places[j] as number]?.to ?? Infinity) <= from) places[j] = (places[j] as number) + 1;
      return pieces[places[j] as number] ?? [];
    });
    sum += underHighest(now, from, to);
  }
  return sum;
}

function underHighest(lines: readonly Piece[], from: Ms, to: Ms): number {
  const turns = [from, to];
  for (const [k, one] of lines.entries())
    for (const other of lines.slice(k + 1)) {
      if (one.slope === other.slope) continue;
      const meet = from + ((at(other, from) - at(one, from)) / (one.slope - other.slope)) * MINUTE;
      if (meet > from && meet < to) turns.push(meet);
    }
  turns.sort((a, b) => a - b);
  let area = 0;
  for (const [k, start] of turns.entries()) {
    const end = turns[k + 1];
    if (end === undefined) break;
    const middle = (start + end) / 2;
    area += lines.reduce((most, line) => Math.max(most, at(line, middle)), 0) * (end - start);
  }
  return area;
}
