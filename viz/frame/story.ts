/** The run in sentences: captions, and changes with like ones folded into one line that counts them. */
import { listsBy, type Run, slice } from '../load/run.ts';
import { countUntil } from '../state/course.ts';
import type { ManyOf } from './folds.ts';
import { clockText } from './time.ts';
import type { Tone } from './tone.ts';

export interface Line {
  readonly id: string;
  readonly kind: 'change' | 'caption';
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly tone: Tone;
  /** Rows of its changes, in order; none for a caption. */
  readonly rows: Int32Array;
  /** How many changes come before it. */
  readonly step: number;
}

/** A long run has more lines than anybody sees: each is made when it is asked for. */
export interface Lines {
  readonly length: number;
  at(i: number): Line | undefined;
}

export interface Story {
  readonly lines: Lines;
  /** Which of the lines are captions, in order of time. */
  readonly captions: readonly number[];
  /** The line of each change. */
  readonly lineOf: Int32Array;
}

/** Like changes belong to one line while no more than this share of the run lies between two of them. */
const PAUSE = 1 / 80;

/** What a change says with the one of many replaced by the many: `pop.3 withdraws ns-a` is `pop.* withdraws ns-a`. */
export function patternOf(run: Run, manyOf: ManyOf, row: number): string {
  const fact = run.changes.fact[row]!;
  const subjects = run.facts.subjects[fact] ?? [];
  let text = run.changes.says(row);
  // What people meet is told together, whomever they ask.
  if (run.facts.kinds[fact] === 'works') text = text.replace(` asking ${subjects[2]}`, '');
  for (const subject of subjects) {
    const many = manyOf(subject);
    if (many !== subject) text = text.replace(subject, many);
  }
  return text;
}

/** Numbers are curves, not sentences; and that a task is done is said once, by the task. By fact. */
function untoldOf({ facts }: Run): Uint8Array {
  return Uint8Array.from(facts.kinds, (kind, fact) =>
    Number(
      facts.domains[fact] === 'number' ||
        kind === 'claim' ||
        // Which way packets go is told by whether there is a route and a name; it stands in the causes and with the parts.
        kind === 'path' ||
        kind === 'lands' ||
        (kind === 'done' && facts.index.has(`task/${facts.subjects[fact]?.[0]}`)),
    ),
  );
}

/** Patterns by number. What is said again of the same fact is of the same pattern: that is looked up, not worked out. */
function patternsOf(run: Run, manyOf: ManyOf): { of(row: number): number; text(pattern: number): string } {
  const { fact, saysNumber } = run.changes;
  const texts = saysNumber.reduce((a, b) => Math.max(a, b), -1) + 1;
  const known = new Int32Array(texts).fill(-1);
  const saidOf = new Int32Array(texts);
  const numbers = new Map<string, number>();
  const patterns: string[] = [];
  return {
    of(row) {
      const said = saysNumber[row]!;
      if (known[said]! >= 0 && saidOf[said] === fact[row]) return known[said]!;
      const pattern = patternOf(run, manyOf, row);
      let number = numbers.get(pattern);
      if (number === undefined) {
        number = patterns.push(pattern) - 1;
        numbers.set(pattern, number);
      }
      known[said] = number;
      saidOf[said] = fact[row]!;
      return number;
    },
    text: (pattern) => patterns[pattern]!,
  };
}

export function storyOf(run: Run, manyOf: ManyOf, tone: (row: number) => Tone): Story {
  const { changes } = run;
  const untold = untoldOf(run);
  const patterns = patternsOf(run, manyOf);
  /** Of each row the fold it is in; of each fold its pattern; of each pattern the fold that is open, and until when it was. */
  const foldOf = new Int32Array(changes.count).fill(-1);
  const patternOfFold: number[] = [];
  const open: number[] = [];
  const until: number[] = [];
  for (let row = 0; row < changes.count; row++) {
    if (untold[changes.fact[row]!]) continue;
    const at = changes.at[row]!;
    const pattern = patterns.of(row);
    if (open[pattern] === undefined || at - until[pattern]! > run.length * PAUSE)
      open[pattern] = patternOfFold.push(pattern) - 1;
    until[pattern] = at;
    foldOf[row] = open[pattern];
  }
  const rowsOf = listsBy(foldOf, patternOfFold.length);

  // Folds are in order of their first changes; captions come before the change that was next when they were said.
  const captions = run.captions.map((caption, i) => ({ ...caption, i })).sort((a, b) => a.step - b.step);
  const foldAt = new Int32Array(patternOfFold.length + captions.length).fill(-1);
  const captionAt = new Map<number, (typeof captions)[number]>();
  const lineOfFold = new Int32Array(patternOfFold.length);
  let [line, next] = [0, 0];
  for (let fold = 0; fold <= patternOfFold.length; fold++) {
    const first = fold < patternOfFold.length ? rowsOf.items[rowsOf.from[fold]!]! : Number.POSITIVE_INFINITY;
    for (; next < captions.length && captions[next]!.step <= first; next++) captionAt.set(line++, captions[next]!);
    if (fold === patternOfFold.length) break;
    lineOfFold[fold] = line;
    foldAt[line++] = fold;
  }
  const lineOf = new Int32Array(changes.count);
  // What is not told itself stands with what was told before it.
  for (let row = 0; row < changes.count; row++)
    lineOf[row] = foldOf[row]! >= 0 ? lineOfFold[foldOf[row]!]! : row > 0 ? lineOf[row - 1]! : -1;

  const told = (fold: number): Line => {
    const rows = slice(rowsOf, fold);
    const [first, last] = [rows[0]!, rows[rows.length - 1]!];
    return {
      id: `row:${first}`,
      kind: 'change',
      from: changes.at[first]!,
      to: changes.at[last]!,
      text: rows.length === 1 ? changes.says(first) : patterns.text(patternOfFold[fold]!),
      tone: tone(first),
      rows,
      step: first,
    };
  };
  const said = ({ i, at, says, step }: (typeof captions)[number]): Line => ({
    id: `caption:${i}`,
    kind: 'caption',
    from: at,
    to: at,
    text: says,
    tone: 'plain',
    rows: new Int32Array(0),
    step,
  });
  return {
    lines: {
      length: foldAt.length,
      at(i) {
        const caption = captionAt.get(i);
        if (caption) return said(caption);
        const fold = foldAt[i] ?? -1;
        return fold < 0 ? undefined : told(fold);
      },
    },
    captions: [...captionAt].sort(([, a], [, b]) => a.i - b.i).map(([i]) => i),
    lineOf,
  };
}

export interface LineMark {
  readonly id: string;
  readonly kind: Line['kind'];
  readonly time: string;
  /** Until when, if it took its time. */
  readonly until: string;
  readonly text: string;
  readonly tone: Tone;
  /** `7 of 12` while under way, `12` before and after; empty for a single change. */
  readonly count: string;
  readonly when: 'past' | 'now' | 'future';
  readonly selected: boolean;
  /** The change to go to: the latest that has happened, else the first. -1 for captions. */
  readonly row: number;
  readonly at: number;
}

/** So many lines before and after the present one are shown at a time. */
const BEFORE = 120;
const AFTER = 60;

export interface StoryFrame {
  readonly lines: readonly LineMark[];
  readonly earlier: number;
  readonly later: number;
  /** What is still to come is not shown, for it is asked. */
  readonly covered: boolean;
  /** Which line the reader's eye belongs on. */
  readonly current: string | null;
}

export function storyFrame(
  run: Run,
  story: Story,
  step: number,
  at: number,
  selected: number | null,
  brief: boolean,
  covered = false,
): StoryFrame {
  const { lines, lineOf, captions } = story;
  let present = step > 0 ? lineOf[step - 1]! : -1;
  const isTold = (line: Line): boolean => line.step <= step && line.from <= at;
  // A caption after which nothing has happened yet is what to read.
  const captioned = lastTold(run, captions, step, at);
  if (captioned >= 0 && lines.at(captioned)!.step === step) present = captioned;
  const from = Math.max(0, present - BEFORE);
  let to = Math.min(lines.length, present + AFTER + 1);
  // What is still to come is covered: from the first line that is not told.
  for (let i = from; covered && i < to; i++) if (!isTold(lines.at(i)!)) to = i;
  const clock = (time: number) => clockText(run.epoch, time, brief);
  return {
    earlier: from,
    later: covered ? 0 : lines.length - to,
    covered,
    current: (present < 0 ? undefined : lines.at(present))?.id ?? null,
    lines: Array.from({ length: to - from }, (_, i): LineMark => {
      const line = lines.at(from + i)!;
      const done = line.kind === 'caption' ? Number(isTold(line)) : countUntil(line.rows, step - 1);
      const all = Math.max(line.rows.length, 1);
      return {
        id: line.id,
        kind: line.kind,
        time: clock(line.from),
        until: line.rows.length > 1 && line.to > line.from ? clock(line.to) : '',
        text: line.text,
        tone: line.tone,
        count: all === 1 ? '' : done > 0 && done < all ? `${done} of ${all}` : `${all}`,
        when: from + i === present ? 'now' : done > 0 ? 'past' : 'future',
        selected: selected !== null && line.rows.length > 0 && lineOf[selected] === from + i,
        row: line.rows[Math.max(done - 1, 0)] ?? -1,
        at: line.from,
      };
    }),
  };
}

/** The last line among the captions that has been said by then; -1 when none has. */
function lastTold({ captions }: Run, lines: readonly number[], step: number, at: number): number {
  let found = -1;
  for (
    let i =
      countUntil(
        captions.map((caption) => caption.at),
        at,
      ) - 1;
    i >= 0 && found < 0;
    i--
  )
    if (captions[i]!.step <= step) found = i;
  return found < 0 ? -1 : lines[found]!;
}
