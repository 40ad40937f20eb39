/** Which things may be another than before, between two moments: those that a fact in between speaks of, and all that stands in them. */
import { type Lists, listsBy, type Run } from '../load/run.ts';
import type { Things } from './things.ts';

/** Calls `visit` with the index of each such thing, once, whichever of the two moments is the later. */
export type Touch = (from: number, to: number, visit: (thing: number) => void) => void;

export interface Reach {
  /** The things that a fact speaks of. */
  readonly about: Lists;
  /** The things that stand in a thing. */
  readonly inside: Lists;
}

export function reachOf(run: Run, things: Things): Reach {
  const total = things.facts.reduce((sum, facts) => sum + facts.length, 0);
  const [fact, thing] = [new Int32Array(total), new Int32Array(total)];
  let next = 0;
  things.facts.forEach((facts, index) => {
    for (const one of facts) {
      fact[next] = one;
      thing[next++] = index;
    }
  });
  const about = listsBy(fact, run.facts.count);
  const places = Int32Array.from(things.list, ({ index, place }) => {
    const found = place === null ? undefined : things.byId.get(place);
    return found === undefined || found.index === index ? -1 : found.index;
  });
  return {
    about: { from: about.from, items: about.items.map((i) => thing[i]!) },
    inside: listsBy(places, things.list.length),
  };
}

/** For one who asks: what is visited may ask others meanwhile, but not the same. */
export function touchOf(run: Run, things: Things, { about, inside }: Reach): Touch {
  const seen = new Int32Array(things.list.length);
  const facts = new Int32Array(run.facts.count);
  let turn = 0;
  return (one, other, visit) => {
    turn++;
    const touch = (thing: number): void => {
      if (seen[thing] === turn) return;
      seen[thing] = turn;
      visit(thing);
      for (let i = inside.from[thing]!; i < inside.from[thing + 1]!; i++) touch(inside.items[i]!);
    };
    for (let row = Math.min(one, other); row < Math.max(one, other); row++) {
      const fact = run.changes.fact[row]!;
      if (facts[fact] === turn) continue;
      facts[fact] = turn;
      for (let i = about.from[fact]!; i < about.from[fact + 1]!; i++) touch(about.items[i]!);
    }
  };
}
