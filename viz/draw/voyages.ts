/** Draws causes on their way over the map: a dot along the great circle. Decoration between two frames; nothing waits for it. */
// `interrupt` is named so that the build keeps transitions, which d3 adds to selections by being loaded.
import { easeCubicInOut, interrupt, select } from 'd3';
import { along, type Flat } from '../frame/globe.ts';
import type { Lens } from '../frame/map.ts';
import type { Voyage } from '../frame/voyages.ts';

const TRAVEL = 620;
const RING = 380;

export function drawVoyages(svg: SVGSVGElement, flat: Flat, lens: Lens, voyages: readonly Voyage[]): void {
  const group = select(svg).select<SVGGElement>('g.pulses');
  for (const { id, from, to, tone } of voyages) {
    const node = group.node();
    // A pair that is still lit is not lit again: nothing flashes faster than it can be seen.
    if (!node || [...node.children].some((element) => element.getAttribute('data-pulse') === id)) continue;
    const one = group.append('g').attr('class', `pulse tone-${tone}`).attr('data-pulse', id);
    one
      .append('circle')
      .attr('r', 4)
      .transition()
      .duration(TRAVEL)
      .ease(easeCubicInOut)
      .attrTween('transform', () => (t) => {
        const [x, y] = flat([...along(from, to, t)]) ?? [0, 0];
        return `translate(${x * lens.k + lens.x},${y * lens.k + lens.y})`;
      })
      .transition()
      .duration(RING)
      .attr('r', 9)
      .style('opacity', 0)
      .on('end', () => void one.remove());
  }
}

/** Stops what is on its way: after a jump it would tell of another moment. */
export function clearVoyages(svg: SVGSVGElement): void {
  select(svg)
    .selectAll<SVGElement, unknown>('g.pulses circle')
    .each(function () {
      interrupt(this);
    });
  select(svg).selectAll('g.pulses > *').remove();
}
