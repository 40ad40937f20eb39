/** Choosing the stretch that the lanes show: by a brush under the strip for the pointer, by its two ends as sliders for the keys. */

import { brushX, type D3BrushEvent } from 'd3';
import { attribute, byId, child, looksNew, write } from '../draw/dom.ts';
import { STRIP } from '../draw/strip.ts';
import { type Scale, SIDE } from '../frame/scale.ts';
import { clockText, elapsed, lasting } from '../frame/time.ts';
import { LEAST, type Span } from '../state/span.ts';
import type { Stage } from './stage.ts';

/** The brush lies over the axis: above it the strip is for the playhead. As high as a finger needs it. */
const TOP = STRIP.height - 24;
/** A key moves an end by this part of the strip, or of the stretch where that is less; with Shift ten times as far. */
const STEP = 1 / 100;
const OWN = 1 / 20;

type End = keyof Span;

export function startBrush(stage: Stage): void {
  const strip = byId('strip');
  const svg = strip.querySelector('svg') as SVGSVGElement;
  const { dispatch, session, frame, world } = stage;
  const scale = (): Scale => frame().timeline.overview.scale;
  const whole = (): Span => ({ from: 0, to: world().run.length });
  const near = byId('near');
  let brushing = false;

  const brush = brushX<unknown>()
    .handleSize(24)
    .on('start brush end', ({ type, selection, sourceEvent, mode }: D3BrushEvent<unknown>) => {
      // Without an event the brush was moved by the page itself.
      if (!sourceEvent) return;
      brushing = type !== 'end';
      // The strip must not move under the hand: what is told of a stretch comes when it is chosen.
      if (type === 'start') near.classList.toggle('opening', session().span === null);
      if (type === 'end') near.classList.remove('opening');
      const [from, to] = (selection ?? []) as readonly number[];
      if (type !== 'start' && from !== undefined && to !== undefined && to - from >= 1)
        dispatch({ do: 'span', span: { from: scale().at(from), to: scale().at(to) } });
      if (type !== 'end') return;
      // A click without a drag leads to its moment, as on the strip above.
      if (selection === null && mode === 'handle' && 'clientX' in sourceEvent)
        dispatch({
          do: 'seek',
          at: scale().at(sourceEvent.clientX - svg.getBoundingClientRect().left - frame().timeline.gutter - SIDE),
        });
      draw(true);
    });

  const draw = (anew = false): void => {
    const { gutter, overview } = frame().timeline;
    const { width } = overview.scale;
    const group = child<SVGGElement>(svg, 'g', 'brush').attr('transform', `translate(${gutter + SIDE},0)`);
    const node = group.node()!;
    node.classList.toggle('all', overview.brush === null);
    if (!brushing && (looksNew(node, `${width} ${overview.brush}`) || anew)) {
      brush.extent([
        [0, TOP],
        [width, STRIP.height],
      ]);
      brush(group as unknown as Parameters<typeof brush>[0]);
      brush.move(
        group as unknown as Parameters<typeof brush>[0],
        [...(overview.brush ?? [0, width])] as [number, number],
      );
    }
    const { from, to } = session().span ?? whole();
    place('from', overview.brush?.[0] ?? 0, from);
    place('to', overview.brush?.[1] ?? width, to);
  };

  const place = (end: End, x: number, at: number): void => {
    const { run, brief } = world();
    const grip = byId(`span-${end}`);
    const { gutter, overview } = frame().timeline;
    grip.style.left = `${gutter + SIDE + x - 12}px`;
    grip.classList.toggle('moved', overview.brush !== null);
    attribute(grip, 'aria-valuenow', String(Math.round((x / overview.scale.width) * 1000) / 10));
    attribute(grip, 'aria-valuetext', `${clockText(run.epoch, at, brief)}, ${elapsed(at)}`);
  };

  /** Where a key takes an end of the stretch; null: the key means nothing here. */
  const moved = (end: End, key: string, shift: boolean): number | null => {
    const span = session().span ?? whole();
    const { at, x, width } = scale();
    if (key === 'Home') return end === 'from' ? 0 : span.from + LEAST;
    if (key === 'End') return end === 'from' ? span.to - LEAST : whole().to;
    const way = { ArrowLeft: -1, ArrowDown: -1, PageDown: -10, ArrowRight: 1, ArrowUp: 1, PageUp: 10 }[key];
    if (way === undefined) return null;
    const pixels = Math.min(width * STEP, (x(span.to) - x(span.from)) * OWN) * way * (shift ? 10 : 1);
    const to = Math.round(at(Math.min(Math.max(x(span[end]) + pixels, 0), width)));
    // Where a pixel is longer than the stretch, its ends go by the millisecond.
    const other = to === span[end] ? to + Math.sign(way) : to;
    return end === 'from' ? Math.min(other, span.to - LEAST) : Math.max(other, span.from + LEAST);
  };
  for (const end of ['from', 'to'] as const)
    byId(`span-${end}`).addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const at = moved(end, event.key, event.shiftKey);
      if (at === null) return;
      event.preventDefault();
      dispatch({ do: 'span', span: { ...(session().span ?? whole()), [end]: at } });
    });

  byId('strip-box').addEventListener('dblclick', () => dispatch({ do: 'span', span: null }));
  stage.subscribe((after, before, { do: what }) => {
    if (after.span === before.span || !(what === 'zoom' || (what === 'span' && after.span === null))) return;
    const { run, brief } = world();
    write(
      'said',
      after.span
        ? `${clockText(run.epoch, after.span.from, brief)} to ${clockText(run.epoch, after.span.to, brief)}, ${lasting(after.span.to - after.span.from)}.`
        : 'All of the run.',
    );
  });
  stage.onDraw(() => draw());
  draw();
}
