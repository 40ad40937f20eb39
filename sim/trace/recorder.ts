/** Records a run as it goes: growing columns, numbers kept once, and the digest of the live changes. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { round9 } from '../model/units.ts';
import type { Columns } from './trace.ts';

const FIRST_ROWS = 1024;
/** Rows hashed at a time: keeps the hash's own work in the cache. */
const BLOCK = 4096;
const WORDS = 8;

export class Recorder {
  count = 0;
  readonly numbers: number[] = [0];
  private readonly numberIds = new Map<number, number>([[0, 0]]);
  readonly texts: string[] = [''];
  private readonly textIds = new Map<string, number>([['', 0]]);
  private at = new Float64Array(FIRST_ROWS);
  private phase = new Int32Array(FIRST_ROWS);
  private round = new Int32Array(FIRST_ROWS);
  private fact = new Int32Array(FIRST_ROWS);
  private from = new Int32Array(FIRST_ROWS);
  private to = new Int32Array(FIRST_ROWS);
  private slope = new Int32Array(FIRST_ROWS);
  private tipped = new Int32Array(FIRST_ROWS);
  private rule = new Uint8Array(FIRST_ROWS);

  /** The number of `x` in the table of numbers, after rounding to nine significant digits. */
  number(x: number): number {
    const rounded = round9(x);
    let id = this.numberIds.get(rounded);
    if (id === undefined) {
      id = this.numbers.length;
      this.numbers.push(rounded);
      this.numberIds.set(rounded, id);
    }
    return id;
  }

  /** The number of a text in the table of texts. */
  text(text: string): number {
    let id = this.textIds.get(text);
    if (id === undefined) {
      id = this.texts.length;
      this.texts.push(text);
      this.textIds.set(text, id);
    }
    return id;
  }

  add(
    at: number,
    phase: number,
    round: number,
    fact: number,
    from: number,
    to: number,
    slope: number,
    tipped: number,
    rule: number,
  ): number {
    const id = this.count++;
    if (id === this.at.length) this.grow();
    this.at[id] = at;
    this.phase[id] = phase;
    this.round[id] = round;
    this.fact[id] = fact;
    this.from[id] = from;
    this.to[id] = to;
    this.slope[id] = slope;
    this.tipped[id] = tipped;
    this.rule[id] = rule;
    return id;
  }

  columns(): Columns {
    const n = this.count;
    return {
      at: this.at.slice(0, n),
      phase: this.phase.slice(0, n),
      round: this.round.slice(0, n),
      fact: this.fact.slice(0, n),
      from: this.from.slice(0, n),
      to: this.to.slice(0, n),
      slope: this.slope.slice(0, n),
      tipped: this.tipped.slice(0, n),
      rule: this.rule.slice(0, n),
    };
  }

  /**
   * SHA-256 over the names of the live facts, their values at time zero, and one packed record a live change:
   * time (two words), phase and round, fact, value (two words for numbers; for texts a hash, as what is watched moves their numbers),
   * slope, tipped. `tipped` counts live changes only, so that watching more changes nothing.
   */
  digest(names: readonly string[], initial: Int32Array, isNumber: Uint8Array, isText: Uint8Array): string {
    const marks = Int32Array.from(this.texts, hashText);
    const live = names.length;
    const hash = sha256.create();
    hash.update(utf8ToBytes(`netfall 1\n${names.join('\n')}\n`));
    const start = new DataView(new ArrayBuffer(live * 8));
    for (let fact = 0; fact < live; fact++) {
      if (isNumber[fact] === 1) start.setFloat64(fact * 8, this.numbers[initial[fact] as number] as number);
      else start.setInt32(fact * 8, (isText[fact] === 1 ? marks[initial[fact] as number] : initial[fact]) as number);
    }
    hash.update(new Uint8Array(start.buffer));
    const ordinal = new Int32Array(this.count);
    const block = new DataView(new ArrayBuffer(BLOCK * WORDS * 4));
    const bytes = new Uint8Array(block.buffer);
    let rows = 0;
    let ordinals = 0;
    for (let id = 0; id < this.count; id++) {
      const fact = this.fact[id] as number;
      if (fact >= live) continue;
      ordinal[id] = ordinals++;
      const o = rows * WORDS * 4;
      block.setFloat64(o, this.at[id] as number);
      block.setInt32(o + 8, (this.phase[id] as number) * 65536 + (this.round[id] as number));
      block.setInt32(o + 12, fact);
      if (isNumber[fact] === 1) {
        block.setFloat64(o + 16, this.numbers[this.to[id] as number] as number);
        block.setFloat32(o + 24, this.numbers[this.slope[id] as number] as number);
      } else {
        block.setInt32(o + 16, (isText[fact] === 1 ? marks[this.to[id] as number] : this.to[id]) as number);
        block.setInt32(o + 20, 0);
        block.setInt32(o + 24, 0);
      }
      const tipped = this.tipped[id] as number;
      block.setInt32(o + 28, tipped < 0 ? -1 : (ordinal[tipped] as number));
      if (++rows === BLOCK) {
        hash.update(bytes);
        rows = 0;
      }
    }
    hash.update(bytes.subarray(0, rows * WORDS * 4));
    return bytesToHex(hash.digest());
  }

  private grow(): void {
    const size = this.at.length * 2;
    const widened = <T extends Float64Array | Int32Array | Uint8Array>(make: new (n: number) => T, old: T): T => {
      const wide = new make(size);
      wide.set(old as never);
      return wide;
    };
    this.at = widened(Float64Array, this.at);
    this.phase = widened(Int32Array, this.phase);
    this.round = widened(Int32Array, this.round);
    this.fact = widened(Int32Array, this.fact);
    this.from = widened(Int32Array, this.from);
    this.to = widened(Int32Array, this.to);
    this.slope = widened(Int32Array, this.slope);
    this.tipped = widened(Int32Array, this.tipped);
    this.rule = widened(Uint8Array, this.rule);
  }
}

/** The first 32 bits of a text's SHA-256. */
const hashText = (text: string): number => new DataView(sha256(utf8ToBytes(text)).buffer).getInt32(0);
