/** Which commands would change nothing at the moment, and why: what is greyed in lists says so. */
import { actsOn } from '../frame/acts.ts';
import type { World } from '../frame/world.ts';
import type { Runs } from '../runs/runs.ts';
import { isLocked } from '../state/asking.ts';
import type { Stop } from '../state/course.ts';
import { nextOf, toMarker } from '../state/move.ts';
import { changeInQuestion } from '../state/reduce.ts';
import type { Session, Tab } from '../state/session.ts';

/** All that it depends on. */
export interface Now {
  readonly world: World;
  readonly session: Session;
  readonly runs: Pick<Runs, 'list' | 'base' | 'shown' | 'against'>;
  /** How many numbers could be drawn and are not, unless all are. */
  readonly moreNumbers: number;
  readonly legendOpen: boolean;
}

type Why = (now: Now) => string | null;

const START = 'This is the start';
const END = 'This is the end';
const NOT_BEGUN = 'Nothing has changed yet';
const NOBODY = 'No part is selected';
const WAITS = 'A question waits for its answer';
export const NOT_WRITTEN = 'This trace does not hold all that its scenario was made of, so it cannot be run anew here';

const isStart = ({ session: { moment } }: Now): boolean => moment.at === 0 && moment.step === 0;
const isEnd = ({ session: { moment }, world: { course } }: Now): boolean =>
  moment.at >= course.length && moment.step >= course.times.length;

const onlyIf =
  (holds: (now: Now) => boolean, why: string): Why =>
  (now) =>
    holds(now) ? null : why;
const tab = (name: Tab): Why => onlyIf(({ session }) => session.tab !== name, 'It is open');
const selected = onlyIf(({ session }) => session.selection.thing !== null, NOBODY);
const mapped = onlyIf(({ session }) => session.view === 'map', 'The map is not shown');
const runnable = onlyIf(({ world }) => world.run.written !== null, NOT_WRITTEN);

const actsOnSelected = ({ world: { run, things }, session: { selection } }: Now): boolean => {
  const thing = things.byId.get(selection.thing ?? '');
  return thing !== undefined && actsOn(run, thing).length > 0;
};

const on: Why = (now) => (isLocked(now.session) ? WAITS : isEnd(now) ? END : null);
const back: Why = (now) => (isStart(now) ? START : null);

const marked =
  (by: 1 | -1): Why =>
  ({ session: { moment }, world: { course } }) => {
    const next = toMarker(course, moment, by);
    return next.at === moment.at && next.step === moment.step ? (by > 0 ? END : START) : null;
  };

const near =
  (by: 1 | -1): Why =>
  (now) => {
    const { session, world } = now;
    const { thing } = session.selection;
    if (thing === null) return (by > 0 ? on : back)(now);
    if (nextOf(world.course.rowsOf(thing), session.moment.step, by) !== null) return null;
    const name = world.things.byId.get(thing)?.name ?? thing;
    return by > 0 ? `Nothing about ${name} changes after this` : `Nothing about ${name} changes before this`;
  };

const caused =
  (by: 1 | -1): Why =>
  ({ session, world: { course } }) => {
    const row = changeInQuestion(session.selection, session.moment.step, course);
    if (row === null) return NOT_BEGUN;
    if (by > 0) return course.ledTo(row) === null ? 'It led to nothing more' : null;
    return course.tippedBy(row) === null ? 'Nothing in the run led to it: it is where this begins' : null;
  };

const paced =
  (by: 1 | -1): Why =>
  ({ session, world: { course } }) =>
    course.speeds[course.speeds.indexOf(session.speed) + by] === undefined
      ? by > 0
        ? 'This is the fastest'
        : 'This is the slowest'
      : null;

const until =
  (stop: Stop | null, none: string): Why =>
  ({ session, world: { course } }) =>
    session.until === stop ? 'It is so already' : stop !== null && course.stops[stop].length === 0 ? none : null;

/** By command; those that are not here always change something. */
export const IDLE: Readonly<Record<string, Why>> = {
  toggle: (now) => (isLocked(now.session) ? WAITS : null),
  step: on,
  'step-back': back,
  marker: marked(1),
  'marker-back': marked(-1),
  near: near(1),
  'near-back': near(-1),
  cause: caused(1),
  'cause-back': caused(-1),
  start: back,
  end: (now) => (isEnd(now) ? END : null),
  slower: paced(-1),
  faster: paced(1),
  'until-end': until(null, ''),
  'until-decision': until('decision', 'Nobody decides anything in this run'),
  'until-miss': until('miss', 'This run misses no checkpoint'),
  'until-silence': until('silence', 'This run has no long silence'),
  skip: onlyIf(({ world }) => world.course.gaps.length > 0, 'This run has no long silence'),
  numbers: onlyIf(({ moreNumbers }) => moreNumbers > 0, 'All its numbers are drawn'),
  'map-in': mapped,
  'map-out': mapped,
  'map-all': mapped,
  story: tab('story'),
  causes: tab('causes'),
  node: (now) => tab('node')(now) ?? selected(now),
  score: tab('score'),
  'what-if': tab('what-if'),
  fork: runnable,
  fail: (now) => selected(now) ?? runnable(now) ?? (actsOnSelected(now) ? null : 'Nothing can be done to it by hand'),
  'part-menu': selected,
  compare: (now) =>
    now.runs.list().filter(({ run }) => run).length > 1 ? null : 'There is no other run yet: What if makes one',
  contrast: onlyIf(({ runs }) => runs.against() !== null, 'No run is compared with'),
  restart: (now) => {
    if (now.runs.shown() === now.runs.base()) return 'No branch is shown';
    return now.session.moment.at === (now.runs.shown().difference.fork?.at ?? 0) ? 'This is where it begins' : null;
  },
  base: onlyIf(({ runs }) => runs.shown() !== runs.base(), 'The base is shown'),
  pin: selected,
  fit: selected,
  repeat: onlyIf(({ session }) => session.moment.step > 0, NOT_BEGUN),
  predict: onlyIf(({ world }) => world.course.asks().length > 0, 'This run has nothing to ask about'),
  tour: onlyIf(({ session }) => !session.touring, 'It is on'),
  escape: ({ session: { selection }, legendOpen }) =>
    selection.thing === null && selection.change === null && selection.checkpoint === null && !legendOpen
      ? 'Nothing is selected'
      : null,
};
