/** How often each speaker has come back to each route: rows of numbers, found by hash, since routes are taken a million times. */
import type { Ms } from '../../model/units.ts';

const FIRST_PLACES = 32;

export class Visits {
  /** By visit, in the order of the first ones: whose it is, how often it was paid again, and when first and last. */
  readonly speaker: number[] = [];
  readonly returns: number[] = [];
  readonly first: Ms[] = [];
  readonly last: Ms[] = [];
  private readonly route: number[] = [];
  /** Open addressing, twice as many places as visits at least: 0 is free, else one more than the visit. */
  private places = new Int32Array(FIRST_PLACES);

  /** A speaker takes a route; returns the number of the visit. */
  pay(speaker: number, route: number, now: Ms): number {
    const mask = this.places.length - 1;
    let place = hash(speaker, route) & mask;
    for (let visit = (this.places[place] as number) - 1; visit >= 0; visit = (this.places[place] as number) - 1) {
      if (this.speaker[visit] === speaker && this.route[visit] === route) {
        this.returns[visit] = (this.returns[visit] as number) + 1;
        this.last[visit] = now;
        return visit;
      }
      place = (place + 1) & mask;
    }
    const visit = this.speaker.push(speaker) - 1;
    this.route.push(route);
    this.returns.push(0);
    this.first.push(now);
    this.last.push(now);
    this.places[place] = visit + 1;
    if (this.speaker.length * 2 > this.places.length) this.grow();
    return visit;
  }

  clear(): void {
    for (const column of [this.speaker, this.route, this.returns, this.first, this.last]) column.length = 0;
    this.places = new Int32Array(FIRST_PLACES);
  }

  private grow(): void {
    const mask = this.places.length * 2 - 1;
    this.places = new Int32Array(mask + 1);
    for (const [visit, speaker] of this.speaker.entries()) {
      let place = hash(speaker, this.route[visit] as number) & mask;
      while (this.places[place] !== 0) place = (place + 1) & mask;
      this.places[place] = visit + 1;
    }
  }
}

function hash(speaker: number, route: number): number {
  const h = Math.imul(speaker, 0x9e3779b1) ^ Math.imul(route, 0x85ebca77);
  return h ^ (h >>> 15);
}
