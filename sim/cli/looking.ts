/** What the verbs for people's questions share: the scenario, the moment, and what is found there. */
import {
  byTitle,
  type Cause,
  type Look,
  type Looked,
  look,
  type Ms,
  Reasons,
  type Scenario,
  type Told,
} from '../index.ts';
import { nameOf, readScenario, tell } from './input.ts';
import { type Io, Unreadable } from './io.ts';
import { momentOf } from './moment.ts';
import type { Args } from './options.ts';
import { chainLines } from './text/chain.ts';
import { textWidth } from './text/layout.ts';
import type { Palette } from './text/paint.ts';
import { clockAt } from './text/words.ts';

export type Asking = Pick<Args, 'file' | 'at' | 'seed' | 'variant' | 'set' | 'format'>;

/** What was found at a moment, and how to print it. */
export interface Found extends Looked {
  readonly scenario: Scenario;
  readonly at: Ms;
  readonly start: number;
  readonly width: number;
}

/** Null after its problems were told. A question that cannot be asked is an error. */
export function find(io: Io, args: Asking, questions: (scenario: Scenario) => readonly Look[]): Found | null {
  const read = readScenario(io, args);
  const scenario = read.ok ? read.value : null;
  const at = scenario && (args.at === undefined ? scenario.run : momentOf('at', args.at, scenario));
  const found = read.ok
    ? look(read.value, { seed: args.seed, at: at as Ms, file: nameOf(args.file) }, questions(read.value))
    : read;
  if (!found.ok) {
    tell(io, found.problems);
    return null;
  }
  const { told } = found.value;
  if (told.every(({ ask }) => ask === 'none')) throw new Unreadable((told[0] as Told & { says: string }).says);
  return {
    ...found.value,
    scenario: scenario as Scenario,
    at: at as Ms,
    start: (scenario as Scenario).start,
    width: textWidth(io.columns),
  };
}

/** How a fact came to be as it is: since when, and the chain of causes; null: it was so from the start. */
function howSo({ plan, trace, at, scenario }: Found, fact: string, titles = true) {
  const reasons = new Reasons(plan, trace, titles ? byTitle(scenario) : undefined);
  const change = reasons.changeOf(fact, at) ?? null;
  if (change === null) return null;
  return { since: trace.columns.at[change] as Ms, reasons, chain: reasons.chain(change) };
}

/** When a fact became what it is; null: before the start. */
export const sinceOf = (found: Found, fact: string): Ms | null => howSo(found, fact)?.since ?? null;

/** The chain in sentences, under a line that says what it led to; nothing where there is none. */
export function howLines(found: Found, fact: string, head: string, paint: Palette): string[] {
  const how = howSo(found, fact);
  if (!how) return [];
  return ['', head, '', ...chainLines(how.reasons, how.chain, found.start, found.width, paint)];
}

const told = ({ id, at, fact, says, rule, tipped }: Cause, start: number) => ({
  id,
  at,
  clock: clockAt(start, at),
  fact,
  says,
  rule,
  tipped,
});

/** The answer as JSON: what was asked of which run, what was found, and how a fact it rests on came to be so. */
export function jsonOf(found: Found, seed: string, answer: object, fact: string | null): string {
  const { scenario, at, start } = found;
  const how = fact === null ? null : howSo(found, fact, false);
  const run = { scenario: scenario.id, seed, variant: scenario.variant, at, clock: clockAt(start, at) };
  const since = how && { fact, since: how.since, chain: how.chain.map((cause) => told(cause, start)) };
  return `${JSON.stringify({ ...run, ...answer, how: since }, null, 2)}\n`;
}
