/** Dice for the swarm: a generator of its own, so that a seed means the same scenario whatever becomes of the simulator's luck. */

export class Dice {
  private state: number;

  constructor(seed: string) {
    let h = 0x811c9dc5;
    for (let i = 0; i < seed.length; i++) h = Math.imul(h ^ seed.charCodeAt(i), 0x01000193);
    this.state = h;
  }

  /** Uniform in [0, 1) (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  chance(p: number): boolean {
    return this.next() < p;
  }
  /** A whole number, both ends included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }
  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T;
  }
  /** Some of a list, each at most once, in the order drawn. */
  some<T>(list: readonly T[], count: number): T[] {
    const left = [...list];
    const found: T[] = [];
    while (found.length < count && left.length > 0) found.push(...left.splice(this.int(0, left.length - 1), 1));
    return found;
  }

  /** A time span as authors write it, from `low` to `high` seconds. */
  span(low: number, high: number): string {
    const seconds = this.int(low, high);
    return this.chance(0.2) ? `${seconds}s${this.int(1, 999)}ms` : `${seconds}s`;
  }
  /** A draw around `low` to `high` seconds, by any of the laws. */
  draw(low: number, high: number): string | { empirical: string[] } {
    const [a, b] = [this.int(low, high), this.int(low, high)].sort((x, y) => x - y) as [number, number];
    const law = this.int(0, 8);
    if (law === 0) return `${a}s..${b}s`;
    if (law === 1) return `${a}s..${this.int(a, b)}s..${b}s`;
    if (law === 2) return `exp(${Math.max(1, a)}s)`;
    if (law === 3) return `normal(${b}s, ${a}s)`;
    if (law === 4) return `lognormal(${Math.max(1, a)}s, 0.${this.int(1, 9)})`;
    if (law === 5) return { empirical: [`${a}s`, `${b}s`, `${this.int(low, high)}s`] };
    return `${b}s`;
  }
}
