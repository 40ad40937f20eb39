/** What each thing a person can do makes of the session. The only place where a session changes. */
import type { Course } from './course.ts';
import { momentAt, momentOfRow, nextOf, played, stepped, toMarker } from './move.ts';
import { type Linked, NOTHING, type Selection, type Session, type Span, type Tab, type View } from './session.ts';

export type Action =
  | { readonly do: 'tick'; readonly seconds: number }
  | { readonly do: 'beat' }
  | { readonly do: 'play' | 'pause' | 'toggle' | 'skip' | 'clear' | 'keys' | 'numbers' | 'predict' | 'motion' }
  | { readonly do: 'seek'; readonly at: number }
  | { readonly do: 'part'; readonly share: number }
  | { readonly do: 'step' | 'marker' | 'near' | 'cause' | 'pace'; readonly by: 1 | -1 }
  | { readonly do: 'speed'; readonly speed: number }
  | { readonly do: 'thing'; readonly id: string | null }
  | { readonly do: 'change'; readonly row: number }
  | { readonly do: 'checkpoint'; readonly id: string }
  | { readonly do: 'fold'; readonly group: string }
  | { readonly do: 'rows'; readonly from: number }
  | { readonly do: 'tab'; readonly tab: Tab }
  | { readonly do: 'view'; readonly view: View }
  | { readonly do: 'span'; readonly span: Span | null }
  | { readonly do: 'pin'; readonly id: string }
  | { readonly do: 'hover'; readonly id: string | null }
  | { readonly do: 'restore'; readonly session: Partial<Linked> };

export function reduce(session: Session, action: Action, course: Course): Session {
  switch (action.do) {
    case 'tick':
      return tick(session, played(course, session.moment, action.seconds, session.speed, session.skip), course);
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
    case 'predict':
    case 'motion':
      return { ...session, [action.do]: !session[action.do] };
    case 'clear':
      return { ...session, selection: NOTHING, hover: null };
    case 'seek':
      return { ...session, playing: false, moment: momentAt(course, action.at) };
    case 'part':
      return { ...session, playing: false, moment: momentAt(course, action.share * course.length) };
    case 'step':
      return {
        ...session,
        playing: false,
        moment: stepped(course, session.moment, action.by),
        selection: { ...session.selection, change: null },
      };
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
      return { ...session, span: action.span };
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
  const over = moment.at >= course.length && moment.step >= course.times.length;
  return { ...session, moment, playing: session.playing && !over };
}

/** From the end, playing starts anew. */
function play(session: Session, course: Course): Session {
  const over = session.moment.at >= course.length && session.moment.step >= course.times.length;
  return { ...session, playing: true, moment: over ? { at: 0, step: 0 } : session.moment };
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
