/** A run as the page holds it: the scene, the facts, and the changes as columns; read-only once loaded. */
import type { CheckpointResult, Impact, Scene, StartLine, Value } from '../../sim/index.ts';

/** How a fact's values are kept as numbers: flags as 0 and 1, words by their place in `Run.words`, numbers as they are. */
export type Domain = 'flag' | 'word' | 'number';

export interface Facts {
  readonly count: number;
  readonly names: readonly string[];
  readonly kinds: readonly string[];
  readonly subjects: readonly (readonly string[])[];
  readonly domains: readonly Domain[];
  readonly initial: Float64Array;
  readonly index: ReadonlyMap<string, number>;
}

/** Lists of numbers, one after the other: the list of `i` is `items[from[i]]` up to, not including, `items[from[i + 1]]`. */
export interface Lists {
  readonly from: Int32Array;
  readonly items: Int32Array;
}

/** One row a change, in the order of the file. */
export interface Changes {
  readonly count: number;
  readonly at: Float64Array;
  readonly fact: Int32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Numbers only: change per minute from here on; 0 for all others. */
  readonly slope: Float64Array;
  /** Row of the change that tipped it, or -1. */
  readonly tipped: Int32Array;
  /** Which rule a change came by, and which mechanism made it. */
  readonly rule: (row: number) => string;
  readonly by: (row: number) => string;
  /** The change as a sentence; decoded when it is asked for. */
  readonly says: (row: number) => string;
  /** A number for what each change says: the same for the same words. */
  readonly saysNumber: Int32Array;
  /** Rows of all changes it follows from. */
  readonly because: Lists;
  /** Rows of the changes that it tipped. */
  readonly ledTo: Lists;
  /** Rows of the changes of each fact. */
  readonly ofFact: Lists;
}

export interface Caption {
  readonly at: number;
  /** How many changes had happened when it was said. */
  readonly step: number;
  readonly says: string;
}

/** What the end line says; null when the file broke off before it. */
export interface End {
  readonly at: number;
  readonly reason: string;
  readonly flipping: readonly string[];
  readonly impact: readonly Impact[];
  readonly checkpoints: readonly CheckpointResult[];
}

/** What the scenario was read from; null where the trace does not say. */
export type Written = NonNullable<StartLine['written']>;

export interface Run {
  readonly scene: Scene;
  readonly written: Written | null;
  /** Milliseconds of time zero since 1970. */
  readonly epoch: number;
  readonly seed: string;
  readonly variant: string | null;
  readonly version: string;
  readonly facts: Facts;
  readonly words: readonly string[];
  readonly changes: Changes;
  readonly captions: readonly Caption[];
  readonly end: End | null;
  /** Where the time axis ends, ms since time zero. */
  readonly length: number;
}

export const slice = (lists: Lists, i: number): Int32Array => lists.items.subarray(lists.from[i], lists.from[i + 1]);

/** The value behind a number of fact `fact`, as people read it. */
export function valueAs(run: Run, fact: number, raw: number): Value {
  const domain = run.facts.domains[fact];
  return domain === 'flag' ? raw !== 0 : domain === 'word' ? (run.words[raw] ?? 'unknown') : raw;
}

/** Rows by the number that each has: `key[row]`, or -1 for none. */
export function listsBy(key: Int32Array, groups: number): Lists {
  const from = new Int32Array(groups + 1);
  for (const group of key) if (group >= 0) from[group + 1]! += 1;
  for (let i = 0; i < groups; i++) from[i + 1]! += from[i]!;
  const next = from.slice();
  const items = new Int32Array(from[groups]!);
  key.forEach((group, row) => {
    if (group >= 0) items[next[group]!++] = row;
  });
  return { from, items };
}
