/** The queue of alarms: a radix heap for whole milliseconds that only ever move forward. */

const DIGIT = 4;
const WAYS = 1 << DIGIT;
/** 13 digits of four bits: every time below 2^52. */
const LEVELS = 13;
const POWERS = Float64Array.from({ length: LEVELS + 1 }, (_, level) => {
  let power = 1;
  for (let i = 0; i < level; i++) power *= WAYS;
  return power;
});

/** One bucket: times and payloads side by side, grown by doubling. */
class Bucket {
  times = new Float64Array(8);
  items = new Int32Array(8);
  count = 0;

  push(time: number, item: number): void {
    if (this.count === this.times.length) {
      const times = new Float64Array(this.count * 2);
      const items = new Int32Array(this.count * 2);
      times.set(this.times);
      items.set(this.items);
      this.times = times;
      this.items = items;
    }
    this.times[this.count] = time;
    this.items[this.count++] = item;
  }
}

/**
 * A monotone priority queue of (time, item). Equal times leave in the order they came, so no sequence number is needed.
 * A time below the last one taken is refused: a simulation never schedules into its past.
 * After Ahuja, Mehlhorn, Orlin and Tarjan, Faster algorithms for the shortest path problem (1990), with four-bit digits.
 */
export class Queue {
  size = 0;
  private readonly buckets: (Bucket | undefined)[] = new Array(LEVELS * WAYS).fill(undefined);
  /** Bit w of occupied[level] is set while bucket w of that level holds something. */
  private readonly occupied = new Int32Array(LEVELS);
  private last = 0;
  /** Entries of time `last`, ready to leave, first at `head`. */
  private ready = new Bucket();
  private head = 0;

  push(time: number, item: number): void {
    if (!(time >= this.last) || !Number.isSafeInteger(time) || time >= (POWERS[LEVELS] as number)) {
      throw new RangeError(`time moves forward in whole milliseconds: now ${this.last}, asked for ${time}`);
    }
    this.size++;
    this.place(time, item);
  }

  /** The next item of exactly this time, or -1 when no more of them is ready. Unlike `peek` it never moves time on. */
  popAt(time: number): number {
    if (this.last !== time || this.head === this.ready.count) return -1;
    this.size--;
    return this.ready.items[this.head++] as number;
  }

  /** The earliest time, or -1 when empty. Moves time on to it: nothing earlier may be pushed any more. */
  peek(): number {
    if (this.size === 0) return -1;
    if (this.head === this.ready.count) this.refill();
    return this.last;
  }

  /** The item that `pop` would take; -1 when empty. */
  front(): number {
    return this.peek() < 0 ? -1 : (this.ready.items[this.head] as number);
  }

  /** Takes the first item of the earliest time; -1 when empty. */
  pop(): number {
    if (this.peek() < 0) return -1;
    this.size--;
    return this.ready.items[this.head++] as number;
  }

  private place(time: number, item: number): void {
    if (time === this.last) return this.ready.push(time, item);
    let level = 0;
    let a = time;
    let b = this.last;
    // The highest digit in which the time differs from the last one taken names the level.
    for (let at = 0; a !== b; at++) {
      level = at;
      a = Math.floor(a / WAYS);
      b = Math.floor(b / WAYS);
    }
    const digit = Math.floor(time / (POWERS[level] as number)) % WAYS;
    const index = level * WAYS + digit;
    let bucket = this.buckets[index];
    if (!bucket) {
      bucket = new Bucket();
      this.buckets[index] = bucket;
    }
    bucket.push(time, item);
    this.occupied[level] = (this.occupied[level] as number) | (1 << digit);
  }

  private refill(): void {
    this.ready.count = 0;
    this.head = 0;
    let level = 0;
    while (this.occupied[level] === 0) level++;
    const mask = this.occupied[level] as number;
    const digit = 31 - Math.clz32(mask & -mask);
    const index = level * WAYS + digit;
    const bucket = this.buckets[index] as Bucket;
    this.occupied[level] = mask & ~(1 << digit);
    if (level === 0) {
      // One digit left: all entries are of one time and in order of arrival.
      this.last = bucket.times[0] as number;
      this.buckets[index] = this.ready;
      this.ready = bucket;
      return;
    }
    let least = bucket.times[0] as number;
    for (let i = 1; i < bucket.count; i++) least = Math.min(least, bucket.times[i] as number);
    this.last = least;
    const count = bucket.count;
    bucket.count = 0;
    for (let i = 0; i < count; i++) this.place(bucket.times[i] as number, bucket.items[i] as number);
  }
}
