/** Draws runs as rows under the axis: joined where they leave the base, with what people suffer, and a flag where they first differ. */

import { select } from 'd3';
import type { BranchRow } from '../frame/branches.ts';
import { SIDE } from '../frame/scale.ts';
import type { Timeline } from '../frame/timeline.ts';
import { attribute, child } from './dom.ts';
import { set } from './story.ts';

const ROW = 26;
/** Where the name stands above. */
const TALL = 42;
const TOP = 3;
const GROUND = ROW - 4;

export function drawBranches(element: HTMLElement, rows: readonly BranchRow[], timeline: Timeline): void {
  const { gutter, overview } = timeline;
  element.classList.toggle('bare', gutter === 0);
  select(child<HTMLOListElement>(element, 'ol', 'branch-list').node()!)
    .selectAll<HTMLLIElement, BranchRow>('li')
    .data(rows, (row) => row.id)
    .join((enter) => {
      const item = enter.append('li');
      const button = item.append('button').attr('type', 'button').attr('class', 'branch');
      button.append('span').attr('class', 'branch-mark').attr('aria-hidden', 'true');
      button.append('span').attr('class', 'branch-name');
      const svg = button.append('svg').attr('aria-hidden', 'true').attr('height', ROW);
      for (const name of ['stem', 'same', 'spark', 'flag']) svg.append('path').attr('class', `branch-${name}`);
      return item;
    })
    .order()
    .each(function (row, i) {
      const button = this.firstElementChild as HTMLElement;
      attribute(button, 'data-branch', row.id);
      attribute(button, 'aria-pressed', String(row.shown));
      attribute(button, 'aria-label', `${row.title}${row.against ? '; compared with' : ''}`);
      attribute(button, 'title', row.title);
      attribute(button, 'class', `branch b-${row.state}${row.shown ? ' shown' : ''}${row.against ? ' against' : ''}`);
      const [mark, name, svg] = button.children;
      set(mark!, row.shown ? '▸' : row.against ? '⇄' : '');
      // Ahead of the name, which may be cut off.
      set(name!, row.state !== 'waits' ? row.name : `${row.percent === null ? '…' : `${row.percent} %`} ${row.name}`);
      (name as HTMLElement).style.width = gutter > 0 ? `${gutter - 14}px` : '';
      attribute(svg!, 'width', String(overview.scale.width + SIDE * 2));
      drawLine(svg!, row, i * (gutter === 0 ? TALL : ROW), overview.scale.width);
    });
}

function drawLine(svg: Element, row: BranchRow, below: number, width: number): void {
  const [stem, same, spark, flag] = svg.children;
  const x = (at: number): number => SIDE + at;
  // The stem comes down from the row of the base, whatever stands between.
  attribute(stem!, 'd', row.base ? '' : `M${x(row.leaves)},${GROUND - below}V${GROUND}`);
  const until = row.state === 'here' ? (row.flag ?? width) : row.leaves;
  attribute(same!, 'd', row.base ? '' : `M${x(row.leaves)},${GROUND}H${x(Math.max(row.leaves, until))}`);
  const from = row.base ? 0 : (row.flag ?? width);
  const points = row.line.filter(([at]) => at >= from);
  const y = (share: number): number => GROUND - share * (GROUND - TOP);
  const before = row.line.findLast(([at]) => at < from);
  const line = [...(before && from > 0 ? [[from, before[1]] as const] : []), ...points];
  const [first] = line;
  const last = line[line.length - 1];
  attribute(
    spark!,
    'd',
    first && last
      ? `M${x(first[0])},${GROUND}L${line.map(([at, share]) => `${x(at)},${y(share)}`).join('L')}L${x(last[0])},${GROUND}z`
      : '',
  );
  attribute(flag!, 'd', row.flag === null ? '' : `M${x(row.flag)},${GROUND}V${TOP - 1}l7,3l-7,3`);
}
