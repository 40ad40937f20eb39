/** The run in sentences: captions, and changes with like ones folded into one line that counts them. */
import type { Run } from '../load/run.ts';
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
  readonly rows: readonly number[];
  /** How many changes come before it. */
  readonly step: number;
}

export interface Story {
  readonly lines: readonly Line[];
  /** The line of each change. */
  readonly lineOf: Int32Array;
}

/** Like changes belong to one line while no more than this share of the run lies between two of them. */
const PAUSE = 1 / 80;

/** What a change says with the one of many replaced by the many: `pop.3 withdraws ns-a` is `pop.* withdraws ns-a`. */
export function patternOf(run: Run, manyOf: ManyOf, row: number): string {
  const fact = run.changes.fact[row]!;
  const subjects = run.facts.subjects[fact] ?? [];
  let text = run.changes.says[row]!;
  // What people meet is told together, whomever they ask.
  if (run.facts.kinds[fact] === 'works') text = text.replace(` asking ${subjects[2]}`, '');
  for (const subject of subjects) {
    const many = manyOf(subject);
    if (many !== subject) text = text.replace(subject, many);
  }
  return text;
}

/** Numbers are curves, not sentences; and that a task is done is said once, by the task. */
function untold(run: Run, row: number): boolean {
  const fact = run.changes.fact[row]!;
  const kind = run.facts.kinds[fact];
  return (
    run.facts.domains[fact] === 'number' ||
    kind === 'claim' ||
    // Which way packets go is told by whether there is a route and a name; it stands in the causes and with the parts.
    kind === 'path' ||
    kind === 'lands' ||
    (kind === 'done' && run.facts.index.has(`task/${run.facts.subjects[fact]?.[0]}`))
  );
}

export function storyOf(run: Run, manyOf: ManyOf, tone: (row: number) => Tone): Story {
  const { changes } = run;
  const open = new Map<string, { rows: number[]; at: number }>();
  const folds: { pattern: string; rows: number[] }[] = [];
  for (let row = 0; row < changes.count; row++) {
    if (untold(run, row)) continue;
    const at = changes.at[row]!;
    const pattern = patternOf(run, manyOf, row);
    const fold = open.get(pattern);
    if (fold && at - fold.at <= run.length * PAUSE) {
      fold.rows.push(row);
      fold.at = at;
    } else {
      const rows = [row];
      open.set(pattern, { rows, at });
      folds.push({ pattern, rows });
    }
  }
  const told: Line[] = folds.map(({ pattern, rows }) => {
    const [first, last] = [rows[0]!, rows[rows.length - 1]!];
    return {
      id: `row:${first}`,
      kind: 'change',
      from: changes.at[first]!,
      to: changes.at[last]!,
      text: rows.length === 1 ? changes.says[first]! : pattern,
      tone: tone(first),
      rows,
      step: first,
    };
  });
  const captions = run.captions.map(
    (caption, i): Line => ({
      id: `caption:${i}`,
      kind: 'caption',
      from: caption.at,
      to: caption.at,
      text: caption.says,
      tone: 'plain',
      rows: [],
      step: caption.step,
    }),
  );
  const order = (line: Line): number => (line.kind === 'caption' ? line.step - 0.5 : line.step);
  const lines = [...told, ...captions].sort((a, b) => order(a) - order(b));
  const lineOf = new Int32Array(changes.count).fill(-1);
  lines.forEach((line, i) => {
    for (const row of line.rows) lineOf[row] = i;
  });
  // What is not told itself stands with what was told before it.
  for (let row = 1; row < changes.count; row++) if (lineOf[row]! < 0) lineOf[row] = lineOf[row - 1]!;
  return { lines, lineOf };
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
  const { lines, lineOf } = story;
  let present = step > 0 ? lineOf[step - 1]! : -1;
  const isTold = (line: Line): boolean => line.step <= step && line.from <= at;
  // A caption after which nothing has happened yet is what to read.
  const captioned = lines.findLastIndex((line) => line.kind === 'caption' && isTold(line));
  if (captioned >= 0 && lines[captioned]!.step === step) present = captioned;
  const from = Math.max(0, present - BEFORE);
  const end = covered ? lines.findIndex((line) => !isTold(line)) : lines.length;
  const to = Math.min(end < 0 ? lines.length : end, present + AFTER + 1);
  const clock = (time: number) => clockText(run.epoch, time, brief);
  return {
    earlier: from,
    later: covered ? 0 : lines.length - to,
    covered,
    current: lines[present]?.id ?? null,
    lines: lines.slice(from, to).map((line, i): LineMark => {
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
