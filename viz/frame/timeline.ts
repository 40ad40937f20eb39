/** The timeline as marks: the strip of the whole run, and a stretch of it as axis, events, lanes, checkpoints and curves; none of it moving with the playhead. */

import type { Gap } from '../state/course.ts';
import type { Span } from '../state/span.ts';
import { thingRow } from './bars.ts';
import type { Card } from './cards.ts';
import { type ClaimMark, claimMarks, verdictsOf } from './claims.ts';
import { type Bin, densityOf } from './density.ts';
import { type EventMark, eventsOf } from './events.ts';
import { latest } from './memo.ts';
import { type Curve, fewOf, PEOPLE } from './numbers.ts';
import { type Area, type PartRow, partRows } from './parts.ts';
import { liesIn, reaches, type Scale, SIDE, type Stripe, scaleOf, type Tick, ticksOf, within } from './scale.ts';
import type { Span as Bar, Look, Row } from './stretches.ts';
import { shorten, textWidth } from './text.ts';
import { clockText, lasting } from './time.ts';
import { type Totals, totalsOf } from './totals.ts';
import type { World } from './world.ts';

export interface SpanMark {
  readonly id: string;
  readonly x: number;
  readonly width: number;
  readonly look: Look;
  readonly label: string;
  readonly title: string;
  /** The change that began it, and the one a click leads to; -1: none. */
  readonly row: number;
  readonly leads: number;
  readonly base: number;
  readonly share: number;
  readonly called: boolean;
}

type Points = readonly (readonly [x: number, share: number])[];

export interface RowMark {
  readonly id: string;
  readonly kind: Row['kind'] | 'curve' | 'claims' | 'parts';
  readonly y: number;
  readonly height: number;
  readonly label: string;
  readonly title: string;
  readonly indent: boolean;
  readonly thing: string | null;
  /** All parts it speaks of, and what stands for them in the picture. */
  readonly things: readonly string[];
  readonly points: string | null;
  /** Its lane stays, whatever is selected. */
  readonly pinned: boolean;
  readonly spans: readonly SpanMark[];
  /** Curves: x and share of the peak; several for many of a kind. */
  readonly lines: readonly Points[];
  /** Parts: how many of them were in each state. */
  readonly areas: readonly Area[];
  readonly notes: readonly string[];
}

/** The whole run: how much changes where. */
export interface Overview {
  readonly scale: Scale;
  readonly bins: readonly Bin[];
  readonly ticks: readonly Tick[];
  readonly captions: readonly { readonly x: number; readonly at: number; readonly says: string }[];
  /** Where the stretch that is shown below begins and ends, pixels; null: all of it is. */
  readonly brush: readonly [from: number, to: number] | null;
}

/** What is told of a stretch, and only of one. */
export interface Near {
  readonly events: readonly EventMark[];
  readonly totals: Totals;
}

export interface Timeline {
  readonly width: number;
  readonly gutter: number;
  readonly overview: Overview;
  /** That of the lanes: of the stretch, or of the whole run. As wide as that of the strip, from the same left edge. */
  readonly scale: Scale;
  readonly ticks: readonly Tick[];
  readonly stripes: readonly Stripe[];
  readonly near: Near | null;
  readonly rows: readonly RowMark[];
  readonly claims: readonly ClaimMark[];
  readonly claimsY: number;
  /** The curves that are drawn, in the order of their rows. */
  readonly curves: readonly Curve[];
  readonly height: number;
}

export const CLAIM_LINE = 16;
const GUTTER = 132;
const LABEL_SIZE = 11.5;
const NOTE_SIZE = 10;
export const NOTE_LINE = 12;
const SPAN_SIZE = 10.5;
/** Where there is no gutter, labels stand above what they name. */
const LABEL_ABOVE = 16;

/** What is as it should be, or over, is a line, not a bar. */
export const thin = (look: Look): boolean => look === 'ok' || look === 'up' || isOver(look);

/** People are done with it: its beginning is a mark. */
export const isOver = (look: Look): boolean => look === 'done' || look === 'cancelled';

export interface Asked {
  readonly width: number;
  readonly narrow: boolean;
  readonly gaps: readonly Gap[];
  readonly thing: string | null;
  /** Things whose lanes stand first, in this order. */
  readonly pins: readonly string[];
  readonly claim: string | null;
  /** All numbers, not only those that move most. */
  readonly all: boolean;
  /** Folds in the picture have a row each. */
  readonly cards: readonly Card[];
  /** The stretch that the lanes show; null: all of the run. */
  readonly span: Span | null;
  /** The axis tells the time of day. */
  readonly wall: boolean;
}

type Unplaced = Omit<RowMark, 'y'>;
const BARE = {
  title: '',
  indent: false,
  thing: null,
  things: [],
  points: null,
  pinned: false,
  spans: [],
  lines: [],
  areas: [],
  notes: [],
} as const;

export function timelineOf(world: World, asked: Asked): Timeline {
  const { run, brief } = world;
  const { narrow } = asked;
  const gutter = narrow ? 0 : GUTTER;
  const width = Math.max(120, asked.width - gutter - SIDE * 2);
  const kept = keptOf(world);
  const whole = kept.whole(asked.gaps, width);
  const brush = asked.span && ([whole.x(asked.span.from), whole.x(asked.span.to)] as const);
  const scale = asked.span === null ? whole : kept.stretch(asked.gaps, width, asked.span);
  const drawing = { world, scale, narrow, room: narrow ? width * 0.6 : gutter - 18 };
  const claims = claimsIn(world, scale, asked.claim);
  const curves = asked.all ? world.curves : fewOf(world.curves);
  const pins = asked.pins.flatMap((id) => world.things.byId.get(id) ?? []);
  const selected =
    asked.thing === null || asked.pins.includes(asked.thing) ? undefined : world.things.byId.get(asked.thing);
  const own = [...pins, ...(selected ? [selected] : [])];
  const lead = own.map((thing) => ({ thing, row: thingRow(run, thing, world.turns) }));
  const rest = world.rows.filter(({ kind, thing }) => kind !== 'thing' || !own.some(({ id }) => id === thing));
  const tasks = rest.filter((row) => row.kind === 'task');
  const placed = stacked([
    ...lead.map(({ thing, row }) => ownRow(row, pins.includes(thing), drawing)),
    ...curves.filter(isPeople).map((curve) => curveRow(curve, drawing)),
    ...rest.filter((row) => row.kind !== 'task').map((row) => barRow(row, drawing)),
    ...claimsRow(claims, drawing),
    ...curves.filter((curve) => !isPeople(curve)).map((curve) => curveRow(curve, drawing)),
    ...tasks.map((row) => barRow(row, drawing)),
    ...kept.parts(asked.cards, scale).map((row) => partRow(row, drawing)),
  ]);
  return {
    width,
    gutter,
    scale,
    ...placed,
    claims,
    claimsY: (placed.rows.find((row) => row.kind === 'claims')?.y ?? 0) + (narrow ? LABEL_ABOVE : 0),
    curves,
    overview: {
      scale: whole,
      bins: kept.bins(whole),
      ticks: ticksOf(whole, run.epoch, brief, asked.wall).map((tick) =>
        under(tick, brush) ? { ...tick, label: '' } : tick,
      ),
      captions: run.captions.map((caption) => ({ x: whole.x(caption.at), at: caption.at, says: caption.says })),
      brush,
    },
    ticks: ticksOf(scale, run.epoch, brief, asked.wall),
    stripes: scale.stripes,
    near: asked.span && kept.near(scale),
  };
}

/** How wide the handles of the brush are, outwards from its ends. */
const GRIP = 12;

/** A label that a handle would lie on is left out: the ends of the stretch are told below. */
const under = (tick: Tick, brush: Overview['brush']): boolean =>
  brush !== null && (liesIn(tick, brush[0] - GRIP, brush[0]) || liesIn(tick, brush[1], brush[1] + GRIP));

/** What only depends on the room and the cards is worked out once for them, whatever is selected. */
const keeping = new WeakMap<World, ReturnType<typeof keep>>();
const keep = (world: World) => ({
  whole: latest((gaps: readonly Gap[], width: number) => scaleOf(world.run.length, gaps, width)),
  stretch: latest((gaps: readonly Gap[], width: number, span: Span) => scaleOf(world.run.length, gaps, width, span)),
  near: latest((scale: Scale): Near => ({ events: eventsOf(world, scale), totals: totalsOf(world, scale) })),
  bins: latest((scale: Scale) => densityOf(world.run, scale, world.tone)),
  parts: latest((cards: readonly Card[], scale: Scale) => partRows(world.past, cards, scale)),
});
function keptOf(world: World): ReturnType<typeof keep> {
  const kept = keeping.get(world) ?? keep(world);
  keeping.set(world, kept);
  return kept;
}

function stacked(rows: readonly Unplaced[]): { rows: readonly RowMark[]; height: number } {
  let y = 4;
  const placed = rows.map((row, i) => {
    // Another sort of row begins a little apart.
    if (i > 0 && row.kind !== rows[i - 1]!.kind) y += 3;
    const at = { ...row, y };
    y += row.height + (row.kind === 'curve' ? 3 : 0);
    return at;
  });
  return { rows: placed, height: y + 6 };
}

interface Drawing {
  readonly world: World;
  readonly scale: Scale;
  readonly narrow: boolean;
  /** Room for a label, pixels. */
  readonly room: number;
}

const isPeople = (curve: Curve): boolean => curve.id === PEOPLE;

/** Checkpoints of the stretch. A moment outside of it has no mark: at the edge it would stand where it is not. */
function claimsIn({ run }: World, scale: Scale, selected: string | null): readonly ClaimMark[] {
  const moments = new Map((run.end?.checkpoints ?? []).map(({ id, moment }) => [id, moment]));
  const shown = (run.end?.checkpoints ?? []).filter(({ moment }) => {
    const all = [moment?.seen, moment?.from, moment?.to, moment?.simulated].filter((at) => at != null);
    return all.length > 0 && reaches(scale, Math.min(...all), Math.max(...all));
  });
  const inside = (x: number | null, from: number | null | undefined, to = from): number | null =>
    from == null || to == null || !reaches(scale, from, to) ? null : x;
  return claimMarks(shown, scale, selected, run.scene.sources ?? []).flatMap((mark) => {
    const { seen, simulated, from, to } = moments.get(mark.id)!;
    const [first, last] = [from ?? to, to ?? from];
    const at = {
      seen: inside(mark.seen, seen),
      simulated: inside(mark.simulated, simulated),
      from: inside(mark.from, first, last),
      to: inside(mark.to, first, last),
    };
    return Object.values(at).every((x) => x === null) ? [] : [{ ...mark, ...at }];
  });
}

/** Whether a bar has a place in what is shown. What is done is a point in time. */
export const hasPlace = ({ from, to }: Scale, span: Pick<Bar, 'from' | 'to' | 'look'>): boolean =>
  span.from <= to && (span.from >= from || (!isOver(span.look) && span.to > from));

/** The shapes of the verdicts are told beside it: in the gutter a line each, else in one line above. */
function claimsRow(claims: readonly ClaimMark[], { narrow, room }: Drawing): Unplaced[] {
  const lines = Math.max(0, ...claims.map((claim) => claim.line + 1));
  if (lines === 0) return [];
  const said = verdictsOf(claims);
  const notes = narrow || textWidth(said, NOTE_SIZE) <= room ? [said] : said.split(' · ');
  const height =
    Math.max(lines * CLAIM_LINE, narrow ? 0 : 16 + notes.length * NOTE_LINE) + (narrow ? LABEL_ABOVE + 2 : 4);
  return [{ ...BARE, id: 'claims', kind: 'claims', height, label: 'checkpoints', title: said, notes }];
}

function curveRow(curve: Curve, { scale, narrow, room }: Drawing): Unplaced {
  return {
    ...BARE,
    id: curve.id,
    kind: 'curve',
    height: narrow ? 44 : 28,
    label: shorten(curve.label, LABEL_SIZE, narrow ? room * 0.75 : room),
    title: `${curve.label}, up to ${curve.peak} ${curve.unit}${curve.lines.length > 1 ? '; each a line' : ''}`,
    lines: curve.lines.map((points) => drawable(within(scale, points).map(([at, share]) => [scale.x(at), share]))),
    notes: narrow ? [] : [shorten(`up to ${curve.peak}`, NOTE_SIZE, room)],
  };
}

/** With more points than a line has pixels, each pixel has the first, the lowest, the highest and the last of its own. */
function drawable(points: Points): Points {
  const last = points.at(-1);
  if (!last || points.length <= 4 * last[0]) return points;
  const kept: (readonly [number, number])[] = [];
  for (let i = 0; i < points.length; ) {
    const column = Math.floor(points[i]![0]);
    let [end, low, high] = [i, i, i];
    for (; end < points.length && Math.floor(points[end]![0]) === column; end++) {
      if (points[end]![1] < points[low]![1]) low = end;
      if (points[end]![1] > points[high]![1]) high = end;
    }
    for (const k of [...new Set([i, Math.min(low, high), Math.max(low, high), end - 1])]) kept.push(points[k]!);
    i = end;
  }
  return kept;
}

function partRow({ count, ...row }: PartRow, { narrow, room }: Drawing): Unplaced {
  const width = room - (row.indent ? 12 : 0);
  const full = count === 1 ? row.label : `${row.label} · ${count}`;
  const label = textWidth(full, LABEL_SIZE) <= width ? full : shorten(row.label, LABEL_SIZE, width);
  return { ...BARE, ...row, label, kind: 'parts', height: narrow ? 30 : row.indent ? 16 : 18 };
}

/** A lane that somebody asked for has room for the button that lets it go. */
function ownRow(row: Row, pinned: boolean, drawing: Drawing): Unplaced {
  const mark = barRow(row, { ...drawing, room: drawing.room - (pinned ? 26 : 0) });
  return { ...mark, pinned, height: drawing.narrow ? 36 : pinned ? 26 : mark.height };
}

function barRow(row: Row, { world, scale, narrow, room }: Drawing): Unplaced {
  const { run, brief } = world;
  const clock = (at: number) => clockText(run.epoch, at, brief);
  const why = (change: number): string => {
    const cause = change < 0 ? -1 : run.changes.tipped[change]!;
    return change < 0 ? '' : `, because ${run.changes.says(cause < 0 ? change : cause)}`;
  };
  return {
    ...BARE,
    id: row.id,
    kind: row.kind,
    height: narrow ? 34 : 19,
    indent: row.indent,
    thing: row.thing,
    things: row.things,
    points: row.thing,
    title: row.title,
    label: labelOf(row, room - (row.indent ? 12 : 0)),
    spans: row.spans.flatMap((span, i) => {
      if (!hasPlace(scale, span)) return [];
      const x = scale.x(span.from);
      const width = Math.max(scale.x(span.to) - x, isOver(span.look) ? 0 : 1.5);
      const whom = span.share < 1 ? ` for ${Math.round(span.share * 100)} % of them` : '';
      return {
        id: `${row.id}:${i}`,
        x,
        width,
        look: span.look,
        row: span.row,
        leads: span.leads ?? span.row,
        called: span.called ?? false,
        base: span.base,
        share: span.share,
        label: thin(span.look) || span.share < 0.7 ? '' : shorten(span.word, SPAN_SIZE, width - 12),
        title: `${row.title}: ${clock(span.from)} to ${clock(span.to)} (${lasting(span.to - span.from)}) ${
          span.told ?? `${span.word}${whom}${why(span.row)}`
        }`,
      };
    }),
  };
}

/** Where room is short, both keep enough to be told apart: whose it is first. */
function labelOf({ label, who }: Row, room: number): string {
  if (who === null) return shorten(label, LABEL_SIZE, room);
  const full = `${who}: ${label}`;
  if (textWidth(full, LABEL_SIZE) <= room) return full;
  const left = Math.max(room - textWidth(`: ${label}`, LABEL_SIZE), room * 0.6);
  const short = `${shorten(who, LABEL_SIZE, left)}: `;
  return `${short}${shorten(label, LABEL_SIZE, room - textWidth(short, LABEL_SIZE))}`;
}
