/** Named luck: every draw is found by its name, never by its turn, so adding one thing moves no other thing's luck. */
import seedrandom from 'seedrandom';
import type { Draw } from '../model/luck.ts';
import { exp, log, normalQuantile } from './arithmetic.ts';

/** A name as 32 bits (FNV-1a over UTF-16 units, then mixed). Made once, when the plan is made. */
export function hashName(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    h = Math.imul(h ^ (unit & 255), 0x01000193);
    h = Math.imul(h ^ (unit >>> 8), 0x01000193);
  }
  return mix(h);
}

/** A bijection of 32 bits in which every input bit moves half of the output bits (Murmur3's finaliser). */
function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The luck of one run: a function from (purpose, subject, occasion) to numbers. */
export class Luck {
  private readonly keyA: number;
  private readonly keyB: number;

  /** The seed is text: "7" and 7 would be two worlds. */
  constructor(seed: string) {
    const stream = seedrandom(seed);
    this.keyA = stream.int32();
    this.keyB = stream.int32();
  }

  /** Uniform in (0, 1), 52 bits; the same for the same three names, whatever was drawn before. */
  uniform(purpose: number, subject: number, occasion: number): number {
    const a = mix(mix(mix(this.keyA ^ purpose) ^ subject) + Math.imul(occasion, 0x9e3779b9));
    const b = mix(mix(mix(this.keyB ^ subject) + Math.imul(occasion, 0x85ebca77)) ^ purpose);
    return ((a >>> 6) * 67108864 + (b >>> 6) + 0.5) / 4503599627370496;
  }

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
