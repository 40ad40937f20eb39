/** Peers of the queue of alarms: a binary heap in typed arrays, and one in plain arrays as small packages have it. */

/** Typed, with a serial number beside the time so that equal times leave in the order they came. */
export class TypedHeap {
  now = 0;
  private times = new Float64Array(16);
  private serials = new Float64Array(16);
  private items = new Int32Array(16);
  private count = 0;
  private serial = 0;

  push(time: number, item: number): void {
    if (this.count === this.times.length) this.grow();
    const serial = this.serial++;
    const { times, serials, items } = this;
    let i = this.count++;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if ((times[parent] as number) <= time) break;
      times[i] = times[parent] as number;
      serials[i] = serials[parent] as number;
      items[i] = items[parent] as number;
      i = parent;
    }
    times[i] = time;
    serials[i] = serial;
    items[i] = item;
  }
  pop(): number {
    if (this.count === 0) return -1;
    const { times, serials, items } = this;
    const taken = items[0] as number;
    this.now = times[0] as number;
    const last = --this.count;
    const time = times[last] as number;
    const serial = serials[last] as number;
    const item = items[last] as number;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= last) break;
      const right = child + 1;
      if (right < last && this.before(right, child)) child = right;
      const earlier = times[child] as number;
      if (earlier > time || (earlier === time && (serials[child] as number) > serial)) break;
      times[i] = earlier;
      serials[i] = serials[child] as number;
      items[i] = items[child] as number;
      i = child;
    }
    times[i] = time;
    serials[i] = serial;
    items[i] = item;
    return taken;
  }
  private before(a: number, b: number): boolean {
    const [x, y] = [this.times[a] as number, this.times[b] as number];
    return x < y || (x === y && (this.serials[a] as number) < (this.serials[b] as number));
  }
  private grow(): void {
    const size = this.count * 2;
    const [times, serials, items] = [new Float64Array(size), new Float64Array(size), new Int32Array(size)];
    times.set(this.times);
    serials.set(this.serials);
    items.set(this.items);
    [this.times, this.serials, this.items] = [times, serials, items];
  }
}

/** Plain arrays of keys and items, after flatqueue; it knows no order among equal keys, so the serial number is part of the key. */
export class FlatHeap {
  now = 0;
  private readonly keys: number[] = [];
  private readonly items: number[] = [];
  private serial = 0;

  push(time: number, item: number): void {
    const { keys, items } = this;
    const key = time * 4194304 + this.serial++;
    let i = keys.length;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = keys[parent] as number;
      if (key >= above) break;
      keys[i] = above;
      items[i] = items[parent] as number;
      i = parent;
    }
    keys[i] = key;
    items[i] = item;
  }
  pop(): number {
    const { keys, items } = this;
    if (keys.length === 0) return -1;
    const taken = items[0] as number;
    this.now = Math.floor((keys[0] as number) / 4194304);
    const key = keys.pop() as number;
    const item = items.pop() as number;
    const count = keys.length;
    if (count === 0) return taken;
    let i = 0;
    while (2 * i + 1 < count) {
      let child = 2 * i + 1;
      if (child + 1 < count && (keys[child + 1] as number) < (keys[child] as number)) child++;
      if ((keys[child] as number) >= key) break;
      keys[i] = keys[child] as number;
      items[i] = items[child] as number;
      i = child;
    }
    keys[i] = key;
    items[i] = item;
    return taken;
  }
}
