/** Keeps the address in step with the session: a selection is a step in the history, a moment replaces the last. */
import type { World } from '../frame/world.ts';
import { hashOf, readHash } from '../state/hash.ts';
import type { Linked } from '../state/session.ts';
import type { Stage } from './stage.ts';

/** What the address says of a run. */
export const fromAddress = ({ run, course, things }: World): Linked =>
  readHash(location.hash, run, course, (thing) => things.byId.has(thing));

/** Whether the address asks for a moment of the run. */
export const hasMoment = (): boolean => new URLSearchParams(location.hash.slice(1)).has('t');

/** Browsers allow only so many changes of the address a minute. */
const PAUSE = 300;

export function keepAddress(stage: Stage): void {
  let timer: number | undefined;
  const write = (push: boolean): void => {
    const { run, course } = stage.world();
    const hash = hashOf(stage.session(), run, course);
    if (hash === location.hash) return;
    history[push ? 'pushState' : 'replaceState'](null, '', hash);
  };
  stage.subscribe((after, before, action) => {
    if (action.do === 'restore' || action.do === 'hover' || after.touring) return;
    window.clearTimeout(timer);
    const selected =
      after.selection.thing !== before.selection.thing || after.selection.checkpoint !== before.selection.checkpoint;
    if (selected) write(true);
    else timer = window.setTimeout(() => write(false), PAUSE);
  });
  window.addEventListener('popstate', () => stage.dispatch({ do: 'restore', session: fromAddress(stage.world()) }));
}
