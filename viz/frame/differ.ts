/** Where two runs part: the first moment after which a fact is not the same in both, and how each came to it. */
import { type Run, valueAs } from '../load/run.ts';

export interface Side {
  /** Null: the run speaks of no such fact. */
  readonly value: string | number | boolean | null;
  /** The change that made it so, or -1: as it was at the start. */
  readonly row: number;
}

export interface Divergence {
  readonly at: number;
  readonly fact: string;
  readonly ours: Side;
  readonly theirs: Side;
}

/** Numbers that are written to nine digits and differ in the last are the same number. */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-7 * Math.max(Math.abs(a), Math.abs(b), 1e-9);

/** One run, walked instant by instant. */
class Walk {
  row = 0;
  /** Row of the latest change of each fact, or -1. */
  private readonly last: Int32Array;

  constructor(readonly run: Run) {
    this.last = new Int32Array(run.facts.count).fill(-1);
  }

  next(): number {
    return this.run.changes.at[this.row] ?? Number.POSITIVE_INFINITY;
  }

  /** Takes all changes of the instant; the names of their facts, in order. */
  take(at: number): string[] {
    const { changes, facts } = this.run;
    const names: string[] = [];
    for (; this.row < changes.count && changes.at[this.row] === at; this.row++) {
      const fact = changes.fact[this.row]!;
      this.last[fact] = this.row;
      names.push(facts.names[fact]!);
    }
    return names;
  }

  side(name: string): Side {
    const fact = this.run.facts.index.get(name);
    if (fact === undefined) return { value: null, row: -1 };
    const row = this.last[fact]!;
    const raw = row < 0 ? this.run.facts.initial[fact]! : this.run.changes.to[row]!;
    return { value: valueAs(this.run, fact, raw), row };
  }

  /** What a number is at a moment, and how it goes on. */
  moving({ value, row }: Side, at: number): readonly [value: number, slope: number] {
    const slope = row < 0 ? 0 : this.run.changes.slope[row]!;
    return [Number(value) + (row < 0 ? 0 : (slope * (at - this.run.changes.at[row]!)) / 60_000), slope];
  }
}

function same(ours: Walk, theirs: Walk, a: Side, b: Side, at: number): boolean {
  if (typeof a.value !== 'number' || typeof b.value !== 'number') return a.value === b.value;
  const [one, other] = [ours.moving(a, at), theirs.moving(b, at)];
  return near(one[0], other[0]) && near(one[1], other[1]);
}

/**
 * The first difference between two runs, or null. Looked for after each instant, as what changes twice in one instant has only its
 * last value there; of several in one instant the one that comes first in its run, and before all others one that both runs speak
 * of. A change of a fact that the other run does not speak of is a difference; that a fact merely is there is none.
 */
export function divergenceOf(ourRun: Run, theirRun: Run): Divergence | null {
  const [ours, theirs] = [new Walk(ourRun), new Walk(theirRun)];
  const told = (fact: string, at: number, known: boolean): Divergence | null => {
    const [a, b] = [ours.side(fact), theirs.side(fact)];
    if (known && (a.value === null || b.value === null)) return null;
    return same(ours, theirs, a, b, at) ? null : { at, fact, ours: a, theirs: b };
  };
  for (const fact of ourRun.facts.names) {
    const found = told(fact, 0, true);
    if (found) return found;
  }
  for (;;) {
    const at = Math.min(ours.next(), theirs.next());
    if (at === Number.POSITIVE_INFINITY) return null;
    const [mine, others] = [ours.take(at), theirs.take(at)];
    // What both speak of says more than what one alone does.
    for (const known of [true, false])
      for (let i = 0; i < Math.max(mine.length, others.length); i++)
        for (const fact of [mine[i], others[i]]) {
          const found = fact === undefined ? null : told(fact, at, known);
          if (found) return found;
        }
  }
}
