/** Links while an Internet is made: in columns, and found again by their two ends. */
import { type Internet, PEERS, SIBLINGS } from './internet.ts';

const FIRST = 1024;

/** The same and more room. */
export function wide(old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const next = new Int32Array(old.length * 2);
  next.set(old);
  return next;
}

export class Links {
  count = 0;
  private froms = new Int32Array(FIRST);
  private tos = new Int32Array(FIRST);
  private relations = new Int32Array(FIRST);
  /** Open addressing, at most half full; -1 is free. */
  private places = new Int32Array(FIRST * 2).fill(-1);

  /** Adds a link between two that are not joined yet; else changes nothing and returns the link that joins them. -1: added. */
  add(from: number, to: number, relation: number): number {
    const mask = this.places.length - 1;
    let place = hash(from, to) & mask;
    for (let link = this.places[place] as number; link >= 0; link = this.places[place] as number) {
      const [one, other] = [this.froms[link], this.tos[link]];
      if ((one === from && other === to) || (one === to && other === from)) return link;
      place = (place + 1) & mask;
    }
    this.places[place] = this.count;
    this.froms[this.count] = from;
    this.tos[this.count] = to;
    this.relations[this.count++] = relation;
    if (this.count === this.froms.length) this.grow();
    return -1;
  }

  /** Whether a link says the same of its ends as these words do. */
  says(link: number, from: number, relation: number): boolean {
    if (this.relations[link] !== relation) return false;
    return relation === PEERS || relation === SIBLINGS || this.froms[link] === from;
  }
  relation(link: number): number {
    return this.relations[link] as number;
  }

  /** How many links each of so many networks has, or by `relation` how many it is at that end of. */
  degrees(networks: number, relation?: number, end: 'from' | 'to' | 'both' = 'both'): Int32Array {
    const degrees = new Int32Array(networks);
    for (let link = 0; link < this.count; link++) {
      if (relation !== undefined && this.relations[link] !== relation) continue;
      const [from, to] = [this.froms[link] as number, this.tos[link] as number];
      if (end !== 'to') degrees[from] = (degrees[from] as number) + 1;
      if (end !== 'from') degrees[to] = (degrees[to] as number) + 1;
    }
    return degrees;
  }

  /** The columns, with the ends called otherwise. */
  columns(called: Int32Array): Omit<Internet, 'asn'> {
    const named = (ends: Int32Array): Int32Array => ends.subarray(0, this.count).map((end) => called[end] as number);
    return {
      from: named(this.froms),
      to: named(this.tos),
      relation: Uint8Array.from(this.relations.subarray(0, this.count)),
    };
  }

  private grow(): void {
    this.froms = wide(this.froms);
    this.tos = wide(this.tos);
    this.relations = wide(this.relations);
    this.places = new Int32Array(this.froms.length * 2).fill(-1);
    const mask = this.places.length - 1;
    for (let link = 0; link < this.count; link++) {
      let place = hash(this.froms[link] as number, this.tos[link] as number) & mask;
      while ((this.places[place] as number) >= 0) place = (place + 1) & mask;
      this.places[place] = link;
    }
  }
}

/** The same whichever end comes first. */
function hash(one: number, other: number): number {
  const h = Math.imul(Math.min(one, other), 0x9e3779b1) ^ Math.imul(Math.max(one, other), 0x85ebca77);
  return h ^ (h >>> 15);
}
