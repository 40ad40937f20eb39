/** Orders and places the cards of each row: nearest to the middle of their neighbours, without overlap, by a few sweeps. */
import type { Card, Pair } from './cards.ts';

export interface Placed {
  readonly x: number;
  readonly width: number;
}

const GAP = 10;
const SWEEPS = 8;
/** Cards that wish to stand this near to each other stand in order of name. */
const NEAR = 40;

const naturally = new Intl.Collator('en', { numeric: true }).compare;

export function place(rows: readonly (readonly Card[])[], pairs: readonly Pair[], room: number): Map<Card, Placed> {
  const near = new Map<Card, Card[]>();
  for (const { from, to } of pairs) {
    near.set(from, [...(near.get(from) ?? []), to]);
    near.set(to, [...(near.get(to) ?? []), from]);
  }
  const rowOf = new Map(rows.flatMap((row, i) => row.map((card) => [card, i] as const)));
  const middle = new Map<Card, number>();
  for (const row of rows) spread(row, room).forEach((x, i) => void middle.set(row[i]!, x));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const order = sweep % 2 === 0 ? rows.keys() : [...rows.keys()].reverse();
    for (const i of order) {
      const row = rows[i]!;
      const wished = row.map((card) => {
        const others = (near.get(card) ?? []).filter((other) => rowOf.get(other) !== i);
        const own = middle.get(card)!;
        if (card.kind === 'head' || card.kind === 'member' || others.length === 0) return own;
        return others.reduce((sum, other) => sum + middle.get(other)!, 0) / others.length;
      });
      const sorted = row.some((card) => card.kind === 'head' || card.kind === 'member')
        ? row.map((_, k) => k)
        : row
            .map((_, k) => k)
            .sort(
              (a, b) =>
                Math.round(wished[a]! / NEAR) - Math.round(wished[b]! / NEAR) ||
                naturally(row[a]!.label, row[b]!.label) ||
                (row[a]!.id < row[b]!.id ? -1 : 1),
            );
      const spots = settle(
        sorted.map((k) => row[k]!.width),
        sorted.map((k) => wished[k]!),
        room,
        row.some((card) => card.kind === 'member'),
      );
      sorted.forEach((k, n) => void middle.set(row[k]!, spots[n]!));
    }
  }
  return new Map(
    [...middle].map(([card, x]) => {
      const width = Math.min(card.width, room);
      return [card, { x: x - width / 2, width }];
    }),
  );
}

/** Evenly over the room, in the order given; members of an open group close together from the left. */
function spread(row: readonly Card[], room: number): number[] {
  const close = row.some((card) => card.kind === 'head' || card.kind === 'member');
  const total = row.reduce((sum, card) => sum + card.width, 0);
  const gap = close ? 6 : Math.max(GAP, (room - total) / (row.length + 1));
  let x = close ? 0 : Math.min(gap, Math.max(0, room - total - gap * (row.length - 1)));
  return row.map((card) => {
    const at = x + card.width / 2;
    x += card.width + gap;
    return at;
  });
}

/** Middles as near to the wished ones as order and gaps allow: pushed from the left, pushed from the right, and the mean of both. */
function settle(widths: readonly number[], wished: readonly number[], room: number, close: boolean): number[] {
  const n = widths.length;
  const total = widths.reduce((sum, width) => sum + width, 0);
  // The more room, the wider apart; but never so wide that a row falls apart.
  const gap = Math.max(
    0,
    Math.min(
      (room - total) / Math.max(n - 1, 1),
      close ? 6 : Math.max(GAP, Math.min(((room - total) / (n + 1)) * 0.6, 80)),
    ),
  );
  const apart = (i: number) => widths[i]! / 2 + gap + widths[i + 1]! / 2;
  const bounded = (list: number[]): number[] => {
    const out = list.slice();
    out[0] = Math.max(out[0]!, widths[0]! / 2);
    for (let i = 1; i < n; i++) out[i] = Math.max(out[i]!, out[i - 1]! + apart(i - 1));
    out[n - 1] = Math.min(out[n - 1]!, room - widths[n - 1]! / 2);
    for (let i = n - 2; i >= 0; i--) out[i] = Math.min(out[i]!, out[i + 1]! - apart(i));
    return out;
  };
  const right = wished.slice();
  for (let i = 1; i < n; i++) right[i] = Math.max(right[i]!, right[i - 1]! + apart(i - 1));
  const left = wished.slice();
  for (let i = n - 2; i >= 0; i--) left[i] = Math.min(left[i]!, left[i + 1]! - apart(i));
  return bounded(right.map((x, i) => (x + left[i]!) / 2));
}
