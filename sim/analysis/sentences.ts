/** Changes as sentences, without clock and full stop: the rows of the table of facts, read aloud. */
import { rowOf } from '../model/facts.ts';
import { readValue, type Trace } from '../trace/trace.ts';

/** A number as people read it: `2.81 billion`, `29,000`, `30.5`. */
export function sayNumber(x: number): string {
  const size = Math.abs(x);
  if (size >= 1e9) return `${Math.round(x / 1e7) / 100} billion`;
  if (size >= 1e6) return `${Math.round(x / 1e4) / 100} million`;
  if (size >= 1000) return String(Math.round(x)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return String(Math.round(x * 100) / 100);
}

/** What a fact's value sounds like after change `id`. */
export function factSentence(trace: Trace, id: number): string {
  const { columns, facts, numbers } = trace;
  const fact = columns.fact[id] as number;
  const row = rowOf(facts.kinds[fact] as (typeof facts.kinds)[number]);
  const value = readValue(trace, fact, columns.to[id] as number);
  if (typeof value === 'number') {
    const slope = numbers[columns.slope[id] as number] as number;
    const level = row.says(facts.subjects[fact] as readonly string[], sayNumber(value));
    return slope === 0
      ? level
      : `${level}, ${slope > 0 ? 'rising' : 'falling'} by ${sayNumber(Math.abs(slope))} a minute`;
  }
  return row.says(
    facts.subjects[fact] as readonly string[],
    typeof value === 'boolean' ? (value ? 'yes' : 'no') : value,
  );
}
