/** What happened in a run of the swarm: which mechanisms moved, and whether it had loops, cascades, recoveries. */
import { type FactKind, rowOf } from '../../sim/model/facts.ts';
import type { Trace } from '../../sim/trace/trace.ts';

/** Owners of the facts that changed. */
export function movedMechanisms(trace: Trace): Set<string> {
  const found = new Set<string>();
  for (let id = 0; id < trace.count; id++) found.add(rowOf(kindOf(trace, id)).owner);
  return found;
}

const factOf = (trace: Trace, id: number): number => trace.columns.fact[id] as number;
const kindOf = (trace: Trace, id: number): FactKind => trace.facts.kinds[factOf(trace, id)] as FactKind;

/** The changes behind a change, nearest first. */
function* behind(trace: Trace, id: number): Generator<number> {
  for (let before = trace.columns.tipped[id] as number; before >= 0; before = trace.columns.tipped[before] as number)
    yield before;
}

/** A change that follows from an earlier change of the same fact; null when there is none. Looks from the end. */
export function causalLoop(trace: Trace, from = 0): { readonly first: number; readonly last: number } | null {
  for (let last = trace.count - 1; last >= from; last--)
    for (const first of behind(trace, last)) {
      if (first < from) break;
      if (factOf(trace, first) === factOf(trace, last)) return { first, last };
    }
  return null;
}

/** The most nodes that went down one because of another. */
export function longestCascade(trace: Trace): number {
  const losses = new Int32Array(trace.count);
  let most = 0;
  for (let id = 0; id < trace.count; id++) {
    const before = trace.columns.tipped[id] as number;
    const lost = kindOf(trace, id) === 'up' && trace.columns.to[id] === 0;
    losses[id] = (before < 0 ? 0 : (losses[before] as number)) + Number(lost);
    most = Math.max(most, losses[id] as number);
  }
  return most;
}

/** Some node that went down came up again. */
export function recovers(trace: Trace): boolean {
  const down = new Set<number>();
  for (let id = 0; id < trace.count; id++) {
    if (kindOf(trace, id) !== 'up') continue;
    if (trace.columns.to[id] === 0) down.add(factOf(trace, id));
    else if (down.has(factOf(trace, id))) return true;
  }
  return false;
}
