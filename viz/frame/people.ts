/** People for whom something fails: each once, however much of it they meet. */
import { type Board, numberAt } from '../load/board.ts';
import type { Run } from '../load/run.ts';
import { joined, most, type Point, pointsOf, sum } from './curve.ts';

/**
 * Facts that count people, in bundles: the largest of a bundle counts, and bundles add up. Where the run counts the people of each
 * population, each is a bundle; else journeys are, of the same populations together. Empty when the run does not count people.
 */
export function countsOfPeople(run: Run): readonly (readonly number[])[] {
  const { kinds, index } = run.facts;
  const troubled = kinds.flatMap((kind, fact) => (kind === 'troubled' ? [[fact]] : []));
  if (troubled.length > 0) return troubled;
  const populations = new Map<string, Set<string>>();
  for (const { name, population } of run.scene.journeys)
    populations.set(name, (populations.get(name) ?? new Set()).add(population));
  const bundles = new Map<string, number[]>();
  for (const [journey, list] of populations) {
    const fact = index.get(`affected/${journey}`);
    const people = [...list].sort().join(' ');
    if (fact !== undefined) bundles.set(people, [...(bundles.get(people) ?? []), fact]);
  }
  return [...bundles.values()];
}

export const peopleAt = (run: Run, counts: readonly (readonly number[])[], board: Board, at: number): number =>
  sum(counts.map((facts) => most(facts.map((fact) => numberAt(run, board, fact, at)))));

export const peopleOver = (run: Run, counts: readonly (readonly number[])[]): readonly Point[] =>
  joined(
    counts.map((facts) =>
      joined(
        facts.map((fact) => pointsOf(run, fact)),
        most,
      ),
    ),
    sum,
  );
