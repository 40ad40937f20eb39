/** Where a run begins, for who tells of it: with what set it off, and not with its repair. */
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
  const read = load(
    `netfall: 1
id: slow
title: Slow to return
clock: { start: 2026-01-01T12:00:00Z, run: 1h }
nodes: { a: { kind: service }, "b.{1..3}": { kind: service, needs: a, upAfter: 1m } }
faults: { break: { at: 5m, to: a, for: 5m } }
`,
    { file: 'slow.yaml' },
  );
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const plan = compile(read.value);
  if (!plan.ok) throw new Error(JSON.stringify(plan.problems));
  expect(review(simulate(plan.value, '1'))).toMatch(/## Summary\n\nAt 12:05:00 a breaks\. /);
});
