/** The time scale of the page: straight, but for long silences, which are drawn as narrow stripes when they are skipped. */
import { scaleLinear } from 'd3';
import type { Gap } from '../state/course.ts';
import { textWidth } from './text.ts';
import { clockText, DAY, HOUR, lasting, MINUTE, SECOND } from './time.ts';

export interface Stripe {
  readonly x: number;
  readonly width: number;
  readonly title: string;
  /** What fits into it; may be empty. */
  readonly label: string;
}

export interface Scale {
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

export function scaleOf(length: number, gaps: readonly Gap[], width: number): Scale {
  const widths = stripeWidths(gaps, length, width);
  const silent = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  const perMs = (width - widths.reduce((sum, one) => sum + one, 0)) / Math.max(length - silent, 1);
  const domain = [0];
  const range = [0];
  const stripes: Stripe[] = [];
  gaps.forEach((gap, i) => {
    const stripe = widths[i]!;
    const x = range[range.length - 1]! + (gap.from - domain[domain.length - 1]!) * perMs;
    domain.push(gap.from, gap.to);
    range.push(x, x + stripe);
    const long = lasting(gap.to - gap.from, 1);
    stripes.push({
      x,
      width: stripe,
      title: `nothing changes for ${lasting(gap.to - gap.from)}`,
      label: textWidth(long, 10) + 4 <= stripe ? long : '',
    });
  });
  domain.push(length);
  range.push(width);
  const scale = scaleLinear().domain(domain).range(range).clamp(true);
  return { width, x: (at) => scale(at), at: (x) => scale.invert(x), stripes, grain: 1 / perMs };
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

/** Round clock times that stand apart, and always the two ends. Brief runs count milliseconds from the start. */
export function ticksOf(scale: Scale, epoch: number, length: number, brief: boolean): readonly Tick[] {
  const room = brief ? 64 : 62;
  const step = STEPS.find((one) => one / scale.grain >= room) ?? DAY;
  const label = (at: number): string => {
    if (brief) return at === 0 ? '0' : at < SECOND ? `${at} ms` : `${at / SECOND} s`;
    const clock = clockText(epoch, at, false).replace(/^\+\d+ days? /, '');
    return step % MINUTE === 0 ? clock.slice(0, 5) : clock;
  };
  const ends: Tick[] = [
    { at: 0, x: 0, label: brief ? '0' : clockText(epoch, 0, false).slice(0, 5), anchor: 'start' },
    {
      at: length,
      x: scale.width,
      label: brief
        ? label(length)
        : clockText(epoch, length, false)
            .replace(/^\+\d+ days? /, '')
            .slice(0, 5),
      anchor: 'end',
    },
  ];
  const first = Math.ceil((epoch + 1) / step) * step - epoch;
  const ticks: Tick[] = [ends[0]!];
  for (let at = brief ? step : first; at < length; at += step) {
    const x = scale.x(at);
    if (scale.stripes.some((stripe) => x > stripe.x && x < stripe.x + stripe.width)) continue;
    const before = ticks[ticks.length - 1]!;
    if (x - before.x < (before.anchor === 'start' ? room * 1.1 : room) || scale.width - x < room * 1.1) continue;
    ticks.push({ at, x, label: label(at), anchor: 'middle' });
  }
  return [...ticks, ends[1]!];
}
