/** The bars of another run on the axis of the one that is shown: a thin line in each row that both have. */
import { thingRow } from './bars.ts';
import { peopleOf } from './figures.ts';
import { PEOPLE } from './numbers.ts';
import { within } from './scale.ts';
import type { Span } from './stretches.ts';
import { clockText } from './time.ts';
import { hasPlace, isOver, type Timeline, thin } from './timeline.ts';
import type { World } from './world.ts';

export interface Ghost {
  readonly id: string;
  readonly row: string;
  readonly y: number;
  readonly height: number;
  /** Bars: from and to, in pixels. */
  readonly bars: readonly { readonly x: number; readonly width: number; readonly look: Span['look'] }[];
  /** People affected: time in pixels and share of the height of ours. */
  readonly line: readonly (readonly [x: number, share: number])[];
  readonly title: string;
}

/** What the other run has after the end of this one cannot be drawn here. */
export function ghostsOf(ours: World, theirs: World, timeline: Timeline): readonly Ghost[] {
  const { scale, rows } = timeline;
  const { length } = ours.run;
  const clock = (at: number): string => clockText(theirs.run.epoch, at, theirs.brief);
  return rows.flatMap(({ id, y, height, thing }): Ghost[] => {
    if (id === PEOPLE) return peopleGhost(ours, theirs, timeline, y, height);
    const other = thing === null ? undefined : theirs.things.byId.get(thing);
    const row =
      theirs.rows.find((one) => one.id === id) ??
      (id.startsWith('thing:') && other ? thingRow(theirs.run, other, theirs.turns) : undefined);
    const spans = (row?.spans ?? []).filter(({ look, from }) => (isOver(look) || !thin(look)) && from < length);
    const shown = spans.filter((span) => hasPlace(scale, span));
    if (spans.length === 0) return [];
    return [
      {
        id,
        row: id,
        y,
        height,
        bars: shown.map(({ from, to, look }) => {
          const x = scale.x(from);
          return { x, width: isOver(look) ? 2 : Math.max(1.5, scale.x(Math.min(to, length)) - x), look };
        }),
        line: [],
        title: `in the other run: ${spans
          .slice(0, 4)
          .map(({ word, from, to }) => `${word} ${clock(from)} to ${clock(to)}`)
          .join('; ')}`,
      },
    ];
  });
}

function peopleGhost(ours: World, theirs: World, { scale }: Timeline, y: number, height: number): Ghost[] {
  const [mine, other] = [peopleOf(ours.run), peopleOf(theirs.run)];
  const peak = (mine ?? []).reduce((a, { value }) => Math.max(a, value), 0);
  if (!other || peak <= 0) return [];
  return [
    {
      id: PEOPLE,
      row: PEOPLE,
      y,
      height,
      bars: [],
      line: within(
        scale,
        other
          .filter(({ at }) => at <= ours.run.length)
          .map(({ at, value }): [number, number] => [at, Math.min(1, Math.max(0, value) / peak)]),
      ).map(([at, share]) => [scale.x(at), share]),
      title: 'people affected in the other run',
    },
  ];
}
