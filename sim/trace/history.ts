/** The trace folded: what a fact was at a moment, and the stretches during which it was so. */
import type { Ms } from '../model/units.ts';
import { readValue, type Trace, type Value } from './trace.ts';

/** One stretch of a fact's history: from `at` until the next one begins. */
export interface Stretch {
  readonly at: Ms;
  readonly raw: number;
  readonly slope: number;
  /** The change that began it; -1 for what held at time zero. */
  readonly change: number;
}

/** The changes of each fact in order, found once. */
export class History {
  private readonly changes: readonly (readonly number[])[];
  private readonly ids: ReadonlyMap<string, number>;

  constructor(readonly trace: Trace) {
    const changes: number[][] = Array.from({ length: trace.facts.count }, () => []);
    for (let id = 0; id < trace.count; id++) (changes[trace.columns.fact[id] as number] as number[]).push(id);
    this.changes = changes;
    this.ids = new Map(trace.facts.names.map((name, fact) => [name, fact]));
  }

  /** The number of a fact by its name; undefined when nobody asked for it. */
  fact(name: string): number | undefined {
    return this.ids.get(name);
  }
  changesOf(fact: number): readonly number[] {
    return this.changes[fact] as readonly number[];
  }

  /** The latest change of a fact before change `before` (not it); -1 when there is none. */
  lastBefore(fact: number, before: number): number {
    const list = this.changesOf(fact);
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle] as number) < before) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? -1 : (list[low - 1] as number);
  }
  /** The latest change of a fact at or before `at`; -1 when there is none. State at t is after everything of t (R4). */
  lastAt(fact: number, at: Ms): number {
    const { columns, count } = this.trace;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((columns.at[middle] as number) <= at) low = middle + 1;
      else high = middle;
    }
    return this.lastBefore(fact, low);
  }

  /** The raw value of a fact after change `id`; -1: at time zero. */
  rawAfter(fact: number, id: number): number {
    return (id < 0 ? this.trace.facts.initial[fact] : this.trace.columns.to[id]) as number;
  }
  /** A fact as it stands at `at`; numbers move along their slope. */
  valueAt(fact: number, at: Ms): Value {
    const id = this.lastAt(fact, at);
    const value = readValue(this.trace, fact, this.rawAfter(fact, id));
    if (typeof value !== 'number' || id < 0) return value;
    const slope = this.trace.numbers[this.trace.columns.slope[id] as number] as number;
    return value + (slope * (at - (this.trace.columns.at[id] as number))) / 60000;
  }

  stretches(fact: number): readonly Stretch[] {
    const { columns, facts, numbers } = this.trace;
    const first: Stretch = { at: 0, raw: facts.initial[fact] as number, slope: 0, change: -1 };
    const rest = this.changesOf(fact).map((id) => ({
      at: columns.at[id] as number,
      raw: columns.to[id] as number,
      slope: numbers[columns.slope[id] as number] as number,
      change: id,
    }));
    // What changes twice in one instant has only its last value there.
    return [first, ...rest].filter(
      (stretch, k, all) => k === all.length - 1 || (all[k + 1] as Stretch).at > stretch.at,
    );
  }
}
