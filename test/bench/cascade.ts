/** The world of the big cascade: nodes that need some of others, as columns, as a scenario, and solved by a plain heap. */
import { fixed } from '../../sim/model/luck.ts';
import type { Condition, Fault, Node, Scenario } from '../../sim/model/scenario.ts';
import { Dice } from '../swarm/dice.ts';
import { TypedHeap } from './heaps.ts';

const FIRST = 1000;

export interface Cascade {
  readonly count: number;
  /** Who hangs on node v: `to[start[v] .. start[v + 1])`. */
  readonly start: Int32Array;
  readonly to: Int32Array;
  /** How many it hangs on must be down before it falls, and after how many milliseconds. */
  readonly least: Int32Array;
  readonly delay: Int32Array;
  readonly struck: readonly number[];
}

/** Random needs; three of ten nodes fall at once, seven of ten need everything they hang on. */
export function makeCascade(count: number, edges: number): Cascade {
  const dice = new Dice(`cascade ${count}`);
  const needs: Set<number>[] = Array.from({ length: count }, () => new Set());
  for (let e = 0; e < edges; e++) {
    const [from, to] = [dice.int(0, count - 1), dice.int(0, count - 1)];
    if (from !== to) needs[to]?.add(from);
  }
  const start = new Int32Array(count + 1);
  for (const needed of needs) for (const from of needed) start[from + 1] = (start[from + 1] as number) + 1;
  for (let v = 0; v < count; v++) start[v + 1] = (start[v + 1] as number) + (start[v] as number);
  const to = new Int32Array(start[count] as number);
  const next = start.slice();
  for (const [v, needed] of needs.entries()) {
    for (const from of needed) {
      to[next[from] as number] = v;
      next[from] = (next[from] as number) + 1;
    }
  }
  return {
    count,
    start,
    to,
    least: Int32Array.from(needs, (needed) => (dice.chance(0.7) ? 1 : Math.max(1, dice.int(1, needed.size || 1)))),
    delay: Int32Array.from(needs, () => (dice.chance(0.3) ? 0 : dice.int(1, 100) * 10)),
    struck: Array.from({ length: 10 }, (_, i) => (i * 997) % count),
  };
}

const nameOf = (v: number): string => `n.${v}`;

export function scenarioOfCascade({ count, start, to, least, delay, struck }: Cascade): Scenario {
  const needed: number[][] = Array.from({ length: count }, () => []);
  for (let v = 0; v < count; v++)
    for (let i = start[v] as number; i < (start[v + 1] as number); i++) needed[to[i] as number]?.push(v);
  const up = (v: number): Condition => ({ ask: { kind: 'up', subjects: [nameOf(v)], test: { is: true } } });
  const nodes = needed.map((of, v): [string, Node] => {
    const after = fixed(delay[v] as number);
    const condition: Condition = { atLeast: of.length - (least[v] as number) + 1, of: of.map(up) };
    const needs = of.length === 0 ? [] : [{ condition, downAfter: after, upAfter: after }];
    return [nameOf(v), { ...NODE, name: nameOf(v), needs }];
  });
  const faults = struck.map((v, i): [string, Fault] => [`f.${i}`, { ...FAULT, name: `f.${i}`, targets: [nameOf(v)] }]);
  return { ...EMPTY, nodes: new Map(nodes), faults: new Map(faults) };
}

const NODE: Node = {
  name: '',
  kind: 'service',
  title: null,
  role: null,
  place: null,
  group: null,
  network: null,
  asn: null,
  prepend: 0,
  prefer: [],
  roles: false,
  needs: [],
  starts: null,
  wants: null,
  startTakes: fixed(0),
  standby: false,
  prefixes: [],
  failureCache: null,
  serveStale: 0,
  resolver: null,
  watches: null,
  alone: null,
  size: 1,
  people: null,
  via: [],
  spill: [],
  bearing: null,
};
const FAULT: Fault = {
  name: '',
  targets: [],
  at: FIRST,
  after: null,
  before: false,
  effect: { setting: 'down', of: null },
  until: null,
  lasts: null,
  untilSo: null,
  mtbf: null,
  mttr: null,
};
const EMPTY: Scenario = {
  id: 'cascade',
  title: 'Cascade',
  start: 0,
  run: 1e9,
  variant: null,
  sources: new Map(),
  places: new Map(),
  wheres: new Map(),
  parameters: new Map(),
  variants: new Map(),
  nodes: new Map(),
  links: new Map(),
  internet: null,
  prefixes: new Map(),
  policies: new Map(),
  authorisations: new Map(),
  zones: new Map(),
  faults: new Map(),
  changes: new Map(),
  tasks: new Map(),
  journeys: [],
  rates: new Map(),
  forces: new Map(),
  checkpoints: new Map(),
  expectations: new Map(),
  titles: new Map(),
  written: null,
  story: [],
};

/** When each node falls; -1: never. One heap, typed columns, no trace: what is left when everything but the cascade is taken away. */
export function solveCascade({ count, start, to, least, delay, struck }: Cascade): Int32Array {
  const fell = new Int32Array(count).fill(-1);
  const lost = new Int32Array(count);
  const heap = new TypedHeap();
  for (const v of struck) heap.push(FIRST, v);
  for (let v = heap.pop(); v >= 0; v = heap.pop()) {
    if (fell[v] !== -1) continue;
    fell[v] = heap.now;
    for (let i = start[v] as number; i < (start[v + 1] as number); i++) {
      const w = to[i] as number;
      lost[w] = (lost[w] as number) + 1;
      if (lost[w] === least[w]) heap.push(heap.now + (delay[w] as number), w);
    }
  }
  return fell;
}

/** The same with objects and a closure an event, as it is first written. */
export function solveWithObjects({ count, start, to, least, delay, struck }: Cascade): Int32Array {
  interface Thing {
    readonly id: number;
    readonly out: Thing[];
    lost: number;
    fell: number;
  }
  const things: Thing[] = Array.from({ length: count }, (_, id) => ({ id, out: [], lost: 0, fell: -1 }));
  for (const thing of things)
    for (let i = start[thing.id] as number; i < (start[thing.id + 1] as number); i++)
      thing.out.push(things[to[i] as number] as Thing);
  const heap = new TypedHeap();
  const events: (() => void)[] = [];
  const later = (at: number, what: () => void): void => heap.push(at, events.push(what) - 1);
  const fall = (thing: Thing): void => {
    if (thing.fell !== -1) return;
    thing.fell = heap.now;
    for (const other of thing.out) {
      other.lost++;
      if (other.lost === least[other.id]) later(heap.now + (delay[other.id] as number), () => fall(other));
    }
  };
  for (const v of struck) later(FIRST, () => fall(things[v] as Thing));
  for (let event = heap.pop(); event >= 0; event = heap.pop()) events[event]?.();
  return Int32Array.from(things, (thing) => thing.fell);
}

/** All columns in one, for a peer in another language: count, edges, start, to, least, delay, struck. */
export function packCascade({ count, start, to, least, delay, struck }: Cascade): Int32Array {
  const columns = [Int32Array.of(count, to.length), start, to, least, delay, Int32Array.of(struck.length, ...struck)];
  const all = new Int32Array(columns.reduce((sum, column) => sum + column.length, 0));
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  return all;
}

export function hashOf(fell: Int32Array): string {
  let hash = 0;
  for (const at of fell) hash = (Math.imul(hash, 31) + at) | 0;
  return (hash >>> 0).toString(16);
}
