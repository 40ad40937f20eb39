/** Folding across what was written apart: groups of one kind in one wave, and journeys of other people that turn in one instant. */
import type { Scenario } from '../model/scenario.ts';
import { byName, type Ms } from '../model/units.ts';
import { joinedCycle } from './story-cycles.ts';
import type { Line } from './story-fold.ts';
import type { Names } from './story-names.ts';
import { cohortOf } from './story-tale.ts';

/**
 * Groups of one kind (`pop.1.*`, `pop.2.*`) are told of as one when all or nearly all of that kind turn alike in one wave; fewer
 * of them, or waves apart, stay as they are.
 */
export function acrossGroups(lines: readonly Line[], names: Names, dimension: number, gap: Ms): readonly Line[] {
  const waves: Line[][] = [];
  const open = new Map<string, { lines: Line[]; members: Set<string>; to: Ms }>();
  for (const line of [...lines].sort(inTime)) {
    const members = line.subjects[dimension] ?? [];
    const kind = names.kindOfGroups(members);
    if (kind === null) {
      waves.push([line]);
      continue;
    }
    const others = line.subjects.map((set, k) => (k === dimension ? null : set));
    const key = JSON.stringify([line.value, line.turn, Math.sign(line.slope), line.away === null, kind, others]);
    const wave = open.get(key);
    const near = wave && line.at - wave.to <= Math.max(gap, Math.floor((wave.to - (wave.lines[0] as Line).at) / 2));
    if (wave && near && !members.some((name) => wave.members.has(name))) {
      wave.lines.push(line);
      for (const name of members) wave.members.add(name);
      wave.to = Math.max(wave.to, line.to);
    } else {
      const started = { lines: [line], members: new Set(members), to: line.to };
      open.set(key, started);
      waves.push(started.lines);
    }
  }
  return waves.flatMap((wave) => {
    if (wave.length === 1) return wave;
    const members = wave.flatMap(({ subjects }) => subjects[dimension] ?? []).sort(byName);
    if (!names.isNearlyAll(members)) return wave;
    const { subjects } = wave[0] as Line;
    return [
      asOne(
        wave,
        subjects.map((set, k) => (k === dimension ? members : set)),
      ),
    ];
  });
}

/**
 * Journeys of different people that begin or end to fail within a moment, with one symptom, are one piece of news; only where "these
 * journeys, for these people" then means no pair of them that did not turn so.
 */
export function acrossJourneys(lines: readonly Line[], { journeys }: Scenario, moment: Ms): readonly Line[] {
  const who = new Map<string, Set<string>>();
  for (const { name, population, resolver } of journeys) {
    const cohort = cohortOf(population, resolver ?? undefined);
    who.set(name, (who.get(name) ?? new Set()).add(cohort));
  }
  const pairs = (some: readonly string[], cohorts: ReadonlySet<string>): number =>
    some.reduce((sum, name) => sum + [...(who.get(name) ?? [])].filter((cohort) => cohorts.has(cohort)).length, 0);
  const bundles: { lines: Line[]; names: readonly string[]; cohorts: ReadonlySet<string>; pairs: number }[] = [];
  for (const line of [...lines].sort(inTime)) {
    const [names = [], cohorts = []] = line.subjects;
    const own = pairs(names, new Set(cohorts));
    const bundle = bundles.find((one) => {
      const first = one.lines[0] as Line;
      if (first.value !== line.value || first.turn !== line.turn || first.cycle?.other !== line.cycle?.other)
        return false;
      if ((first.away === null) !== (line.away === null)) return false;
      if (line.at - first.at > moment || Math.abs(line.to - first.to) > moment) return false;
      if (names.some((name) => one.names.includes(name))) return false;
      return pairs([...one.names, ...names], new Set([...one.cohorts, ...cohorts])) === one.pairs + own;
    });
    if (bundle) {
      bundle.lines.push(line);
      bundle.names = [...bundle.names, ...names].sort(byName);
      bundle.cohorts = new Set([...bundle.cohorts, ...cohorts]);
      bundle.pairs += own;
    } else bundles.push({ lines: [line], names, cohorts: new Set(cohorts), pairs: own });
  }
  return bundles.map(({ lines, names, cohorts }) =>
    lines.length === 1 ? (lines[0] as Line) : asOne(lines, [names, [...cohorts].sort(byName)]),
  );
}

const inTime = (a: Line, b: Line): number => a.at - b.at || (a.changes[0] as number) - (b.changes[0] as number);

/** Lines as one of the given subjects, from the first of them to the last. */
export function asOne(lines: readonly Line[], subjects: Line['subjects']): Line {
  const first = lines[0] as Line;
  const aways = lines.flatMap(({ away }) => away ?? []);
  return {
    ...first,
    to: lines.reduce((to, line) => Math.max(to, line.to), first.to),
    subjects,
    changes: lines.flatMap(({ changes }) => changes),
    turns: lines.reduce((sum, { turns }) => sum + turns, 0),
    cycle: joinedCycle(lines.map(({ cycle }) => cycle)),
    away: first.away && {
      least: aways.reduce((least, away) => Math.min(least, away.least), first.away.least),
      most: aways.reduce((most, away) => Math.max(most, away.most), first.away.most),
    },
  };
}
