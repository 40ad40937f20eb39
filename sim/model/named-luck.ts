/** Uniform numbers found by name, never by their turn: what runs draw from, and what made-up places are made from. */
import seedrandom from 'seedrandom';

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
export function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

export class NamedLuck {
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
}
