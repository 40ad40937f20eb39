/** The run that is compared with, and what differs from it now and over the whole run; worked out once for all that shows it. */
import { type Comparison, compare } from '../frame/compare.ts';
import { type Contrast, contrastOf } from '../frame/contrast.ts';
import { latest } from '../frame/memo.ts';
import { NO_TAGS, type Tags, tagsOf } from '../frame/tags.ts';
import { type World, worldOf } from '../frame/world.ts';
import type { Runs } from '../runs/runs.ts';
import type { Stage } from './stage.ts';

export interface Versus {
  /** The other run as a world; null when nothing is compared. */
  readonly other: () => World | null;
  readonly comparison: () => Comparison | null;
  /** What differs at the moment that is shown. */
  readonly now: () => Contrast | null;
  /** Of each part that differs, while what differs is marked. */
  readonly tags: () => Tags;
  /** Called when another run is compared with. */
  readonly subscribe: (listener: () => void) => void;
}

export function createVersus(stage: Stage, runs: Runs): Versus {
  const compared = latest(compare);
  const contrast = latest(
    (ours: World, theirs: World, step: number, at: number, layout: ReturnType<Stage['frame']>['layout']) =>
      contrastOf(
        ours,
        ours.boards.at(step),
        theirs,
        at,
        layout.boxes.map(({ card }) => card),
      ),
  );
  const tagged = latest((now: Contrast, of: Comparison) => tagsOf(now.parts, of.classes));
  const other = (): World | null => {
    const run = runs.against()?.run;
    return run ? worldOf(run) : null;
  };
  const now = (): Contrast | null => {
    const theirs = other();
    const { moment } = stage.session();
    return theirs && contrast(stage.world(), theirs, moment.step, moment.at, stage.frame().layout);
  };
  const comparison = (): Comparison | null => {
    const theirs = other();
    return theirs && compared(stage.world(), theirs);
  };
  return {
    other,
    now,
    comparison,
    tags() {
      const [differing, all] = [now(), comparison()];
      return differing && all && stage.session().contrast ? tagged(differing, all) : NO_TAGS;
    },
    subscribe: runs.subscribe,
  };
}
