/** Draws a poster beside the page, where styles reach it and nobody sees it, and gives it out as a picture that stands by itself. */
import { select } from 'd3';
import type { Frame } from '../frame/frame.ts';
import { type Body, type KeyMark, linesOf, type Poster, posterOf, type TextMark } from '../frame/poster.ts';
import type { World } from '../frame/world.ts';
import { drawGlyph } from './card.ts';
import { child } from './dom.ts';
import { drawLanes, drawValues } from './lanes.ts';
import { LINES } from './legend.ts';
import { drawPicture } from './picture.ts';
import { AXIS, drawAxis, drawHead, drawPlayhead, drawStrip, STRIP } from './strip.ts';

/** The same picture again with another moment changes only what changed. */
export interface Easel {
  readonly svg: SVGSVGElement;
  /** `steady`: as one of many that are shown one after the other. */
  draw(frame: Frame, body: Body, steady?: boolean): { readonly width: number; readonly height: number };
  remove(): void;
}

export function createEasel(world: World): Easel {
  const host = select(document.body).append('div').attr('class', 'easel').attr('aria-hidden', 'true');
  const svg = host.append('svg').attr('class', 'poster').node() as SVGSVGElement;
  const part = (name: string): SVGSVGElement =>
    child<SVGSVGElement>(child(svg, 'g', name).node() as Element, 'svg', 'part').node() as SVGSVGElement;
  return {
    svg,
    draw(frame, body, steady = false) {
      const map = body === 'map' ? mapNow() : null;
      const { picture } = frame;
      const height = map ? map.height : picture.height * picture.zoom;
      const poster = posterOf(
        world,
        frame,
        body,
        { width: map?.width ?? widthOf(frame), picture: height, strip: STRIP.height, axis: AXIS },
        body === 'picture' || body === 'both' ? linesOf(picture.ties, LINES, steady) : [],
        steady,
      );
      ground(svg, poster);
      place(svg, 'picture', poster.picture);
      if (map && poster.picture !== null) part('picture').replaceWith(map.svg);
      else if (poster.picture !== null) drawPicture(part('picture'), picture);
      place(svg, 'strip', poster.strip);
      drawStrip(part('strip'), frame.timeline);
      drawPlayhead(part('strip'), frame.timeline, frame.playhead, 9, STRIP.top + STRIP.density - 4, true);
      place(svg, 'lanes', poster.lanes);
      place(svg, 'axis-of-lanes', poster.lanes === null || !frame.timeline.near ? null : poster.lanes - AXIS);
      if (poster.lanes !== null) {
        const lanes = part('lanes');
        drawLanes(lanes, frame.timeline, false);
        drawHead(lanes, frame);
        drawValues(lanes, frame.timeline, frame.head.shown ? frame.values : [], frame.head.x);
        if (frame.timeline.near) drawAxis(part('axis-of-lanes'), frame.timeline);
      }
      words(svg, poster);
      return { width: poster.width, height: poster.height };
    },
    remove: () => void host.remove(),
  };
}

/** Picture and timeline are as wide as each other. */
const widthOf = ({ timeline }: Frame): number => timeline.gutter + timeline.width + 24;

/** The map as it is drawn in the page, if it is. */
export function mapNow(): { readonly svg: SVGSVGElement; readonly width: number; readonly height: number } | null {
  const drawn = document.querySelector<SVGSVGElement>('#map svg');
  const { width, height } = drawn?.getBoundingClientRect() ?? { width: 0, height: 0 };
  if (!drawn || width < 1 || height < 1) return null;
  const svg = drawn.cloneNode(true) as SVGSVGElement;
  select(svg).attr('width', width).attr('height', height).attr('class', 'part');
  return { svg, width, height };
}

function ground(svg: SVGSVGElement, { width, height }: Poster): void {
  select(svg).attr('width', width).attr('height', height).attr('viewBox', `0 0 ${width} ${height}`);
  child(svg, 'rect', 'poster-ground').attr('width', width).attr('height', height).lower();
}

function place(svg: SVGSVGElement, name: string, y: number | null): void {
  const group = child(svg, 'g', name);
  if (y === null) group.remove();
  else group.attr('transform', `translate(0,${y})`);
}

function words(svg: SVGSVGElement, { texts, keys }: Poster): void {
  child<SVGGElement>(svg, 'g', 'poster-texts')
    .selectAll<SVGTextElement, TextMark>('text')
    .data(texts)
    .join('text')
    .attr('class', (mark) => mark.className)
    .attr('x', (mark) => mark.x)
    .attr('y', (mark) => mark.y)
    .text((mark) => mark.text);
  child<SVGGElement>(svg, 'g', 'poster-keys')
    .selectAll<SVGGElement, KeyMark>('g.key')
    .data(keys)
    .join((enter) => {
      const key = enter.append('g').attr('class', 'key');
      key.append('g').attr('class', 'glyph');
      key.append('path');
      key.append('text').attr('class', 'poster-small');
      return key;
    })
    .attr('transform', ({ x, y }) => `translate(${x},${y})`)
    .each(function ({ state, line, text }) {
      const key = select(this);
      if (state) drawGlyph(key.select<SVGGElement>('.glyph').node() as SVGGElement, state, 7, -4, 6.2);
      key
        .select(':scope > path')
        .attr('class', line)
        .attr('d', line === null ? null : 'M0,-4h28');
      key
        .select('text')
        .attr('x', line === null ? 19 : 35)
        .text(text);
    });
}
