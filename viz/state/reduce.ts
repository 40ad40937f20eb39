/** What each thing a person can do makes of the session. The only place where a session changes. */
import { answered, beforePlay, goneOn, isLocked, moved, paceOf } from './asking.ts';
import { type Course, countUntil, type Stop } from './course.ts';
import { momentAt, momentOfRow, nextOf, played, stepped, toMarker } from './move.ts';
import { NOTHING, type Selection, type Session, type Tab, type View } from './session.ts';
import { fitted, paged, type Span, zoomed } from './span.ts';

export type Action =
  | { readonly do: 'tick'; readonly seconds: number }
  | { readonly do: 'beat' }
  | {
      readonly do:
        | 'play'
        | 'pause'
        | 'toggle'
        | 'skip'
        | 'clear'
        | 'keys'
        | 'numbers'
        | 'predict'
        | 'motion'
        | 'contrast'
        | 'wall';
    }
  | { readonly do: 'seek'; readonly at: number }
  | { readonly do: 'part'; readonly share: number }
  | { readonly do: 'step' | 'marker' | 'near' | 'cause' | 'pace'; readonly by: 1 | -1 }
  | { readonly do: 'speed'; readonly speed: number }
  | { readonly do: 'until'; readonly stop: Stop | null }
  | { readonly do: 'thing'; readonly id: string | null }
  | { readonly do: 'change'; readonly row: number }
  | { readonly do: 'checkpoint'; readonly id: string }
  | { readonly do: 'fold'; readonly group: string }
  | { readonly do: 'rows'; readonly from: number }
  | { readonly do: 'tab'; readonly tab: Tab }
  | { readonly do: 'view'; readonly view: View }
  | { readonly do: 'span'; readonly span: Span | null }
  | { readonly do: 'zoom'; readonly by: 1 | -1 }
  | { readonly do: 'pin'; readonly id: string }
  | { readonly do: 'hover'; readonly id: string | null }
  | { readonly do: 'answer'; readonly choice: number | null }
  | { readonly do: 'answered' }
  | { readonly do: 'tour'; readonly on: boolean }
  | { readonly do: 'restore'; readonly session: Partial<Session> };

/** These say themselves what becomes of what is asked. */
const GO_ON = new Set<Action['do']>(['tick', 'beat', 'step', 'answer', 'play', 'toggle']);

export function reduce(session: Session, action: Action, course: Course): Session {
  const after = act(session, action, course);
  // To look at why it came, as the answer says one may, is no leaving of it.
  const looks = session.asked?.phase === 'told' && (action.do === 'change' || action.do === 'cause');
  const whole = action.do === 'restore' && action.session.asked !== undefined;
  return along(session, GO_ON.has(action.do) || looks || whole ? after : moved(session, after, course), course);
}

/** The stretch that is shown goes with the playhead, unless somebody has just chosen another. */
function along(before: Session, after: Session, course: Course): Session {
  if (after.span === null || after.span !== before.span || after.moment === before.moment) return after;
  const span = paged(after.span, before.moment, after.moment, course.length);
  return span === after.span ? after : { ...after, span };
}

function act(session: Session, action: Action, course: Course): Session {
  switch (action.do) {
    case 'tick':
      return tick(
        session,
        played(course, session.moment, action.seconds, paceOf(session, course), session.skip),
        course,
      );
    case 'beat':
      return tick(session, stepped(course, session.moment, 1), course);
    case 'play':
      return play(session, course);
    case 'pause':
      return session.playing ? { ...session, playing: false } : session;
    case 'toggle':
      return session.playing ? { ...session, playing: false } : play(session, course);
    case 'skip':
    case 'keys':
    case 'numbers':
    case 'motion':
    case 'contrast':
    case 'wall':
      return { ...session, [action.do]: !session[action.do] };
    case 'predict':
      return { ...session, predict: !session.predict, asked: null, answers: {} };
    case 'answer':
      return answered(session, action.choice);
    case 'answered':
      return session.asked?.phase === 'told' ? { ...session, asked: null } : session;
    case 'tour':
      return { ...session, touring: action.on, playing: false, asked: null };
    case 'clear':
      return { ...session, selection: NOTHING, hover: null };
    case 'seek':
      return { ...session, playing: false, moment: momentAt(course, action.at) };
    case 'part':
      return { ...session, playing: false, moment: momentAt(course, action.share * course.length) };
    case 'step':
      return step(session, action.by, course);
    case 'marker':
      return {
        ...session,
        playing: false,
        moment: toMarker(course, session.moment, action.by),
        selection: { ...session.selection, change: null },
      };
    case 'near':
      return near(session, action.by, course);
    case 'cause':
      return follow(session, action.by, course);
    case 'pace':
      return { ...session, speed: course.speeds[course.speeds.indexOf(session.speed) + action.by] ?? session.speed };
    case 'speed':
      return { ...session, speed: action.speed };
    case 'until':
      return { ...session, until: action.stop };
    case 'thing':
      return { ...session, rows: null, selection: { thing: action.id, change: null, checkpoint: null } };
    case 'change':
      return toChange(
        session,
        action.row,
        course,
        session.tab === 'story' || session.tab === 'causes' ? session.tab : 'causes',
      );
    case 'checkpoint':
      return toCheckpoint(session, action.id, course);
    case 'fold':
      return { ...session, toggled: toggle(session.toggled, action.group) };
    case 'rows':
      return { ...session, rows: Math.max(0, action.from) };
    case 'tab':
      return { ...session, tab: action.tab };
    case 'view':
      return { ...session, view: action.view };
    case 'span':
      return { ...session, span: action.span && fitted(action.span, course.length) };
    case 'zoom':
      return { ...session, span: zoomed(session.span, session.moment.at, action.by, course.length) };
    case 'pin':
      return { ...session, pins: toggle(session.pins, action.id) };
    case 'hover':
      return session.hover === action.id ? session : { ...session, hover: action.id };
    case 'restore':
      return { ...session, ...action.session, playing: false };
    default:
      return unreachable(action);
  }
}

function tick(session: Session, moment: Session['moment'], course: Course): Session {
  const stops = session.until === null ? [] : course.stops[session.until];
  const stop = stops[countUntil(stops, session.moment.at)];
  if (session.playing && stop !== undefined && moment.at >= stop)
    return { ...session, moment: moment.at > stop ? momentAt(course, stop) : moment, playing: false };
  const over = moment.at >= course.length && moment.step >= course.times.length;
  return goneOn(session, { ...session, moment, playing: session.playing && !over }, course);
}

function step(session: Session, by: 1 | -1, course: Course): Session {
  if (by > 0 && isLocked(session)) return session;
  const selection = { ...session.selection, change: null };
  const after = { ...session, playing: false, moment: stepped(course, session.moment, by), selection };
  return by > 0 ? goneOn(session, after, course) : moved(session, after, course);
}

/** From the end, playing starts anew. */
function play(session: Session, course: Course): Session {
  const asked = beforePlay(session, course);
  if (asked) return asked;
  const over = session.moment.at >= course.length && session.moment.step >= course.times.length;
  const told = session.asked?.phase === 'told';
  return {
    ...session,
    playing: true,
    asked: told ? null : session.asked,
    moment: over ? { at: 0, step: 0 } : session.moment,
  };
}

function near(session: Session, by: 1 | -1, course: Course): Session {
  const { thing } = session.selection;
  if (thing === null) return reduce(session, { do: 'step', by }, course);
  const row = nextOf(course.rowsOf(thing), session.moment.step, by);
  return row === null
    ? { ...session, playing: false }
    : { ...toChange(session, row, course, session.tab), selection: { ...NOTHING, thing, change: row } };
}

/** The change in question: the one selected, else the latest of the thing selected, else the latest of all. */
export function changeInQuestion(selection: Selection, step: number, course: Course): number | null {
  if (selection.change !== null) return selection.change;
  if (selection.thing === null) return step > 0 ? step - 1 : null;
  return nextOf(course.rowsOf(selection.thing), step + 1, -1);
}

function follow(session: Session, by: 1 | -1, course: Course): Session {
  const row = changeInQuestion(session.selection, session.moment.step, course);
  const next = row === null ? null : by > 0 ? course.ledTo(row) : course.tippedBy(row);
  return next === null ? { ...session, playing: false } : toChange(session, next, course, 'causes');
}

function toChange(session: Session, row: number, course: Course, tab: Tab): Session {
  if (!(row >= 0 && row < course.times.length)) return session;
  return {
    ...session,
    playing: false,
    moment: momentOfRow(course, row),
    selection: { thing: course.thingOf(row), change: row, checkpoint: null },
    tab,
  };
}

function toCheckpoint(session: Session, id: string, course: Course): Session {
  const at = course.momentOf(id);
  return {
    ...session,
    playing: false,
    tab: 'score',
    selection: { ...NOTHING, checkpoint: id },
    moment: at === null ? session.moment : momentAt(course, at),
  };
}

const toggle = (list: readonly string[], item: string): readonly string[] =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item];

function unreachable(action: never): never {
  throw new Error(`no such action: ${JSON.stringify(action)}`);
}
