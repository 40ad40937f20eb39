/** D1: which share of a million caches still answers while their source is away, in closed form against an event for each expiry. */
import { afterAll, expect, test } from 'vitest';
import { hashName, Luck } from '../../sim/engine/luck.ts';
import { Queue } from '../../sim/engine/queue.ts';
import { residual, stillAnswering } from '../../sim/mechanisms/naming/theory.ts';
import { bar, note, printTable, processor } from './rounds.ts';

const CACHES = 1_000_000;
/** Seconds. */
const TTL = 300;
const HOUR = 3600;
/** Questions a second to each. */
const RATE = 1 / 60;

/** By second since the source went away. */
function inClosedForm(): Float64Array {
  const curve = new Float64Array(HOUR);
  for (let second = 0; second < HOUR; second++) curve[second] = stillAnswering(second, RATE, TTL);
  return curve;
}

/** Each cache has what it holds at a random moment, and an event when that ends. */
function byEvents(seed: string): Float64Array {
  const luck = new Luck(seed);
  const purpose = hashName('cache');
  const queue = new Queue();
  let alive = 0;
  for (let cache = 0; cache < CACHES; cache++) {
    const { left } = residual(luck.uniform(purpose, cache, 0), TTL, RATE);
    if (left <= 0) continue;
    alive++;
    queue.push(Math.ceil(left * 1000), cache);
  }
  const curve = new Float64Array(HOUR);
  for (let second = 0; second < HOUR; second++) {
    for (let at = queue.peek(); at >= 0 && at <= second * 1000; at = queue.peek()) while (queue.popAt(at) >= 0) alive--;
    curve[second] = alive / CACHES;
  }
  return curve;
}

test('D1: a million caches for an hour', () => {
  const least = (work: () => Float64Array, times: number): { ms: number; curve: Float64Array } => {
    let curve = work();
    const start = processor();
    for (let k = 0; k < times; k++) curve = work();
    return { ms: (processor() - start) / times, curve };
  };
  const events = least(() => byEvents('1'), 3);
  const closed = least(inClosedForm, 1000);
  const apart = Math.max(...closed.curve.map((share, second) => Math.abs(share - (events.curve[second] as number))));
  note('', 'events ms', 'closed form ms', 'apart at most', 'after 100 s', 'after 200 s');
  note('', events.ms, closed.ms, apart, closed.curve[100] as number, closed.curve[200] as number);
  bar('D1', 'an event for each expiry, against the closed form', { atLeast: 500 }, events.ms / closed.ms);
  expect(apart).toBeLessThan(0.01);
  note('', 'how a cache fills again once its source is back is no curve here: runs draw what each asked name holds');
});

afterAll(() => printTable('Caches'));
