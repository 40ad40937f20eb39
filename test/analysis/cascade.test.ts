/** Where a run begins, for who tells of it: with what set it off, and not with its repair. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { review } from '../../sim/exchange/review.ts';
import { compile, largestCascade, load, simulate } from '../../sim/index.ts';

/** Each change as: the one that tipped it, and whether it brings back what was. */
const largest = (...changes: readonly (readonly [tipped: number, undoes?: true])[]) =>
  largestCascade(
    changes.length,
    (place) => changes[place]![0],
    (place) => changes[place]![1] === true,
  );

test('the change that nothing tipped and from which most follow, the first of two alike', () => {
  expect(largest()).toBeNull();
  expect(largest([-1], [-1], [1], [2], [0])).toEqual({ root: 1, follow: 2 });
  expect(largest([-1], [0], [-1], [2])).toEqual({ root: 0, follow: 1 });
});

test('no repair, however much follows from it, unless there is nothing else', () => {
  expect(largest([-1], [0], [-1, true], [2], [3], [3])).toEqual({ root: 0, follow: 1 });
  expect(largest([-1, true], [0], [-1], [-1])).toEqual({ root: 2, follow: 0 });
  expect(largest([-1, true], [0])).toEqual({ root: 0, follow: 1 });
});

test('a review tells of the break, though more follows from the repair', () => {
  const file = join(import.meta.dirname, '../../scenarios/patterns/lost-share-by-share.yaml');
  const read = load(readFileSync(file, 'utf8'), { file });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const plan = compile(read.value);
  if (!plan.ok) throw new Error(JSON.stringify(plan.problems));
  const simulation = simulate(plan.value, '1');
  expect(review(simulation)).toMatch(/## Summary\n\nAt 10:00:00 nameserver breaks\. /);
});
