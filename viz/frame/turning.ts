/** The moments of a run that matter: what set it off, where most is lost, where it first turns for the better, and when it is over. */
import { largestCascade } from '../../sim/index.ts';
import { type Run, slice, valueAs } from '../load/run.ts';
import type { Moment } from '../state/session.ts';
import { chainOf } from './causes.ts';
import { GONE } from './units.ts';
import { passes } from './words.ts';
import type { World } from './world.ts';

export interface Turning {
  /** The change with which the largest cascade begins; -1 in a run in which nothing changes. */
  readonly root: number;
  /** Just before it. */
  readonly opening: Moment;
}

/** So long before its first change a run is opened, where that long nothing happens. */
const BEFORE = 1000;

/** What runs by itself from the start, such as a rate that rises, has few consequences: it is no beginning. */
export function turningOf(run: Run, brief: boolean): Turning {
  const { changes, facts } = run;
  const root =
    largestCascade(
      changes.count,
      (row) => changes.tipped[row]!,
      (row) => changes.to[row] === facts.initial[changes.fact[row]!],
    )?.root ?? -1;
  if (root < 0) return { root, opening: { at: 0, step: 0 } };
  const at = changes.at[root]!;
  let step = root;
  while (step > 0 && changes.at[step - 1] === at) step--;
  const since = step > 0 ? changes.at[step - 1]! : 0;
  // Of a run of seconds the start is as near, and its clock stands at zero.
  if (brief && step === 0) return { root, opening: { at: 0, step: 0 } };
  return { root, opening: { at: Math.max(at - BEFORE, Math.min(since, at), 0), step } };
}

/** A time at which something turns, and how much. */
export interface Peak {
  readonly at: number;
  readonly weight: number;
}

/** Times at which things are lost, the most of them first. */
export function losses({ past }: World): readonly Peak[] {
  const counts = new Map<number, number>();
  for (const turns of past())
    turns.forEach(({ at, state }, i) => {
      if (i > 0 && GONE.includes(state) && !GONE.includes(turns[i - 1]!.state))
        counts.set(at, (counts.get(at) ?? 0) + 1);
    });
  return [...counts].map(([at, weight]) => ({ at, weight })).sort((a, b) => b.weight - a.weight || a.at - b.at);
}

/** Changes of what people could do: the row, and whether it fails from then on. */
function deeds(run: Run): readonly { readonly row: number; readonly fails: boolean }[] {
  const { changes, facts } = run;
  const found: { row: number; fails: boolean }[] = [];
  for (let fact = 0; fact < facts.count; fact++) {
    if (facts.kinds[fact] !== 'works') continue;
    const good = (raw: number) => passes(String(valueAs(run, fact, raw)));
    for (const row of slice(changes.ofFact, fact)) {
      const [before, after] = [good(changes.from[row]!), good(changes.to[row]!)];
      if (before !== after) found.push({ row, fails: before });
    }
  }
  return found.sort((a, b) => a.row - b.row);
}

/** Changes of whether something runs; for runs without people. */
function falls(run: Run): readonly { readonly row: number; readonly fails: boolean }[] {
  const { changes, facts } = run;
  const found: { row: number; fails: boolean }[] = [];
  for (let row = 0; row < changes.count; row++)
    if (facts.kinds[changes.fact[row]!] === 'up') found.push({ row, fails: changes.to[row] === 0 });
  return found;
}

export interface Recovery {
  /** The first change for the better after most was lost that somebody or something else brought about. */
  readonly first: number;
  /** The last, if nothing is lost any more after it; else -1. */
  readonly last: number;
  /** What comes back: what people do, or things. */
  readonly of: 'deeds' | 'things';
}

/** Null where nothing comes back. */
export function recovery(run: Run): Recovery | null {
  const people = deeds(run);
  const of = people.some(({ fails }) => fails) ? 'deeds' : 'things';
  const list = of === 'deeds' ? people : falls(run);
  let [lost, most, peak] = [0, 0, -1];
  list.forEach(({ fails }, i) => {
    lost += fails ? 1 : -1;
    if (lost > most) [most, peak] = [lost, i];
  });
  const back = list.slice(peak + 1).filter(({ fails }) => !fails);
  // That what is mended comes up is no news.
  const first = back.find(({ row }) => chainOf(run, row).length > 2);
  return peak < 0 || !first ? null : { first: first.row, last: lost > 0 ? -1 : back[back.length - 1]!.row, of };
}
