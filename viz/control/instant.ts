/** Times of the axis, and of the moment under the pointer over the strip and the lanes: by the clock, since the start, and the nearest change. */

import { byId, show } from '../draw/dom.ts';
import { pointedAt } from '../frame/instant.ts';
import { SIDE } from '../frame/scale.ts';
import type { Stage } from './stage.ts';

const APART = 6;

export function tellTimes({ world, frame, session, onShow }: Stage): void {
  // A brief run is told in milliseconds since its start on any axis: there is nothing to choose.
  const offer = (): void => show('wall', !world().brief);
  offer();
  onShow(offer);
  const note = byId('pointed');
  const [time, event] = note.children as unknown as [HTMLElement, HTMLElement];
  const hide = (): void => {
    note.hidden = true;
  };
  const tell = (area: HTMLElement, { clientX, pointerType, target }: PointerEvent): void => {
    const { timeline, covered } = frame();
    const { left, top } = area.getBoundingClientRect();
    const x = clientX - left - timeline.gutter - SIDE;
    const { scale } = area.id === 'strip-box' ? timeline.overview : timeline;
    // What stands under the pointer in the lanes tells of itself.
    const told = area.id !== 'strip-box' && (target as Element).closest('[data-row],[data-claim],button') !== null;
    if (pointerType === 'touch' || told || x < -SIDE || x > scale.width + SIDE) return hide();
    const found = pointedAt(
      world(),
      scale.at(Math.min(Math.max(x, 0), scale.width)),
      covered ? session().moment.step : Number.POSITIVE_INFINITY,
    );
    time.textContent = found.time;
    event.textContent = found.event;
    note.hidden = false;
    const { width, height } = note.getBoundingClientRect();
    note.style.left = `${Math.min(Math.max(clientX - width / 2, 8), Math.max(window.innerWidth - width - 8, 8))}px`;
    note.style.top = `${Math.max(top - height - APART, 4)}px`;
  };
  for (const id of ['strip-box', 'stretch', 'lanes']) {
    const area = byId(id);
    area.addEventListener('pointermove', (moved) => tell(area, moved));
    area.addEventListener('pointerleave', hide);
  }
  document.addEventListener('scroll', hide, { capture: true, passive: true });
}
