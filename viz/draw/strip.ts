/** Draws the strip: the whole run as density, what is lost above the line and what comes back below, with the clock under it; and the playhead. */

import { select } from 'd3';
import type { Bin } from '../frame/density.ts';
import type { Frame } from '../frame/frame.ts';
import { type Scale, SIDE, type Stripe, type Tick } from '../frame/scale.ts';
import type { Overview, Timeline } from '../frame/timeline.ts';
import { attribute, child } from './dom.ts';

export const STRIP = { top: 12, density: 34, height: 69 } as const;
/** Height of an axis that stands by itself. */
export const AXIS = 20;

export function drawStrip(svg: SVGSVGElement, timeline: Timeline): void {
  const { gutter, overview } = timeline;
  const { scale } = overview;
  attribute(svg, 'width', String(gutter + scale.width + SIDE * 2));
  attribute(svg, 'height', String(STRIP.height));
  const middle = STRIP.top + STRIP.density * 0.55;
  const labels = child<SVGGElement>(svg, 'g', 'strip-labels');
  labels
    .selectAll<SVGTextElement, { text: string; y: number; tone: string }>('text')
    .data(
      gutter > 0
        ? [
            { text: 'lost', y: middle - 5, tone: 'loss' },
            { text: 'back', y: middle + 13, tone: 'gain' },
          ]
        : [],
    )
    .join('text')
    .attr('x', gutter + SIDE - 10)
    .attr('y', (label) => label.y)
    .attr('text-anchor', 'end')
    .text((label) => `${label.text} ${label.tone === 'loss' ? '▼' : '▲'}`);

  const plot = child<SVGGElement>(svg, 'g', 'plot')
    .attr('transform', `translate(${gutter + SIDE},0)`)
    .node()!;
  const up = STRIP.density * 0.55 - 2;
  const down = STRIP.density * 0.45 - 2;
  child(plot, 'rect', 'trough')
    .attr('x', -4)
    .attr('y', STRIP.top - 2)
    .attr('width', scale.width + 8)
    .attr('height', STRIP.density + 4)
    .attr('rx', 5);
  child(plot, 'line', 'zero').attr('x1', 0).attr('x2', scale.width).attr('y1', middle).attr('y2', middle);
  stripes(plot, scale.stripes, STRIP.top - 2, STRIP.density + 4, true);
  const bars = (className: string, part: 'loss' | 'gain' | 'plain') =>
    select(child<SVGGElement>(plot, 'g', `${className}s`).node()!)
      .selectAll<SVGRectElement, Bin>('rect')
      .data(
        overview.bins.filter((bin) => bin[part] > 0),
        (bin) => bin.x,
      )
      .join('rect')
      .attr('class', className)
      .attr('x', (bin) => bin.x)
      .attr('width', (bin) => bin.width)
      .attr('y', (bin) =>
        part === 'gain' ? middle + 1 : part === 'loss' ? middle - 1 - bin.loss * up : middle - 1 - bin.plain * up * 0.5,
      )
      .attr('height', (bin) =>
        part === 'gain' ? bin.gain * down : part === 'loss' ? bin.loss * up : bin.plain * up * 0.5,
      );
  bars('bin-plain', 'plain');
  bars('bin-loss', 'loss');
  bars('bin-gain', 'gain');
  select(child<SVGGElement>(plot, 'g', 'captions').node()!)
    .selectAll<SVGPathElement, Overview['captions'][number]>('path')
    .data(overview.captions)
    .join('path')
    .attr('class', 'caption-tick')
    .attr('d', ({ x }) => `M${x - 3},2h6v7l-3,-2.4l-3,2.4z`);
  axis(
    child<SVGGElement>(plot, 'g', 'axis')
      .attr('transform', `translate(0,${STRIP.top + STRIP.density + 4})`)
      .node()!,
    overview.ticks,
  );
  drawBeside(plot, overview.brush, scale);
}

/** What is not shown below steps back. */
function drawBeside(plot: Element, brush: Overview['brush'], { width }: Scale): void {
  const sides = brush ? [[-4, brush[0] + 4] as const, [brush[1], width - brush[1] + 4] as const] : [];
  select(child<SVGGElement>(plot, 'g', 'beside').node()!)
    .selectAll<SVGRectElement, readonly [x: number, width: number]>('rect')
    .data(sides)
    .join('rect')
    .attr('x', ([x]) => x)
    .attr('width', ([, wide]) => Math.max(wide, 0))
    .attr('y', STRIP.top - 2)
    .attr('height', STRIP.density + 4);
}

/** Hatched: a silence that is passed over, with its true length where it fits. */
export function stripes(parent: Element, list: readonly Stripe[], y: number, height: number, labelled: boolean): void {
  const groups = select(child<SVGGElement>(parent, 'g', 'stripes').node()!)
    .selectAll<SVGGElement, Stripe>('g')
    .data(list)
    .join((enter) => {
      const group = enter.append('g').attr('class', 'stripe');
      group.append('rect');
      group.append('title');
      return group;
    });
  groups
    .select('rect')
    .attr('x', (stripe) => stripe.x)
    .attr('width', (stripe) => stripe.width)
    .attr('y', y)
    .attr('height', height);
  groups.select('title').text((stripe) => stripe.title);
  groups
    .selectAll<SVGTextElement, { text: string; x: number; dy: number }>('text')
    .data((stripe) => (labelled && stripe.label ? lines(stripe, y, height) : []))
    .join('text')
    .attr('x', (line) => line.x)
    .attr('y', (line) => line.dy)
    .text((line) => line.text);
}

function lines(stripe: Stripe, y: number, height: number): { text: string; x: number; dy: number }[] {
  return [{ text: stripe.label, x: stripe.x + stripe.width / 2, dy: y + height / 2 + 4 }];
}

/** The axis of the stretch that the lanes show, above them. */
export function drawAxis(svg: SVGSVGElement, { gutter, scale, ticks }: Timeline): void {
  attribute(svg, 'width', String(gutter + scale.width + SIDE * 2));
  attribute(svg, 'height', String(AXIS));
  axis(
    child<SVGGElement>(svg, 'g', 'axis')
      .attr('transform', `translate(${gutter + SIDE},0)`)
      .node()!,
    ticks,
  );
}

/** Labels of both ends stand a little beside the handles of the brush. */
const BESIDE = { start: 4, middle: 0, end: -4 } as const;

function axis(group: SVGGElement, ticks: readonly Tick[]): void {
  const marks = select(group)
    .selectAll<SVGGElement, Tick>('g.tick')
    .data(ticks, (tick) => tick.at)
    .join((enter) => {
      const tick = enter.append('g').attr('class', 'tick');
      tick.append('line').attr('y2', 4);
      tick.append('text').attr('y', 15);
      return tick;
    });
  marks.attr('transform', (tick) => `translate(${tick.x},0)`);
  marks
    .select('text')
    .attr('text-anchor', (tick) => tick.anchor)
    .attr('x', (tick) => BESIDE[tick.anchor])
    .text((tick) => tick.label);
}

export function drawPlayhead(
  svg: SVGSVGElement,
  timeline: Timeline,
  x: number,
  top: number,
  height: number,
  knob: boolean,
): void {
  const head = child<SVGGElement>(svg, 'g', 'playhead').attr('transform', `translate(${timeline.gutter + SIDE + x},0)`);
  if (head.select('line').empty()) {
    head.append('line').attr('class', 'playhead-halo');
    head.append('line').attr('class', 'playhead-line');
    if (knob) head.append('circle').attr('r', 6);
  }
  head
    .selectAll('line')
    .attr('y1', top)
    .attr('y2', top + height);
  head.select('circle').attr('cy', top);
  head.raise();
}

/** The playhead on the lanes, where the moment is in the stretch that they show. */
export function drawHead(svg: SVGSVGElement, { timeline, head }: Pick<Frame, 'timeline' | 'head'>): void {
  drawPlayhead(svg, timeline, head.x, 0, timeline.height, false);
  child(svg, 'g', 'playhead').attr('visibility', head.shown ? null : 'hidden');
}

/** What is still to come, while it is asked. */
export function drawCover(
  svg: SVGSVGElement,
  covered: boolean,
  { gutter, scale }: Timeline,
  from: number,
  top: number,
  height: number,
): void {
  child<SVGRectElement>(svg, 'rect', 'cover')
    .attr('x', gutter + SIDE + from)
    .attr('y', top)
    .attr('width', Math.max(scale.width - from + 4, 0))
    .attr('height', height)
    .attr('visibility', covered ? 'visible' : 'hidden')
    .raise();
}
