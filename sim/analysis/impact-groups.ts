/** The impact for people who read: populations that were written as one are one row, and so are journeys that fared alike. */
import type { Scenario } from '../model/scenario.ts';
import { byName, type Ms, round9 } from '../model/units.ts';
import type { Impact } from '../trace/lines.ts';
import { Names } from './story-names.ts';

/** What one group of people could not do. Its populations are different people (regions, say): their numbers are summed. */
export interface GroupImpact {
  /** By their titles. */
  readonly journeys: readonly string[];
  readonly who: string;
  readonly people: number | null;
  /** Share of the run, 0 to 1, that was lost to the population that lost least, and most. */
  readonly leastLost: number;
  readonly mostLost: number;
  readonly userMinutesLost: number | null;
  /** What cost them most. */
  readonly worst: string;
  readonly firstLost: Ms | null;
  /** Null while some of them are not back. */
  readonly lastBack: Ms | null;
}

/** From the impact by population, in its order of weight: the most user minutes first, unknown numbers of people after them. */
export function impactByGroup(scenario: Scenario, impact: readonly Impact[]): readonly GroupImpact[] {
  const names = new Names(scenario);
  const groups = new Map<string, Impact[]>();
  for (const one of impact) {
    const key = JSON.stringify([one.journey, names.groupOf(one.population)]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const populations = [...scenario.nodes.values()].filter(({ kind }) => kind === 'population').length;
  const rows = new Map<string, GroupImpact>();
  for (const parts of groups.values()) {
    const { journey, population } = parts[0] as Impact;
    const who =
      parts.length === 1 ? names.one(population) : parts.length === populations ? 'everybody' : names.group(population);
    const row = { who, ...together(parts) };
    const key = JSON.stringify([names.groupOf(population), row]);
    const journeys = [...(rows.get(key)?.journeys ?? []), names.one(journey)].sort(byName);
    rows.set(key, { journeys, ...row });
  }
  return [...rows.values()].sort(
    (a, b) => (b.userMinutesLost ?? -1) - (a.userMinutesLost ?? -1) || b.mostLost - a.mostLost,
  );
}

/** Populations of one group, of one journey. */
function together(parts: readonly Impact[]): Omit<GroupImpact, 'journeys' | 'who'> {
  const sum = (of: (one: Impact) => number | null): number | null =>
    parts.reduce<number | null>((sum, one) => {
      const number = of(one);
      return sum === null || number === null ? null : sum + number;
    }, 0);
  const hit = parts.filter(({ firstLost }) => firstLost !== null);
  const shares = parts.map(({ shareLost }) => shareLost);
  const minutes = sum(({ userMinutesLost }) => userMinutesLost);
  return {
    people: sum(({ people }) => people),
    leastLost: Math.min(...shares),
    mostLost: Math.max(...shares),
    userMinutesLost: minutes === null ? null : round9(minutes),
    worst: worstOf(parts),
    firstLost: hit.length === 0 ? null : Math.min(...hit.map(({ firstLost }) => firstLost as Ms)),
    lastBack:
      hit.length === 0 || hit.some(({ lastBack }) => lastBack === null)
        ? null
        : Math.max(...hit.map(({ lastBack }) => lastBack as Ms)),
  };
}

/** Of what each of them suffered most from, what cost most; `ok` only if that is so for all. */
function worstOf(parts: readonly Impact[]): string {
  const costs = new Map<string, number>();
  for (const { worst, userMinutesLost, shareLost } of parts) {
    if (worst !== 'ok') costs.set(worst, (costs.get(worst) ?? 0) + (userMinutesLost ?? shareLost));
  }
  return [...costs].sort(([a, much], [b, more]) => more - much || byName(a, b))[0]?.[0] ?? 'ok';
}
