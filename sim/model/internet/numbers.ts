/** Numbers of networks as they come in a file, each with the place it came at. */

const FIRST = 1024;

export class Numbers {
  private count = 0;
  private asn = new Uint32Array(FIRST);
  /** Open addressing, at most half full; -1 is free. */
  private places = new Int32Array(FIRST * 2).fill(-1);

  /** The place of a number, new or known. */
  add(number: number): number {
    const mask = this.places.length - 1;
    let place = hash(number) & mask;
    for (let known = this.places[place] as number; known >= 0; known = this.places[place] as number) {
      if (this.asn[known] === number) return known;
      place = (place + 1) & mask;
    }
    const made = this.count++;
    this.places[place] = made;
    this.asn[made] = number;
    if (this.count === this.asn.length) this.grow();
    return made;
  }

  /** All numbers, rising, and where each has gone. */
  rising(): { asn: Uint32Array; places: Int32Array } {
    const asn = this.asn.slice(0, this.count).sort();
    const places = new Int32Array(this.count);
    for (const [place, number] of asn.entries()) places[this.add(number)] = place;
    return { asn, places };
  }

  private grow(): void {
    const asn = new Uint32Array(this.count * 2);
    asn.set(this.asn);
    this.asn = asn;
    this.places = new Int32Array(this.count * 4).fill(-1);
    const mask = this.places.length - 1;
    for (let known = 0; known < this.count; known++) {
      let place = hash(asn[known] as number) & mask;
      while ((this.places[place] as number) >= 0) place = (place + 1) & mask;
      this.places[place] = known;
    }
  }
}

function hash(number: number): number {
  const h = Math.imul(number, 0x9e3779b1);
  return h ^ (h >>> 15);
}
