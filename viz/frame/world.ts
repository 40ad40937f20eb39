/** Everything that is worked out once for a run, before anybody looks at a moment of it. */
import { type Boards, createBoards } from '../load/board.ts';
import { type Run, slice } from '../load/run.ts';
import type { Course } from '../state/course.ts';
import { type Row, rowsOf } from './bars.ts';
import { type Curve, curvesOf } from './curve.ts';
import { gapsOf, markersOf } from './gaps.ts';
import { type StatusOf, statuses } from './status.ts';
import { type Story, storyOf } from './story.ts';
import { type Things, thingsOf } from './things.ts';
import { type Ties, tiesOf } from './ties.ts';
import { isBrief, speedsFor } from './time.ts';
import { type Tone, toneOf } from './tone.ts';

export interface World {
  readonly run: Run;
  readonly boards: Boards;
  readonly brief: boolean;
  readonly things: Things;
  readonly ties: Ties;
  readonly statusOf: StatusOf;
  readonly tone: (row: number) => Tone;
  readonly story: Story;
  readonly rows: readonly Row[];
  readonly curves: readonly Curve[];
  readonly course: Course;
  readonly usualSpeed: number;
}

export function worldOf(run: Run): World {
  const things = thingsOf(run);
  const tones = Array.from({ length: run.changes.count }, (_, row) => toneOf(run, row));
  const tone = (row: number): Tone => tones[row] ?? 'plain';
  const gaps = gapsOf(run);
  const silent = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  const { speeds, usual } = speedsFor(run.length - silent);
  return {
    run,
    boards: createBoards(run),
    brief: isBrief(run.length),
    things,
    ties: tiesOf(run, things),
    statusOf: statuses(run, things),
    tone,
    story: storyOf(run, things, tone),
    rows: rowsOf(run, things),
    curves: curvesOf(run),
    course: courseOf(run, things, gaps, speeds),
    usualSpeed: usual,
  };
}

function courseOf(run: Run, things: Things, gaps: Course['gaps'], speeds: readonly number[]): Course {
  const kept = new Map<string, Int32Array>();
  const moments = new Map(
    (run.end?.checkpoints ?? []).map((claim) => [claim.id, claim.moment?.simulated ?? claim.moment?.seen ?? null]),
  );
  return {
    length: run.length,
    times: run.changes.at,
    gaps,
    markers: markersOf(run),
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
