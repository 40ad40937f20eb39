/**
 * Stubs that know several resolvers and ask them in order, each time anew (resolv.conf(5)): one that gives no answer in time, or says
 * SERVFAIL, has the stub ask the next; what another says is taken, be it that there is no such name.
 */
import type { Condition, Test } from '../scenario.ts';
import { drownsFor } from './resolvers.ts';
import type { World } from './world.ts';

/** No name holds it. */
const THEN = '>';
/** Final answers that are of no use. */
const DENIALS = ['nxdomain', 'nodata'];

/** The resolvers of a list, first to last; one that is no list stands for itself. */
export const stubOf = (label: string): readonly string[] => label.split(THEN);

/** `isp.* > public` as lists of names: one for each resolver that comes first, the others being one resolver each. */
export function listsOf(pattern: string, called: (part: string) => readonly string[]): readonly string[] {
  const [firsts = [], ...others] = pattern.split(THEN).map((part) => called(part.trim()));
  const rest = others.flat();
  return firsts.map((first) => [first, ...rest.filter((name) => name !== first)].join(THEN));
}

/** Asks a resolver for a name; what is wanted of the answer is said by the test. */
type Ask = (resolver: string, test: Test) => Condition;

/** The one that is asked first. */
export const firstOf = (label: string): string => stubOf(label)[0] as string;

/** Somebody in the list answers, and nobody before him says that there is nothing. */
export function someAnswers(
  world: World,
  [first, ...next]: readonly string[],
  ask: Ask,
  over: (r: string) => Condition,
): Condition {
  const name = first as string;
  const good = ask(name, { word: ['ok', 'stale'] });
  // A resolver that drowns knows the answer, and not all of its clients get it.
  const answers = drownsFor(world, name, 'fail') ? { all: [good, { not: over(name) }] } : good;
  if (next.length === 0) return answers;
  const goesOn: Condition = { not: ask(name, { word: DENIALS }) };
  return { any: [answers, { all: [goesOn, someAnswers(world, next, ask, over)] }] };
}

/** Nobody is waited for in vain before there is an answer. */
export function atOnce([first, ...next]: readonly string[], ask: Ask): Condition {
  const waits: Condition = { not: ask(first as string, { word: ['timeout'] }) };
  if (next.length === 0) return waits;
  const good = ask(first as string, { word: ['ok', 'stale'] });
  return { any: [good, { all: [waits, atOnce(next, ask)] }] };
}
