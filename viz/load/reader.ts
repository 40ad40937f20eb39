/** Reads a trace as its bytes come in, from the first line to the end line or to where the file breaks off. */
import type { CaptionLine, ChangeLine, EndLine, StartLine } from '../../sim/index.ts';
import { ChangeColumns } from './changes.ts';
import { decode, roomFor } from './intern.ts';
import { CLAIM, changeProblem, isTime, type Line, lineOf, startOf, writtenOf } from './lines.ts';
import type { Loaded } from './packed.ts';
import { garbled, type Problem } from './problem.ts';
import type { Caption } from './run.ts';
import { ChangeScanner } from './scan.ts';
import { visible, visibleIn } from './visible.ts';

const LINE_END = 10;
const MARK = [0xef, 0xbb, 0xbf];

export class Reader {
  private readonly columns = new ChangeColumns();
  private readonly scanner = new ChangeScanner();
  private readonly captions: Caption[] = [];
  private start: StartLine | null = null;
  private last: EndLine | null = null;
  private latest = 0;
  /** Lines that are over. */
  private lines = 0;
  /** What is wrong with the line before: no matter if it turns out to be the last. */
  private broken: { readonly line: number; readonly problem: unknown } | null = null;
  /** The beginning of a line whose end has not come yet. */
  private carry = new Uint8Array(1 << 12);
  private carried = 0;

  /** Changes read so far. */
  get changes(): number {
    return this.columns.count;
  }

  /** Takes the next bytes of the file; throws a `Problem` when it is no trace. */
  push(bytes: Uint8Array<ArrayBuffer>): void {
    let from = 0;
    for (let end = bytes.indexOf(LINE_END); end >= 0 && !this.last; end = bytes.indexOf(LINE_END, from)) {
      if (this.carried > 0) {
        this.keep(bytes.subarray(from, end));
        const length = this.carried;
        this.carried = 0;
        this.line(this.carry, 0, length);
      } else this.line(bytes, from, end);
      from = end + 1;
    }
    if (!this.last) this.keep(bytes.subarray(from));
  }

  /** What was read, when no more bytes come. */
  end(): Loaded {
    const length = this.carried;
    if (!this.last) this.line(this.carry, 0, length);
    const { columns, start, last, broken } = this;
    if (!start) throw garbled(1, 'is empty');
    const { scenario } = start;
    const changes = columns.pack();
    return {
      packed: {
        scene: visibleIn(scenario),
        written: writtenOf(start),
        epoch: Date.parse(scenario.start),
        seed: visible(String(start.seed)),
        variant: visibleIn(start.variant ?? null),
        version: String(start.netfall),
        facts: columns.facts.pack(),
        words: columns.facts.words,
        changes,
        captions: this.captions.sort((a, b) => a.at - b.at || a.step - b.step),
        end: last && {
          at: last.at,
          reason: last.reason,
          flipping: last.flipping ?? [],
          impact: visibleIn(last.impact ?? []),
          checkpoints: visibleIn(last.checkpoints ?? []),
        },
        length: Math.max(last?.at ?? 0, this.latest, last ? 0 : scenario.run, 1),
      },
      warning: last ? null : cutOff(broken?.line ?? null, changes.count),
    };
  }

  private keep(bytes: Uint8Array): void {
    this.carry = roomFor(this.carry, this.carried + bytes.length);
    this.carry.set(bytes, this.carried);
    this.carried += bytes.length;
  }

  private line(bytes: Uint8Array<ArrayBuffer>, from: number, to: number): void {
    const number = ++this.lines;
    if (!this.start) return this.open(bytes, from, to);
    if (from === to) return;
    // A last line that is not whole is how a file looks whose writer was stopped; any other is a fault.
    if (this.broken) throw this.broken.problem;
    const { scanner } = this;
    if (scanner.read(bytes, from, to) && Number.isInteger(scanner.id)) {
      this.inOrder(scanner.at, number);
      if (!(scanner.watched && isClaim(bytes, scanner.fact.from))) this.columns.addScanned(bytes, scanner);
      return;
    }
    let line: Line;
    try {
      line = lineOf(decode(bytes.subarray(from, to)), number);
    } catch (problem) {
      this.broken = { line: number, problem };
      return;
    }
    if (line.line === 'change') this.change(line, number);
    else if (line.line === 'caption') this.caption(line);
    else if (line.line === 'end') this.last = line;
  }

  private open(bytes: Uint8Array, from: number, to: number): void {
    const marked = MARK.every((byte, i) => bytes[from + i] === byte);
    const text = decode(bytes.subarray(marked ? from + MARK.length : from, to));
    if (!text.trim()) throw garbled(1, 'is empty');
    this.start = startOf(text);
    for (const entry of this.start.facts)
      if (!entry.watched || !entry.fact.startsWith(CLAIM)) this.columns.facts.add(entry);
  }

  private change(line: ChangeLine, number: number): void {
    const problem = changeProblem(line, this.latest);
    if (problem) throw garbled(number, problem);
    this.latest = line.at;
    if (!(line.watched && line.fact.startsWith(CLAIM))) this.columns.add(line);
  }

  private inOrder(at: number, number: number): void {
    if (!(at >= this.latest)) throw notInOrder(number);
    this.latest = at;
  }

  private caption({ at, says }: CaptionLine): void {
    if (isTime(at)) this.captions.push({ at, step: this.columns.count, says: visible(String(says)) });
  }
}

const notInOrder = (number: number): Problem => garbled(number, 'is a change that is not in the order of time');

function isClaim(bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < CLAIM.length; i++) if (bytes[from + i] !== CLAIM.charCodeAt(i)) return false;
  return true;
}

const cutOff = (broken: number | null, changes: number): string =>
  `The file breaks off${broken === null ? ' without its end line' : ` in line ${broken}`}, so this is the run up to its ${changes === 1 ? 'only change' : `${changes} changes`}; impact and score are missing.`;
