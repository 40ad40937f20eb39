/** Holds the session, lets actions change it, and tells whoever listens. */
import type { Course } from './course.ts';
import { type Action, reduce } from './reduce.ts';
import type { Session } from './session.ts';

export type Dispatch = (action: Action) => void;

export interface Store {
  readonly session: () => Session;
  readonly dispatch: Dispatch;
  /** Called after each action that changed something, with the session before it. */
  readonly subscribe: (listener: (after: Session, before: Session, action: Action) => void) => void;
}

export function createStore(first: Session, course: Course): Store {
  let session = first;
  const listeners: ((after: Session, before: Session, action: Action) => void)[] = [];
  return {
    session: () => session,
    dispatch(action) {
      const before = session;
      session = reduce(session, action, course);
      if (session !== before) for (const listener of listeners) listener(session, before, action);
    },
    subscribe: (listener) => void listeners.push(listener),
  };
}
