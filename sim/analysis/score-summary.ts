/** The score in columns: what held and was not fitted, what held because it was fitted, and what was missed (R23). */
import type { CheckpointResult } from '../trace/lines.ts';
import type { FoilVerdict } from './foils.ts';

/** How a run did; the headline is `held`. */
export interface Score {
  /** Held, nothing was fitted to it, and a foil would miss it. */
  readonly held: number;
  /** Held, and a parameter was chosen so that it would. */
  readonly fitted: number;
  readonly missed: number;
  /** Held, yet nothing is known that would not: no foil, or one that holds it too. No point. */
  readonly withoutFoil: number;
  /** Listed, never counted. */
  readonly notModelled: number;
}

/** Counts results by column. With verdicts, only a foil that was run and did miss earns the point. */
export function summarise(results: readonly CheckpointResult[], verdicts?: ReadonlyMap<string, FoilVerdict>): Score {
  const counts = { held: 0, fitted: 0, missed: 0, withoutFoil: 0, notModelled: 0 };
  for (const result of results) counts[columnOf(result, verdicts)]++;
  return counts;
}

/** The column a result belongs in. */
export function columnOf(
  { id, held, fitted, foil, notModelled }: CheckpointResult,
  verdicts: ReadonlyMap<string, FoilVerdict> | undefined,
): keyof Score {
  if (notModelled !== undefined) return 'notModelled';
  if (!held) return 'missed';
  if (fitted) return 'fitted';
  const earned = verdicts ? verdicts.get(id)?.earns === true : foil !== null;
  return earned ? 'held' : 'withoutFoil';
}
