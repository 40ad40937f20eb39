/** Impact: who could not do what, for how long; people unknown stay unknown, they are never nobody. */

import { asksMany } from '../mechanisms/demand/doubts.ts';
import { PASSING, worksSubjects } from '../mechanisms/demand/planned.ts';
import { factName, SYMPTOMS } from '../model/facts.ts';
import type { Journey, Scenario } from '../model/scenario.ts';
import { byName, MINUTE, type Ms, round9 } from '../model/units.ts';
import { History } from '../trace/history.ts';
import type { Impact } from '../trace/lines.ts';
import type { Trace } from '../trace/trace.ts';
import { lostIn, lostToAny, type Piece, piecesOf, stops } from './shares.ts';

/** A stretch in which people saw one symptom. */
interface Seen {
  readonly from: Ms;
  readonly to: Ms;
  readonly symptom: string;
}
/** People who ask one resolver. */
interface Cohort {
  /** Its part of the population: heads where they are known, else its share. */
  readonly weight: number;
  readonly seen: readonly Seen[];
  readonly pieces: readonly Piece[];
  /** What those see who are stopped while most go on. */
  readonly early: string;
}

/** One line per journey and population, the most user-minutes first; what is lost to unknown numbers of people comes after. */
export function impact(scenario: Scenario, trace: Trace): readonly Impact[] {
  const history = new History(trace);
  const groups = new Map<string, Journey[]>();
  for (const journey of scenario.journeys) {
    const key = JSON.stringify([journey.name, journey.population]);
    const group = groups.get(key);
    if (group) group.push(journey);
    else groups.set(key, [journey]);
  }
  const lines = [...groups.values()].map((group) => impactOf(scenario, history, group));
  return lines.sort(
    (a, b) =>
      (b.userMinutesLost ?? -1) - (a.userMinutesLost ?? -1) ||
      b.shareLost - a.shareLost ||
      byName(a.journey, b.journey) ||
      byName(a.population, b.population),
  );
}

function impactOf(scenario: Scenario, history: History, group: readonly Journey[]): Impact {
  const { name: journey, population } = group[0] as Journey;
  const node = scenario.nodes.get(population);
  const counted = group.every(({ people }) => people !== null);
  const cohorts = group.map((one): Cohort => {
    const share = node?.via.find(({ resolver }) => resolver === one.resolver)?.share ?? 1;
    const early =
      one.stages.find(({ session }) => session > 0) ??
      // Of many caches too few may fail for a word to say so.
      one.stages.findLast(({ condition }) => asksMany(scenario, condition));
    return {
      weight: counted ? (one.people as number) : share,
      seen: seenBy(history, one),
      pieces: piecesOf(history, one),
      early: early?.symptom ?? 'unknown',
    };
  });
  const run = history.trace.end;
  const weight = cohorts.reduce((sum, cohort) => sum + cohort.weight, 0);
  const all = cohorts.reduce((sum, cohort) => sum + cohort.weight * lostIn(cohort.pieces), 0);
  const losses = cohorts.flatMap(({ pieces }) => pieces.filter(stops));
  const open = losses.some(({ to }) => to === run);
  return {
    journey,
    population,
    people: node?.people ?? (counted ? weight : null),
    shareLost: weight > 0 && run > 0 ? round9(all / weight / run) : 0,
    userMinutesLost: counted ? round9(all / MINUTE) : null,
    worst: worstOf(cohorts),
    firstLost: losses.length > 0 ? Math.min(...losses.map(({ from }) => from)) : null,
    lastBack: losses.length > 0 && !open ? Math.max(...losses.map(({ to }) => to)) : null,
  };
}

/** Minutes in which people could not do something they do, each person counted once; null: of no population is it known how many. */
export function troubledMinutes(scenario: Scenario, trace: Trace): number | null {
  const history = new History(trace);
  const cohorts = new Map<string, { people: number; pieces: (readonly Piece[])[] }>();
  for (const journey of scenario.journeys) {
    if (journey.people === null) continue;
    const key = JSON.stringify([journey.population, journey.resolver]);
    const cohort = cohorts.get(key) ?? { people: journey.people, pieces: [] };
    cohort.pieces.push(piecesOf(history, journey));
    cohorts.set(key, cohort);
  }
  if (cohorts.size === 0) return null;
  const sum = [...cohorts.values()].reduce((all, { people, pieces }) => all + people * lostToAny(pieces), 0);
  return round9(sum / MINUTE);
}

function seenBy(history: History, journey: Journey): readonly Seen[] {
  const fact = history.fact(factName('works', worksSubjects(journey)));
  const { end } = history.trace;
  if (fact === undefined) return [{ from: 0, to: end, symptom: 'ok' }];
  const stretches = history.stretches(fact);
  return stretches.map(({ at, raw }, k) => ({
    from: at,
    to: stretches[k + 1]?.at ?? end,
    symptom: SYMPTOMS[raw] ?? 'unknown',
  }));
}

/** Of the symptoms that stop people, what most of them saw for longest; if none did, of those that merely hurt. */
function worstOf(cohorts: readonly Cohort[]): string {
  const suffered = new Map<string, number>();
  const add = (symptom: string, much: number) => suffered.set(symptom, (suffered.get(symptom) ?? 0) + much);
  for (const { weight, seen, pieces, early } of cohorts) {
    for (const { from, to, symptom } of seen) if (symptom !== 'ok') add(symptom, weight * (to - from));
    const stopped = pieces.some(stops) && seen.every(({ symptom }) => PASSING.has(symptom));
    if (stopped) add(early, weight * lostIn(pieces));
  }
  const [worst] = [...suffered].sort(
    ([a, much], [b, more]) => Number(PASSING.has(a)) - Number(PASSING.has(b)) || more - much || byName(a, b),
  );
  return worst?.[0] ?? 'ok';
}
