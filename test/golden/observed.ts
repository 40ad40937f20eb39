/**
 * What was seen in each outage, and how far off a run may be: copied once from the published sources, so that no tolerance widens
 * unnoticed. A wider one needs another source.
 */
export interface Observed {
  /** As the checkpoint writes it; null: the claim is so or not so. */
  readonly seen: string | null;
  readonly accept: string | null;
  readonly source: string | null;
}

/** By the name of the file, then by checkpoint. */
export const OBSERVED: Readonly<Record<string, Readonly<Record<string, Observed>>>> = {};
