/** Texts kept as bytes, each once: what is read a million times is told apart by number, and decoded when somebody reads it. */

/** A byte order mark inside a text is part of it. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Texts by number, as they travel between threads. */
export interface Texts {
  readonly count: number;
  readonly bytes: Uint8Array;
  /** Text `i` is from `starts[i]` up to, not including, `starts[i + 1]`. */
  readonly starts: Uint32Array;
  /** Those that UTF-8 cannot hold, such as halves of a pair, as they are. */
  readonly odd: ReadonlyMap<number, string>;
}

export const textAt = ({ bytes, starts, odd }: Texts, i: number): string =>
  odd.get(i) ?? decoder.decode(bytes.subarray(starts[i], starts[i + 1]));

export const decode = (bytes: Uint8Array): string => decoder.decode(bytes);

/** FNV-1a: short texts, many of them alike but for a digit. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

/** Gives each text a number: the same for the same text, in the order they are met. */
export class Interner {
  count = 0;
  private bytes = new Uint8Array(1 << 12);
  private starts = new Uint32Array(1 << 8);
  private hashes = new Int32Array(1 << 8);
  /** Open addressing; -1 where nothing is. Never more than half full. */
  private table = new Int32Array(1 << 9).fill(-1);
  private readonly odd = new Map<number, string>();
  private readonly oddNumbers = new Map<string, number>();

  of(source: Uint8Array, from: number, to: number): number {
    const hash = hashOf(source, from, to);
    const mask = this.table.length - 1;
    let slot = hash & mask;
    for (let found = this.table[slot]!; found >= 0; found = this.table[slot]!) {
      if (this.hashes[found] === hash && this.equals(found, source, from, to)) return found;
      slot = (slot + 1) & mask;
    }
    const number = this.append(source, from, to, hash);
    if (this.count * 2 > this.table.length) this.widen();
    else this.table[slot] = number;
    return number;
  }

  ofText(text: string): number {
    const bytes = encoder.encode(text);
    if (decoder.decode(bytes) === text) return this.of(bytes, 0, bytes.length);
    const known = this.oddNumbers.get(text);
    if (known !== undefined) return known;
    const number = this.append(bytes, 0, bytes.length, 0);
    if (this.count * 2 > this.table.length) this.widen();
    this.odd.set(number, text);
    this.oddNumbers.set(text, number);
    return number;
  }

  text(number: number): string {
    return this.odd.get(number) ?? decoder.decode(this.bytes.subarray(this.starts[number], this.starts[number + 1]));
  }

  texts(): Texts {
    const { count, odd } = this;
    return { count, bytes: this.bytes.slice(0, this.starts[count]), starts: this.starts.slice(0, count + 1), odd };
  }

  private equals(number: number, source: Uint8Array, from: number, to: number): boolean {
    const start = this.starts[number]!;
    if (this.starts[number + 1]! - start !== to - from) return false;
    for (let i = from, k = start; i < to; i++, k++) if (source[i] !== this.bytes[k]) return false;
    return true;
  }

  private append(source: Uint8Array, from: number, to: number, hash: number): number {
    const number = this.count++;
    const start = this.starts[number]!;
    const end = start + to - from;
    this.bytes = roomFor(this.bytes, end);
    this.starts = roomFor(this.starts, number + 2);
    this.hashes = roomFor(this.hashes, number + 1);
    // Most are a few words long, for which a call costs more than the copy.
    for (let i = from, k = start; i < to; i++, k++) this.bytes[k] = source[i]!;
    this.starts[number + 1] = end;
    this.hashes[number] = hash;
    return number;
  }

  private widen(): void {
    const table = new Int32Array(this.table.length * 2).fill(-1);
    const mask = table.length - 1;
    for (let number = 0; number < this.count; number++) {
      if (this.odd.has(number)) continue;
      let slot = this.hashes[number]! & mask;
      while (table[slot]! >= 0) slot = (slot + 1) & mask;
      table[slot] = number;
    }
    this.table = table;
  }
}

type Column = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** The column itself while it has so much room, else one of twice its length with the same in it. */
export function roomFor<C extends Column>(column: C, count: number): C {
  if (count <= column.length) return column;
  const Kind = column.constructor as new (length: number) => C;
  const grown = new Kind(Math.max(count, column.length * 2));
  grown.set(column);
  return grown;
}
