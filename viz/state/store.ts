/** Holds the session, lets actions change it, and tells whoever listens. */
import type { Course } from './course.ts';
import { type Action, reduce } from './reduce.ts';
import type { Session } from './session.ts';

export type Dispatch = (action: Action) => void;

export interface Store {
  /** Goes on with another run: from a session that fits it. */
  readonly adopt: (course: Course, session: Session) => void;
  readonly session: () => Session;
  readonly dispatch: Dispatch;
  /** Called after each action that changed something, with the session before it. */
  readonly subscribe: (listener: (after: Session, before: Session, action: Action) => void) => void;
}

export function createStore(first: Session, firstCourse: Course): Store {
  let [session, course] = [first, firstCourse];
  const listeners: ((after: Session, before: Session, action: Action) => void)[] = [];
  const tell = (before: Session, action: Action): void => {
    for (const listener of listeners) listener(session, before, action);
  };
  return {
    adopt(other, fitting) {
      const before = session;
      [session, course] = [fitting, other];
      tell(before, { do: 'restore', session: {} });
    },
    session: () => session,
    dispatch(action) {
      const before = session;
      session = reduce(session, action, course);
      if (session !== before) tell(before, action);
    },
    subscribe: (listener) => void listeners.push(listener),
  };
}
