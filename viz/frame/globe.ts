/** Where the parts of a run are: spots that share a point, arcs between them, and how the globe is laid flat. */
import { geoInterpolate, geoNaturalEarth1 } from 'd3';
import type { Run } from '../load/run.ts';
import type { Thing, Things } from './things.ts';
import type { Tie, Ties } from './ties.ts';

/** All that is at one point. */
export interface Spot {
  readonly id: string;
  /** What it is called and shown as: the place itself where one stands there. */
  readonly host: Thing;
  readonly things: readonly Thing[];
  readonly people: number;
  readonly at: readonly [east: number, north: number];
}

/** Links between two spots. */
export interface Arc {
  readonly id: string;
  readonly from: Spot;
  readonly to: Spot;
  readonly ties: readonly Tie[];
}

export interface Globe {
  readonly spots: readonly Spot[];
  readonly arcs: readonly Arc[];
  /** Spot of each thing, by index. */
  readonly spotOf: ReadonlyMap<number, Spot>;
  /** How many things are nowhere. */
  readonly nowhere: number;
}

/** Which of several things at a point is the point itself. */
const HOSTS = ['region', 'datacenter', 'pop', 'network', 'router'];

export function globeOf(run: Run, things: Things, ties: Ties): Globe {
  const byPoint = new Map<string, { at: readonly [number, number]; things: Thing[] }>();
  for (const { name, where } of run.scene.nodes) {
    const thing = things.named(name);
    if (!thing || !where) continue;
    const [north, east] = where;
    const key = `${north} ${east}`;
    const known = byPoint.get(key);
    if (known) known.things.push(thing);
    else byPoint.set(key, { at: [east, north], things: [thing] });
  }
  const spots = [...byPoint.values()].map(({ at, things: list }): Spot => {
    const host = hostOf(list);
    return { id: host.id, host, things: list, at, people: list.reduce((sum, one) => sum + (one.people ?? 0), 0) };
  });
  const spotOf = new Map(spots.flatMap((spot) => spot.things.map((thing) => [thing.index, spot] as const)));
  return { spots, arcs: arcsOf(ties, spotOf), spotOf, nowhere: things.list.length - spotOf.size };
}

function hostOf(list: readonly Thing[]): Thing {
  const rank = ({ kind }: Thing): number => (HOSTS.includes(kind) ? HOSTS.indexOf(kind) : HOSTS.length);
  return list.reduce((best, one) => (rank(one) < rank(best) ? one : best));
}

function arcsOf({ list }: Ties, spotOf: Globe['spotOf']): readonly Arc[] {
  const arcs = new Map<string, { from: Spot; to: Spot; ties: Tie[] }>();
  for (const tie of list) {
    if (tie.kind !== 'link' && tie.kind !== 'session') continue;
    const [from, to] = [spotOf.get(tie.from.index), spotOf.get(tie.to.index)];
    if (!from || !to || from === to) continue;
    const id = from.id < to.id ? `${from.id}|${to.id}` : `${to.id}|${from.id}`;
    const known = arcs.get(id);
    if (known) known.ties.push(tie);
    else arcs.set(id, { from, to, ties: [tie] });
  }
  return [...arcs].map(([id, arc]) => ({ id, ...arc }));
}

export type Flat = ReturnType<typeof geoNaturalEarth1>;

/** South of this is ice, and north of that sea: room better given to where people are. */
const FRAME: readonly (readonly [east: number, north: number])[] = [
  [-179.9, 15],
  [179.9, 15],
  [0, -56],
  [0, 76],
];
const SIDE = 10;

/** The inhabited world, as large as it fits. */
export const flatten = (width: number, height: number): Flat =>
  geoNaturalEarth1().fitExtent(
    [
      [SIDE, SIDE],
      [width - SIDE, height - SIDE],
    ],
    { type: 'MultiPoint', coordinates: FRAME.map((point) => [...point]) },
  );

/** A point of the great circle between two spots, `t` of the way along. */
export const along = (from: Spot, to: Spot, t: number): readonly [number, number] =>
  geoInterpolate([...from.at], [...to.at])(t);
