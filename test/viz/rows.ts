/** Finds the changes that a test speaks of. */
import type { Run } from '../../viz/load/run.ts';

/** The first change that says so; -1 when none does. */
export function rowThat({ changes }: Run, says: string): number {
  for (let row = 0; row < changes.count; row++) if (changes.says(row) === says) return row;
  return -1;
}
