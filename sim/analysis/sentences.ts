/** Changes as sentences, without clock and full stop: the rows of the table of facts, read aloud. */
import { type FactKind, type FactRow, rowOf } from '../model/facts.ts';
import { readValue, type Trace } from '../trace/trace.ts';
import type { Called } from './called.ts';

/** A number as people read it: `2.81 billion`, `29,000`, `30.5`, `0.0085`. */
export function sayNumber(x: number): string {
  const size = Math.abs(x);
  if (size >= 1e9) return `${Math.round(x / 1e7) / 100} billion`;
  if (size >= 1e6) return `${Math.round(x / 1e4) / 100} million`;
  if (size >= 1000) return String(Math.round(x)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  // What is small is not nothing.
  return String(size < 0.1 ? Number(x.toPrecision(2)) : Math.round(x * 100) / 100);
}

/** How facts of a kind read aloud when they are about `name`: of a prefix, whose announcements are in the trace, in words of their own. */
export function wordsFor({ facts }: Trace, kind: FactKind, name: string): FactRow['says'] {
  const { says, saysOfSites } = rowOf(kind);
  const isPrefix = () => facts.subjects.some(([, p], fact) => p === name && facts.kinds[fact] === 'announces');
  return saysOfSites && isPrefix() ? saysOfSites : says;
}

/** What a fact's value sounds like after change `id`; things by their names, unless they are called otherwise. */
export function factSentence(trace: Trace, id: number, called: Called = (_, names) => names): string {
  const { columns, facts, numbers } = trace;
  const fact = columns.fact[id] as number;
  const kind = facts.kinds[fact] as FactKind;
  const says = wordsFor(trace, kind, facts.subjects[fact]?.[0] as string);
  const subjects = called(kind, facts.subjects[fact] as readonly string[]);
  const value = readValue(trace, fact, columns.to[id] as number);
  if (typeof value === 'number') {
    const slope = numbers[columns.slope[id] as number] as number;
    const level = says(subjects, sayNumber(value));
    return slope === 0
      ? level
      : `${level}, ${slope > 0 ? 'rising' : 'falling'} by ${sayNumber(Math.abs(slope))} a minute`;
  }
  return says(subjects, wordOf(trace, id));
}

/**
 * What a fact is after change `id`, in a word; of a flag 'yes' or 'no'. Who is down withdraws nothing: he tells nobody, and others hold
 * his routes until they notice; what he announced is 'gone'.
 */
export function wordOf(trace: Trace, id: number): string {
  const { columns, facts } = trace;
  const fact = columns.fact[id] as number;
  const value = readValue(trace, fact, columns.to[id] as number);
  if (typeof value !== 'boolean') return String(value);
  if (value) return 'yes';
  const tipped = columns.tipped[id] as number;
  const by = tipped < 0 ? -1 : (columns.fact[tipped] as number);
  const dead = facts.kinds[by] === 'up' && facts.subjects[by]?.[0] === facts.subjects[fact]?.[0];
  return facts.kinds[fact] === 'announces' && dead && columns.to[tipped] === 0 ? 'gone' : 'no';
}
