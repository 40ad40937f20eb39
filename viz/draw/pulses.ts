/** Draws causes on their way: a dot from card to card. Decoration between two frames; nothing waits for it. */
// `interrupt` is named so that the build keeps transitions, which d3 adds to selections by being loaded.
import { easeCubicInOut, interrupt, select } from 'd3';
import type { Pulse } from '../frame/pulses.ts';
import { pointOfTie, tiePath } from './picture.ts';

const TRAVEL = 520;
const RING = 380;

export function drawPulses(svg: SVGSVGElement, pulses: readonly Pulse[]): void {
  const group = select(svg).select<SVGGElement>('g.pulses');
  for (const pulse of pulses) {
    const node = group.node();
    // A pair that is still lit is not lit again: nothing flashes faster than it can be seen.
    if (!node || [...node.children].some((element) => element.getAttribute('data-pulse') === pulse.id)) continue;
    const one = group.append('g').attr('class', `pulse tone-${pulse.tone}`).attr('data-pulse', pulse.id);
    one.append('path').attr('d', tiePath(pulse)).attr('class', 'pulse-path');
    const dot = one.append('circle').attr('r', 4.5);
    dot
      .transition()
      .duration(TRAVEL)
      .ease(easeCubicInOut)
      .attrTween('transform', () => (t) => {
        const { x, y } = pointOfTie(pulse, t);
        return `translate(${x},${y})`;
      })
      .transition()
      .duration(RING)
      .attr('r', 10)
      .style('opacity', 0)
      .on('end', () => void one.remove());
  }
}

/** Stops what is on its way: after a jump it would tell of another moment. */
export function clearPulses(svg: SVGSVGElement): void {
  select(svg)
    .selectAll<SVGElement, unknown>('g.pulses circle')
    .each(function () {
      interrupt(this);
    });
  select(svg).selectAll('g.pulses > *').remove();
}
