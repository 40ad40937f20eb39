/** AS paths as shared tails: a path is one integer, a cell (network, rest), and equal paths are the same integer. */

/** No route; and the empty path, of what a speaker announces itself. */
export const NONE = 0;
export const LOCAL = 1;

const FIRST_CELLS = 256;

export class Paths {
  private count = 2;
  private first = new Int32Array(FIRST_CELLS);
  private rest = new Int32Array(FIRST_CELLS);
  private size = new Int32Array(FIRST_CELLS);
  /** Open addressing, twice as many places as cells at least; 0 is free. */
  private places = new Int32Array(FIRST_CELLS * 2);

  /** The path that begins with `network` and goes on as `rest`. */
  cons(network: number, rest: number): number {
    const mask = this.places.length - 1;
    let place = this.hash(network, rest) & mask;
    for (let cell = this.places[place] as number; cell !== 0; cell = this.places[place] as number) {
      if (this.first[cell] === network && this.rest[cell] === rest) return cell;
      place = (place + 1) & mask;
    }
    if (this.count === this.first.length) {
      this.grow();
      return this.cons(network, rest);
    }
    const cell = this.count++;
    this.first[cell] = network;
    this.rest[cell] = rest;
    this.size[cell] = (this.size[rest] as number) + 1;
    this.places[place] = cell;
    return cell;
  }

  of(networks: readonly number[]): number {
    return networks.reduceRight((rest, network) => this.cons(network, rest), LOCAL);
  }

  length(path: number): number {
    return this.size[path] as number;
  }

  /** Whether the path goes through a network: the loop check of RFC 4271 §9.1.2. */
  has(path: number, network: number): boolean {
    for (let cell = path; cell > LOCAL; cell = this.rest[cell] as number) if (this.first[cell] === network) return true;
    return false;
  }

  /** The neighbour's end of a path, and what is behind it. Neither is asked of the empty one. */
  head(path: number): number {
    return this.first[path] as number;
  }
  tail(path: number): number {
    return this.rest[path] as number;
  }
  /** Where a path begins: its last system; `none` of the empty one. */
  origin(path: number, none: number): number {
    let origin = none;
    for (let cell = path; cell > LOCAL; cell = this.rest[cell] as number) origin = this.first[cell] as number;
    return origin;
  }

  list(path: number): number[] {
    const networks: number[] = [];
    for (let cell = path; cell > LOCAL; cell = this.rest[cell] as number) networks.push(this.first[cell] as number);
    return networks;
  }

  private hash(network: number, rest: number): number {
    const h = Math.imul(network, 0x9e3779b1) ^ Math.imul(rest, 0x85ebca77);
    return h ^ (h >>> 15);
  }

  private grow(): void {
    const wide = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(old.length * 2);
      next.set(old);
      return next;
    };
    this.first = wide(this.first);
    this.rest = wide(this.rest);
    this.size = wide(this.size);
    this.places = new Int32Array(this.first.length * 2);
    const mask = this.places.length - 1;
    for (let cell = 2; cell < this.count; cell++) {
      let place = this.hash(this.first[cell] as number, this.rest[cell] as number) & mask;
      while (this.places[place] !== 0) place = (place + 1) & mask;
      this.places[place] = cell;
    }
  }
}
