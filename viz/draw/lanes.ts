/** Draws the lanes under the strip: checkpoints, curves, what people could do, what teams were at. */

import { select } from 'd3';
import type { ClaimMark } from '../frame/claims.ts';
import type { Value } from '../frame/frame.ts';
import { SIDE } from '../frame/scale.ts';
import { CLAIM_LINE, NOTE_LINE, type RowMark, type SpanMark, type Timeline, thin } from '../frame/timeline.ts';
import { attribute, child } from './dom.ts';
import { breakPath, crossPath, flagPath, tickPath, verdictPath } from './lane-signs.ts';
import { set } from './story.ts';
import { stripes } from './strip.ts';

/** A lane that is kept has a button that lets it go, and one that is pointed at tells of what. */
export function drawPins(holder: HTMLElement, { rows, gutter }: Timeline): void {
  select(holder)
    .selectAll<HTMLButtonElement, RowMark>('button')
    .data(
      rows.filter((row) => row.pinned),
      (row) => row.id,
    )
    .join((enter) => {
      const button = enter.append('button').attr('type', 'button').attr('class', 'unpin');
      button.append('span').attr('aria-hidden', 'true').text('×');
      return button;
    })
    .order()
    .attr('data-unpin', (row) => row.thing)
    .attr('aria-label', (row) => `Let the lane of ${row.title} go`)
    .attr('title', (row) => `Let the lane of ${row.title} go`)
    .style('left', '8px')
    .style('top', (row) => `${row.y + (gutter === 0 ? -4 : (row.height - 24) / 2)}px`);
}

/** What a lane comes to over the run is not told while the rest of it is covered. */
export function drawLanes(svg: SVGSVGElement, timeline: Timeline, covered: boolean): void {
  const { gutter, scale, height } = timeline;
  const narrow = gutter === 0;
  attribute(svg, 'width', String(gutter + scale.width + SIDE * 2));
  attribute(svg, 'height', String(height));
  hatch(svg);
  const back = child<SVGGElement>(svg, 'g', 'back')
    .attr('aria-hidden', 'true')
    .attr('transform', `translate(${gutter + SIDE},0)`)
    .node()!;
  stripes(back, timeline.stripes, 0, height, false);
  select(
    child<SVGGElement>(svg, 'g', 'grid')
      .attr('aria-hidden', 'true')
      .attr('transform', `translate(${gutter + SIDE},0)`)
      .node()!,
  )
    .selectAll<SVGLineElement, { x: number }>('line')
    .data(timeline.ticks)
    .join('line')
    .attr('x1', (tick) => tick.x)
    .attr('x2', (tick) => tick.x)
    .attr('y2', height);

  const rows = select(child<SVGGElement>(svg, 'g', 'rows').node()!)
    .selectAll<SVGGElement, RowMark>('g.row')
    .data(timeline.rows, (row) => row.id)
    .join((enter) => {
      const row = enter.append('g');
      row.append('text').attr('class', 'row-label');
      row.append('g').attr('class', 'row-notes');
      row.append('g').attr('class', 'areas');
      row.append('path').attr('class', 'curve-line');
      row.append('title');
      row.append('g').attr('class', 'spans');
      return row;
    })
    .attr('class', (row) => `row ${row.kind}${row.pinned ? ' pinned' : ''}`)
    .attr('data-lane', (row) => row.thing)
    .attr('data-points', (row) => row.points)
    .attr('aria-hidden', (row) => (isWalked(row) ? null : 'true'))
    .attr('transform', (row) => `translate(0,${row.y})`);
  rows
    .select('.row-label')
    .attr('x', (row) => (narrow ? SIDE + (row.pinned ? 26 : 0) : SIDE + gutter - 12))
    .attr('y', (row) => (narrow ? 12 : row.kind === 'curve' ? 13 : row.kind === 'claims' ? 13 : row.height / 2 + 4))
    .attr('text-anchor', narrow ? 'start' : 'end')
    .text((row) => (row.indent ? `↳ ${row.label}` : row.label));
  rows
    .select<SVGGElement>('.row-notes')
    .attr('transform', `translate(${narrow ? SIDE + scale.width : SIDE + gutter - 12},${narrow ? 12 : 25})`)
    .selectAll<SVGTextElement, string>('text')
    .data((row) => (covered ? [] : row.notes))
    .join('text')
    .attr('class', 'row-note')
    .attr('y', (_, i) => i * NOTE_LINE)
    .attr('text-anchor', 'end')
    .text((said) => said);
  rows
    .select('.curve-line')
    .attr('transform', `translate(${gutter + SIDE},0)`)
    .attr('class', (row) => `curve-line${row.lines.length > 1 ? ' many' : ''}`)
    .attr('d', (row) => (row.kind === 'curve' ? curvePath(row, narrow) : null));
  rows
    .select('title')
    .text((row) => (covered && (row.kind === 'curve' || row.kind === 'claims') ? row.label : row.title));
  rows
    .select<SVGGElement>('.areas')
    .attr('transform', `translate(${gutter + SIDE},0)`)
    .each(function (row) {
      drawAreas(this, row, narrow, scale.width);
    });
  rows
    .select<SVGGElement>('.spans')
    .attr('transform', `translate(${gutter + SIDE},0)`)
    .each(function (row) {
      drawSpans(this, row, narrow);
    });
  drawClaims(
    child<SVGGElement>(svg, 'g', 'claims')
      .attr('transform', `translate(${gutter + SIDE},${timeline.claimsY})`)
      .node()!,
    timeline.claims,
  );
}

/** The ground of what waits: slanted lines, so that it is told from work by more than its colour. */
function hatch(svg: SVGSVGElement): void {
  const pattern = child<SVGPatternElement>(child<SVGDefsElement>(svg, 'defs', 'patterns').node()!, 'pattern', 'waits')
    .attr('id', 'lane-waits')
    .attr('patternUnits', 'userSpaceOnUse')
    .attr('width', 5)
    .attr('height', 5)
    .node()!;
  child(pattern, 'path', 'waits-line').attr('d', 'M-1,6L6,-1M-1,1L1,-1M4,6L6,4');
}

/** Where in its row a curve is that high. */
const heightAt = (row: RowMark, narrow: boolean, share: number): number => {
  const [top, bottom] = [narrow ? 18 : 3, row.height - 1];
  return bottom - share * (bottom - top);
};

/** One curve stands on filled ground; many of a kind are lines over each other. */
function curvePath(row: RowMark, narrow: boolean): string {
  const ground = heightAt(row, narrow, 0);
  return row.lines
    .map((points) => {
      const line = points.map(([x, share]) => `${x},${heightAt(row, narrow, share)}`).join('L');
      if (row.lines.length > 1) return `M${line}`;
      return `M${points[0]?.[0] ?? 0},${ground}L${line}L${points[points.length - 1]?.[0] ?? 0},${ground}z`;
    })
    .join('');
}

function drawAreas(group: SVGGElement, row: RowMark, narrow: boolean, width: number): void {
  const [top, height] = narrow ? [16, 11] : [2, row.height - 4];
  const y = (share: number) => top + height * (1 - share);
  const all = row.kind === 'parts' ? [{ state: 'up' as const, steps: [] }, ...row.areas] : [];
  select(group)
    .selectAll<SVGPathElement, (typeof all)[number]>('path')
    .data(all, (area) => area.state)
    .join('path')
    .attr('class', (area) => `area a-${area.state}`)
    .attr('d', ({ steps }) => {
      if (steps.length === 0) return `M0,${y(1)}H${width}V${y(0)}H0z`;
      const over = steps.map(({ x, top: share }, i) => `${i === 0 ? `M${x},` : `H${x}V`}${y(share)}`).join('');
      const back = steps.toReversed().map(({ base }, i, list) => {
        // Going back, a step holds from its own x on: its base reaches left to where it begins.
        const next = list[i + 1];
        return `V${y(next ? next.base : base)}${next ? `H${next.x}` : ''}`;
      });
      return `${over}${back.join('')}z`;
    });
}

/** What each curve is at the moment, beside the playhead; where labels stand above their rows, at the end of the line. */
export function drawValues(svg: SVGSVGElement, timeline: Timeline, values: readonly Value[], playhead: number): void {
  const { gutter, scale } = timeline;
  const narrow = gutter === 0;
  const at = new Map(values.map(({ id, text }) => [id, text]));
  const left = playhead > scale.width * 0.75;
  const x = narrow ? SIDE + scale.width : gutter + SIDE + playhead + (left ? -7 : 7);
  const group = child<SVGGElement>(svg, 'g', 'values').attr('aria-hidden', 'true');
  group
    .selectAll<SVGTextElement, RowMark>('text')
    .data(
      timeline.rows.filter((row) => row.kind === 'curve'),
      (row) => row.id,
    )
    .join('text')
    .each(function (row) {
      attribute(this, 'x', String(x));
      attribute(this, 'y', String(row.y + 12));
      attribute(this, 'text-anchor', narrow || left ? 'end' : 'start');
      set(this, at.get(row.id) ?? '');
    });
}

/** More stretches than this are no row of buttons. */
const STOPS = 60;

/** Tasks, and lanes somebody asked for, can be walked; what people could do is told by story and score. */
const isWalked = ({ kind, spans }: RowMark): boolean => (kind === 'task' || kind === 'thing') && spans.length <= STOPS;

/** What the arrows walk to; which one of them Tab reaches is kept by who walks. */
function keepTabbable(element: Element, stops: boolean): void {
  if (!stops) element.removeAttribute('tabindex');
  else if (!element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1');
}

function drawSpans(group: SVGGElement, row: RowMark, narrow: boolean): void {
  const stops = isWalked(row);
  const height = narrow ? 15 : row.height - 5;
  const y = narrow ? 17 : 2.5;
  const spans = select(group)
    .selectAll<SVGGElement, SpanMark>('g')
    .data(row.spans, (span) => span.id)
    .join((enter) => {
      const span = enter.append('g');
      span.append('rect');
      span.append('path').attr('class', 'edge');
      span.append('path').attr('class', 'sign');
      span.append('text');
      return span;
    })
    .attr('class', (span) => `span l-${span.look}`)
    .attr('data-row', (span) => (span.leads >= 0 ? span.leads : null))
    .attr('data-tells', (span) => span.title)
    .attr('aria-label', stops ? (span) => span.title : null)
    .attr('role', stops ? 'button' : null)
    .each(function () {
      keepTabbable(this, stops);
    });
  const top = (span: SpanMark) => y + height * (1 - span.base - span.share);
  spans
    .select('rect')
    .attr('x', (span) => span.x)
    .attr('width', (span) => span.width)
    .attr('y', (span) => (thin(span.look) ? y + height / 2 - 1.5 : top(span)))
    .attr('height', (span) => (thin(span.look) ? 3 : Math.max(height * span.share, 1)))
    .attr('rx', (span) => (thin(span.look) ? 1.5 : Math.min(3, span.width / 2, (height * span.share) / 2)));
  spans.select('.edge').attr('d', (span) => {
    if (span.look === 'done') return tickPath(span.x, y + height / 2);
    if (span.look === 'cancelled') return crossPath(span.x, y + height / 2);
    return thin(span.look) ? '' : `M${span.x + 1},${top(span)}v${Math.max(height * span.share, 1)}`;
  });
  spans
    .select('.sign')
    .attr('d', ({ x, called, look, width }) =>
      [called ? flagPath(x, y, height) : '', look === 'paused' && width > 10 ? breakPath(x, y, height) : ''].join(''),
    );
  spans
    .select('text')
    .attr('x', (span) => span.x + (span.look === 'paused' ? 14 : 7))
    .attr('y', y + height / 2 + 3.8)
    .text((span) => span.label);
}

function drawClaims(group: SVGGElement, claims: readonly ClaimMark[]): void {
  const marks = select(group)
    .selectAll<SVGGElement, ClaimMark>('g')
    .data(claims, (claim) => claim.id)
    .join((enter) => {
      const claim = enter.append('g');
      claim.append('rect').attr('class', 'hit').attr('height', CLAIM_LINE).attr('y', 0);
      claim
        .append('rect')
        .attr('class', 'band')
        .attr('rx', 3)
        .attr('y', 3)
        .attr('height', CLAIM_LINE - 6);
      claim
        .append('line')
        .attr('class', 'off')
        .attr('y1', CLAIM_LINE / 2)
        .attr('y2', CLAIM_LINE / 2);
      claim
        .append('line')
        .attr('class', 'seen')
        .attr('y1', 1)
        .attr('y2', CLAIM_LINE - 1);
      claim.append('path').attr('class', 'simulated');
      return claim.attr('role', 'button').attr('tabindex', -1);
    })
    .attr('class', (claim) => `claim v-${claim.verdict.replace(' ', '-')}${claim.selected ? ' selected' : ''}`)
    .attr('data-claim', (claim) => claim.id)
    .attr('data-tells', (claim) => claim.title)
    .attr('aria-label', (claim) => claim.title)
    .attr('aria-pressed', (claim) => String(claim.selected))
    .attr('transform', (claim) => `translate(0,${claim.line * CLAIM_LINE})`);
  const all = (claim: ClaimMark) => [claim.seen, claim.from, claim.to, claim.simulated].filter((x) => x !== null);
  marks
    .select('.hit')
    .attr('x', (claim) => Math.min(...all(claim)) - 8)
    .attr('width', (claim) => Math.max(...all(claim)) - Math.min(...all(claim)) + 16);
  marks
    .select('.band')
    .attr('x', (claim) => Math.min(claim.from ?? claim.to ?? 0, claim.to ?? claim.from ?? 0))
    .attr('width', (claim) =>
      claim.from === null && claim.to === null
        ? 0
        : Math.max(2, Math.abs((claim.to ?? claim.from ?? 0) - (claim.from ?? claim.to ?? 0))),
    );
  marks
    .select('.seen')
    .attr('visibility', (claim) => (claim.seen === null ? 'hidden' : null))
    .attr('x1', (claim) => claim.seen ?? 0)
    .attr('x2', (claim) => claim.seen ?? 0);
  marks
    .select('.off')
    .attr('visibility', (claim) => (claim.seen === null || claim.simulated === null ? 'hidden' : null))
    .attr('x1', (claim) => claim.seen ?? 0)
    .attr('x2', (claim) => claim.simulated ?? 0);
  marks
    .select('.simulated')
    .attr('d', ({ simulated: x, verdict }) => (x === null ? '' : verdictPath(x, CLAIM_LINE / 2, verdict)));
}
