/** Walking in the lanes: one stop for Tab; sideways through the marks of a lane, up and down from lane to lane, Enter leads where a click does. */

import { attribute, byId } from '../draw/dom.ts';
import type { Frame } from '../frame/frame.ts';
import { SIDE } from '../frame/scale.ts';
import type { Stage } from './stage.ts';

const STOP = ':is(.span[role=button], .claim):not([data-untold])';

export function walkLanes({ onDraw, frame }: Stage): void {
  const svg = byId('lanes').querySelector('svg') as SVGSVGElement;
  const stops = (): SVGGElement[] => [...svg.querySelectorAll<SVGGElement>(STOP)];
  /** The middle of a mark; what is one lane says its height. */
  const middle = (stop: SVGGElement): { x: number; y: number } => {
    const box = (stop.querySelector('rect') ?? stop).getBoundingClientRect();
    const lane = (stop.closest('.row') ?? stop).getBoundingClientRect();
    return { x: box.left + box.width / 2, y: Math.round(stop.matches('.claim') ? box.top : lane.top) };
  };
  svg.addEventListener('keydown', (event) => {
    const here = (event.target as Element).closest<SVGGElement>(STOP);
    if (!here) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      here.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    } else if (event.key.startsWith('Arrow') && !event.shiftKey) {
      event.preventDefault();
      nextStop(
        stops().map((stop) => ({ stop, ...middle(stop) })),
        { stop: here, ...middle(here) },
        event.key,
      )?.stop.focus();
    }
  });
  // On the holder: Chromium makes a drawing that listens for the focus a stop of its own.
  byId('lanes').addEventListener('focusin', (event) => {
    for (const stop of stops()) attribute(stop, 'tabindex', stop === event.target ? '0' : '-1');
  });
  /** While it is asked what comes, no mark tells it, by pointer or by key: none that reaches beyond the playhead. */
  const cover = ({ covered, head, timeline }: Frame): void => {
    const edge = timeline.gutter + SIDE + head.x + svg.getBoundingClientRect().left + 1;
    for (const mark of svg.querySelectorAll<SVGGElement>('.span, .claim')) {
      const untold = covered && mark.getBoundingClientRect().right > edge;
      attribute(mark, 'data-untold', untold ? '' : null);
      if (mark.hasAttribute('tabindex')) attribute(mark, 'aria-hidden', untold ? 'true' : null);
      if (untold && mark.getAttribute('tabindex') === '0') attribute(mark, 'tabindex', '-1');
    }
  };
  let wasCovered = false;
  let drawn: Frame['timeline'] | null = null;
  // After each drawing some mark must be the one that Tab reaches.
  onDraw(() => {
    const now = frame();
    if (now.covered || wasCovered || drawn !== now.timeline) cover(now);
    [wasCovered, drawn] = [now.covered, now.timeline];
    const first = svg.querySelector(STOP);
    if (first && !svg.querySelector(`${STOP}[tabindex="0"]`)) attribute(first, 'tabindex', '0');
  });
}

interface At {
  readonly x: number;
  readonly y: number;
}

/** Sideways the next of the same line; up and down the nearest of the next line that has any. */
export function nextStop<Stop extends At>(stops: readonly Stop[], here: Stop, key: string): Stop | undefined {
  const aside = key === 'ArrowLeft' || key === 'ArrowRight';
  const by = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
  const way = (stop: Stop): number => (aside ? stop.x - here.x : stop.y - here.y) * by;
  const ahead = stops.filter((stop) => way(stop) > 0 && (!aside || stop.y === here.y));
  const least = Math.min(...ahead.map(way));
  return ahead
    .filter((stop) => way(stop) === least)
    .reduce<Stop | undefined>(
      (best, stop) => (best && Math.abs(best.x - here.x) <= Math.abs(stop.x - here.x) ? best : stop),
      undefined,
    );
}
