/** Everything that is worked out once for a run, before anybody looks at a moment of it. */
import { type Boards, createBoards } from '../load/board.ts';
import { type Run, slice } from '../load/run.ts';
import type { Course } from '../state/course.ts';
import { rowsOf } from './bars.ts';
import { foldsOf, type ManyOf, manyOf, type Part } from './folds.ts';
import { gapsOf, markersOf, stopsOf } from './gaps.ts';
import { latest } from './memo.ts';
import { type Curve, curvesOf } from './numbers.ts';
import { type Past, pastOf } from './past.ts';
import type { Question } from './question.ts';
import { questionsOf } from './questions.ts';
import { remembered } from './remembered.ts';
import { type StatusOf, statuses } from './status.ts';
import { type Story, storyOf } from './story.ts';
import type { Row } from './stretches.ts';
import { type Things, thingsOf } from './things.ts';
import { type Ties, tiesOf } from './ties.ts';
import { isBrief, speedsFor } from './time.ts';
import { type Tone, tonesOf } from './tone.ts';
import { type Reach, reachOf, touchOf } from './touch.ts';
import { type Turning, turningOf } from './turning.ts';
import { type TurnsOf, turnsOf } from './turns.ts';

export interface World {
  readonly run: Run;
  readonly boards: Boards;
  readonly brief: boolean;
  readonly things: Things;
  readonly parts: readonly Part[];
  readonly manyOf: ManyOf;
  readonly ties: Ties;
  readonly statusOf: StatusOf;
  readonly reach: Reach;
  readonly tone: (row: number) => Tone;
  /** These are worked out when they are first asked for. */
  readonly story: Story;
  readonly rows: readonly Row[];
  readonly curves: readonly Curve[];
  readonly past: () => Past;
  readonly turning: Turning;
  /** Worked out when it is first asked for. */
  readonly questions: () => readonly Question[];
  /** How a thing was over the run, as its card says it. */
  readonly turns: TurnsOf;
  readonly course: Course;
  readonly usualSpeed: number;
}

const worlds = new WeakMap<Run, World>();

/** Once for each run, however often it is shown and compared with. */
export function worldOf(run: Run): World {
  const known = worlds.get(run) ?? worldMadeOf(run);
  worlds.set(run, known);
  return known;
}

function worldMadeOf(run: Run): World {
  const things = thingsOf(run);
  const parts = foldsOf(things);
  const many = manyOf(things, parts);
  const boards = createBoards(run);
  const reach = reachOf(run, things);
  const plainly = statuses(run, things);
  const tone = tonesOf(run);
  const gaps = gapsOf(run);
  const silent = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  const { speeds, usual } = speedsFor(run.length - silent);
  const brief = isBrief(run.length);
  const turning = turningOf(run, brief);
  const questions = latest(() => questionsOf(world));
  const story = latest(() => storyOf(run, many, tone));
  const course = courseOf(run, things, gaps, speeds);
  const turns = turnsOf(run, boards, things, plainly, course.rowsOf);
  const rows = latest(() => rowsOf(run, things, turns));
  const curves = latest(() => curvesOf(run, many));
  const world: World = {
    run,
    boards,
    brief,
    things,
    parts,
    manyOf: many,
    ties: tiesOf(run, things),
    statusOf: remembered(things, plainly, touchOf(run, things, reach)),
    reach,
    tone,
    get story() {
      return story();
    },
    get rows() {
      return rows();
    },
    get curves() {
      return curves();
    },
    past: latest(() => pastOf(run, things, plainly, touchOf(run, things, reach))),
    turning,
    questions,
    turns,
    course: { ...course, opening: turning.opening, asks: questions },
    usualSpeed: usual,
  };
  return world;
}

function courseOf(
  run: Run,
  things: Things,
  gaps: Course['gaps'],
  speeds: readonly number[],
): Omit<Course, 'opening' | 'asks'> {
  const kept = new Map<string, Int32Array>();
  const moments = new Map(
    (run.end?.checkpoints ?? []).map((claim) => [claim.id, claim.moment?.simulated ?? claim.moment?.seen ?? null]),
  );
  return {
    length: run.length,
    times: run.changes.at,
    gaps,
    markers: markersOf(run),
    stops: stopsOf(run),
    speeds,
    rowsOf(id) {
      const thing = things.byId.get(id);
      if (!thing) return [];
      const known = kept.get(id);
      if (known) return known;
      const rows = Int32Array.from(
        things.facts[thing.index]!.flatMap((fact) => [...slice(run.changes.ofFact, fact)]),
      ).sort();
      kept.set(id, rows);
      return rows;
    },
    thingOf: (row) => things.ofFact[run.changes.fact[row]!]?.id ?? null,
    tippedBy: (row) => (run.changes.tipped[row]! < 0 ? null : run.changes.tipped[row]!),
    ledTo: (row) => slice(run.changes.ledTo, row)[0] ?? null,
    momentOf: (id) => moments.get(id) ?? null,
  };
}
