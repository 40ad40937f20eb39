/** E1: the queue of alarms in the hold model (take the earliest, put one in later) against heaps here and in C++. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, test } from 'vitest';
import { Queue } from '../../sim/engine/queue.ts';
import { Dice } from '../swarm/dice.ts';
import { compileCpp } from './cpp.ts';
import { FlatHeap, TypedHeap } from './heaps.ts';
import { bar, type Design, note, printTable, processor, rounds } from './rounds.ts';

const COUNT = 1 << 16;
const dice = new Dice('hold');
const increments = Uint32Array.from({ length: COUNT }, () => Math.ceil(-Math.log(1 - dice.next()) * 1e6));

/** What the loop needs of a queue; `earliest` is asked right before `pop`. */
interface Heap {
  push(time: number, item: number): void;
  pop(): number;
}

/** A copy of the loop of its own for each design: a shared one would be slow for all. `time` reads the time of the item just taken. */
const loop = (take: string) =>
  new Function(
    'queue',
    'increments',
    'operations',
    'at',
    `let hash = 0;
     for (let i = 0; i < operations; i++) {
       ${take}
       hash = (Math.imul(hash, 31) + item) | 0;
       queue.push(time + increments[at++ & ${COUNT - 1}], item);
     }
     return hash;`,
  ) as (queue: Heap, increments: Uint32Array, operations: number, at: number) => number;

function design(name: string, make: () => Heap, take: string, queued: number, operations: number): Design {
  const hold = loop(take);
  return {
    name,
    run: () => {
      const queue = make();
      for (let i = 0; i < queued; i++) queue.push(increments[(i * 7) % COUNT] as number, i);
      const settle = Math.min(operations, queued * 2);
      hold(queue, increments, settle, 0);
      const start = processor();
      const hash = hold(queue, increments, operations, settle);
      return { ms: processor() - start, result: (hash >>> 0).toString(16) };
    },
  };
}

const HEAP = 'const item = queue.pop(), time = queue.now;';
const BARS = new Map([
  [1e3, 0.5],
  [1e4, 0.6],
  [1e5, 0.6],
  [1e6, 1.2],
]);

const cpp = compileCpp('hold.cpp');
if (cpp) writeFileSync(join(cpp.folder, 'increments'), increments);
note('E1', 'ns an operation', 'queued', 'this', 'typed heap', 'flat heap', 'C++');

test.each([...BARS])('E1: %i queued', (queued, atLeast) => {
  const operations = queued >= 1e6 ? 500_000 : 1_000_000;
  const designs: Design[] = [
    design('this', () => new Queue(), 'const time = queue.peek(), item = queue.pop();', queued, operations),
    design('typed', () => new TypedHeap(), HEAP, queued, operations),
    design('flat', () => new FlatHeap(), HEAP, queued, operations),
  ];
  if (cpp)
    designs.push({
      name: 'C++',
      run: () => cpp.run(join(cpp.folder, 'increments'), `${COUNT}`, `${queued}`, `${operations}`),
    });
  const times = rounds(designs);
  const each = (name: string): string => {
    const ms = times.get(name);
    return ms === undefined ? '-' : ((ms / operations) * 1e6).toFixed(0);
  };
  note('', '', `${queued}`, each('this'), each('typed'), each('flat'), each('C++'));
  const mine = times.get('this') as number;
  bar('E1', `${queued} queued, against a typed heap`, { atLeast: 0.8 }, (times.get('typed') as number) / mine);
  const peer = times.get('C++');
  if (peer !== undefined) bar('E1', `${queued} queued, against std::priority_queue`, { atLeast }, peer / mine);
});

afterAll(() => printTable('The queue of alarms'));
