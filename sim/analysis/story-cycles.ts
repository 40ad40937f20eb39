/** What goes wrong in two ways by turns, again and again, is told the first time as any turn, and then as one. */
import { type Cycle, isGood, type Thread, type Turn } from './story-tale.ts';

/** So often one after the other, after the first time, is a cycle. */
const TIRING = 2;

export const withCycles = (threads: readonly Thread[]): readonly Thread[] =>
  threads.map((thread) =>
    thread.kind === 'resolves' || thread.kind === 'works' ? { ...thread, turns: folded(thread) } : thread,
  );

function folded({ kind, turns }: Thread): readonly Turn[] {
  const told: Turn[] = [];
  for (let k = 0; k < turns.length; ) {
    const end = endOf(turns, k);
    const bad = [turns[k], turns[k + 1]].every((turn) => turn && !isGood(kind, turn.value));
    // The first time is told as it is; a last one that is not whole as well.
    const rest = turns.slice(k + 2, k + 2 + 2 * Math.floor((end - k - 2) / 2));
    const isCycle = bad && rest.length >= 2 * TIRING;
    const whole = isCycle ? [turns[k], turns[k + 1], asCycle(rest)] : [turns[k]];
    told.push(...(whole as Turn[]));
    k += isCycle ? 2 + rest.length : 1;
  }
  return told;
}

/** How far two values alternate from here on. */
function endOf(turns: readonly Turn[], start: number): number {
  let end = start + 2;
  while (end < turns.length && turns[end]?.value === turns[end - 2]?.value) end++;
  return Math.min(end, turns.length);
}

function asCycle(turns: readonly Turn[]): Turn {
  const [first, second] = turns as [Turn, Turn];
  const times = turns.length / 2;
  const [one, last] = [turns.at(-2) as Turn, turns.at(-1) as Turn];
  const every = (one.at - first.at) / (times - 1);
  return {
    ...first,
    changes: turns.flatMap(({ changes }) => changes),
    cycle: { other: second.value, times, until: last.at, every: { least: every, most: every } },
  };
}

/** Cycles of several things that are told as one. */
export function joinedCycle(cycles: readonly (Cycle | null)[]): Cycle | null {
  const [first, ...others] = cycles;
  if (!first) return null;
  const those = [first, ...others].filter((one) => one !== null);
  return {
    other: first.other,
    times: Math.max(...those.map(({ times }) => times)),
    until: Math.max(...those.map(({ until }) => until)),
    every: {
      least: Math.min(...those.map(({ every }) => every.least)),
      most: Math.max(...those.map(({ every }) => every.most)),
    },
  };
}
