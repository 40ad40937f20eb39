/** What of a condition does not hold at a moment, in words: `remote-access or out-of-band`. */
import type { Wanted } from '../../sim/index.ts';
import { type Run, slice, valueAs } from '../load/run.ts';

/** More than so many are told by the first of them. */
const SAID = 3;

/** The number of a fact's value once all of the instant `at` has happened. */
function rawAt(run: Run, fact: number, at: number): number {
  const rows = slice(run.changes.ofFact, fact);
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (run.changes.at[rows[middle]!]! <= at) low = middle + 1;
    else high = middle;
  }
  const row = rows[low - 1];
  if (row === undefined) return run.facts.initial[fact]!;
  const slope = run.changes.slope[row]!;
  return run.changes.to[row]! + (slope === 0 ? 0 : (slope * (at - run.changes.at[row]!)) / 60_000);
}

/** What the run says nothing of does not hold. */
function holds(run: Run, wanted: Wanted, at: number): boolean {
  if ('not' in wanted) return !holds(run, wanted.not, at);
  if ('all' in wanted) return wanted.all.every((one) => holds(run, one, at));
  if ('any' in wanted) return wanted.any.some((one) => holds(run, one, at));
  if ('of' in wanted) return wanted.of.filter((one) => holds(run, one, at)).length >= wanted.atLeast;
  const fact = run.facts.index.get(wanted.fact);
  if (fact === undefined) return false;
  const raw = rawAt(run, fact, at);
  if (wanted.above !== undefined) return raw >= wanted.above;
  const value = valueAs(run, fact, raw);
  return wanted.is ? wanted.is.includes(String(value)) : value === true;
}

/** The facts a condition speaks of. */
export function factsOf(run: Run, wanted: Wanted): readonly number[] {
  if ('not' in wanted) return factsOf(run, wanted.not);
  if ('fact' in wanted) {
    const fact = run.facts.index.get(wanted.fact);
    return fact === undefined ? [] : [fact];
  }
  return ('all' in wanted ? wanted.all : 'any' in wanted ? wanted.any : wanted.of).flatMap((one) => factsOf(run, one));
}

/** Null where it holds. `nameOf`: what a part or a task is called. */
export function lackOf(run: Run, wanted: Wanted, at: number, nameOf: (name: string) => string): string | null {
  if (holds(run, wanted, at)) return null;
  if (wanted.called !== undefined) return wanted.called;
  if ('fact' in wanted) return sayFact(run, wanted, nameOf);
  if ('not' in wanted)
    return `the end of ${'fact' in wanted.not ? sayFact(run, wanted.not, nameOf) : (wanted.not.called ?? 'what must not be')}`;
  const list = 'all' in wanted ? wanted.all : 'any' in wanted ? wanted.any : wanted.of;
  const lacks = [...new Set(list.flatMap((one) => lackOf(run, one, at, nameOf) ?? []))];
  if ('all' in wanted) return joined(lacks, 'and');
  if ('any' in wanted) return joined(lacks, 'or');
  const more = wanted.atLeast - (list.length - list.filter((one) => !holds(run, one, at)).length);
  return `${more} of ${joined(lacks, 'and')}`;
}

function sayFact(
  run: Run,
  { fact, says }: Extract<Wanted, { fact: string }>,
  nameOf: (name: string) => string,
): string {
  const known = run.facts.index.get(fact);
  const [kind, subject] = known === undefined ? [] : [run.facts.kinds[known], run.facts.subjects[known]?.[0]];
  return subject !== undefined && (kind === 'up' || kind === 'done') ? nameOf(subject) : `that ${says}`;
}

/** What is itself a list is set apart, so that `a and (b or c)` is not read another way. */
function joined(list: readonly string[], word: 'and' | 'or'): string {
  if (list.length === 1) return list[0]!;
  const whole = list.map((one) => (/ (and|or) /.test(one) ? `(${one})` : one));
  const said = whole.length > SAID ? [...whole.slice(0, SAID - 1), `${whole.length - SAID + 1} more`] : whole;
  return `${said.slice(0, -1).join(', ')} ${word} ${said[said.length - 1]}`;
}
