/** The story of a run: what happened, in sentences with the time on the clock; what belongs together is told together. */

import type { Scenario } from '../model/scenario.ts';
import { formatClock, MINUTE, type Ms, SECOND } from '../model/units.ts';
import { History } from '../trace/history.ts';
import type { Trace } from '../trace/trace.ts';
import { captionsOf } from './captions.ts';
import { withCycles } from './story-cycles.ts';
import { fold, type Line, untiring } from './story-fold.ts';
import { join, type Told } from './story-join.ts';
import { Names } from './story-names.ts';
import { Sentences } from './story-says.ts';
import { threadsOf } from './story-tale.ts';
import { NOISE, weigh } from './story-weight.ts';

export interface StoryLine {
  readonly at: Ms;
  /** The same as `at` for what happened at once. */
  readonly to: Ms;
  /** `15:39:31`, or `15:39:31 to 15:42:10`. */
  readonly when: string;
  /** Without clock and full stop; captions as their author wrote them. */
  readonly says: string;
  readonly kind: 'caption' | 'change';
  /** The changes of the trace that this tells. */
  readonly changes: readonly number[];
  /** From 0 to 100: what to tell first, and what to leave out last. */
  readonly weight: number;
}

/** `short` leaves out what a reader in a hurry can do without; `full` tells everything but claims. */
export interface StoryOptions {
  readonly detail: 'short' | 'full';
}

/** A short story has at most so many lines, captions among them. */
const SHORT = 34;

export function story(
  scenario: Scenario,
  trace: Trace,
  { detail }: StoryOptions = { detail: 'short' },
): readonly StoryLine[] {
  const names = new Names(scenario);
  const history = new History(trace);
  const threads = withCycles(threadsOf(scenario, trace, names));
  const sentences = new Sentences(scenario, history, names, threads);
  const clock = clockOf(scenario);
  const captions = captionsOf(scenario, history).map(
    ({ at, says }): StoryLine => ({ at, to: at, when: clock(at, at), says, kind: 'caption', changes: [], weight: 100 }),
  );
  const tell = (lines: readonly Line[]): readonly Told[] =>
    lines.map((line) => ({ line, says: sentences.say(line), weight: weigh(scenario, line) }));
  const gap = gapOf(scenario.run);
  let told =
    detail === 'full'
      ? join(scenario, tell(fold(scenario, threads, names, { gap: gap / 4, wave: gap / 4, moment: gap / 16 })))
      : [];
  if (detail === 'short') {
    // A run with more to tell is told more broadly, before anything is left out.
    for (const wider of [1, 2, 4, 8]) {
      const lines = fold(scenario, threads, names, { gap: gap * wider, wave: gap, moment: gap / 4 });
      told = join(
        scenario,
        tell(untiring(lines, names)).filter(({ weight }) => weight >= NOISE),
      );
      if (told.length + captions.length <= SHORT) break;
    }
    const heaviest = [...told].sort((a, b) => b.weight - a.weight || a.line.at - b.line.at);
    told = heaviest.slice(0, Math.max(0, SHORT - captions.length));
  }
  const lines = told.map(({ line: { at, to, changes }, says, weight }): StoryLine => {
    return { at, to, when: clock(at, to), says, kind: 'change', changes: [...changes].sort((a, b) => a - b), weight };
  });
  return inOrder([...captions, ...lines], scenario);
}

/** Turns of like things closer than this are one wave: two minutes of an afternoon, less of an hour, more of a week. */
const gapOf = (run: Ms): Ms => Math.max(run / 480, Math.min(run / 60, 2 * MINUTE));

/** What heads an instant: what people see, and what somebody did or broke. */
const HEADLINE = 80;

/**
 * By time; in one instant the headlines first, and then one thing after the other as it came about. A caption leads what has its
 * clock time, be it some milliseconds late.
 */
function inOrder(lines: readonly StoryLine[], { start, run }: Scenario): readonly StoryLine[] {
  const head = ({ weight }: StoryLine): number => (weight < HEADLINE ? 0 : weight);
  const moment = ({ at, kind }: StoryLine): Ms =>
    kind === 'caption' ? Math.max(0, Math.floor((start + at) / grainOf(run)) * grainOf(run) - start) : at;
  return [...lines].sort(
    (a, b) => moment(a) - moment(b) || head(b) - head(a) || (a.changes[0] ?? -1) - (b.changes[0] ?? -1),
  );
}

/** Whole seconds are enough on the clock, unless a run is over in a minute. */
const grainOf = (run: Ms): Ms => (run > MINUTE ? SECOND : 1);

function clockOf({ start, run }: Scenario): (at: Ms, to: Ms) => string {
  const grain = grainOf(run);
  const read = (at: Ms): string => formatClock(start, Math.floor((start + at) / grain) * grain - start);
  return (at, to) => (read(at) === read(to) ? read(at) : `${read(at)} to ${read(to)}`);
}
