/** How many of many things are how: counted up and down as single ones change, never anew. */
import type { Status } from './status.ts';
import { STATE_SHORT, STATES, type State } from './words.ts';

/** `64,304`. */
export const count = (n: number): string => (n < 1000 ? String(n) : n.toLocaleString('en'));

export interface Count {
  readonly word: string;
  readonly count: number;
}

/** Of things that have lost different parts, it counts that they have. */
function wordOf({ word }: Status): string {
  const first = word.charCodeAt(0);
  return first >= 48 && first <= 57 ? 'partly' : word === 'all works' ? 'ok' : word;
}

const RANK = Object.fromEntries(STATES.map((state, i) => [state, i])) as Readonly<Record<State, number>>;

/** How many are in which state, and no more. */
export class States {
  all = 0;
  private readonly counts = STATES.map(() => 0);

  add({ state }: Status, by: 1 | -1): void {
    this.all += by;
    this.counts[RANK[state]]! += by;
  }

  of(state: State): number {
    return this.counts[RANK[state]]!;
  }
}

export class Tally {
  all = 0;
  /** By state, as `STATES` lists them: how many, and by which word. */
  private readonly states = STATES.map(() => 0);
  private readonly words = STATES.map(() => new Map<string, number>());

  add(status: Status, by: 1 | -1): void {
    const state = RANK[status.state];
    const words = this.words[state]!;
    const word = wordOf(status);
    this.all += by;
    this.states[state]! += by;
    const many = (words.get(word) ?? 0) + by;
    if (many === 0) words.delete(word);
    else words.set(word, many);
  }

  of(state: State): number {
    return this.states[RANK[state]]!;
  }

  worst(): State {
    return STATES.find((_, i) => this.states[i]! > 0) ?? 'unknown';
  }

  /** Counts by word, best state first. */
  byWord(): readonly Count[] {
    const counts = new Map<string, { count: number; rank: number }>();
    for (let rank = STATES.length - 1; rank >= 0; rank--)
      for (const [word, count] of this.words[rank]!) {
        const known = counts.get(word);
        if (known) known.count += count;
        else counts.set(word, { count, rank });
      }
    return sorted(counts);
  }

  /** Counts by state, best first. */
  byState(): readonly Count[] {
    const counts = new Map<string, { count: number; rank: number }>();
    for (let rank = STATES.length - 1; rank >= 0; rank--) {
      const count = this.states[rank]!;
      if (count === 0) continue;
      const word = STATE_SHORT[STATES[rank]!];
      const known = counts.get(word);
      if (known) known.count += count;
      else counts.set(word, { count, rank });
    }
    return sorted(counts);
  }

  /** So many states that they stand for all: each its share, and none that is there is left out; worst first. */
  sample(count: number): readonly State[] {
    const there = STATES.map((state, i) => ({ state, exact: (this.states[i]! * count) / this.all, i })).filter(
      ({ exact }) => exact > 0,
    );
    const given = there.map(({ exact }) => Math.max(1, Math.floor(exact)));
    let left = count - given.reduce((sum, one) => sum + one, 0);
    // What rounding leaves goes to those who lost most by it; what it took too much comes from the largest.
    const byLoss = there.map((_, k) => k).sort((a, b) => there[b]!.exact - given[b]! - (there[a]!.exact - given[a]!));
    for (let k = 0; left > 0; k = (k + 1) % byLoss.length, left--) given[byLoss[k]!]! += 1;
    for (; left < 0; left++) given[given.indexOf(Math.max(...given))]! -= 1;
    return there.flatMap(({ state }, k) => Array<State>(given[k]!).fill(state));
  }
}

const sorted = (counts: ReadonlyMap<string, { readonly count: number; readonly rank: number }>): readonly Count[] =>
  [...counts]
    .sort(([a, one], [b, other]) => other.rank - one.rank || (a < b ? -1 : 1))
    .map(([word, { count }]) => ({ word, count }));

export function tallyOf(all: Iterable<Status>): Tally {
  const tally = new Tally();
  for (const status of all) tally.add(status, 1);
  return tally;
}
