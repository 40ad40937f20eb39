/** The impact on a terminal: who could not do what, for how long. */
import { type GroupImpact, type Impact, impactByGroup, type Scenario, sayNumber } from '../../index.ts';
import { wrap } from './layout.ts';
import type { Palette } from './paint.ts';
import { type Cell, table } from './table.ts';
import { roundClock } from './words.ts';

/** Nothing when nobody in the scenario does anything. */
export function impactLines(
  impact: readonly Impact[],
  troubled: number | null,
  scenario: Scenario,
  width: number,
  paint: Palette,
): readonly string[] {
  const groups = impactByGroup(scenario, impact);
  if (groups.length === 0) return [];
  const hit = groups.filter(({ worst }) => worst !== 'ok');
  const spared = groups.filter((one) => !hit.includes(one));
  const all = [...new Set(spared.flatMap(({ journeys }) => journeys))].join(', ');
  if (hit.length === 0) return wrap(`Nobody. Throughout the run people could do this: ${all}.`, width).map(paint.good);
  const lines = [...hitLines(hit, scenario, width, paint)];
  const each = spared.map(({ journeys, who }) => `${journeys.join(', ')} for ${who}`).join('; ');
  if (spared.length > 0) lines.push(...wrap(`Never failed: ${each}.`, width).map(paint.good));
  // Where the same people lost several things, the rows do not add up to time.
  const several = impact.some(({ population, userMinutesLost }, k) =>
    impact.slice(0, k).some((other) => other.population === population && other.userMinutesLost && userMinutesLost),
  );
  if (several && troubled !== null)
    lines.push(
      '',
      ...wrap(`Together, each once and as if at it all the time: ${short(rounded(troubled))} user-minutes.`, width),
    );
  return lines;
}

function hitLines(
  groups: readonly GroupImpact[],
  { start, run }: Scenario,
  width: number,
  paint: Palette,
): readonly string[] {
  const clock = (at: number | null): string => (at === null ? '–' : clockIn(start, at, run));
  const columns = [
    { head: 'What', wraps: true },
    { head: 'Who', wraps: true },
    { head: 'People', align: 'right' },
    { head: 'Time lost', align: 'right', wraps: 'head' },
    { head: 'User minutes', align: 'right', wraps: 'head' },
    { head: 'They see', wraps: true },
    { head: 'From' },
    { head: 'To' },
  ] as const;
  const rows = groups.map((one): Cell[] => [
    { text: one.journeys.join(', ') },
    { text: one.who },
    { text: one.people === null ? 'unknown' : short(one.people) },
    { text: range(one.leastLost, one.mostLost) },
    { text: one.userMinutesLost === null ? 'unknown' : short(rounded(one.userMinutesLost)) },
    { text: one.worst, paint: paint.bad },
    { text: clock(one.firstLost) },
    { text: one.firstLost === null ? '–' : one.lastBack === null ? 'not back' : clock(one.lastBack) },
  ]);
  return table(columns, rows, width, paint.dim);
}

/** The story has the seconds; where hours were lost, minutes are enough here. */
const clockIn = (start: number, at: number, run: number): string =>
  run < LONG ? roundClock(start, at, run) : roundClock(start, at, run).replace(/:\d\d$/, '');
const LONG = 6 * 3_600_000;

const percent = (share: number): string =>
  share > 0 && share < 0.001 ? '<0.1 %' : `${Math.round(share * 1000) / 10} %`;

/** `72.1 %`; `72–88 %` where people fared differently, and one digit does not matter. */
function range(least: number, most: number): string {
  const [low, high] = [Math.round(least * 100), Math.round(most * 100)];
  return low === high ? percent(most) : `${low}–${high} %`;
}

/** Three digits of a large number say enough. */
const rounded = (x: number): number => (x >= 1e6 ? Number(x.toPrecision(3)) : x);

/** As it is said, but for the big words: `702.5 M`, `298 bn`. */
const short = (x: number): string => sayNumber(x).replace('illion', '').replace(/ m$/, ' M').replace(/ b$/, ' bn');
