/** The time scales of the page: straight, but for long silences, which are drawn as narrow stripes when they are skipped. */
import { scaleLinear } from 'd3';
import type { Gap } from '../state/course.ts';
import type { Span } from '../state/span.ts';
import { textWidth } from './text.ts';
import { clockText, DAY, HOUR, lasting, MINUTE, SECOND, since } from './time.ts';

/** Pixels that strip, axis and lanes leave free at both ends of their scale. */
export const SIDE = 12;

export interface Stripe {
  readonly x: number;
  readonly width: number;
  readonly title: string;
  /** What fits into it; may be empty. */
  readonly label: string;
}

/** A stretch of the run on so many pixels. What lies outside of it stands at its edges. */
export interface Scale extends Span {
  readonly width: number;
  readonly x: (at: number) => number;
  readonly at: (x: number) => number;
  readonly stripes: readonly Stripe[];
  /** Milliseconds to a pixel outside of stripes. */
  readonly grain: number;
}

/** A silence of this part of the run has the narrowest stripe. */
const SHORT = 200;

/** A longer silence has a wider stripe, but an hour is not as wide as a minute sixty times. */
function stripeWidths(gaps: readonly Gap[], length: number, width: number): readonly number[] {
  const [least, most] = width < 600 ? [3, 14] : [9, 44];
  const wished = gaps.map((gap) =>
    Math.min(least + 8 * Math.max(0, Math.log2(((gap.to - gap.from) / length) * SHORT)), most),
  );
  const total = wished.reduce((sum, one) => sum + one, 0);
  const shrink = Math.min(1, (width * 0.4) / Math.max(total, 1));
  return wished.map((one) => one * shrink);
}

/** The whole of a run `length` ms long, or a stretch of it. A silence that the edge of the stretch cuts is a stripe as far as it reaches. */
export function scaleOf(length: number, silences: readonly Gap[], width: number, span: Span | null = null): Scale {
  const { from, to } = span ?? { from: 0, to: length };
  const inside = silences
    .filter((gap) => gap.to > from && gap.from < to)
    .map((gap) => ({ from: Math.max(gap.from, from), to: Math.min(gap.to, to), whole: gap.to - gap.from }));
  const silentOf = (list: readonly Gap[]): number => list.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  // A stretch in which nothing happens at all has nothing to make room for.
  const gaps = to - from - silentOf(inside) < 1 ? [] : inside;
  const widths = stripeWidths(gaps, to - from, width);
  const perMs = (width - widths.reduce((sum, one) => sum + one, 0)) / Math.max(to - from - silentOf(gaps), 1);
  const domain = [from];
  const range = [0];
  const stripes: Stripe[] = [];
  gaps.forEach((gap, i) => {
    const stripe = widths[i]!;
    const x = range[range.length - 1]! + (gap.from - domain[domain.length - 1]!) * perMs;
    domain.push(gap.from, gap.to);
    range.push(x, x + stripe);
    const long = lasting(gap.whole, 1);
    stripes.push({
      x,
      width: stripe,
      title: `nothing changes for ${lasting(gap.whole)}`,
      label: textWidth(long, 10) + 4 <= stripe ? long : '',
    });
  });
  domain.push(to);
  range.push(width);
  const scale = scaleLinear().domain(domain).range(range).clamp(true);
  return { from, to, width, x: (at) => scale(at), at: (x) => scale.invert(x), stripes, grain: 1 / perMs };
}

/** Whether anything of it lies in what is shown. */
export const reaches = (scale: Scale, from: number, to: number): boolean => to >= scale.from && from <= scale.to;

/** A line as far as it lies in what is shown, with its height at the edges. */
export function within(scale: Scale, points: readonly (readonly [at: number, value: number])[]): typeof points {
  const { from, to } = scale;
  const [first, last] = [points[0], points[points.length - 1]];
  if (!first || !last || (first[0] >= from && last[0] <= to)) return points;
  const low = points.findIndex(([at]) => at >= from);
  const high = points.findLastIndex(([at]) => at <= to);
  const between = (i: number, at: number): readonly [number, number][] => {
    const [a, b] = [points[i - 1], points[i]];
    return a && b ? [[at, a[1] + ((b[1] - a[1]) * (at - a[0])) / (b[0] - a[0])]] : [];
  };
  if (low < 0 || high < 0) return [];
  return [...between(low, from), ...points.slice(low, high + 1), ...between(high + 1, to)];
}

export interface Tick {
  readonly at: number;
  readonly x: number;
  readonly label: string;
  readonly anchor: 'start' | 'middle' | 'end';
}

const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  DAY,
];

/** How a moment is written at the axis: the clock or what has passed, as fine as the steps between marks need it. */
function labels(epoch: number, brief: boolean, wall: boolean, step: number): (at: number) => string {
  if (brief) return (at) => (at === 0 ? '0' : at < SECOND ? `${at} ms` : `${at / SECOND} s`);
  if (!wall) return (at) => since(at, step);
  return (at) => {
    const clock = clockText(epoch, at, false).replace(/^\+\d+ days? /, '');
    if (step % MINUTE === 0) return clock.slice(0, 5);
    return step % SECOND === 0 ? clock : `${clock}.${String(Math.floor(at + epoch) % SECOND).padStart(3, '0')}`;
  };
}

/** Room that a label has at least. */
const ROOM = 62;
/** So many of the last labels tell how wide they are. */
const SAMPLE = 12;
const TICK_SIZE = 11;

/**
 * Round times that stand apart, and always the two ends. Brief runs count milliseconds from the start; others tell the time of day, or
 * what has passed when `wall` is false.
 */
export function ticksOf(scale: Scale, epoch: number, brief: boolean, wall = true): readonly Tick[] {
  const { from, to } = scale;
  const stepFor = (room: number): number => STEPS.find((one) => one / scale.grain >= room) ?? DAY;
  const origin = brief || !wall ? 0 : epoch;
  const firstAfter = (at: number, step: number): number => Math.ceil((origin + at + 1) / step) * step - origin;
  const least = brief ? 64 : ROOM;
  /** A round hour is told in fewer letters than the marks before it: some of them are measured too. */
  const wide = (step: number): number => {
    const late = firstAfter(to, step);
    const sample = [to, ...Array.from({ length: SAMPLE }, (_, i) => late - (i + 1) * step)].filter((at) => at >= 0);
    return Math.max(
      least,
      ...sample.map((at) => Math.ceil(textWidth(labels(epoch, brief, wall, step)(at), TICK_SIZE)) + 14),
    );
  };
  const room = wide(stepFor(least));
  const step = stepFor(room);
  const label = labels(epoch, brief, wall, step);
  // The ends of a run are told by the minute, those of a stretch of it as they are.
  const whole = from === 0 && to - from >= HOUR;
  const end = brief || (whole && !wall) ? label : labels(epoch, brief, wall, whole ? MINUTE : Math.min(step, SECOND));
  const apart = (at: number): number => Math.max(room * 1.1, textWidth(end(at), TICK_SIZE) + room / 2 + 4);
  const ticks: Tick[] = [{ at: from, x: 0, label: end(from), anchor: 'start' }];
  const [first, last] = [apart(from), apart(to)];
  for (let at = firstAfter(from, step); at < to; at += step) {
    const x = scale.x(at);
    if (scale.stripes.some((stripe) => x > stripe.x && x < stripe.x + stripe.width)) continue;
    const before = ticks[ticks.length - 1]!;
    if (x - before.x < (before.anchor === 'start' ? first : room) || scale.width - x < last) continue;
    ticks.push({ at, x, label: label(at), anchor: 'middle' });
  }
  return [...ticks, { at: to, x: scale.width, label: end(to), anchor: 'end' }];
}

/** Whether the label of a mark reaches into this part of the axis, pixels. */
export function liesIn({ x, label, anchor }: Tick, from: number, to: number): boolean {
  const wide = textWidth(label, TICK_SIZE);
  const left = x - (anchor === 'start' ? 0 : anchor === 'end' ? wide : wide / 2);
  return left < to && left + wide > from;
}
