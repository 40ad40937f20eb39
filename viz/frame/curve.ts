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

/** The value just before a moment and just after it, on straight lines from point to point. */
function around(points: readonly Point[], at: number): readonly [before: number, after: number] {
  const first = points.findIndex((point) => point.at >= at);
  if (first < 0) return [points.at(-1)!.value, points.at(-1)!.value];
  const [from, to] = [points[first - 1], points[first]!];
  if (to.at === at) return [to.value, points.findLast((point) => point.at === at)!.value];
  const value = from ? from.value + ((to.value - from.value) * (at - from.at)) / (to.at - from.at) : to.value;
  return [value, value];
}

/** The most people for whom anything fails, added up over peoples; several things that fail the same people count once. */
function affected(run: Run): Point[] {
  const lines = [...peopleOf(run)].flatMap(([journey, people]) => {
    const fact = run.facts.index.get(`affected/${journey}`);
    return fact === undefined ? [] : [{ people, points: pointsOf(run, fact) }];
  });
  const peoples = [...new Set(lines.map(({ people }) => people))];
  const moments = new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)));
  return [...moments]
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const now = lines.map(({ people, points }) => ({ people, value: around(points, at) }));
      const sum = (side: 0 | 1): number =>
        peoples.reduce(
          (all, one) => all + Math.max(0, ...now.flatMap(({ people, value }) => (people === one ? value[side] : []))),
          0,
        );
      const [before, after] = [sum(0), sum(1)];
      return before === after
        ? [{ at, value: after }]
        : [
            { at, value: before },
            { at, value: after },
          ];
    });
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
