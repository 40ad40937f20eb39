/** Facts in columns: what holds and since when; of many, those alike are one line, under a pattern that can be asked for. */
import { formatClock, type Ms, type Scenario, type Value } from '../../index.ts';
import { clean, padEnd, widest } from './layout.ts';
import type { Palette } from './paint.ts';
import { count, roundClock, sayValue } from './words.ts';

interface Fact {
  readonly fact: string;
  readonly value: Value;
  readonly since: Ms;
}
interface Row {
  readonly name: string;
  readonly value: string;
  readonly since: string;
}

/** So many fit a screen, and are listed one by one. */
const SCREEN = 60;
/** So many alike, but for the numbers in their names, are worth a line of their own. */
const ALIKE = 3;
const LONGEST_NAME = 60;

export function factLines(facts: readonly Fact[], { start, run }: Scenario, { dim }: Palette): string[] {
  const exactly = (at: Ms): string => (at > 0 ? `since ${formatClock(start, at)}` : 'from the start');
  const single = ({ fact, value, since }: Fact): Row => ({ name: fact, value: sayValue(value), since: exactly(since) });
  const many = (group: readonly Fact[]): Row => {
    const times = group.map(({ since }) => since).sort((a, b) => a - b);
    const [least, most] = [times[0] as Ms, times.at(-1) as Ms].map((at) => roundClock(start, at, run));
    const since = times.at(-1) === 0 ? 'from the start' : `since ${least === most ? most : `${least} to ${most}`}`;
    const name = commonName(group.map(({ fact }) => fact));
    return { name, value: sayValue((group[0] as Fact).value), since: `${since}, ${group.length} alike` };
  };
  const groups = facts.length > SCREEN ? alike(facts) : facts.map((fact) => [fact]);
  const rows = groups.flatMap((group) => (group.length < ALIKE ? group.map(single) : [many(group)]));
  const name = Math.min(widest(rows.map(({ name }) => name)), LONGEST_NAME);
  const value = widest(rows.map(({ value }) => value));
  const lines = rows.map(
    (row) => `${padEnd(clean(row.name), name)}  ${padEnd(clean(row.value), value)}  ${dim(row.since)}`,
  );
  if (rows.length === facts.length) return lines;
  return [...lines, dim(`${count(facts.length, 'fact')}, those alike together; --format ndjson lists each.`)];
}

/** By name but for the numbers in it, by value, and by whether it was so from the start; in the order of the first of each. */
function alike(facts: readonly Fact[]): readonly (readonly Fact[])[] {
  const groups = new Map<string, Fact[]>();
  for (const one of facts) {
    const key = JSON.stringify([
      partsOf(one.fact).map((part) => (/^\d+$/.test(part) ? '#' : part)),
      one.value,
      one.since === 0,
    ]);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

/** A name, taken apart at its numbers; an address is no number. */
const partsOf = (name: string): readonly string[] =>
  name.split('/').flatMap((part, k) => {
    const numbered = /^[\d.]+$/.test(part) ? [part] : part.split(/(\d+)/);
    return k === 0 ? numbered : ['/', ...numbered];
  });

/** `up/pop.1.*` for names that differ in numbers only. */
function commonName(names: readonly string[]): string {
  const parts = names.map(partsOf);
  const [first = []] = parts;
  return first.map((part, k) => (parts.every((other) => other[k] === part) ? part : '*')).join('');
}
