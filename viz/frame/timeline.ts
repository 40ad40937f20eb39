/** The timeline as marks: strip, axis, lanes, checkpoints, curves; all on one scale, none of it moving with the playhead. */
import type { Gap } from '../state/course.ts';
import { type Look, type Row, thingRow } from './bars.ts';
import { type ClaimMark, claimMarks } from './claims.ts';
import { type Bin, densityOf } from './density.ts';
import { type Scale, type Stripe, scaleOf, type Tick, ticksOf } from './scale.ts';
import { shorten } from './text.ts';
import { clockText, lasting } from './time.ts';
import type { World } from './world.ts';

export interface SpanMark {
  readonly id: string;
  readonly x: number;
  readonly width: number;
  readonly look: Look;
  readonly label: string;
  readonly title: string;
  readonly row: number;
}

export interface RowMark {
  readonly id: string;
  readonly kind: Row['kind'] | 'curve' | 'claims';
  readonly y: number;
  readonly height: number;
  readonly label: string;
  readonly indent: boolean;
  readonly thing: string | null;
  readonly spans: readonly SpanMark[];
  /** Curves: x and share of the peak. */
  readonly points: readonly (readonly [number, number])[];
  readonly note: string;
}

export interface Timeline {
  readonly width: number;
  readonly gutter: number;
  readonly scale: Scale;
  readonly bins: readonly Bin[];
  readonly ticks: readonly Tick[];
  readonly stripes: readonly Stripe[];
  readonly captions: readonly { readonly x: number; readonly at: number; readonly says: string }[];
  readonly rows: readonly RowMark[];
  readonly claims: readonly ClaimMark[];
  readonly claimsY: number;
  readonly height: number;
}

export const CLAIM_LINE = 16;
const SIDE = 12;
const LABEL_SIZE = 11.5;

export interface TimelineSize {
  readonly width: number;
  readonly narrow: boolean;
}

export function timelineOf(
  world: World,
  gaps: readonly Gap[],
  size: TimelineSize,
  selectedThing: string | null,
  selectedClaim: string | null,
): Timeline {
  const { run, brief } = world;
  const gutter = size.narrow ? 0 : 132;
  const width = Math.max(120, size.width - gutter - SIDE * 2);
  const scale = scaleOf(run.length, gaps, width);
  const room = size.narrow ? width : gutter - 18;
  const clock = (at: number) => clockText(run.epoch, at, brief);
  const pitch = size.narrow ? 34 : 21;

  const claims = claimMarks(run.end?.checkpoints ?? [], scale, selectedClaim);
  const lines = Math.max(0, ...claims.map((claim) => claim.line + 1));
  let y = 4;
  const rows: RowMark[] = [];
  const bare = { indent: false, thing: null, spans: [], points: [], note: '' };
  const claimsY = y + (size.narrow ? 16 : 0);
  if (lines > 0) {
    const height = lines * CLAIM_LINE + (size.narrow ? 18 : 4);
    rows.push({ ...bare, id: 'claims', kind: 'claims', y, height, label: 'checkpoints' });
    y += height + 4;
  }
  for (const curve of world.curves) {
    const height = size.narrow ? 44 : 30;
    rows.push({
      ...bare,
      id: curve.id,
      kind: 'curve',
      y,
      height,
      label: shorten(curve.label, LABEL_SIZE, room),
      points: curve.points.map(([at, share]) => [scale.x(at), share]),
      note: shorten(`up to ${curve.peak}`, 10, room),
    });
    y += height + 3;
  }
  const thing = selectedThing === null ? null : (world.things.byId.get(selectedThing) ?? null);
  const extra =
    thing && !world.rows.some((row) => row.thing === thing.id && row.kind === 'thing')
      ? [thingRow(run, thing.id, thing.name)].filter((row) => row.spans.length > 0)
      : [];
  for (const row of [...extra, ...world.rows]) {
    rows.push({
      ...bare,
      id: row.id,
      kind: row.kind,
      y,
      height: pitch,
      indent: row.indent,
      thing: row.thing,
      label: shorten(row.label, LABEL_SIZE, room - (row.indent ? 12 : 0)),
      spans: row.spans.map((span) => {
        const x = scale.x(span.from);
        const wide = Math.max(scale.x(span.to) - x, span.look === 'done' ? 0 : 1.5);
        return {
          id: `${row.id}:${span.row}`,
          x,
          width: wide,
          look: span.look,
          row: span.row,
          label:
            span.look === 'ok' || span.look === 'up' || span.look === 'done' ? '' : shorten(span.word, 10.5, wide - 12),
          title: `${row.label}: ${span.word}, ${clock(span.from)} to ${clock(span.to)} (${lasting(span.to - span.from)})`,
        };
      }),
    });
    y += pitch;
  }
  return {
    width,
    gutter,
    scale,
    rows,
    claims,
    claimsY,
    height: y + 6,
    bins: densityOf(run, scale, world.tone),
    ticks: ticksOf(scale, run.epoch, run.length, brief),
    stripes: scale.stripes,
    captions: run.captions.map((caption) => ({ x: scale.x(caption.at), at: caption.at, says: caption.says })),
  };
}
