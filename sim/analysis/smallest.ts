/**
 * The smallest change that would make a fact otherwise: the fewest tests of other facts which, turned over, would turn it, too.
 *
 * What follows from others by counting is followed down to what does not: faults, what somebody configured, and what is computed as a
 * whole, as routes are. To find the fewest is a hard problem where things share what they hang on (minimal cuts of fault trees; Vesely
 * and others 1981), so the search is bounded: beyond that it says "no more than".
 */
import type { FactRef } from '../engine/mechanism.ts';
import { type FactKind, rowOf, SYMPTOMS, TASK } from '../model/facts.ts';
import { byName } from '../model/units.ts';
import { type Gate, isBarren, type Node, type Test, type Turns } from './turns.ts';

interface Change {
  readonly tests: readonly Test[];
  /** A clock runs between: it would begin to turn, and not turn at once. */
  readonly begins: boolean;
}

export interface Smallest {
  /** Sets of tests, each of which would do; in order of names. */
  readonly sets: readonly Change[];
  /** How many sets of this size there are, as far as was looked. */
  readonly found: number;
  /** No smaller set would do; false when there was too much to look at. */
  readonly sure: boolean;
  /** What it hangs on hangs on itself: something within the circle has to be turned over. */
  readonly circular: boolean;
}

const SHOWN = 3;
const LOOKED_AT = 60;
const STEPS = 20_000;
/** Computed from everything at once, or outliving what it comes from. */
const AS_A_WHOLE: ReadonlySet<FactKind> = new Set(['reach', 'route', 'lands', 'forwards', 'passes', 'resolves']);
const OK = 1 << SYMPTOMS.indexOf('ok');

/** Whether a task comes to one of these states next, when what it waits for is there: from rest to a call, from that to work, and to its end. */
function isNext(state: number, among: number): boolean {
  const has = (word: (typeof TASK)[number]): boolean => ((among >> TASK.indexOf(word)) & 1) === 1;
  const word = TASK[state];
  if (word === 'working') return has('done');
  return has(word === 'waiting' || word === 'paused' ? 'working' : 'waiting');
}

/** How few tests a part takes at least, and those it may take. */
interface Floor {
  readonly least: number;
  readonly reads: ReadonlySet<string>;
}
const NONE: ReadonlySet<string> = new Set();
const FREE: Floor = { least: 0, reads: NONE };
const NEVER: Floor = { least: Number.POSITIVE_INFINITY, reads: NONE };

interface Chain {
  readonly fact: number;
  readonly above: Chain | null;
}
/** What is still to be made so. */
interface Goal {
  readonly node: Node;
  readonly above: Chain | null;
  readonly next: Goal | null;
}

/** Null when there is nothing by which the fact could be otherwise, or when it is no flag or word. */
export function smallestChange(turns: Turns, fact: number): Smallest | null {
  const root = turns.of(fact);
  if (root === null) return null;
  for (const circular of [false, true]) {
    const search = new Search(turns, fact, circular);
    const smallest = search.of(root);
    if (smallest) return { ...smallest, circular };
  }
  return null;
}

class Search {
  private readonly floors = new Map<number, Floor>();
  private readonly found = new Map<string, Change>();
  private readonly chosen = new Map<string, Test>();
  private steps = 0;
  private limit = 0;

  constructor(
    private readonly turns: Turns,
    private readonly asked: number,
    private readonly anything: boolean,
  ) {}

  of(root: Node): Omit<Smallest, 'circular'> | null {
    this.settle(root);
    const { least } = this.floor(root);
    if (least === Number.POSITIVE_INFINITY) return null;
    let sure = true;
    for (this.limit = least; ; this.limit = sure ? this.limit + 1 : Number.POSITIVE_INFINITY) {
      this.steps = 0;
      this.search({ node: root, above: { fact: this.asked, above: null }, next: null }, false);
      if (this.found.size > 0 || !sure) break;
      sure = this.steps <= STEPS;
    }
    const fewest = [...this.found.values()].reduce((size, { tests }) => Math.min(size, tests.length), this.limit);
    const all = [...this.found]
      .filter(([, { tests }]) => tests.length === fewest)
      .sort(([a], [b]) => byName(a, b))
      .map(([, one]) => one);
    return {
      sets: all.slice(0, SHOWN),
      found: all.length,
      sure,
    };
  }

  // ---- what may be followed ----

  /** What a fact hangs on, where it hangs on others by counting; null where it is itself what is to be turned over. */
  private below({ fact, among }: Test): Node | null {
    const { kind, id } = this.turns.plan.facts[fact] as FactRef;
    const { owner, domain } = rowOf(kind);
    if (owner === 'changes' || AS_A_WHOLE.has(kind) || domain.is === 'number' || domain.is === 'opaque') return null;
    if (kind === 'task' && !isNext(this.turns.past.raw(id), among)) return null;
    if (domain.is === 'word' && kind !== 'works' && kind !== 'task') return null;
    if (kind === 'works' && (among & OK) === ((1 << this.turns.past.raw(id)) & OK)) return null;
    const node = this.turns.of(fact);
    return node && isBarren(node) ? null : node;
  }

  // ---- bounds ----

  /** Bounds of all facts below, from nothing upwards until they stand: what hangs on itself alone stays out of reach. */
  private settle(root: Node): void {
    const facts = new Set<number>();
    const visit = (node: Node): void => {
      if (node.so) return;
      if (node.is === 'gate') node.of.forEach(visit);
      else if (node.is === 'clock') visit(node.once);
      else if (node.is === 'test' && node.fact !== this.asked && !facts.has(node.fact)) {
        const below = this.below(node);
        if (below === null) return;
        facts.add(node.fact);
        visit(below);
      }
    };
    visit(root);
    const order = [...facts].reverse();
    for (let moved = true; moved; ) {
      moved = false;
      for (const fact of order) {
        const floor = this.floor(this.turns.of(fact) as Node);
        const was = this.floors.get(fact);
        if (was && was.least === floor.least && was.reads.size === floor.reads.size) continue;
        this.floors.set(fact, floor);
        moved = true;
      }
    }
  }

  private floor(node: Node): Floor {
    if (node.is === 'clock') return node.so || node.once.so ? FREE : this.floor(node.once);
    if (node.so) return FREE;
    if (node.is === 'outside') return NEVER;
    if (node.is === 'gate') return floorOf(node, (one) => this.floor(one));
    if (node.fact === this.asked) return NEVER;
    const own: Floor = { least: 1, reads: new Set([node.key]) };
    if (this.below(node) === null) return this.turns.isNever(node.fact) ? NEVER : own;
    const below = this.floors.get(node.fact) ?? NEVER;
    if (!this.anything) return below;
    return { least: Math.min(1, below.least), reads: new Set([node.key, ...below.reads]) };
  }

  /** At least so many more, whatever is chosen already: parts that share nothing with that, nor with each other. */
  private more(goal: Goal | null): number {
    let sum = 0;
    const taken = new Set(this.chosen.keys());
    for (let one = goal; one; one = one.next) {
      const { least, reads } = this.floor(one.node);
      if (least === Number.POSITIVE_INFINITY) return least;
      if (disjoint(reads, taken)) sum += least;
      for (const key of reads) taken.add(key);
    }
    return sum;
  }

  // ---- search ----

  private search(goal: Goal | null, begins: boolean): void {
    if (++this.steps > STEPS || this.found.size >= LOOKED_AT) return;
    if (goal === null) {
      const tests = [...this.chosen.values()].sort((a, b) => byName(a.key, b.key));
      const key = tests.map((test) => test.key).join('\n');
      const known = this.found.get(key);
      if (!known || (known.begins && !begins)) this.found.set(key, { tests, begins });
      return;
    }
    if (this.chosen.size + this.more(goal) > this.limit) return;
    const { node, above, next } = goal;
    if (node.so) return this.search(next, begins);
    if (node.is === 'clock')
      return node.once.so ? this.search(next, true) : this.search({ ...goal, node: node.once }, true);
    if (node.is === 'gate') return this.choose(node.need - soIn(node), byFloor(node, this), goal, begins);
    if (node.is === 'outside') return;
    if (this.chosen.has(node.key)) return this.search(next, begins);
    const below = this.below(node);
    if (below !== null && !isAbove(node.fact, above))
      this.search({ node: below, above: { fact: node.fact, above }, next }, begins);
    if ((below !== null && !this.anything) || node.fact === this.asked || this.chosen.size >= this.limit) return;
    this.chosen.set(node.key, node);
    this.search(next, begins);
    this.chosen.delete(node.key);
  }

  /** So many of these, one after the other: with the first of them, or without. */
  private choose(need: number, of: readonly Node[], goal: Goal, begins: boolean): void {
    const { above, next } = goal;
    if (need === of.length) {
      const all = of.reduceRight<Goal | null>((rest, node) => ({ node, above, next: rest }), next);
      return this.search(all, begins);
    }
    const [first, ...rest] = of;
    if (!first || need > of.length || this.steps > STEPS) return;
    const left: Node = { is: 'gate', need: need - 1, of: rest, so: need === 1 };
    this.search({ node: first, above, next: { node: left, above, next } }, begins);
    this.choose(need, rest, goal, begins);
  }

  /** The cheaper first, then by name. */
  least(node: Node): number {
    return this.floor(node).least;
  }
}

const soIn = ({ of }: Gate): number => of.filter(({ so }) => so).length;

const byFloor = ({ of }: Gate, search: Search): readonly Node[] =>
  of
    .filter(({ so }) => !so)
    .map((node) => ({ node, least: search.least(node), name: firstName(node) }))
    .filter(({ least }) => least < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.least - b.least || byName(a.name, b.name))
    .map(({ node }) => node);

function firstName(node: Node): string {
  if (node.is === 'test') return node.key;
  if (node.is === 'clock') return firstName(node.once);
  if (node.is === 'outside') return node.says;
  return node.of.reduce((first, one) => (first === '' || firstName(one) < first ? firstName(one) : first), '');
}

const isAbove = (fact: number, chain: Chain | null): boolean =>
  chain !== null && (chain.fact === fact || isAbove(fact, chain.above));

function disjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const key of a) if (b.has(key)) return false;
  return true;
}

/** Parts that share nothing add up; of parts that share, the dearest is a bound. */
function floorOf(node: Gate, floor: (one: Node) => Floor): Floor {
  const floors = node.of.filter(({ so }) => !so).map(floor);
  const missing = node.need - soIn(node);
  const reads = new Set(floors.flatMap((one) => (one.least < Number.POSITIVE_INFINITY ? [...one.reads] : [])));
  const within = floors.filter(({ least }) => least < Number.POSITIVE_INFINITY).sort((a, b) => a.least - b.least);
  if (within.length < missing) return NEVER;
  if (missing < floors.length) {
    const cheapest = within.slice(0, missing);
    const apart = within.reduce((sum, one) => sum + one.reads.size, 0) === reads.size;
    const least = apart ? cheapest.reduce((sum, one) => sum + one.least, 0) : (cheapest.at(-1)?.least ?? 0);
    return { least, reads };
  }
  let least = 0;
  const taken = new Set<string>();
  for (const one of within.reverse()) {
    if (disjoint(one.reads, taken)) least += one.least;
    for (const key of one.reads) taken.add(key);
  }
  return { least, reads };
}
