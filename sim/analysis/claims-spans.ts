/** Spans: during which stretches of a run something was so, and the set arithmetic that windows and conditions need. */
import type { Ms } from '../model/units.ts';
import type { History } from '../trace/history.ts';

/** Whole milliseconds from `from` up to `to`, which is not included. Lists of spans are in order and never touch. */
export interface Span {
  readonly from: Ms;
  readonly to: Ms;
}

/** Everything from `from` to `last`, both included. */
export const between = (from: Ms, last: Ms): readonly Span[] => (from > last ? [] : [{ from, to: last + 1 }]);

/** When a flag holds in a run, whose last millisecond belongs to it (R4). */
export function spansOf(history: History, fact: number): readonly Span[] {
  const spans: { from: Ms; to: Ms }[] = [];
  const stretches = history.stretches(fact);
  for (const [k, { at, raw }] of stretches.entries()) {
    if (raw === 0) continue;
    const to = stretches[k + 1]?.at ?? history.trace.end + 1;
    const last = spans.at(-1);
    // What flickers within an instant is not broken by it.
    if (last?.to === at) last.to = to;
    else spans.push({ from: at, to });
  }
  return spans;
}

/** When both are so. */
export function both(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  const spans: Span[] = [];
  for (let i = 0, k = 0; i < a.length && k < b.length; ) {
    const [one, other] = [a[i] as Span, b[k] as Span];
    const from = Math.max(one.from, other.from);
    const to = Math.min(one.to, other.to);
    if (from < to) spans.push({ from, to });
    if (one.to < other.to) i++;
    else k++;
  }
  return spans;
}

/** When the first is so and the second is not. */
export function butNot(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  const spans: Span[] = [];
  for (const { from, to } of a) {
    let at = from;
    for (const hole of b) {
      if (hole.to <= at || hole.from >= to) continue;
      if (hole.from > at) spans.push({ from: at, to: hole.from });
      at = hole.to;
    }
    if (at < to) spans.push({ from: at, to });
  }
  return spans;
}

/** How long in all, if time stops at `last`: the last millisecond is a moment and has no length. */
export const lengthOf = (spans: readonly Span[], last: Ms): Ms =>
  spans.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, last) - from), 0);
