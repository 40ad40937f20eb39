/** Predict, then see: where playing stops by itself to ask, what an answer sets going, and when what came of it is told. */
import type { Ask, Course } from './course.ts';
import type { Moment, Session } from './session.ts';

/** `open`: it waits for an answer. `watched`: the run plays to the answer. `told`: what happened stands beside what was expected. */
export interface Asked {
  readonly id: string;
  readonly phase: 'open' | 'watched' | 'told';
}

/** By question: which of its options was taken, or null for `I can't say`. The first answer stays. */
export type Answers = Readonly<Record<string, number | null>>;

/** What was foretold is played in no more than so many seconds. */
const WATCHED = 6;

const isAfter = (a: Moment, b: Moment): boolean => a.step > b.step || (a.step === b.step && a.at > b.at);

const stopOf = (course: Course, asked: Asked | null): Ask | undefined =>
  asked ? course.asks().find(({ id }) => id === asked.id) : undefined;

const isAnswered = ({ answers }: Session, { id }: { readonly id: string }): boolean => Object.hasOwn(answers, id);
const asks = ({ predict, touring }: Session): boolean => predict && !touring;

/** Nothing moves on by itself, nor by steps, before the question is answered. */
export const isLocked = ({ asked }: Session): boolean => asked?.phase === 'open';

/** The question that a run is opened with, where it is opened at the moment of one. */
export function openingAsked(session: Session, course: Course): Session {
  const stop = asks(session) ? course.asks()[0] : undefined;
  const here = stop && !isAfter(stop.ask, session.moment) && !isAfter(session.moment, stop.ask);
  return here ? { ...session, asked: { id: stop.id, phase: 'open' } } : session;
}

/** Milliseconds of the run to a second: as chosen, or faster where an answer is far off. */
export function paceOf(session: Session, course: Course): number {
  const stop = session.asked?.phase === 'watched' ? stopOf(course, session.asked) : undefined;
  return stop ? Math.max(session.speed, (stop.reveal.at - stop.ask.at) / WATCHED, 1) : session.speed;
}

/** Play was pressed. Where a question stands it is asked; what was told is put away. */
export function beforePlay(session: Session, course: Course): Session | null {
  if (isLocked(session)) return session;
  if (!asks(session)) return null;
  const stop = course
    .asks()
    .find(
      (one) => one.ask.step === session.moment.step && one.ask.at === session.moment.at && !isAnswered(session, one),
    );
  return stop ? { ...session, playing: false, asked: { id: stop.id, phase: 'open' } } : null;
}

/** The session a little further on, as `after` has it: or only as far as the next question or answer. */
export function goneOn(before: Session, after: Session, course: Course): Session {
  const { asked } = before;
  if (asked?.phase === 'watched') {
    const stop = stopOf(course, asked);
    if (!stop || isAfter(stop.reveal, after.moment)) return after;
    return { ...after, moment: stop.reveal, playing: false, asked: { id: stop.id, phase: 'told' } };
  }
  const past = { ...after, asked: null };
  if (!asks(before)) return past;
  const stop = course
    .asks()
    .find((one) => !isAnswered(before, one) && !isAfter(before.moment, one.ask) && isAfter(after.moment, one.ask));
  return stop ? { ...after, moment: stop.ask, playing: false, asked: { id: stop.id, phase: 'open' } } : past;
}

/** Nothing but an answer counts, and only while it is asked for. */
export function answered(session: Session, choice: number | null): Session {
  const { asked } = session;
  if (asked?.phase !== 'open') return session;
  const answers = isAnswered(session, asked) ? session.answers : { ...session.answers, [asked.id]: choice };
  return { ...session, answers, playing: true, asked: { id: asked.id, phase: 'watched' } };
}

/** The moment was chosen by hand: a question stays while its window is not left, and is answered where the answer is passed. */
export function moved(before: Session, after: Session, course: Course): Session {
  if (after.moment === before.moment || !after.asked) return after;
  const stop = stopOf(course, after.asked);
  const { phase } = after.asked;
  if (!stop || phase === 'told' || isAfter(stop.ask, after.moment)) return { ...after, asked: null };
  if (isAfter(stop.reveal, after.moment)) return after;
  return { ...after, asked: phase === 'watched' ? { id: stop.id, phase: 'told' } : null };
}
