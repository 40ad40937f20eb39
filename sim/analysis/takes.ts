/** What it takes at the least that something is so which is computed as a whole, as routes are: one way down to what stands by itself. */
import type { FactRef } from '../engine/mechanism.ts';
import { type FactRow, rowOf } from '../model/facts.ts';
import { byName } from '../model/units.ts';
import { type Gate, isBarren, type Node, type Test, type Turns } from './turns.ts';

/** Tests by their keys; null: there is no way. */
type Way = ReadonlyMap<string, Test> | null;

export class Takes {
  private readonly found = new Map<number, Way>();

  constructor(private readonly turns: Turns) {}

  /** The tests that stand by themselves and would turn this one, by name; empty where it stands by itself, and where there is no way. */
  of(test: Test): readonly Test[] {
    const way = this.below(test);
    return way === null || way.has(test.key) ? [] : [...way.values()].sort((a, b) => byName(a.key, b.key));
  }

  /** Whether it hangs on how much something is asked or bears: what that will be when something has turned only a run can tell. */
  hangsOnLoad(node: Node, seen: Set<number> = new Set()): boolean {
    if (node.is === 'clock') return this.hangsOnLoad(node.once, seen);
    if (node.is === 'gate') return node.of.some((one) => this.hangsOnLoad(one, seen));
    if (node.is !== 'test' || seen.has(node.fact)) return false;
    seen.add(node.fact);
    const below = this.turns.of(node.fact);
    if (this.isNumber(node) || (below?.is === 'test' && this.isNumber(below))) return true;
    // What is so already stays as it is, and what was done to things stands by itself.
    if (below === null || node.so || this.rowOf(node).owner === 'changes') return false;
    return this.hangsOnLoad(below, seen);
  }
  private isNumber(test: Test): boolean {
    return this.rowOf(test).domain.is === 'number';
  }
  private rowOf({ fact }: Test): FactRow {
    return rowOf((this.turns.plan.facts[fact] as FactRef).kind);
  }

  private way(node: Node): Way {
    if (node.so) return new Map();
    if (node.is === 'clock') return this.way(node.once);
    if (node.is === 'gate') return this.together(node);
    return node.is === 'test' ? this.below(node) : null;
  }

  private below(test: Test): Way {
    const below = this.rowOf(test).owner === 'changes' ? null : this.turns.of(test.fact);
    if (below === null || isBarren(below)) return this.turns.isNever(test.fact) ? null : new Map([[test.key, test]]);
    const known = this.found.get(test.fact);
    if (known !== undefined) return known;
    // What leads back here is no way.
    this.found.set(test.fact, null);
    const way = this.way(below);
    this.found.set(test.fact, way);
    return way;
  }

  /** So many as are missing: the shortest ways, and of those the first. */
  private together({ need, of }: Gate): Way {
    const missing = need - of.filter(({ so }) => so).length;
    const ways = of.flatMap((one) => (one.so ? [] : (this.way(one) ?? []))).sort((a, b) => a.size - b.size);
    return ways.length < missing ? null : new Map(ways.slice(0, missing).flatMap((way) => [...way]));
  }
}
