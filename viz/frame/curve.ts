/** Numbers over the run, as the points of a curve: rates, and people for whom something fails. */
import { type Run, slice } from '../load/run.ts';
import { many } from './time.ts';

export interface Curve {
  readonly id: string;
  readonly label: string;
  /** The largest value, in words. */
  readonly peak: string;
  /** Time and share of the peak, 0 to 1; straight between two points. */
  readonly points: readonly (readonly [at: number, share: number])[];
}

interface Point {
  readonly at: number;
  readonly value: number;
}

/** A fact that is a number: two points where it jumps, one where only its slope changes. */
function pointsOf(run: Run, fact: number): Point[] {
  const { changes, facts, length } = run;
  const points: Point[] = [{ at: 0, value: facts.initial[fact]! }];
  let [value, slope, since] = [facts.initial[fact]!, 0, 0];
  for (const row of slice(changes.ofFact, fact)) {
    const at = changes.at[row]!;
    const reached = value + (slope * (at - since)) / 60_000;
    points.push({ at, value: reached });
    [value, slope, since] = [changes.to[row]!, changes.slope[row]!, at];
    if (value !== reached) points.push({ at, value });
  }
  points.push({ at: length, value: value + (slope * (length - since)) / 60_000 });
  return points;
}

function curve(id: string, label: string, unit: string, points: readonly Point[]): Curve | null {
  const most = Math.max(...points.map((point) => point.value));
  if (!(most > 0)) return null;
  return {
    id,
    label,
    peak: `${many(most)} ${unit}`.trim(),
    points: points.map(({ at, value }) => [at, Math.max(0, value) / most]),
  };
}

/** Which populations do a journey, as a key: journeys of the same people are told apart from those of others. */
export function peopleOf(run: Run): ReadonlyMap<string, string> {
  const populations = new Map<string, Set<string>>();
  for (const { name, population } of run.scene.journeys)
    populations.set(name, (populations.get(name) ?? new Set()).add(population));
  return new Map([...populations].map(([name, list]) => [name, [...list].sort().join(' ')]));
}

/** The most people for whom anything fails, added up over peoples; several things that fail the same people count once. */
function affected(run: Run): Point[] {
  const steps = [...peopleOf(run)].flatMap(([journey, people]) => {
    const fact = run.facts.index.get(`affected/${journey}`);
    return fact === undefined ? [] : pointsOf(run, fact).map(({ at, value }) => ({ at, people, journey, value }));
  });
  steps.sort((a, b) => a.at - b.at);
  const held = new Map<string, Map<string, number>>();
  const points: Point[] = [];
  let before = 0;
  for (const { at, people, journey, value } of steps) {
    const journeys = held.get(people) ?? new Map<string, number>();
    held.set(people, journeys.set(journey, value));
    const sum = [...held.values()].reduce((total, list) => total + Math.max(0, ...list.values()), 0);
    if (sum !== before) points.push({ at, value: before }, { at, value: sum });
    before = sum;
  }
  return points.length === 0 ? [] : [{ at: 0, value: 0 }, ...points, { at: run.length, value: before }];
}

export function curvesOf(run: Run): readonly Curve[] {
  const people = affected(run);
  const rates = run.scene.rates.map(({ name, unit }) => {
    const fact = run.facts.index.get(`rate/${name}`);
    return fact === undefined ? null : curve(`rate:${name}`, name, unit, pointsOf(run, fact));
  });
  return [people.length > 0 ? curve('affected', 'people affected', 'people', people) : null, ...rates].filter(
    (one) => one !== null,
  );
}
