/** Sets of communities (RFC 1997) as integers: equal sets are the same integer, and 0 is the empty one. */
import { byName } from '../../model/units.ts';

/** Whoever hears such a route drops what is sent there (RFC 7999). */
export const DROPPED = 'blackhole';
/**
 * Told to no other system once it was heard (RFC 1997): the second and third are as strict or stricter, where nobody is a confederation.
 * One to be dropped is not either: who honours it adds such a community (RFC 7999 §3.2), lest it be dropped where nobody agreed to it.
 */
const KEPT = ['no-export', 'no-export-subconfed', 'no-advertise', DROPPED];

export const NO_COMMUNITIES = 0;

export class Communities {
  private readonly sets: { readonly names: ReadonlySet<string>; readonly kept: boolean; readonly drops: boolean }[] =
    [];
  private readonly known = new Map<string, number>();

  constructor() {
    this.of([]);
  }

  of(names: Iterable<string>): number {
    const sorted = [...new Set(names)].sort(byName);
    const key = JSON.stringify(sorted);
    let set = this.known.get(key);
    if (set === undefined) {
      const all = new Set(sorted);
      set = this.sets.push({ names: all, kept: KEPT.some((name) => all.has(name)), drops: all.has(DROPPED) }) - 1;
      this.known.set(key, set);
    }
    return set;
  }

  /** Without those of `remove`, and then with those of `add`. */
  changed(set: number, add: readonly string[], remove: readonly string[]): number {
    if (add.length === 0 && remove.length === 0) return set;
    return this.of([...this.list(set).filter((name) => !remove.includes(name)), ...add]);
  }

  list(set: number): readonly string[] {
    return [...this.set(set).names];
  }
  has(set: number, name: string): boolean {
    return this.set(set).names.has(name);
  }
  /** Whether a route heard with these is told to nobody. */
  isKept(set: number): boolean {
    return this.set(set).kept;
  }
  drops(set: number): boolean {
    return this.set(set).drops;
  }

  private set(set: number): (typeof this.sets)[number] {
    return this.sets[set] as (typeof this.sets)[number];
  }
}
