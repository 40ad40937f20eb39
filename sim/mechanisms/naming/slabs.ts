/** Slabs: so many caches to each of which the same happens, at moments spread evenly over a stretch of time. */
import { exp } from '../../engine/arithmetic.ts';
import type { Ms } from '../../model/units.ts';

/** From its first moment to its last, in milliseconds with fractions; where they are one, all at once. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * What caches do that are not in ordinary use. `kept`: their answer lives, until its moment. `asking`: it is dead since its moment, and
 * they ask servers that keep silent. `stale`: it is dead since its moment, and is given all the same. `recheck`: they have a remembered
 * failure, and ask anew at its moment.
 */
export type Doing = 'kept' | 'asking' | 'stale' | 'recheck';

export interface Slab extends Range {
  readonly doing: Doing;
  /** What the kept answer is or was, by number. */
  readonly word: number;
  /** Which share of all caches it is. */
  readonly mass: number;
  /** When the answers died that may still be given; null: with the slab's own moment, or none may. Independent of that moment. */
  readonly dead: Range | null;
}

/** What rounding costs, in milliseconds. */
const DUST = 1e-5;
/** What is left out: less than anybody counts. */
export const NOBODY = 1e-12;
/** How far chords may be off a curve, as a share of all caches. */
const OFF = 4e-4;

/** Those of a slab whose moment lies up to `at`, and the others; null: none. */
export function split(slab: Slab, at: number): readonly [Slab | null, Slab | null] {
  const { from, to, mass } = slab;
  if (to <= at) return [slab, null];
  if (from > at) return [null, slab];
  const part = (mass * (at - from)) / (to - from);
  if (part < NOBODY) return [null, { ...slab, from: at, mass: mass - part }];
  return [
    { ...slab, to: at, mass: part },
    { ...slab, from: at, mass: mass - part },
  ];
}

/** Caches a millisecond; Infinity: all at once. */
const density = ({ from, to, mass }: Slab): number => (to > from ? mass / (to - from) : Infinity);
const alike = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-7 * Math.max(a, b);

/** Puts a slab to the others; alike ones are one, be it over the same stretch or next to each other. */
export function put(slabs: Slab[], slab: Slab): void {
  if (slab.mass < NOBODY) return;
  const k = slabs.findIndex((one) => isKin(one, slab) && joins(one, slab));
  const one = slabs[k];
  if (!one) {
    slabs.push(slab);
    return;
  }
  const [from, to] = [Math.min(one.from, slab.from), Math.max(one.to, slab.to)];
  slabs[k] = { ...slab, from, to, mass: one.mass + slab.mass };
}
const isKin = (a: Slab, b: Slab): boolean =>
  a.doing === b.doing && a.word === b.word && a.dead?.from === b.dead?.from && a.dead?.to === b.dead?.to;
function joins(a: Slab, b: Slab): boolean {
  if (a.from === b.from && a.to === b.to) return true;
  return (a.to === b.from || b.to === a.from) && a.from < a.to && b.from < b.to && alike(density(a), density(b));
}

/** Where what passes bends: each slab passes `after` its moments, and where one ends as the next of its kind begins nothing bends. */
export class Bends {
  private readonly edges = new Map<string, { at: number; by: number }[]>();

  /** `kind`: what becomes of them; slabs of one kind may go on in each other. */
  add(kind: string, slab: Slab, range: Range, after: number): void {
    const by = slab.mass / (range.to - range.from);
    const edges = this.edges.get(kind) ?? [];
    edges.push({ at: range.from + after, by }, { at: range.to + after, by: range.to > range.from ? -by : by });
    this.edges.set(kind, edges);
  }
  /** The first after a moment at which more than `least` a millisecond come or go; Infinity: there is none. */
  after(now: number, least: number): number {
    let next = Infinity;
    for (const edges of this.edges.values()) {
      edges.sort((a, b) => a.at - b.at);
      for (let k = 0; k < edges.length; ) {
        const { at } = edges[k] as { at: number };
        let [by, most] = [0, 0];
        for (; k < edges.length && (edges[k]?.at as number) - at < DUST; k++) {
          by += edges[k]?.by as number;
          most = Math.max(most, Math.abs(edges[k]?.by as number));
        }
        if (at > now + DUST && (most === Infinity || Math.abs(by) > Math.max(least, 1e-6 * most)))
          next = Math.min(next, at);
      }
    }
    return next;
  }
}

/** Each of these, a time later that is that of the next question of a Poisson stream (`rate`, a millisecond). */
export function untilAsked(slab: Slab, rate: number): readonly Slab[] {
  const { from, to } = slab;
  const spread = to - from;
  const tail = (x: number): number => exp(-Math.min(700, rate * Math.max(0, x)));
  const upTo = (x: number): number => {
    if (spread <= 0) return 1 - tail(x - from);
    const inside = Math.min(x, to) - from;
    return (inside - (tail(Math.max(0, x - to)) - tail(x - from)) / rate) / spread;
  };
  return pieces(upTo, from, to + 16 / rate, slab.mass).map((piece) => ({ ...slab, ...piece }));
}

/** How long ago the answers died of caches that lie idle, up to so long ago: as moments from 0 back. */
export function idleSince(rate: number, longest: Ms, all: number): readonly (Range & { readonly mass: number })[] {
  const upTo = (x: number): number => 1 - exp(-rate * x);
  return pieces(upTo, 0, Math.min(longest, 16 / rate), all).map(({ from, to, mass }) => ({
    from: -to,
    to: -from,
    mass,
  }));
}

/** A distribution as slabs: cut where a chord would be too far off it. */
function pieces(
  upTo: (x: number) => number,
  from: number,
  to: number,
  all: number,
): readonly (Range & { readonly mass: number })[] {
  const found: (Range & { readonly mass: number })[] = [];
  const walk = (a: number, b: number, below: number, above: number, depth: number): void => {
    const middle = (a + b) / 2;
    const there = upTo(middle);
    const quarter = Math.abs(upTo((a + middle) / 2) - (3 * below + above) / 4);
    const far = Math.max(quarter, Math.abs(there - (below + above) / 2)) * all > OFF;
    if (far && depth > 0) {
      walk(a, middle, below, there, depth - 1);
      walk(middle, b, there, above, depth - 1);
    } else if ((above - below) * all > NOBODY) found.push({ from: a, to: b, mass: (above - below) * all });
  };
  walk(from, to, upTo(from), upTo(to), 24);
  return found;
}
