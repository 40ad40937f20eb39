/** JSON to a tree with places: a generated network is too much for a YAML parser, and a trailing comma deserves its line. */
import type { Problem } from './problems.ts';
import { MAX_DEPTH } from './scan.ts';
import { type Entry, type Origin, problemAt, rootOrigin, type Source, shorten, type Tree } from './tree.ts';

const MAX_VALUES = 2_000_000;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const QUOTE = 34;
const BACKSLASH = 92;
const WORD = /[A-Za-z0-9_.+-]+/y;
const BLANK = /[ \t\r\n]*/y;

/** The first thing wrong ends the reading: after it nothing can be trusted. */
class Refused extends Error {}

export function readJson(text: string, source: Source, problems: Problem[]): Tree | null {
  const reader = new Reader(text, source, problems);
  try {
    const tree = reader.value(null, null, 0);
    reader.end();
    return tree;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

class Reader {
  private at = 0;
  private values = 0;
  private readonly text: string;
  private readonly source: Source;
  private readonly problems: Problem[];

  constructor(text: string, source: Source, problems: Problem[]) {
    this.text = text;
    this.source = source;
    this.problems = problems;
  }

  value(parent: Origin | null, key: string | number | null, depth: number): Tree {
    this.skip();
    const at: Origin = { source: this.source, offset: this.at, parent, key };
    if (depth > MAX_DEPTH) this.refuse(`values are nested more than ${MAX_DEPTH} deep`);
    if (++this.values > MAX_VALUES) this.refuse(`the file holds more than ${MAX_VALUES} values`);
    const first = this.text[this.at];
    if (first === '{') return this.map(at, depth);
    if (first === '[') return this.list(at, depth);
    if (first === '"') {
      const text = this.string();
      return { is: 'leaf', at, value: text, text };
    }
    const number = this.match(NUMBER);
    if (number !== null && this.match(WORD) === null) {
      const value = Number(number);
      if (!Number.isFinite(value))
        this.problems.push(problemAt(at, `${shorten(number)} is not a number one can count with`));
      return { is: 'leaf', at, value, text: number };
    }
    this.at = at.offset;
    const word = this.match(WORD);
    if (word === 'true' || word === 'false') return { is: 'leaf', at, value: word === 'true', text: word };
    if (word === 'null') return { is: 'leaf', at, value: null, text: '' };
    this.at = at.offset;
    if (word === null) this.unexpected('a value');
    return this.refuse(`a value is expected, found ${shorten(word)}`, 'texts stand in double quotes in JSON');
  }

  end(): void {
    this.skip();
    if (this.at < this.text.length) this.refuse('something follows after the end of the document');
  }

  private map(at: Origin, depth: number): Tree {
    const entries = new Map<string, Entry>();
    this.at++;
    for (let first = true; !this.take('}'); first = false) {
      if (!first) this.comma('}');
      this.skip();
      const offset = this.at;
      if (this.text[offset] !== '"') this.unexpected('a key in double quotes');
      const key = this.string();
      const keyAt: Origin = { source: this.source, offset, parent: at, key };
      if (!this.take(':')) this.unexpected('a colon after the key');
      const value = this.value(at, key, depth + 1);
      const earlier = entries.get(key);
      if (earlier) {
        this.problems.push(
          problemAt(keyAt, `"${key}" is written twice, first in line ${this.source.place(earlier.at.offset).line}`),
        );
      } else if (key === '' || key === '__proto__') {
        this.problems.push(problemAt(keyAt, key === '' ? 'a key is empty' : 'nothing may be called __proto__'));
      } else entries.set(key, { at: keyAt, value });
    }
    return { is: 'map', at, entries };
  }

  private list(at: Origin, depth: number): Tree {
    const items: Tree[] = [];
    this.at++;
    while (!this.take(']')) {
      if (items.length > 0) this.comma(']');
      items.push(this.value(at, items.length, depth + 1));
    }
    return { is: 'list', at, items };
  }

  private comma(close: string): void {
    this.skip();
    const offset = this.at;
    if (!this.take(',')) this.unexpected(`a comma or ${close}`);
    this.skip();
    if (this.text[this.at] === close) {
      this.at = offset;
      this.refuse('a comma stands before the closing bracket', 'JSON has no trailing commas');
    }
  }

  private string(): string {
    const begin = this.at;
    let end = begin + 1;
    while (end < this.text.length && this.text.charCodeAt(end) !== QUOTE)
      end += this.text.charCodeAt(end) === BACKSLASH ? 2 : 1;
    const written = this.text.slice(begin, end + 1);
    this.at = end + 1;
    try {
      return JSON.parse(written) as string;
    } catch {
      this.at = begin;
      return this.refuse('a text is not closed on its line, or holds a character that must be escaped');
    }
  }

  private skip(): void {
    BLANK.lastIndex = this.at;
    BLANK.exec(this.text);
    this.at = BLANK.lastIndex;
  }

  private take(mark: string): boolean {
    this.skip();
    if (this.text[this.at] !== mark) return false;
    this.at++;
    return true;
  }

  private match(what: RegExp): string | null {
    what.lastIndex = this.at;
    const found = what.exec(this.text);
    if (!found) return null;
    this.at = what.lastIndex;
    return found[0];
  }

  private unexpected(expected: string): never {
    const found = this.text[this.at];
    return this.refuse(
      `${expected} is expected, ${found === undefined ? 'the file ends' : `found ${JSON.stringify(found)}`}`,
    );
  }

  private refuse(says: string, hint?: string): never {
    this.problems.push(problemAt(rootOrigin(this.source, this.at), says, hint));
    throw new Refused();
  }
}
