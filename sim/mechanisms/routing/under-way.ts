/** Messages under way: over each half in the order they were sent, all in one pool, each message in one place of it. */
import type { Ms } from '../../model/units.ts';

/** A message: when it arrives, what it tells, the change it follows from, and the message behind it. */
const [AT, ROUTE, CHANGE, NEXT, WIDTH] = [0, 1, 2, 3, 4];
const NOTHING = -1;
const FIRST_MESSAGES = 16;

/** Messages are known by where they stand in the pool. */
export class UnderWay {
  private pool = new Float64Array(FIRST_MESSAGES * WIDTH);
  private used = 0;
  /** The last message that was taken out; each leads to the one before. */
  private free = NOTHING;
  /** By list, side by side: its first message and its last. */
  private readonly ends: Int32Array;

  constructor(lists: number) {
    this.ends = new Int32Array(lists * 2).fill(NOTHING);
  }

  /** The first message of a list; less than 0: it has none. */
  first(list: number): number {
    return this.ends[list * 2] as number;
  }
  at(message: number): Ms {
    return this.pool[message + AT] as number;
  }
  route(message: number): number {
    return this.pool[message + ROUTE] as number;
  }
  change(message: number): number {
    return this.pool[message + CHANGE] as number;
  }

  /** Puts a message behind the others of a list; true when there were none. */
  add(list: number, at: Ms, route: number, change: number): boolean {
    const message = this.room();
    const { pool, ends } = this;
    pool[message + AT] = at;
    pool[message + ROUTE] = route;
    pool[message + CHANGE] = change;
    pool[message + NEXT] = NOTHING;
    const last = ends[list * 2 + 1] as number;
    ends[list * 2 + 1] = message;
    if (last !== NOTHING) pool[last + NEXT] = message;
    else ends[list * 2] = message;
    return last === NOTHING;
  }

  /** Takes the first message out of a list; returns the one behind it. */
  drop(list: number): number {
    const { pool, ends } = this;
    const message = ends[list * 2] as number;
    const next = pool[message + NEXT] as number;
    ends[list * 2] = next;
    if (next === NOTHING) ends[list * 2 + 1] = NOTHING;
    pool[message + NEXT] = this.free;
    this.free = message;
    return next;
  }

  private room(): number {
    const message = this.free;
    if (message !== NOTHING) {
      this.free = this.pool[message + NEXT] as number;
      return message;
    }
    if (this.used === this.pool.length) {
      const pool = new Float64Array(this.pool.length * 2);
      pool.set(this.pool);
      this.pool = pool;
    }
    this.used += WIDTH;
    return this.used - WIDTH;
  }
}
