/** What the page shows, as a pure function of run, session and room. Parts that do not depend on the moment are remembered. */
import { changeInQuestion } from '../state/reduce.ts';
import type { Session } from '../state/session.ts';
import { cardsOf, foldFrom, isFolded } from './cards.ts';
import { type Causes, causesOf } from './causes.ts';
import { flapping, flappingStatus } from './flap.ts';
import { type Layout, layoutOf } from './lanes.ts';
import { latest } from './memo.ts';
import { type NodePanel, nodePanel } from './node.ts';
import { type Now, nowOf } from './now.ts';
import { type Bundle, bundlesOf, type Picture, pictureOf } from './picture.ts';
import { reasonOf, reasonText } from './reason.ts';
import { type Score, scoreOf } from './score.ts';
import type { StatusOf } from './status.ts';
import { type StoryFrame, storyFrame } from './story.ts';
import { type TableRow, tableOf } from './table.ts';
import { clockText } from './time.ts';
import { type Timeline, timelineOf } from './timeline.ts';
import { STATES, type State } from './words.ts';
import type { World } from './world.ts';

export interface Size {
  /** Room for the picture in its own units, and how many pixels one of them is. */
  readonly picture: { readonly width: number; readonly height: number; readonly zoom: number };
  readonly timeline: number;
  readonly narrow: boolean;
}

export interface Frame {
  readonly now: Now;
  readonly layout: Layout;
  readonly bundles: readonly Bundle[];
  readonly picture: Picture;
  readonly table: readonly TableRow[] | null;
  readonly legend: readonly { readonly state: State; readonly count: number }[];
  /** The line under the picture: what is pointed at, selected, or happened last. */
  readonly footer: string;
  readonly timeline: Timeline;
  readonly playhead: number;
  readonly position: string;
  readonly story: StoryFrame | null;
  readonly causes: Causes | null;
  readonly causesOpen: boolean;
  readonly node: NodePanel | null;
  readonly nodeOpen: boolean;
  readonly score: Score | null;
  /** For the ear: said when the run stops or is stepped. */
  readonly spoken: string;
}

/** So many cards are drawn before smaller groups are folded too. */
const BUDGET = 44;
const NARROW_BUDGET = 26;

const NO_FLAPS: ReadonlyMap<number, number> = new Map();

export type FrameOf = (session: Session, size: Size) => Frame;

export function frames(world: World): FrameOf {
  const { run, things, ties, statusOf, brief, course, tone } = world;
  const cards = latest((toggled: readonly string[], budget: number) => cardsOf(things, toggled, budget));
  const bundles = latest((list: ReturnType<typeof cardsOf>) => bundlesOf(list, ties.list));
  const layout = latest((list: ReturnType<typeof cardsOf>, pairs: readonly Bundle[], width: number, height: number) =>
    layoutOf(list, pairs, width, height),
  );
  const timeline = latest((width: number, narrow: boolean, skip: boolean, thing: string | null, claim: string | null) =>
    timelineOf(world, skip ? course.gaps : [], { width, narrow }, thing, claim),
  );
  const score = latest((claim: string | null) => scoreOf(run, claim, brief));

  return (session, size) => {
    const { moment, selection, tab } = session;
    const board = world.boards.at(moment.step);
    const flaps = session.playing ? flapping(run, things, moment.step, moment.at - session.speed) : NO_FLAPS;
    const seen: StatusOf = (at, one) => {
      const count = flaps.get(one.index);
      return count === undefined ? statusOf(at, one) : flappingStatus(count);
    };
    const reason = (status: ReturnType<typeof statusOf>) => reasonText(reasonOf(run, board, status, brief));
    const budget = size.narrow ? NARROW_BUDGET : BUDGET;
    const shown = cards(session.toggled, budget);
    const pairs = bundles(shown);
    const placed = layout(shown, pairs, size.picture.width, size.picture.height);
    const now = nowOf(run, board, things, statusOf, moment.at, brief);
    const states = things.list.map((thing) => statusOf(board, thing).state);
    const marks = timeline(size.timeline, size.narrow, session.skip, selection.thing, selection.checkpoint);
    const question = changeInQuestion(selection, moment.step, course);
    const thing = selection.thing === null ? undefined : things.byId.get(selection.thing);
    const pointed = things.byId.get(session.hover ?? '') ?? thing;
    const last = moment.step - 1;
    const lastText = last < 0 ? '' : `${clockText(run.epoch, run.changes.at[last]!, brief)} ${run.changes.says[last]}`;
    return {
      now,
      layout: placed,
      bundles: pairs,
      picture: pictureOf(board, placed, size.picture.zoom, pairs, seen, session, reason),
      table: session.view === 'table' ? tableOf(world, board, selection.thing) : null,
      legend: [...STATES]
        .reverse()
        .map((state) => ({ state, count: states.filter((other) => other === state).length })),
      footer: pointed
        ? `${pointed.name}: ${reason(statusOf(board, pointed))}`
        : lastText || 'Nothing has happened yet.',
      timeline: marks,
      playhead: marks.scale.x(moment.at),
      position: `change ${moment.step.toLocaleString('en')} of ${run.changes.count.toLocaleString('en')}`,
      story: tab === 'story' ? storyFrame(run, world.story, moment.step, moment.at, selection.change, brief) : null,
      causes: tab === 'causes' && question !== null ? causesOf(run, things, question, moment.step, brief, tone) : null,
      causesOpen: tab === 'causes',
      node:
        tab === 'node' && thing
          ? nodePanel(
              run,
              board,
              things,
              ties,
              statusOf,
              thing,
              course.rowsOf(thing.id),
              moment.at,
              brief,
              tone,
              thing.group !== null &&
                isFolded(thing.group, things.groups.get(thing.group) ?? [], foldFrom(things, budget), session.toggled),
            )
          : null,
      nodeOpen: tab === 'node',
      score: tab === 'score' ? score(selection.checkpoint) : null,
      spoken: spoken(world, session, now),
    };
  };
}

function spoken({ run, brief }: World, { moment }: Session, now: Now): string {
  const clock = clockText(run.epoch, moment.at, brief);
  const last = moment.step - 1;
  const works = `${now.share} ${now.what}.`;
  if (last < 0) return `${clock}. Nothing has happened yet. ${works}`;
  const tipped = run.changes.tipped[last]!;
  const because = tipped < 0 ? '' : `, because ${run.changes.says[tipped]}`;
  const caption = run.captions.find((one) => Math.floor(moment.at) === one.at)?.says;
  return `${clock}. ${run.changes.says[last]}${because}. ${caption ? `${caption} ` : ''}${works}`;
}
