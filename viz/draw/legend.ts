/** Draws the legend: how many parts are in which state, and on demand what every mark means. */
import { select } from 'd3';
import { STATE_GLOSS, STATE_SHORT, STATE_WORD, STATES, type State } from '../frame/words.ts';
import { drawGlyph } from './card.ts';
import { attribute, child } from './dom.ts';
import { breakPath, crossPath, flagPath, tickPath, verdictPath } from './lane-signs.ts';
import { drawState } from './state.ts';
import { set } from './story.ts';

export function drawCounts(
  holder: HTMLElement,
  counts: readonly { readonly state: State; readonly count: number }[],
): void {
  // What nobody asks about has no share in how the system is.
  const there = counts.filter(
    ({ state, count }) => state !== 'unknown' && (count > 0 || state === 'up' || state === 'down'),
  );
  select(holder)
    .selectAll<HTMLSpanElement, (typeof counts)[number]>('span.count')
    .data(there, ({ state }) => state)
    .join((enter) => {
      const one = enter.append('span').attr('class', 'count');
      one
        .append('svg')
        .attr('width', 18)
        .attr('height', 18)
        .attr('class', 'glyph')
        .attr('aria-hidden', 'true')
        .append('g');
      one.append('b');
      one.append('span').attr('class', 'count-word');
      return one;
    })
    .order()
    .each(function ({ state, count }) {
      attribute(this, 'class', `count s-${state}`);
      drawGlyph(this.querySelector('g') as SVGGElement, state, 9, 9, 6.4);
      set(this.children[1]!, count.toLocaleString('en'));
      set(this.children[2]!, STATE_SHORT[state]);
    });
}

/** How lines look, and what they mean. */
export const LINES: readonly (readonly [className: string, text: string])[] = [
  ['tie needs', 'needs: the upper needs the lower'],
  ['tie asks', 'asks for names'],
  ['tie serves', 'is served or announced by'],
  ['tie link', 'links that carry packets inside, such as a backbone'],
  ['tie link worn', 'some of them carry nothing any more'],
  ['tie link cut', 'none of them carries'],
  ['tie session', 'sessions over which networks tell their routes'],
  ['tie place near', 'stands in; shown for what is selected or pointed at'],
];

const LOOKS: readonly (readonly [className: string, text: string])[] = [
  ['l-names', 'the name is not found'],
  ['l-paths', 'no way to it'],
  ['l-service', 'refused, failing or overloaded'],
  ['l-mild', 'slow, partial or old'],
  ['l-login', 'login refused'],
  ['l-waiting', 'waiting: point at it to read for what'],
  ['l-working', 'at work'],
];

/** Signs beside the bars: the class they are drawn with, their path, what they mean. */
const SIGNS: readonly (readonly [outer: string, inner: string, path: string, text: string])[] = [
  ['span l-working', 'sign', flagPath(14, 2, 11), 'somebody is called'],
  ['span l-paused', 'sign', breakPath(10, 1, 12), 'the work is interrupted'],
  ['span l-done', 'edge', tickPath(13, 7), 'done'],
  ['span l-cancelled', 'edge', crossPath(15, 7), 'called off'],
  ['claim', 'band', 'M2,4h30v6h-30z', 'what a checkpoint accepts'],
  ['claim', 'seen', 'M17,2v10', 'when it was observed'],
  ['claim v-held', 'simulated', verdictPath(17, 7, 'held'), 'simulated, and held'],
  ['claim v-fitted', 'simulated', verdictPath(17, 7, 'fitted'), 'held, as a number was set for it'],
  ['claim v-missed', 'simulated', verdictPath(17, 7, 'missed'), 'missed'],
];

export function drawLegend(panel: HTMLElement): void {
  if (panel.childElementCount > 0) return;
  const group = (title: string) => {
    const section = select(panel).append('section');
    section.append('h2').text(title);
    return section.append('ul');
  };
  group('Parts')
    .selectAll('li')
    .data([...STATES].reverse())
    .join('li')
    .each(function (state) {
      const item = this as HTMLLIElement;
      drawState(child<HTMLSpanElement>(item, 'span', 'state').node()!, state, STATE_WORD[state]);
      child<HTMLSpanElement>(item, 'span', 'means').text(STATE_GLOSS[state]);
    });
  const lines = group('Lines').selectAll('li').data(LINES).join('li');
  lines
    .append('svg')
    .attr('width', 34)
    .attr('height', 12)
    .attr('aria-hidden', 'true')
    .append('path')
    .attr('class', ([name]) => name)
    .attr('d', 'M1,6h32');
  lines.append('span').text(([, text]) => text);
  const spans = group('Bars in the timeline').selectAll('li').data(LOOKS).join('li');
  spans
    .append('svg')
    .attr('width', 34)
    .attr('height', 14)
    .attr('aria-hidden', 'true')
    .append('g')
    .attr('class', ([name]) => `span ${name}`)
    .call((g) => g.append('rect').attr('x', 1).attr('y', 1).attr('width', 32).attr('height', 12).attr('rx', 3))
    .call((g) => g.append('path').attr('class', 'edge').attr('d', 'M2,1v12'));
  spans.append('span').text(([, text]) => text);
  const signs = group('Signs in the timeline').selectAll('li').data(SIGNS).join('li');
  signs
    .append('svg')
    .attr('width', 34)
    .attr('height', 14)
    .attr('aria-hidden', 'true')
    .append('g')
    .attr('class', ([outer]) => outer)
    .append('path')
    .attr('class', ([, inner]) => inner)
    .attr('d', ([, , path]) => path);
  signs.append('span').text(([, , , text]) => text);
}
