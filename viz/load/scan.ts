/** Reads a change off the bytes of its line, as the simulator writes it; any other line it leaves to `JSON.parse`. */
import { roomFor } from './intern.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const OPENS = bytesOf('{"line":"change","id":');
const AT = bytesOf(',"at":');
const PHASE = bytesOf(',"phase":');
const ROUND = bytesOf(',"round":');
const FACT = bytesOf(',"fact":"');
const FROM = bytesOf('","from":');
const TO = bytesOf(',"to":');
const SLOPE = bytesOf(',"slope":');
const BY = bytesOf(',"by":"');
const RULE = bytesOf('","rule":"');
const TIPPED = bytesOf('","tipped":');
const BECAUSE = bytesOf(',"because":[');
const SAYS = bytesOf('],"says":"');
const WATCHED = bytesOf('","watched":true}');
const CLOSES = bytesOf('"}');
const TRUE = bytesOf('true');
const FALSE = bytesOf('false');
const NULL = bytesOf('null');

const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = 32;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const COMMA = 44;
const CLOSED = 93;
/** So many digits are exact, and so is a quotient of two exact numbers rounded once. */
const DIGITS = 15;
const TENS = Array.from({ length: DIGITS + 1 }, (_, i) => Number(`1e${i}`));

/** A value as it stands in a line: a flag or a number, or a word by where it stands. */
export interface ScannedValue {
  is: 'flag' | 'number' | 'word';
  raw: number;
  from: number;
  to: number;
}

const nothing = (): ScannedValue => ({ is: 'flag', raw: 0, from: 0, to: 0 });

/** What was read last; texts by where they stand in the bytes. */
export class ChangeScanner {
  id = 0;
  at = 0;
  slope = 0;
  /** NaN for none. */
  tipped = 0;
  watched = false;
  readonly before = nothing();
  readonly after = nothing();
  readonly fact = { from: 0, to: 0 };
  readonly by = { from: 0, to: 0 };
  readonly rule = { from: 0, to: 0 };
  readonly says = { from: 0, to: 0 };
  causes = new Float64Array(16);
  causeCount = 0;
  private bytes = new Uint8Array(0);
  private i = 0;
  private number = 0;

  /** False when the line is not written exactly so: then nothing that was read counts. */
  read(bytes: Uint8Array<ArrayBuffer>, from: number, to: number): boolean {
    this.bytes = bytes;
    this.i = from;
    if (!(this.is(OPENS) && this.digits())) return false;
    this.id = this.number;
    if (!(this.is(AT) && this.digits())) return false;
    this.at = this.number;
    if (!(this.is(PHASE) && this.digits() && this.is(ROUND) && this.digits())) return false;
    if (!(this.is(FACT) && this.text(this.fact))) return false;
    if (!(this.is(FROM) && this.value(this.before) && this.is(TO) && this.value(this.after))) return false;
    this.slope = 0;
    if (this.is(SLOPE)) {
      if (!this.digits()) return false;
      this.slope = this.number;
    }
    if (!(this.is(BY) && this.text(this.by) && this.is(RULE) && this.text(this.rule) && this.is(TIPPED))) return false;
    if (this.is(NULL)) this.tipped = Number.NaN;
    else if (this.digits()) this.tipped = this.number;
    else return false;
    if (!(this.is(BECAUSE) && this.list() && this.is(SAYS) && this.text(this.says))) return false;
    this.watched = this.is(WATCHED);
    return (this.watched || this.is(CLOSES)) && this.i === to;
  }

  private is(literal: Uint8Array): boolean {
    const { bytes, i } = this;
    for (let k = 0; k < literal.length; k++) if (bytes[i + k] !== literal[k]) return false;
    this.i = i + literal.length;
    return true;
  }

  /** Up to its closing quote, which is left. */
  private text(place: { from: number; to: number }): boolean {
    const { bytes } = this;
    let i = this.i;
    place.from = i;
    for (let byte = bytes[i]!; byte !== QUOTE; byte = bytes[++i]!)
      if (byte === BACKSLASH || !(byte >= SPACE)) return false;
    place.to = i;
    this.i = i;
    return true;
  }

  /** A number without exponent, of no more digits than are exact. */
  private digits(): boolean {
    const { bytes } = this;
    let i = this.i;
    const minus = bytes[i] === MINUS;
    if (minus) i++;
    const first = i;
    let whole = 0;
    for (; bytes[i]! >= ZERO && bytes[i]! <= NINE; i++) whole = whole * 10 + (bytes[i]! - ZERO);
    let count = i - first;
    if (count === 0 || (count > 1 && bytes[first] === ZERO)) return false;
    let places = 0;
    if (bytes[i] === POINT) {
      const point = ++i;
      for (; bytes[i]! >= ZERO && bytes[i]! <= NINE; i++) whole = whole * 10 + (bytes[i]! - ZERO);
      places = i - point;
      if (places === 0) return false;
      count += places;
    }
    if (count > DIGITS || bytes[i] === 101 || bytes[i] === 69) return false;
    const size = places === 0 ? whole : whole / TENS[places]!;
    this.number = minus ? -size : size;
    this.i = i;
    return true;
  }

  private value(value: ScannedValue): boolean {
    if (this.is(TRUE)) {
      value.is = 'flag';
      value.raw = 1;
    } else if (this.is(FALSE)) {
      value.is = 'flag';
      value.raw = 0;
    } else if (this.bytes[this.i] === QUOTE) {
      value.is = 'word';
      this.i++;
      if (!this.text(value)) return false;
      this.i++;
    } else {
      if (!this.digits()) return false;
      value.is = 'number';
      value.raw = this.number;
    }
    return true;
  }

  private list(): boolean {
    this.causeCount = 0;
    if (this.bytes[this.i] === CLOSED) return true;
    for (;;) {
      if (!this.digits()) return false;
      this.causes = roomFor(this.causes, this.causeCount + 1);
      this.causes[this.causeCount++] = this.number;
      if (this.bytes[this.i] !== COMMA) return true;
      this.i++;
    }
  }
}
