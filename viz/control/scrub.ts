/** Dragging the playhead: on the strip and over the lanes. Dragging pauses; letting go does not play on. */
import { byId } from '../draw/dom.ts';
import type { Stage } from './stage.ts';

const SIDE = 12;

export function listenToScrub({ dispatch, frame }: Stage): void {
  const timeline = () => frame().timeline;
  const strip = byId('strip');
  const lanes = byId('lanes');
  const seek = (event: PointerEvent, on: Element): void => {
    const { gutter, scale } = timeline();
    const x = event.clientX - on.getBoundingClientRect().left - gutter - SIDE;
    dispatch({ do: 'seek', at: scale.at(Math.min(Math.max(x, 0), scale.width)) });
  };
  for (const area of [strip, lanes]) {
    const svg = area.querySelector('svg');
    if (!svg) continue;
    let dragging = false;
    area.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || (event.target as Element).closest('[data-row],[data-claim],button')) return;
      // Left of the axis stand labels; and a finger on the lanes may want to scroll them.
      if (
        event.clientX - svg.getBoundingClientRect().left < timeline().gutter ||
        (area === lanes && event.pointerType === 'touch')
      )
        return;
      dragging = true;
      area.setPointerCapture(event.pointerId);
      seek(event, svg);
    });
    area.addEventListener('pointermove', (event) => {
      if (dragging) seek(event, svg);
    });
    for (const end of ['pointerup', 'pointercancel'] as const)
      area.addEventListener(end, () => {
        dragging = false;
      });
  }
}
