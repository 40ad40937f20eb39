/** Draws the map: land, a grid, great circles of links, and the spots with their states on top. */
import { geoGraticule10, geoPath, select } from 'd3';
import { feature } from 'topojson-client';
import world from 'world-atlas/land-110m.json' with { type: 'json' };
import { CLASS_SIGN } from '../frame/classes.ts';
import { SIDE_SIGN } from '../frame/contrast.ts';
import type { Flat } from '../frame/globe.ts';
import type { ArcMark, Lens, MapFrame, SpotMark } from '../frame/map.ts';
import { drawGlyph } from './card.ts';
import { attribute, child, looksNew } from './dom.ts';

/** Natural Earth's coast lines, as world-atlas packs them; public domain. */
const topology = world as unknown as Parameters<typeof feature>[0];
const LAND = feature(topology, topology.objects.land as Parameters<typeof feature>[1]);
const GRID = geoGraticule10();

export function drawMap(svg: SVGSVGElement, frame: MapFrame, lens: Lens, width: number, height: number): void {
  attribute(svg, 'width', String(width));
  attribute(svg, 'height', String(height));
  attribute(svg, 'viewBox', `0 0 ${width} ${height}`);
  const ground = child<SVGGElement>(svg, 'g', 'ground').node()!;
  drawGround(ground, frame.flat, `${width} ${height}`);
  const moved = `translate(${lens.x},${lens.y}) scale(${lens.k})`;
  attribute(ground, 'transform', moved);
  const arcs = child<SVGGElement>(svg, 'g', 'arcs').node()!;
  attribute(arcs, 'transform', moved);
  drawArcs(arcs, frame);
  child<SVGGElement>(svg, 'g', 'pulses');
  drawSpots(child<SVGGElement>(svg, 'g', 'spots').node()!, frame.spots);
}

function drawGround(group: SVGGElement, flat: Flat, size: string): void {
  if (!looksNew(group, size)) return;
  const path = geoPath(flat);
  child(group, 'path', 'sea').attr('d', path({ type: 'Sphere' }));
  child(group, 'path', 'grid').attr('d', path(GRID));
  child(group, 'path', 'land').attr('d', path(LAND));
}

function drawArcs(group: SVGGElement, { arcs, flat }: MapFrame): void {
  const path = geoPath(flat);
  select(group)
    .selectAll<SVGPathElement, ArcMark>('path')
    .data(arcs, (mark) => mark.id)
    .join((enter) => {
      const made = enter.append('path');
      made.append('title');
      return made;
    })
    .each(function (mark) {
      const { from, to } = mark.arc;
      const look = `arc${mark.harm ? ` ${mark.harm}` : ''}${mark.near ? ' near' : ''}${mark.dim ? ' dim' : ''}`;
      if (looksNew(this, `${look} ${mark.title} ${flat.scale()} ${flat.translate()}`)) {
        attribute(this, 'class', look);
        attribute(this, 'd', path({ type: 'LineString', coordinates: [[...from.at], [...to.at]] }));
        select(this).select('title').text(mark.title);
      }
    });
}

function drawSpots(group: SVGGElement, spots: readonly SpotMark[]): void {
  select(group)
    .selectAll<SVGGElement, SpotMark>('g.spot')
    .data(spots, (mark) => mark.id)
    .join((enter) => {
      const made = enter.append('g').attr('role', 'button').attr('tabindex', -1);
      made.append('circle').attr('class', 'people');
      made.append('path').attr('class', 'lead');
      made.append('circle').attr('class', 'target').attr('r', 12);
      made.append('g').attr('class', 'glyph');
      made.append('text').attr('class', 'spot-name').attr('dy', '0.34em');
      made.append('text').attr('class', 'spot-tag');
      made.append('title');
      return made;
    })
    .each(drawSpot);
}

function drawSpot(this: SVGGElement, mark: SpotMark): void {
  const { x, y, r, pointX, pointY, state, selected, dim, named, people, title, label, tag } = mark;
  const place = `${x.toFixed(1)} ${y.toFixed(1)}`;
  if (!looksNew(this, `${place} ${state} ${selected} ${dim} ${named} ${people} ${title}`)) return;
  attribute(this, 'class', `spot s-${state}${selected ? ' selected' : ''}${dim ? ' dim' : ''}`);
  attribute(this, 'transform', `translate(${x.toFixed(1)},${y.toFixed(1)})`);
  attribute(this, 'data-thing', mark.id);
  attribute(this, 'data-card', mark.id);
  attribute(this, 'aria-label', title);
  attribute(this, 'aria-pressed', String(selected));
  const group = select(this);
  const [dx, dy] = [pointX - x, pointY - y];
  group.select('.people').attr('r', people);
  group.select('.lead').attr('d', Math.hypot(dx, dy) > 3 ? `M0,0L${dx.toFixed(1)},${dy.toFixed(1)}` : '');
  group
    .select('.spot-name')
    .attr('x', r + 4)
    .text(named ? label : '');
  // The class over the run has a sign; what only differs now has the sign of its side.
  group
    .select('.spot-tag')
    .attr('class', `spot-tag${tag?.as ? ` c-${tag.as}` : ''}${tag?.side ? ` d-${tag.side}` : ''}`)
    // The name stands on the other side.
    .attr('x', -r * 0.5)
    .attr('text-anchor', 'end')
    .attr('y', -r * 0.55)
    .text(tag === null ? '' : tag.as === null ? SIDE_SIGN[tag.side ?? 'other'] : CLASS_SIGN[tag.as]);
  group.select('title').text(title);
  drawGlyph(group.select<SVGGElement>('g.glyph').node()!, state, 0, 0, r);
}
