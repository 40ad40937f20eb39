/** Which numbers of a run are drawn as curves, in which order, and what each is at a moment. */
import { type Board, numberAt } from '../load/board.ts';
import { type Run, slice } from '../load/run.ts';
import { coarseSum } from './coarse.ts';
import { joined, most, type Point, pointsOf, sum } from './curve.ts';
import type { ManyOf } from './folds.ts';
import { countsOfPeople, peopleAt, peopleOver } from './people.ts';
import { many } from './time.ts';
import { NUMBER_UNIT } from './words.ts';

export interface Curve {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  /** The largest value, in words. */
  readonly peak: string;
  /** Time and share of the peak, 0 to 1; straight between two points. More lines than one: one for each of many of a kind. */
  readonly lines: readonly (readonly (readonly [at: number, share: number])[])[];
  /** How much of its peak it moves through, 0 to 1. */
  readonly moves: number;
  /** What it is at a moment; of many of a kind, the most. */
  readonly valueAt: (board: Board, at: number) => number;
}

/** The one curve that no single fact stands for. */
export const PEOPLE = 'people affected';
/** Kinds whose numbers add up over many of a kind; of others the largest counts. */
const ADDS = new Set(['affected', 'troubled']);
/** What is told first where there is not room for all; kinds that are not named stand between. */
const FIRST = ['rate', 'queries', 'load'];
/** What the people affected tell together already. */
const LAST = ['troubled', 'affected', 'stopped'];
/** So many numbers are drawn before somebody asks for all of them. */
const FEW = 6;
/** More lines than this in one curve are a smear: then only the highest is drawn. */
const LINES = 60;
const MANY = 20_000;

/** People affected first; then the number of each kind that moves most, then the next of each. */
export function curvesOf(run: Run, manyOf: ManyOf): readonly Curve[] {
  const people = peopleCurve(run);
  const byKind = new Map<string, Curve[]>();
  for (const [kind, curve] of numberCurves(run, manyOf)) {
    const list = byKind.get(kind) ?? [];
    list.push(curve);
    byKind.set(kind, list);
  }
  const rank = (kind: string): number =>
    FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length + 1 + LAST.indexOf(kind);
  const kinds = [...byKind]
    .map(([kind, list]) => ({ kind, list: list.sort((a, b) => b.moves - a.moves || (a.id < b.id ? -1 : 1)) }))
    .sort((a, b) => rank(a.kind) - rank(b.kind) || (a.kind < b.kind ? -1 : 1));
  const told = kinds.filter(({ kind }) => !people || !LAST.includes(kind));
  const rest = kinds.filter((one) => !told.includes(one)).flatMap(({ list }) => list);
  return [...(people ? [people] : []), ...inTurn(told.map(({ list }) => list)), ...rest];
}

/** The first few, without those that the people affected tell already. */
export function fewOf(curves: readonly Curve[]): readonly Curve[] {
  const people = curves.some(({ id }) => id === PEOPLE);
  return curves.filter(({ id }) => !people || !LAST.includes(id.split(':')[0]!)).slice(0, FEW);
}

function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}

function peopleCurve(run: Run): Curve | null {
  const counts = countsOfPeople(run);
  if (counts.length === 0) return null;
  return curveOf(PEOPLE, 'people affected', 'people', [peopleOver(run, counts)], (board, at) =>
    peopleAt(run, counts, board, at),
  );
}

function numberCurves(run: Run, manyOf: ManyOf): [string, Curve][] {
  const { facts, changes } = run;
  const bundles = new Map<string, { kind: string; subjects: readonly string[]; list: number[] }>();
  for (let fact = 0; fact < facts.count; fact++) {
    if (facts.domains[fact] !== 'number') continue;
    const kind = facts.kinds[fact]!;
    const subjects = facts.subjects[fact]!.map(manyOf);
    const key = `${kind}:${subjects.join('/')}`;
    const known = bundles.get(key) ?? { kind, subjects, list: [] };
    bundles.set(key, known);
    known.list.push(fact);
  }
  return [...bundles].flatMap(([id, { kind, subjects, list }]): [string, Curve][] => {
    if (list.every((fact) => slice(changes.ofFact, fact).length === 0)) return [];
    const adds = ADDS.has(kind);
    const each = list.map((fact) => thinned(pointsOf(run, fact)));
    const lines = adds ? [joined(each, sum)] : each.length > LINES ? [joined(each, most)] : each;
    const label = kind === 'rate' ? subjects.join(' ') : `${kind} ${subjects.join(' ')}`;
    const curve = curveOf(id, label, unitOf(run, kind, subjects), lines, (board, at) =>
      (adds ? sum : most)(list.map((fact) => numberAt(run, board, fact, at))),
    );
    return curve ? [[kind, curve]] : [];
  });
}

/** More bends than a screen has room for are told by the highest and lowest of each column. */
const thinned = (points: readonly Point[]): readonly Point[] => (points.length > MANY ? coarseSum([points]) : points);

const unitOf = (run: Run, kind: string, [subject]: readonly string[]): string =>
  (kind === 'rate' ? run.scene.rates.find(({ name }) => name === subject)?.unit : undefined) ?? NUMBER_UNIT[kind] ?? '';

function curveOf(
  id: string,
  label: string,
  unit: string,
  lines: readonly (readonly Point[])[],
  valueAt: Curve['valueAt'],
): Curve | null {
  const values = lines.flatMap((points) => points.map(({ value }) => value));
  const peak = values.reduce((a, b) => Math.max(a, b), 0);
  const least = values.reduce((a, b) => Math.min(a, b), peak);
  if (!(peak > 0) || peak === least) return null;
  return {
    id,
    label,
    unit,
    peak: many(peak),
    moves: (peak - Math.max(0, least)) / peak,
    lines: lines.map((points) => points.map(({ at, value }) => [at, Math.max(0, value) / peak])),
    valueAt,
  };
}
