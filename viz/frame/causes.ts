/** Why a change came: the path that tipped it, back to its root, what else it followed from, and what it led to. */
import { type Run, slice } from '../load/run.ts';
import type { ManyOf } from './folds.ts';
import { patternOf } from './story.ts';
import { clockText, lasting } from './time.ts';
import type { Tone } from './tone.ts';
import { RULE_GLOSS, RULE_PHRASE } from './words.ts';

export interface Cause {
  readonly row: number;
  readonly time: string;
  readonly text: string;
  readonly tone: Tone;
  /** How it came from the one above: `after it had been so for 41 ms`; for the root, why it came at all. */
  readonly rule: string;
  readonly gloss: string;
  readonly also: readonly Link[];
  readonly selected: boolean;
  readonly future: boolean;
}

export interface Link {
  readonly row: number;
  readonly time: string;
  readonly text: string;
  readonly tone: Tone;
  /** How many like it, when several are told as one. */
  readonly count: number;
  readonly future: boolean;
}

export interface Causes {
  readonly path: readonly Cause[];
  readonly ledTo: readonly Link[];
  /** How many more consequences there are than are listed. */
  readonly more: number;
}

/** Consequences listed; a router that everything hangs on may have thousands. */
const LISTED = 24;

export function chainOf(run: Run, row: number): readonly number[] {
  const chain = [row];
  const seen = new Set(chain);
  for (let cause = run.changes.tipped[row]!; cause >= 0 && !seen.has(cause); cause = run.changes.tipped[cause]!) {
    chain.unshift(cause);
    seen.add(cause);
  }
  return chain;
}

export function causesOf(
  run: Run,
  manyOf: ManyOf,
  row: number,
  step: number,
  brief: boolean,
  tone: (row: number) => Tone,
): Causes {
  const { changes } = run;
  const clock = (at: number) => clockText(run.epoch, at, brief);
  const links = (rows: Iterable<number>): Link[] => {
    const folds = new Map<string, number[]>();
    for (const one of rows) {
      const pattern = patternOf(run, manyOf, one);
      const fold = folds.get(pattern);
      if (fold) fold.push(one);
      else folds.set(pattern, [one]);
    }
    return [...folds].map(([pattern, list]) => ({
      row: list[0]!,
      time: clock(changes.at[list[0]!]!),
      text: list.length === 1 ? changes.says(list[0]!) : pattern,
      tone: tone(list[0]!),
      count: list.length,
      future: list[0]! >= step,
    }));
  };
  const path = chainOf(run, row).map((one): Cause => {
    const tipped = changes.tipped[one]!;
    const rule = changes.rule(one);
    const after = tipped < 0 ? 0 : changes.at[one]! - changes.at[tipped]!;
    return {
      row: one,
      time: clock(changes.at[one]!),
      text: changes.says(one),
      tone: tone(one),
      rule: rulePhrase(rule, after, tipped < 0),
      gloss: RULE_GLOSS[rule] ?? '',
      also: links([...slice(changes.because, one)].filter((other) => other !== tipped)),
      selected: one === row,
      future: one >= step,
    };
  });
  const led = links(slice(changes.ledTo, row));
  return { path, ledTo: led.slice(0, LISTED), more: led.slice(LISTED).reduce((sum, link) => sum + link.count, 0) };
}

function rulePhrase(rule: string, after: number, root: boolean): string {
  if (root) return RULE_PHRASE[rule]?.includes('{}') ? 'by itself' : (RULE_PHRASE[rule] ?? rule);
  const phrase = RULE_PHRASE[rule] ?? `${rule}, after {}`;
  return after === 0
    ? 'at once'
    : phrase === 'at once'
      ? `${lasting(after)} later`
      : phrase.includes('{}')
        ? phrase.replace('{}', lasting(after))
        : `${phrase}, ${lasting(after)} later`;
}
