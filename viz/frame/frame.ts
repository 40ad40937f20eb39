/** What the page shows, as a pure function of run, session and room. Parts that do not depend on the moment are remembered. */
import { changeInQuestion } from '../state/reduce.ts';
import type { Session } from '../state/session.ts';
import type { Span } from '../state/span.ts';
import { type Caption, captionOf } from './caption.ts';
import { cardsOf, type Usual } from './cards.ts';
import { type Causes, causesOf } from './causes.ts';
import { usualFolds } from './fit.ts';
import { flappingIn } from './flap.ts';
import { silenceAt } from './instant.ts';
import { type Layout, layoutOf } from './lanes.ts';
import { latest } from './memo.ts';
import { momentsOf } from './moments.ts';
import { foldButton, type NodePanel, nodePanel } from './node.ts';
import { lineOf, type Now, nowReader } from './now.ts';
import { fewOf } from './numbers.ts';
import { type Bundle, bundlesOf, innerLinks, type Picture } from './picture.ts';
import { type QuestionFrame, questionFrame } from './question-frame.ts';
import { reasonOf, reasonText } from './reason.ts';
import { reaches } from './scale.ts';
import { type Score, scoreOf, UNTOLD } from './score.ts';
import type { Status } from './status.ts';
import { type StoryFrame, storyFrame } from './story.ts';
import { pageOf, type TablePage } from './table.ts';
import { amount, clockText } from './time.ts';
import { type Timeline, timelineOf } from './timeline.ts';
import { STATES, type State } from './words.ts';
import type { World } from './world.ts';

export interface Size {
  /** Room for the picture in its own units, and how many pixels one of them is. */
  readonly picture: { readonly width: number; readonly height: number; readonly zoom: number };
  readonly timeline: number;
  /** Room for the notes on what works, pixels. */
  readonly notes: number;
  readonly narrow: boolean;
}

export interface Value {
  readonly id: string;
  readonly text: string;
}

export interface Frame {
  readonly now: Now;
  /** Notes on what works, in one line. */
  readonly more: string;
  readonly layout: Layout;
  readonly bundles: readonly Bundle[];
  readonly picture: Picture;
  readonly table: TablePage | null;
  readonly legend: readonly { readonly state: State; readonly count: number }[];
  /** The line under the picture: what is pointed at, selected, or happened last. */
  readonly footer: string;
  /** What was last said of the run as a whole, in its place under the picture; null in a run of which nothing is said. */
  readonly caption: Caption | null;
  readonly question: QuestionFrame | null;
  readonly timeline: Timeline;
  /** Where it stands on the strip, and on the lanes: at their edge, and not to be seen, where it is outside of what they show. */
  readonly playhead: number;
  readonly head: { readonly x: number; readonly shown: boolean };
  /** The long silence that the moment is in, and the middle of it on the strip; null while the run plays. */
  readonly silence: { readonly x: number; readonly says: string } | null;
  /** The rest of the timeline is covered while a question waits for an answer. */
  readonly covered: boolean;
  /** What the curves of the timeline are at this moment, in words. */
  readonly values: readonly Value[];
  /** Numbers that are not drawn until somebody asks for them. */
  readonly moreNumbers: number;
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

const NO_FLAPS: ReadonlyMap<number, number> = new Map();
const NO_GAPS: World['course']['gaps'] = [];

export type FrameOf = (session: Session, size: Size) => Frame;

export function frames(world: World): FrameOf {
  const { run, things, ties, statusOf, brief, course, tone } = world;
  const few = fewOf(world.curves).length;
  const nowOf = nowReader(run, things, statusOf, brief);
  const usual = latest((width: number, height: number) => usualFolds(world.parts, width, height));
  const cards = latest((folds: Usual, toggled: readonly string[]) => cardsOf(world.parts, folds, toggled));
  const bundles = latest((list: ReturnType<typeof cardsOf>) => bundlesOf(list, ties.list));
  const layout = latest((list: ReturnType<typeof cardsOf>, pairs: readonly Bundle[], width: number, height: number) =>
    layoutOf(list, pairs, width, height),
  );
  const timeline = latest(
    (
      width: number,
      narrow: boolean,
      skip: boolean,
      thing: string | null,
      claim: string | null,
      all: boolean,
      list: ReturnType<typeof cardsOf>,
      pins: readonly string[],
      span: Span | null,
      wall: boolean,
    ) =>
      timelineOf(world, {
        width,
        narrow,
        gaps: skip ? course.gaps : NO_GAPS,
        thing,
        claim,
        all,
        cards: list,
        pins,
        span,
        wall,
      }),
  );
  const flapping = flappingIn(run, things);
  const moments = latest((list: ReturnType<typeof cardsOf>, pairs: readonly Bundle[], placed: Layout, zoom: number) =>
    momentsOf(world, placed, zoom, pairs, innerLinks(list, ties.list)),
  );
  const score = latest((claim: string | null) => scoreOf(run, claim, brief));

  return (session, size) => {
    const { moment, selection, tab } = session;
    const folds = usual(size.picture.width, size.picture.height);
    const shown = cards(folds, session.toggled);
    const pairs = bundles(shown);
    const placed = layout(shown, pairs, size.picture.width, size.picture.height);
    const marks = timeline(
      size.timeline,
      size.narrow,
      session.skip,
      selection.thing,
      selection.checkpoint,
      session.numbers,
      shown,
      session.pins,
      session.span,
      session.wall,
    );
    const silence = session.playing || session.asked?.phase === 'open' ? null : silenceAt(world, moment.at);
    // A board is read before another is asked for: what looks at the whole run comes before.
    const asked = questionFrame(world, session);
    const covered = session.asked?.phase === 'open';
    const board = world.boards.at(moment.step);
    const flaps = session.playing ? flapping(moment.step, moment.at - session.speed) : NO_FLAPS;
    const reason = (status: Status) => reasonText(reasonOf(run, board, status, brief));
    const question = changeInQuestion(selection, moment.step, course);
    const thing = selection.thing === null ? undefined : things.byId.get(selection.thing);
    const pointed = things.byId.get(session.hover ?? '') ?? thing;
    const seen = moments(shown, pairs, placed, size.picture.zoom);
    const drawn = seen.picture(board, { hover: session.hover, selected: selection.thing, flaps, reason });
    // A part that flaps is counted as it is, though it is drawn as one that flaps.
    const now = nowOf(board, moment.at, flaps.size === 0 ? seen.counts : null);
    const many =
      session.hover === null
        ? undefined
        : drawn.cards.find((card) => card.id === session.hover && card.card.fold !== null);
    const last = moment.step - 1;
    const lastText = last < 0 ? '' : `${clockText(run.epoch, run.changes.at[last]!, brief)} ${run.changes.says(last)}`;
    return {
      now,
      more: lineOf(now.more, size.notes),
      layout: placed,
      bundles: pairs,
      picture: drawn,
      table: session.view === 'table' ? pageOf(world, board, selection.thing, session.rows) : null,
      legend: [...STATES].reverse().map((state) => ({ state, count: seen.counts.of(state) })),
      footer:
        many?.title ??
        (pointed ? `${pointed.name}: ${reason(statusOf(board, pointed))}` : lastText || 'Nothing has happened yet.'),
      caption: captionOf(run, moment, size.picture.width * size.picture.zoom),
      question: asked,
      timeline: marks,
      playhead: marks.overview.scale.x(moment.at),
      head: { x: marks.scale.x(moment.at), shown: reaches(marks.scale, moment.at, moment.at) },
      silence: silence && {
        x: (marks.overview.scale.x(silence.from) + marks.overview.scale.x(silence.to)) / 2,
        says: silence.says,
      },
      covered,
      values: marks.curves.map((curve) => ({
        id: curve.id,
        text: amount(curve.valueAt(board, moment.at), curve.unit),
      })),
      moreNumbers: world.curves.length - few,
      position: `change ${moment.step.toLocaleString('en')} of ${run.changes.count.toLocaleString('en')}`,
      story:
        tab === 'story' ? storyFrame(run, world.story, moment.step, moment.at, selection.change, brief, covered) : null,
      causes:
        tab === 'causes' && question !== null ? causesOf(run, world.manyOf, question, moment.step, brief, tone) : null,
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
              foldButton(world.parts, thing, folds, session.toggled),
            )
          : null,
      nodeOpen: tab === 'node',
      score: tab !== 'score' ? null : covered ? UNTOLD : score(selection.checkpoint),
      spoken: [asked?.spoken, spoken(world, session, now), silence && `${silence.says}.`].filter(Boolean).join(' '),
    };
  };
}

function spoken({ run, brief }: World, { moment }: Session, now: Now): string {
  const clock = clockText(run.epoch, moment.at, brief);
  const last = moment.step - 1;
  const works = `${now.share} ${now.what}.`;
  if (last < 0) return `${clock}. Nothing has happened yet. ${works}`;
  const tipped = run.changes.tipped[last]!;
  const because = tipped < 0 ? '' : `, because ${run.changes.says(tipped)}`;
  const caption = run.captions.find((one) => Math.floor(moment.at) === one.at)?.says;
  return `${clock}. ${run.changes.says(last)}${because}. ${caption ? `${caption} ` : ''}${works}`;
}
