/** Rows of integers while a topology is made of them: halves of sessions in columns, and how columns are sorted. */

/** Halves as they are made: the two of each session after one another, sessions in their order, and then those without one. */
export class Halves {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly relation: Int32Array;
  readonly session: Int32Array;
  readonly hash: Int32Array;
  private count = 0;

  constructor(size: number) {
    this.from = new Int32Array(size);
    this.to = new Int32Array(size);
    this.relation = new Int32Array(size);
    this.session = new Int32Array(size);
    this.hash = new Int32Array(size);
  }

  add(from: number, to: number, relation: number, session: number, hash: number): void {
    const half = this.count++;
    this.from[half] = from;
    this.to[half] = to;
    this.relation[half] = relation;
    this.session[half] = session;
    this.hash[half] = hash;
  }

  /** By receiver, then sender, then session: speakers and sessions are in order already, so numbers stand for names. */
  order(speakers: number): Int32Array {
    return sorted(sorted(Int32Array.from(this.from.keys()), this.from, speakers), this.to, speakers);
  }
}

/** Where in a column of numbers that rise each number begins. */
export function starts(count: number, column: Int32Array): Int32Array {
  const first = new Int32Array(count + 1);
  for (const number of column) first[number + 1] = (first[number + 1] as number) + 1;
  for (let i = 0; i < count; i++) first[i + 1] = (first[i + 1] as number) + (first[i] as number);
  return first;
}

/** These, sorted by a column of numbers below `count`; what is equal stays in its order. */
export function sorted(items: Int32Array, column: Int32Array, count: number): Int32Array {
  const next = starts(count, column);
  const found = new Int32Array(items.length);
  for (const item of items) {
    const number = column[item] as number;
    const place = next[number] as number;
    found[place] = item;
    next[number] = place + 1;
  }
  return found;
}

/** Where each of these numbers, which are all below their count, stands. */
export function placesIn(order: Int32Array): Int32Array {
  const places = new Int32Array(order.length);
  for (let place = 0; place < order.length; place++) places[order[place] as number] = place;
  return places;
}
