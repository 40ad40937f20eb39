/** The map at a moment: spots with their states, arcs with their look, on a globe laid flat and seen through a lens. */
import { forceCollide, forceSimulation, forceX, forceY } from 'd3';
import type { Board } from '../load/board.ts';
import type { Session } from '../state/session.ts';
import { SIDE_SHORT } from './contrast.ts';
import { type Arc, type Flat, flatten, type Globe, globeOf, type Spot } from './globe.ts';
import { latest } from './memo.ts';
import { reasonOf, reasonText } from './reason.ts';
import { sharesText } from './share.ts';
import { NO_TAGS, spotTags, type Tag, type Tags } from './tags.ts';
import { tallyOf } from './tally.ts';
import { textWidth } from './text.ts';
import { KIND_WORD, STATES, type State } from './words.ts';
import type { World } from './world.ts';

/** How the map is looked at: enlarged and moved, as d3 has it. */
export interface Lens {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

export interface SpotMark {
  readonly id: string;
  readonly spot: Spot;
  readonly state: State;
  readonly label: string;
  /** Everything in words. */
  readonly title: string;
  /** Where it is drawn, and the point itself: beside each other where there is a crowd. */
  readonly x: number;
  readonly y: number;
  readonly pointX: number;
  readonly pointY: number;
  readonly r: number;
  /** Radius of the disc for the people there; 0: nobody is counted. */
  readonly people: number;
  readonly named: boolean;
  readonly selected: boolean;
  readonly dim: boolean;
  /** What differs from another run, where one is compared with. */
  readonly tag: Tag | null;
}

export interface ArcMark {
  readonly id: string;
  readonly arc: Arc;
  readonly harm: 'cut' | 'worn' | null;
  readonly near: boolean;
  readonly dim: boolean;
  readonly title: string;
}

export interface MapFrame {
  readonly flat: Flat;
  readonly spots: readonly SpotMark[];
  readonly arcs: readonly ArcMark[];
  /** What of the run is not on the map, in a sentence. */
  readonly note: string;
}

const R = 7.5;
const SMALL = 5.2;
const MOST_PEOPLE = 26;
const LABEL = 11;

export type MapOf = (
  board: Board,
  session: Session,
  width: number,
  height: number,
  lens: Lens,
  tags?: Tags,
) => MapFrame;

export function maps(world: World): MapOf {
  const globe = globeOf(world.run, world.things, world.ties);
  const flat = latest((width: number, height: number) => flatten(width, height));
  const most = Math.max(1, ...globe.spots.map(({ people }) => people));
  const sizes = new Map(globe.spots.map((spot) => [spot, sizeOf(spot, globe.spots.length, most)]));
  const placed = latest((on: Flat, k: number, x: number, y: number) => placedOf(globe.spots, sizes, on, { k, x, y }));
  const tagged = latest((tags: Tags) => spotTags(globe, tags));
  return (board, session, width, height, lens, tags = NO_TAGS) => {
    const on = flat(width, height);
    const places = placed(on, lens.k, lens.x, lens.y);
    const focus = focusOf(world, globe, session);
    const differing = tagged(tags);
    const marks = globe.spots.map((spot) =>
      withTag(spotMark(world, board, session, spot, sizes.get(spot)!, places, focus), differing.get(spot.id) ?? null),
    );
    return {
      flat: on,
      spots: withNames(marks, width, height, focus.spot),
      arcs: globe.arcs.map((arc) => arcMark(arc, board, session, focus.spot)),
      note: noteOf(globe),
    };
  };
}

/** What differs is told with the name, where that has room, and with all that is told of it. */
function withTag(mark: SpotMark, tag: Tag | null): SpotMark {
  if (!tag) return mark;
  const word = tag.as ?? SIDE_SHORT[tag.side ?? 'other'];
  return { ...mark, tag, label: `${mark.label} · ${word}`, title: `${mark.title}; ${tag.says}` };
}

interface Focus {
  readonly spot: Spot | null;
  readonly near: ReadonlySet<Spot>;
}

function focusOf(world: World, globe: Globe, { hover, selection }: Session): Focus {
  const thing = world.things.byId.get(hover ?? selection.thing ?? '');
  const spot = (thing && globe.spotOf.get(thing.index)) ?? null;
  const near = globe.arcs.flatMap(({ from, to }) => (from === spot ? [to] : to === spot ? [from] : []));
  return { spot, near: new Set(near) };
}

interface Size {
  readonly r: number;
  readonly people: number;
}

/** People are an area; what stands for a part of the world is no larger than a site. */
const sizeOf = ({ people, host }: Spot, count: number, most: number): Size => ({
  r: host.kind === 'datacenter' || count < 24 ? R : SMALL,
  people: people > 0 ? Math.max(R + 3, MOST_PEOPLE * Math.sqrt(people / most)) : 0,
});

interface Place {
  x: number;
  y: number;
  readonly pointX: number;
  readonly pointY: number;
  readonly r: number;
}

/** Marks that would lie on each other make room, and stay by their points. */
function placedOf(
  spots: readonly Spot[],
  sizes: ReadonlyMap<Spot, Size>,
  flat: Flat,
  lens: Lens,
): ReadonlyMap<Spot, Place> {
  const places = new Map(
    spots.map((spot): [Spot, Place] => {
      const [x, y] = flat([...spot.at]) ?? [0, 0];
      const [pointX, pointY] = [x * lens.k + lens.x, y * lens.k + lens.y];
      return [spot, { x: pointX, y: pointY, pointX, pointY, r: sizes.get(spot)!.r }];
    }),
  );
  forceSimulation([...places.values()])
    .force('x', forceX<Place>((one) => one.pointX).strength(0.25))
    .force('y', forceY<Place>((one) => one.pointY).strength(0.25))
    .force(
      'room',
      forceCollide<Place>((one) => one.r + 1.5),
    )
    .stop()
    .tick(90);
  return places;
}

const worst = (states: readonly State[]): State => STATES.find((state) => states.includes(state)) ?? 'unknown';

function spotMark(
  { run, things, statusOf, brief }: World,
  board: Board,
  session: Session,
  spot: Spot,
  size: Size,
  places: ReadonlyMap<Spot, Place>,
  focus: Focus,
): SpotMark {
  const { host, things: list } = spot;
  const own = statusOf(board, host);
  const others = list.filter((thing) => thing !== host);
  const all = others.map((thing) => statusOf(board, thing));
  const { x, y, pointX, pointY } = places.get(spot)!;
  const kind = KIND_WORD[host.kind] ?? host.kind;
  const with_ = others.length === 0 ? '' : `; there: ${sharesText(tallyOf(all))}`;
  const selected =
    list.some(({ id }) => id === session.selection.thing) || things.byId.get(session.selection.thing ?? '') === host;
  return {
    id: spot.id,
    spot,
    // A part of the world is as its people are.
    state: host.kind === 'region' && all.length > 0 ? worst(all.map(({ state }) => state)) : own.state,
    label: host.title ?? host.name,
    title: `${kind} ${host.name}${host.title ? ` (${host.title})` : ''}: ${reasonText(reasonOf(run, board, own, brief))}${with_}`,
    x,
    y,
    pointX,
    pointY,
    ...size,
    named: false,
    selected,
    dim: session.hover !== null && focus.spot !== null && focus.spot !== spot && !focus.near.has(spot),
    tag: null,
  };
}

function arcMark(arc: Arc, board: Board, { hover }: Session, focus: Spot | null): ArcMark {
  const told = arc.ties.filter(({ carries }) => carries >= 0);
  const dead = told.filter(({ carries }) => board.value[carries] === 0).length;
  const near = focus !== null && (arc.from === focus || arc.to === focus);
  const count = `${arc.ties.length} ${arc.ties.length === 1 ? 'link' : 'links'}`;
  return {
    id: arc.id,
    arc,
    harm: dead === 0 ? null : dead === told.length ? 'cut' : 'worn',
    near,
    dim: hover !== null && focus !== null && !near,
    title: `${arc.from.host.name} to ${arc.to.host.name}: ${count}${dead === 0 ? '' : `, ${told.length - dead} of ${told.length} carry`}`,
  };
}

interface Room {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const meet = (a: Room, b: Room): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Names stand where there is room for them: first of what is looked at, then of data centers, then of all else. */
function withNames(marks: readonly SpotMark[], width: number, height: number, focus: Spot | null): readonly SpotMark[] {
  const taken: Room[] = marks.map(({ x, y, r }) => ({ left: x - r, right: x + r, top: y - r, bottom: y + r }));
  const named = new Set<SpotMark>();
  const rank = (mark: SpotMark): number =>
    mark.spot === focus ? 0 : mark.selected ? 1 : mark.spot.host.kind === 'datacenter' ? 2 : mark.people > 0 ? 3 : 4;
  for (const mark of [...marks].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))) {
    const { x, y, r } = mark;
    const room = { left: x + r + 2, right: x + r + 6 + textWidth(mark.label, LABEL), top: y - 7, bottom: y + 7 };
    if (room.right > width || room.left < 0 || room.top < 0 || room.bottom > height) continue;
    if (taken.some((other) => meet(room, other))) continue;
    taken.push(room);
    named.add(mark);
  }
  return marks.map((mark) => ({ ...mark, named: named.has(mark) }));
}

function noteOf({ spots, nowhere }: Globe): string {
  if (spots.length === 0) return 'This scenario does not say where its parts are: it has no map.';
  return nowhere === 0 ? '' : `${nowhere.toLocaleString('en')} parts are in no one place, and not on the map.`;
}
