/** Leads through the page in a few steps that act on it; whenever it is left, all is as it was before. */
import { byId } from '../draw/dom.ts';
import { drawTour, placeTour } from '../draw/tour.ts';
import { type TourStep, tourOf } from '../frame/tour.ts';
import type { Session } from '../state/session.ts';
import type { Stage } from './stage.ts';

/** A stretch that is played on the way is over after so many seconds. */
const SECONDS = 4;

/** Below this height what is told of goes to the top: the note is over the rest. */
const LOW = 480;

export function startTour({ world, session, dispatch, subscribe, onShow, on, frame: frameNow }: Stage): void {
  const box = byId('tour');
  const ring = byId('tour-ring');
  let before: Session | null = null;
  let opener: Element | null = null;
  let steps: readonly TourStep[] = [];
  let at = 0;

  const frame = (): void => {
    const found = steps[at]?.at.map((selector) => document.querySelector(selector)).find(Boolean) ?? null;
    placeTour(box, ring, before && found);
  };
  const go = (to: number): void => {
    at = to;
    const step = steps[at]!;
    // A step is the same whichever way it is come to: what a later one did to the folds is undone.
    dispatch({ do: 'restore', session: { toggled: before!.toggled } });
    for (const action of step.does) dispatch(action);
    if (step.playTo !== null) {
      const { moment, motion } = session();
      const still = !motion || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      const way = step.playTo - moment.at;
      if (still || way <= 0) dispatch({ do: 'seek', at: step.playTo });
      else {
        dispatch({ do: 'speed', speed: Math.max(way / SECONDS, 1) });
        dispatch({ do: 'play' });
      }
    }
    drawTour(box, step, at, steps.length);
    box.scrollTop = 0;
    // What the step did is drawn with the next frame; then it can be framed.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (!before) return;
        if (window.innerWidth < 960)
          document
            .querySelector(step.at.find((one) => document.querySelector(one)) ?? 'main')
            ?.scrollIntoView({ block: window.innerHeight < LOW ? 'start' : 'center' });
        frame();
      }),
    );
    box.focus();
  };
  const leave = (): void => {
    if (!before) return;
    const was = before;
    before = null;
    ring.hidden = true;
    box.hidden = true;
    dispatch({ do: 'tour', on: false });
    dispatch({ do: 'restore', session: { ...was, playing: false, touring: false } });
    (opener instanceof HTMLElement && opener.isConnected && opener.checkVisibility()
      ? opener
      : byId('more-open')
    ).focus();
  };

  on('tour', () => {
    if (before) return go(0);
    before = session();
    opener = document.activeElement === document.body ? byId('play') : document.activeElement;
    steps = tourOf(
      world(),
      frameNow().layout.boxes.flatMap(({ card: { kind, fold, label, things } }) =>
        kind === 'group' && fold !== null ? [{ id: fold, label, count: things.length }] : [],
      ),
    );
    dispatch({ do: 'tour', on: true });
    box.hidden = false;
    go(0);
  });
  box.addEventListener('click', (event) => {
    const what = (event.target as Element).closest<HTMLElement>('[data-tour]')?.dataset.tour;
    if (what === 'skip' || (what === 'on' && at === steps.length - 1)) leave();
    else if (what === 'on') go(at + 1);
    else if (what === 'back') go(at - 1);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !before || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    leave();
  });
  subscribe((after, { playing }) => {
    const to = before && steps[at]?.playTo;
    if (to && playing && after.playing && after.moment.at >= to) dispatch({ do: 'seek', at: to });
  });
  // Another run cannot be put back to where this one was.
  onShow(() => {
    if (!before) return;
    before = null;
    ring.hidden = true;
    box.hidden = true;
  });
  const follow = (): void => {
    if (before) frame();
  };
  window.addEventListener('resize', follow);
  document.addEventListener('scroll', follow, { capture: true, passive: true });
}
