/** Dragging the playhead: on the strip, on the axis of a stretch, and over the lanes. Dragging pauses; letting go does not play on. */

import { byId } from '../draw/dom.ts';
import { SIDE } from '../frame/scale.ts';
import type { Stage } from './stage.ts';

export function listenToScrub({ dispatch, frame }: Stage): void {
  const timeline = () => frame().timeline;
  const strip = byId('strip');
  const lanes = byId('lanes');
  const seek = (event: PointerEvent, area: Element, on: Element): void => {
    const { gutter, overview, ...shown } = timeline();
    const { scale } = area === strip ? overview : shown;
    const x = event.clientX - on.getBoundingClientRect().left - gutter - SIDE;
    dispatch({ do: 'seek', at: scale.at(Math.min(Math.max(x, 0), scale.width)) });
  };
  for (const area of [strip, byId('stretch'), lanes]) {
    const svg = area.querySelector('svg');
    if (!svg) continue;
    let dragging = false;
    area.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || (event.target as Element).closest('[data-row],[data-claim],button,.brush')) return;
      // Left of the axis stand labels; and a finger on the lanes may want to scroll them.
      if (
        event.clientX - svg.getBoundingClientRect().left < timeline().gutter ||
        (area === lanes && event.pointerType === 'touch')
      )
        return;
      dragging = true;
      area.setPointerCapture(event.pointerId);
      seek(event, area, svg);
    });
    area.addEventListener('pointermove', (event) => {
      if (dragging) seek(event, area, svg);
    });
    for (const end of ['pointerup', 'pointercancel'] as const)
      area.addEventListener(end, () => {
        dragging = false;
      });
  }
}
