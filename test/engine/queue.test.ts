/** The queue of alarms against the obvious way: a list that is sorted. */
import { expect, test } from 'vitest';
import { Queue } from '../../sim/engine/queue.ts';

/** A generator of its own (mulberry32), so that failures repeat. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

test('a hundred thousand alarms, set and rung at random, leave in the order of time, and of coming', () => {
  const random = dice(7);
  const queue = new Queue();
  const list: { readonly at: number; readonly item: number }[] = [];
  const wrong: number[] = [];
  let now = 0;
  let item = 0;
  for (let step = 0; step < 100_000; step++) {
    if (list.length === 0 || random() < 0.52) {
      // Near and far, and often at a time that is taken already.
      const at = now + Math.floor(random() ** 6 * [10, 1000, 1e9][Math.floor(random() * 3)]!);
      queue.push(at, item);
      let k = list.length;
      while (k > 0 && (list[k - 1]?.at as number) > at) k--;
      list.splice(k, 0, { at, item: item++ });
    } else {
      const next = list.shift() as { at: number; item: number };
      now = next.at;
      if (queue.peek() !== next.at || queue.pop() !== next.item) wrong.push(step);
    }
    if (queue.size !== list.length) wrong.push(step);
  }
  expect(wrong).toEqual([]);
});

test('equal times leave first come, first served', () => {
  const queue = new Queue();
  for (const item of [5, 3, 9, 3, 1]) queue.push(60_000, item);
  expect([queue.pop(), queue.pop(), queue.pop(), queue.pop(), queue.pop(), queue.pop()]).toEqual([5, 3, 9, 3, 1, -1]);
});

test('what comes at the time that is leaving leaves after what was there', () => {
  const queue = new Queue();
  queue.push(5, 1);
  queue.push(5, 2);
  expect(queue.pop()).toBe(1);
  queue.push(5, 3);
  expect([queue.pop(), queue.pop()]).toEqual([2, 3]);
});

test('popAt takes what is of that time only, and never moves time on', () => {
  const queue = new Queue();
  queue.push(5, 1);
  queue.push(8, 2);
  expect(queue.peek()).toBe(5);
  expect([queue.popAt(5), queue.popAt(5), queue.popAt(8)]).toEqual([1, -1, -1]);
  queue.push(6, 3);
  expect([queue.pop(), queue.pop()]).toEqual([3, 2]);
});

test('the past, and what is no time, is refused', () => {
  const queue = new Queue();
  queue.push(10, 1);
  queue.pop();
  for (const time of [9, -1, Number.NaN, 10.5, Number.POSITIVE_INFINITY, 2 ** 52])
    expect(() => queue.push(time, 2)).toThrow(RangeError);
  queue.push(2 ** 52 - 1, 3);
  expect([queue.size, queue.peek(), queue.front()]).toEqual([1, 2 ** 52 - 1, 3]);
});

test('an empty queue has nothing to give', () => {
  const queue = new Queue();
  expect([queue.peek(), queue.pop(), queue.front(), queue.size]).toEqual([-1, -1, -1, 0]);
});
