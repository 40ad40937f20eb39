/** The impact on a terminal: who could not do what, for how long. */
import { type Impact, type Scenario, sayNumber } from '../../index.ts';
import { wrap } from './layout.ts';
import type { Palette } from './paint.ts';
import { type Cell, table } from './table.ts';
import { roundClock } from './words.ts';

/** Nothing when nobody in the scenario does anything. */
export function impactLines(
  impact: readonly Impact[],
  troubled: number | null,
  { start, run, journeys }: Scenario,
  width: number,
  paint: Palette,
): string[] {
  if (impact.length === 0) return [];
  const clock = (at: number | null): string => (at === null ? '–' : roundClock(start, at, run));
  const columns = [
    { head: 'What', wraps: true },
    { head: 'Who', wraps: true },
    { head: 'People', align: 'right', wraps: true },
    { head: 'Time lost', align: 'right', wraps: true },
    { head: 'User minutes', align: 'right', wraps: true },
    { head: 'They see', wraps: true },
    { head: 'From' },
    { head: 'To' },
  ] as const;
  const titles = new Map(journeys.map(({ name, title }) => [name, title ?? name]));
  const rows = alike(impact).map(([one, ...more]): Cell[] => [
    { text: [one, ...more].map(({ journey }) => titles.get(journey) ?? journey).join(', ') },
    { text: one.population },
    { text: one.people === null ? 'unknown' : short(one.people) },
    { text: percent(one.shareLost) },
    { text: one.userMinutesLost === null ? 'unknown' : short(one.userMinutesLost) },
    { text: one.worst, paint: one.worst === 'ok' ? paint.good : paint.bad },
    { text: clock(one.firstLost) },
    { text: one.firstLost === null ? '–' : one.lastBack === null ? 'not back' : clock(one.lastBack) },
  ]);
  const lines = table(columns, rows, width, paint.dim);
  // Where the same people lost several things, the rows do not add up to time.
  const several = impact.some(({ population, userMinutesLost }, k) =>
    impact.slice(0, k).some((other) => other.population === population && other.userMinutesLost && userMinutesLost),
  );
  if (!several || troubled === null) return lines;
  return [...lines, '', ...wrap(`Together, each counted once: ${short(troubled)} user minutes.`, width)];
}

const percent = (share: number): string =>
  share > 0 && share < 0.001 ? '<0.1 %' : `${Math.round(share * 1000) / 10} %`;

/** As it is said, but for the big words: `702.5 M`, `297.87 bn`. */
const short = (x: number): string => sayNumber(x).replace('illion', '').replace(/ m$/, ' M').replace(/ b$/, ' bn');

/** Journeys with which the same people fared the same, together. */
function alike(impact: readonly Impact[]): readonly (readonly [Impact, ...Impact[]])[] {
  const groups = new Map<string, [Impact, ...Impact[]]>();
  for (const one of impact) {
    const { journey: _, ...rest } = one;
    const key = JSON.stringify(rest);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}
