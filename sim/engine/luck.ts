/** Named luck: every draw is found by its name, never by its turn, so adding one thing moves no other thing's luck. */
import type { Draw } from '../model/luck.ts';
import { NamedLuck } from '../model/named-luck.ts';
import { exp, log, normalQuantile } from './arithmetic.ts';

export { hashName } from '../model/named-luck.ts';

/** The luck of one run: a function from (purpose, subject, occasion) to numbers. */
export class Luck extends NamedLuck {
  /** A draw by a law: one uniform each, by inverse transform. Whole and not negative, as times are. */
  draw(law: Draw, purpose: number, subject: number, occasion: number): number {
    if (law.law === 'fixed') return law.value;
    return Math.max(0, Math.floor(quantile(law, this.uniform(purpose, subject, occasion)) + 0.5));
  }
}

/** The value below which a share `u` of the law lies; 0 < u < 1. */
export function quantile(law: Draw, u: number): number {
  switch (law.law) {
    case 'fixed':
      return law.value;
    case 'uniform':
      return law.low + (law.high - law.low) * u;
    case 'triangular': {
      const { low, mode, high } = law;
      if (high === low) return low;
      const turn = (mode - low) / (high - low);
      return u < turn
        ? low + Math.sqrt(u * (high - low) * (mode - low))
        : high - Math.sqrt((1 - u) * (high - low) * (high - mode));
    }
    case 'normal':
      return law.mean + law.deviation * normalQuantile(u);
    case 'lognormal':
      return law.median * exp(law.sigma * normalQuantile(u));
    case 'exponential':
      return -law.mean * log(1 - u);
    case 'empirical':
      return law.values[Math.min(law.values.length - 1, Math.floor(u * law.values.length))] as number;
  }
}
