/**
 * Reads relationships between autonomous systems as CAIDA publishes them, serial-1 and serial-2: a line for each two networks,
 * `provider|customer|-1` or `peer|peer|0`, in serial-2 with a fourth column, the source; lines that begin with # are comments.
 * The format: https://publicdata.caida.org/datasets/as-relationships/README.txt
 *
 * `1` and `2` are read as siblings: files of before 2010 and some other inference tools write them so. One pair said twice in the
 * same way is one link. A ring of providers is no fault of the file: such networks buy of each other, and what becomes of their
 * routes is for the run to show.
 */
import type { Problem, Result } from '../problems.ts';
import { shorten } from '../tree.ts';
import { BUYS, type Internet, PEERS, SIBLINGS } from './internet.ts';
import { Links, wide } from './links.ts';
import { Numbers } from './numbers.ts';

/** Nobody reads more. */
const MOST_PROBLEMS = 100;
const LARGEST = 4_294_967_295;
const [BAR, HASH, LINE_END, RETURN, MINUS, ZERO] = [124, 35, 10, 13, 45, 48];

/** `bytes`: the text, no longer compressed. `file`: its name, for places. */
export function readRelations(bytes: Uint8Array, file: string): Result<Internet> {
  const problems: Problem[] = [];
  const numbers = new Numbers();
  const links = new Links();
  /** The line of each link. */
  let lines = new Int32Array(1024);
  const wrong = (line: number, { column, says, hint }: Wrong): void => {
    const problem = { place: { file, line, column }, path: '', says };
    problems.push(hint === undefined ? problem : { ...problem, hint });
  };
  const end = bytes.length;
  // A byte order mark is passed over.
  let i = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let line = 1; i < end && problems.length < MOST_PROBLEMS; line++) {
    const start = i;
    if (bytes[i] === HASH || bytes[i] === LINE_END) {
      i = lineEnd(bytes, i) + 1;
      continue;
    }
    let one = 0;
    for (let digit = digitAt(bytes, i); digit >= 0; digit = digitAt(bytes, ++i)) one = one * 10 + digit;
    const bar = i++;
    let other = 0;
    for (let digit = digitAt(bytes, i); digit >= 0; digit = digitAt(bytes, ++i)) other = other * 10 + digit;
    const next = i++;
    const relation = bytes[i] === MINUS ? (bytes[i + 1] === ZERO + 1 ? BUYS : -1) : relationOf(digitAt(bytes, i));
    i += bytes[i] === MINUS ? 2 : 1;
    const plain =
      bytes[bar] === BAR && bytes[next] === BAR && relation >= 0 && isNumber(one) && isNumber(other) && one !== other;
    const ends = plain && tail(bytes, i);
    i = lineEnd(bytes, start) + 1;
    if (!ends) {
      const found = explain(new TextDecoder().decode(bytes.subarray(start, i - 1)));
      if (found) wrong(line, found);
      continue;
    }
    // The first of the two is the provider, and the link leads from who buys.
    const [from, to] =
      relation === BUYS ? [numbers.add(other), numbers.add(one)] : [numbers.add(one), numbers.add(other)];
    if (links.count === lines.length) lines = wide(lines);
    const known = links.add(from, to, relation);
    if (known < 0) lines[links.count - 1] = line;
    else if (!links.says(known, from, relation)) {
      const before = `line ${lines[known]} says ${WORDS[links.relation(known)]}`;
      const says = `AS ${one} and AS ${other} are ${WORDS[relation]} here, and ${before}`;
      wrong(line, { column: 1, says: links.relation(known) === relation ? `${says} the other way round` : says });
    }
  }
  if (problems.length === 0 && links.count === 0)
    wrong(1, { column: 1, says: 'no two networks are joined in this file' });
  if (problems.length > 0) return { ok: false, problems };
  const { asn, places } = numbers.rising();
  return { ok: true, value: { asn, ...links.columns(places) } };
}

const WORDS = ['peers', 'provider and customer', 'siblings'];

interface Wrong {
  readonly column: number;
  readonly says: string;
  readonly hint?: string;
}

const digitAt = (bytes: Uint8Array, i: number): number => {
  if (i >= bytes.length) return -1;
  const digit = (bytes[i] as number) - ZERO;
  return digit <= 9 ? digit : -1;
};
const relationOf = (digit: number): number => (digit === 0 ? PEERS : digit === 1 || digit === 2 ? SIBLINGS : -1);
const isNumber = (asn: number): boolean => asn > 0 && asn <= LARGEST;

function lineEnd(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(LINE_END, start);
  return end < 0 ? bytes.length : end;
}

/** Whether a line may end as it does after the relation: at once, or after a source. */
function tail(bytes: Uint8Array, start: number): boolean {
  let i = start;
  if (bytes[i] === BAR) {
    const first = ++i;
    while (i < bytes.length && bytes[i] !== LINE_END && bytes[i] !== RETURN && bytes[i] !== BAR) i++;
    if (i === first) return false;
  }
  if (bytes[i] === RETURN) i++;
  return i >= bytes.length || bytes[i] === LINE_END;
}

/** What is wrong with a line; null: nothing stands in it. */
function explain(written: string): Wrong | null {
  const line = written.trimEnd();
  if (line === '') return null;
  const fields = line.split('|');
  const columnOf = (field: number): number => fields.slice(0, field).join('|').length + (field === 0 ? 1 : 2);
  if (fields.length < 3) {
    const says = `a line is network|network|relation, found "${shorten(line)}"`;
    const spaced = /^\S+[ \t,;]+\S+[ \t,;]+\S+$/.test(line);
    return spaced ? { column: 1, says, hint: 'the columns are parted by |' } : { column: 1, says };
  }
  for (const [field, text] of fields.slice(0, 2).entries()) {
    const wrong = explainNumber(text);
    if (wrong) return { column: columnOf(field), ...wrong };
  }
  if (!/^(-1|0|1|2)$/.test(fields[2] as string)) {
    const says = `"${shorten(fields[2] as string)}" is no relation`;
    const hint = '-1: the first provides for the second; 0: they are peers; 1 or 2: they are siblings';
    return { column: columnOf(2), says, hint };
  }
  if (Number(fields[0]) === Number(fields[1]))
    return { column: 1, says: `AS ${Number(fields[0])} is joined to itself` };
  if (fields.length > 4) return { column: columnOf(4), says: 'there are more columns than four' };
  return { column: columnOf(3), says: 'the source is missing after the third |' };
}

function explainNumber(text: string): Omit<Wrong, 'column'> | null {
  if (!/^\d+$/.test(text)) {
    const says = `"${shorten(text)}" is no number of a network`;
    if (/^AS\d+$/i.test(text)) return { says, hint: `write ${text.slice(2)}` };
    return /^\d+\.\d+$/.test(text) ? { says, hint: 'write it as one number (RFC 5396, asplain)' } : { says };
  }
  if (Number(text) === 0) return { says: 'AS 0 is nobody (RFC 7607)' };
  return Number(text) > LARGEST
    ? { says: `${shorten(text)} is more than ${LARGEST}, the largest there is (RFC 6793)` }
    : null;
}
