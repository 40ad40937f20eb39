/** The map on the page: drawn while it is shown, enlarged and moved by pointer, keys and buttons, walked with the arrows. */
import { type D3ZoomEvent, easeCubicInOut, select, zoom, zoomIdentity } from 'd3';
import { attribute, byId, show, write } from '../draw/dom.ts';
import { drawMap } from '../draw/map.ts';
import { clearVoyages, drawVoyages } from '../draw/voyages.ts';
import { globeOf } from '../frame/globe.ts';
import { type MapFrame, maps, type SpotMark } from '../frame/map.ts';
import { voyagesOf } from '../frame/voyages.ts';
import type { Stage } from './stage.ts';
import type { Versus } from './versus.ts';

const MOST = 12;
const STEP = 1.6;

export function startMap(stage: Stage, versus: Versus): void {
  const holder = byId('map');
  const svg = byId<SVGSVGElement>('map-picture');
  const still = window.matchMedia('(prefers-reduced-motion: reduce)');
  let mapOf = maps(stage.world());
  let globe = globeOf(stage.world().run, stage.world().things, stage.world().ties);
  let lens = zoomIdentity;
  let frame: MapFrame | null = null;
  let asked = false;
  let walked: { from: number; to: number } | null = null;

  const render = (): void => {
    asked = false;
    const session = stage.session();
    if (session.view !== 'map') return;
    const { boards } = stage.world();
    const [width, height] = [holder.clientWidth, Math.max(holder.clientHeight, 240)];
    // A board is read before another is asked for.
    const tags = versus.tags();
    frame = mapOf(boards.at(session.moment.step), session, width, height, lens, tags);
    drawMap(svg, frame, lens, width, height);
    write('map-note', frame.note);
    show('map-buttons', frame.spots.length > 0);
    if (walked && session.motion && !still.matches)
      drawVoyages(svg, frame.flat, lens, voyagesOf(stage.world(), globe, walked.from, walked.to));
    walked = null;
    keepStop();
  };
  const ask = (): void => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(render);
  };
  const zooming = zoom<SVGSVGElement, unknown>()
    .scaleExtent([1, MOST])
    // Without a key the wheel scrolls the page; two fingers are the map's.
    .filter((event: WheelEvent & TouchEvent) =>
      event.type === 'wheel' ? event.ctrlKey || event.metaKey : event.type !== 'touchstart' || event.touches.length > 1,
    )
    .on('zoom', ({ transform }: D3ZoomEvent<SVGSVGElement, unknown>) => {
      lens = transform;
      ask();
    });
  select(svg).call(zooming);
  const moves = () =>
    select(svg)
      .transition()
      .duration(stage.session().motion && !still.matches ? 250 : 0)
      .ease(easeCubicInOut);
  stage.on('map-in', () => void moves().call(zooming.scaleBy, STEP));
  stage.on('map-out', () => void moves().call(zooming.scaleBy, 1 / STEP));
  stage.on('map-all', () => void moves().call(zooming.transform, zoomIdentity));

  stage.on('map-fit', () => {
    // What shares a point with others is where that is.
    const thing = stage.world().things.byId.get(stage.session().selection.thing ?? '');
    const id = thing && globe.spotOf.get(thing.index)?.id;
    const spot = frame?.spots.find((one) => one.id === id);
    if (!spot) return;
    const [x, y] = lens.invert([spot.pointX, spot.pointY]);
    const k = Math.max(lens.k, 4);
    const [width, height] = [holder.clientWidth, holder.clientHeight];
    const to = zoomIdentity
      .translate(width / 2, height / 2)
      .scale(k)
      .translate(-x, -y);
    void moves().call(zooming.transform, to);
  });

  const spots = (): SVGGElement[] => [...svg.querySelectorAll<SVGGElement>('.spot')];
  /** One of them is the stop for Tab. */
  const keepStop = (): void => {
    const list = spots();
    if (list.length === 0 || list.some((one) => one.getAttribute('tabindex') === '0')) return;
    attribute((list.find((one) => one.classList.contains('selected')) ?? list[0])!, 'tabindex', '0');
  };
  // Not on the drawing itself: Chromium makes one that listens for the focus a stop of its own.
  holder.addEventListener('focusin', ({ target }) => {
    const list = spots();
    if (!list.some((one) => one === target)) return;
    for (const one of list) attribute(one, 'tabindex', one === target ? '0' : '-1');
  });
  svg.addEventListener('keydown', (event) => {
    const here = (event.target as Element).closest<SVGGElement>('.spot');
    if (!here) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      here.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    } else if (event.key.startsWith('Arrow') && !event.shiftKey) {
      event.preventDefault();
      const mark = frame?.spots.find(({ id }) => id === here.dataset.thing);
      const next = mark && nextSpot(frame?.spots ?? [], mark, event.key);
      spots()
        .find((one) => one.dataset.thing === next?.id)
        ?.focus();
    }
  });

  stage.subscribe((after, before, action) => {
    const [from, to] = [before.moment.step, after.moment.step];
    if ((action.do === 'tick' || action.do === 'beat' || action.do === 'step') && to > from)
      walked = { from: walked?.from ?? from, to };
    else if (to !== from) {
      walked = null;
      clearVoyages(svg);
    }
    ask();
  });
  stage.onShow((world) => {
    mapOf = maps(world);
    globe = globeOf(world.run, world.things, world.ties);
    ask();
  });
  versus.subscribe(ask);
  new ResizeObserver(ask).observe(holder);
  ask();
}

/** The nearest mark that lies that way rather than another. */
export function nextSpot(
  marks: readonly Pick<SpotMark, 'id' | 'x' | 'y'>[],
  here: Pick<SpotMark, 'id' | 'x' | 'y'>,
  key: string,
): Pick<SpotMark, 'id' | 'x' | 'y'> | undefined {
  const [ax, ay] = key === 'ArrowLeft' ? [-1, 0] : key === 'ArrowRight' ? [1, 0] : key === 'ArrowUp' ? [0, -1] : [0, 1];
  let best: { readonly mark: (typeof marks)[number]; readonly cost: number } | undefined;
  for (const mark of marks) {
    const [dx, dy] = [mark.x - here.x, mark.y - here.y];
    const ahead = dx * ax + dy * ay;
    const aside = Math.abs(dx * ay) + Math.abs(dy * ax);
    if (mark.id === here.id || ahead <= 0 || aside > ahead * 1.5) continue;
    const cost = ahead + aside * 2;
    if (!best || cost < best.cost) best = { mark, cost };
  }
  return best?.mark;
}
