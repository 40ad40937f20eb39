/** Reads the text of a trace into a run. */
import { type Packed, runOf } from './packed.ts';
import { Reader } from './reader.ts';
import type { Run } from './run.ts';

export interface Parsed {
  readonly run: Run;
  /** A sentence for a file that could be read only in part; else null. */
  readonly warning: string | null;
}

export const parsedOf = ({
  packed,
  warning,
}: {
  readonly packed: Packed;
  readonly warning: string | null;
}): Parsed => ({
  run: runOf(packed),
  warning,
});

export function parse(text: string): Parsed {
  const reader = new Reader();
  reader.push(new TextEncoder().encode(text));
  return parsedOf(reader.end());
}
