/** Runs as rows under the axis: where each leaves the run it is a branch of, how much people suffer in it, where it first differs. */
import type { Run } from '../load/run.ts';
import type { Branch, Difference } from '../runs/runs.ts';
import { type Divergence, divergenceOf } from './differ.ts';
import { minutesUnder, peopleOf } from './figures.ts';
import type { Scale } from './scale.ts';
import { clockText, isBrief, many } from './time.ts';
import { nameOf } from './whatif.ts';

/** What is worth drawing of a run in a row, whatever the axis. */
interface Sketch {
  /** Time and height; what counts is people affected, or where none are counted, changes in a stretch. */
  readonly points: readonly (readonly [at: number, value: number])[];
  readonly what: string;
  readonly outcome: string;
}

export interface BranchRow {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly state: Branch['state'];
  readonly percent: number | null;
  readonly base: boolean;
  readonly shown: boolean;
  readonly against: boolean;
  /** Where it leaves the base, and where it first differs; pixels. */
  readonly leaves: number;
  readonly flag: number | null;
  /** Points of the sparkline, and how high: pixels and shares of the highest of all rows. */
  readonly line: readonly (readonly [x: number, share: number])[];
}

const sketches = new WeakMap<Run, Sketch>();
const partings = new WeakMap<Run, Divergence | null>();
const BINS = 120;

export function sketchOf(run: Run): Sketch {
  const known = sketches.get(run);
  if (known) return known;
  const people = peopleOf(run);
  const made: Sketch = people
    ? {
        points: people.map(({ at, value }) => [at, Math.max(0, value)]),
        what: 'people affected',
        outcome: `${many(minutesUnder(people))} user-minutes lost, ${overAt(run, people.findLast(({ value }) => value > 0)?.at)}`,
      }
    : { points: densityOf(run), what: 'changes', outcome: `${run.changes.count.toLocaleString('en')} changes` };
  sketches.set(run, made);
  return made;
}

const overAt = (run: Run, at: number | undefined): string =>
  at === undefined
    ? 'nobody is affected'
    : at >= run.length
      ? 'not over at the end'
      : `over at ${clockText(run.epoch, at, isBrief(run.length))}`;

function densityOf(run: Run): Sketch['points'] {
  const counts = new Array<number>(BINS).fill(0);
  for (let row = 0; row < run.changes.count; row++)
    counts[Math.min(BINS - 1, Math.floor((run.changes.at[row]! / run.length) * BINS))]! += 1;
  return counts.flatMap((count, i): [number, number][] => [
    [(i / BINS) * run.length, Math.sqrt(count)],
    [((i + 1) / BINS) * run.length, Math.sqrt(count)],
  ]);
}

/** Every branch is compared with the same base. */
function partingOf(run: Run, base: Run): Divergence | null {
  const known = partings.get(run);
  if (known !== undefined) return known;
  const found = divergenceOf(run, base);
  partings.set(run, found);
  return found;
}

export function branchRows(
  list: readonly Branch[],
  shown: string,
  against: string | null,
  scale: Scale,
): readonly BranchRow[] {
  const [first] = list;
  if (!first?.run) return [];
  const base = first.run;
  const highest = Math.max(
    ...list.map(({ run }) => (run ? sketchOf(run).points.reduce((most, [, value]) => Math.max(most, value), 0) : 0)),
    1e-9,
  );
  return list.map((branch): BranchRow => {
    const { id, difference, state, percent, run } = branch;
    const name = nameOf(difference, first.difference, base);
    const parting = run && branch !== first ? partingOf(run, base) : null;
    return {
      id,
      name,
      title: titleOf(branch, name, base, first.difference, parting),
      state,
      percent,
      base: branch === first,
      shown: id === shown,
      against: id === against,
      leaves: scale.x(difference.fork?.at ?? 0),
      flag: parting && scale.x(parting.at),
      line: run ? sketchOf(run).points.map(([at, value]) => [scale.x(at), value / highest]) : [],
    };
  });
}

function titleOf(
  { state, run, problems, difference }: Branch,
  name: string,
  base: Run,
  own: Difference,
  parting: Divergence | null,
): string {
  if (state === 'waits') return `${name}: is being run`;
  if (!run) return `${name}: could not be run: ${problems[0] ?? ''}`;
  if (difference === own) return `${name}: ${sketchOf(run).outcome}`;
  const differs = parting
    ? `first differs at ${clockText(base.epoch, parting.at, isBrief(base.length))} (${parting.fact})`
    : 'nothing comes out otherwise';
  return `${name}: ${sketchOf(run).outcome}; ${differs}`;
}
