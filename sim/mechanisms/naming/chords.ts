/** Straight lines along what caches are going to show: exactly where it is straight, else a chord that is never far off. */
import type { Ms } from '../../model/units.ts';
import type { Fluid } from './fluid.ts';

/** Shares by number, of what is looked at. */
type Shares = readonly number[];
/** Up to `until` all shares are straight, or nearly; they may jump there. */
interface Stretch {
  readonly until: number;
  readonly before: Shares;
  readonly after: Shares;
}
/** How shares by what asking brings go on. */
export interface Fates {
  at(at: number): readonly number[];
  /** No share moves faster, a millisecond; 0: none does. */
  speed(at: number): number;
}

/** How far a chord may be off where shares move by which caches are told what; and elsewhere, where that is rounding alone. */
const OFF = 5e-4;
const DUST = 1e-9;
/** So many caches are told something else at a time; or more, as long as it is a small part of what they then do. */
const [STEP, LEAP, PART] = [1e-3, 2e-2, 1 / 16];
/** What may pass unseen between two such. */
const SMALL = 1e-4;
/** A jump is looked at from so close, in milliseconds. */
const CLOSE = 1e-3;
/** No chord is made of more: another one follows. Each look ahead may be in vain, as something else happens first: so none is long. */
const MOST = 200;

/** Time passes, and caches are told what `fates` say, at most so many at once. */
export function flow(fluid: Fluid, fates: Fates, to: number): void {
  while (fluid.now < to) step(fluid, fates, to);
}
function step(fluid: Fluid, fates: Fates, to: number): void {
  const { now } = fluid;
  const speed = fates.speed(now);
  if (speed === 0) return fluid.advance(to);
  const until = Math.min(to, now + spanOf(fluid, speed));
  fluid.advance((now + until) / 2);
  fluid.flow(fates.at(until));
  fluid.advance(until);
}
/** For how long those who are told something else are moved at once. */
const spanOf = ({ pace }: Fluid, speed: number): number =>
  speed === 0 ? Infinity : Math.max(1, STEP / speed, Math.min(LEAP / speed, pace * PART));

/** What is going to be shown if nothing else happens, looked at no further than anybody asks. */
export class Chords {
  private readonly stretches: Stretch[] = [];
  private readonly first: Shares;
  private readonly ahead: Fluid;
  private readonly rough: boolean;

  constructor(
    fluid: Fluid,
    private readonly fates: Fates,
    private readonly show: (words: readonly number[], at: number) => Shares,
    private readonly now: Ms,
  ) {
    this.ahead = fluid.copy();
    this.rough = fates.speed(now) > 0 || fluid.rough;
    this.first = show(fluid.words(), now);
  }

  /** The level of one share, its slope a millisecond, and for how long. */
  of(k: number): { readonly level: number; readonly slope: number; readonly left: number } {
    const level = this.first[k] as number;
    const off = this.rough ? OFF : DUST;
    let [least, most] = [-Infinity, Infinity];
    let best: { slope: number; left: number } | null = null;
    const bound = (share: number, after: number): void => {
      least = Math.max(least, (share - off - level) / after);
      most = Math.min(most, (share + off - level) / after);
    };
    for (let n = 0; n < MOST; n++) {
      const stretch = this.stretch(n);
      if (stretch === null) {
        if (best === null || (least <= 0 && most >= 0)) return { level, slope: 0, left: Infinity };
        break;
      }
      const [before, after] = [stretch.before[k] as number, stretch.after[k] as number];
      const left = stretch.until - this.now;
      const close = left - Math.min(CLOSE, left / 2);
      const slope = (before - level) / close;
      if (slope < least || slope > most) break;
      best = { slope, left };
      bound(before, close);
      if (Math.abs(after - before) > off) break;
      bound(after, left);
    }
    return { level, ...(best ?? { slope: 0, left: Infinity }) };
  }

  private stretch(n: number): Stretch | null {
    for (let k = this.stretches.length; k <= n; k++) {
      const next = this.next();
      if (next === null) return null;
      this.stretches.push(next);
    }
    return this.stretches[n] as Stretch;
  }
  private next(): Stretch | null {
    const { ahead, fates, show } = this;
    const { now } = ahead;
    const speed = fates.speed(now);
    // Those who are told something else all the while make many small bends, which together are the curve.
    const span = spanOf(ahead, speed);
    const bend = ahead.bend(SMALL / span);
    const until = Math.min(bend, now + span);
    if (until === Infinity) return null;
    const close = until - (until === bend ? Math.min(CLOSE, (until - now) / 2) : 0);
    step(ahead, fates, close);
    const before = show(ahead.words(), close);
    flow(ahead, fates, until);
    return { until, before, after: show(ahead.words(), until) };
  }
}
