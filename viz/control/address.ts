/** Keeps the address in step with the session: a selection is a step in the history, a moment replaces the last. */
import type { Run } from '../load/run.ts';
import type { Course } from '../state/course.ts';
import { hashOf, readHash } from '../state/hash.ts';
import type { Store } from '../state/store.ts';

/** Browsers allow only so many changes of the address a minute. */
const PAUSE = 300;

export function keepAddress(run: Run, course: Course, store: Store, known: (thing: string) => boolean): void {
  let timer: number | undefined;
  const write = (push: boolean): void => {
    const hash = hashOf(store.session(), run, course);
    if (hash === location.hash) return;
    history[push ? 'pushState' : 'replaceState'](null, '', hash);
  };
  store.subscribe((after, before, action) => {
    if (action.do === 'restore' || action.do === 'hover') return;
    window.clearTimeout(timer);
    const selected =
      after.selection.thing !== before.selection.thing || after.selection.checkpoint !== before.selection.checkpoint;
    if (selected) write(true);
    else timer = window.setTimeout(() => write(false), PAUSE);
  });
  window.addEventListener('popstate', () =>
    store.dispatch({ do: 'restore', session: readHash(location.hash, run, course, known) }),
  );
}
