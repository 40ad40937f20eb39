/** Draws a frame whenever the session or the room changes, at most once for each frame of the screen. */
import { byId } from '../draw/dom.ts';
import { pageDrawer } from '../draw/page.ts';
import { clearPulses, drawPulses } from '../draw/pulses.ts';
import { follow } from '../draw/story.ts';
import { type Frame, frames, type Size } from '../frame/frame.ts';
import { pulsesOf } from '../frame/pulses.ts';
import type { Stage } from './stage.ts';

/** On a wall the picture is drawn larger, not emptier. */
const LARGE = 1300;

/** Where the page scrolls, the picture is no longer than this. */
const LONG = 640;

/** These move forward change by change, so that what they pass is seen on its way; all others jump. */
const WALKS = new Set(['tick', 'beat', 'step']);

/** Draws the stage; `drawn` is called with each frame. */
export function showRun(
  { world, session: sessionNow, subscribe, onShow, drew }: Stage,
  drawn: (frame: Frame) => void,
): void {
  let frameOf = frames(world());
  const draw = pageDrawer();
  const picture = byId<SVGSVGElement>('picture');
  const still = window.matchMedia('(prefers-reduced-motion: reduce)');
  let asked = false;
  let followed: string | null = null;
  let walked: { from: number; to: number } | null = null;

  const render = (): void => {
    asked = false;
    const session = sessionNow();
    const frame = frameOf(session, roomNow());
    drawn(frame);
    draw(frame, session);
    if (walked && session.motion && !still.matches && session.view === 'picture')
      drawPulses(picture, pulsesOf(world(), frame.layout, walked.from, walked.to));
    walked = null;
    // Where a line stands is known for nothing once the page is laid out: before the next frame is drawn.
    if (frame.story && frame.story.current !== followed) requestAnimationFrame(() => follow(byId('panel-story')));
    followed = frame.story?.current ?? null;
    drew();
  };
  const ask = (): void => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(render);
  };
  onShow((other) => {
    frameOf = frames(other);
    clearPulses(picture);
    ask();
  });
  subscribe((after, before, action) => {
    const [from, to] = [before.moment.step, after.moment.step];
    if (WALKS.has(action.do) && to > from) walked = { from: walked?.from ?? from, to };
    else if (to !== from || action.do === 'fold') {
      walked = null;
      clearPulses(picture);
    }
    ask();
  });
  new ResizeObserver(ask).observe(byId('canvas'));
  new ResizeObserver(ask).observe(byId('lanes'));
  document.fonts?.ready.then(ask, ask);
  render();
}

/** The room that the page has for what is drawn. */
export function roomNow(): Size {
  const canvas = byId('canvas');
  const narrow = window.innerWidth < 960;
  const width = canvas.clientWidth || Math.min(window.innerWidth, 900);
  const zoom = width > LARGE ? Math.min(width / LARGE, 1.5) : 1;
  return {
    picture: { width: width / zoom, height: (narrow ? LONG : Math.max(canvas.clientHeight - 9, 240)) / zoom, zoom },
    // Where the page scrolls, a second line does no harm.
    notes: narrow ? Number.POSITIVE_INFINITY : byId('works').clientWidth - 24,
    timeline: byId('lanes').clientWidth || window.innerWidth,
    narrow: window.innerWidth < 720,
  };
}
