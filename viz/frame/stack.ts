/** What several parts of a people meet at the same time, as one bar: what fails fills it from below, by its share. */
import type { Span } from './stretches.ts';
import { badness } from './words.ts';

export interface Layer {
  readonly weight: number;
  readonly spans: readonly Span[];
}

/** More stretches times layers than this are told by columns finer than a screen shows. */
const LONG = 2_000_000;
const COLUMNS = 2048;

/** What the parts meet in a stretch: each word with its share. */
type Met = ReadonlyMap<string, Pick<Span, 'word' | 'look' | 'row' | 'share'>>;

/** Each word once, with the share of all that meets it, worst lowest. */
function stretch(words: Met, from: number, to: number): Span[] {
  const all = [...words.values()].sort((a, b) => badness(b.word) - badness(a.word));
  if (all.length === 1) return [{ ...all[0]!, from, to, base: 0, share: 1 }];
  let base = 0;
  return all
    .filter((span) => span.look !== 'ok')
    .map((span) => {
      const placed = { ...span, from, to, base };
      base += span.share;
      return placed;
    });
}

/** What is met from each border on to the next; asked for in order of time. */
function meetings(layers: readonly Layer[], total: number): (from: number) => Met {
  const next = layers.map(() => 0);
  return (from) => {
    const words = new Map<string, Pick<Span, 'word' | 'look' | 'row' | 'share'>>();
    layers.forEach(({ spans, weight }, i) => {
      while (next[i]! < spans.length && spans[next[i]!]!.to <= from) next[i]! += 1;
      const span = spans[next[i]!];
      if (!span || span.from > from) return;
      const known = words.get(span.word);
      words.set(span.word, {
        word: span.word,
        look: span.look,
        row: Math.max(span.row, known?.row ?? -1),
        share: (known?.share ?? 0) + weight / total,
      });
    });
    return words;
  };
}

/** What is met in each column: a word's share is that of people and of time. */
function columns(layers: readonly Layer[], total: number, end: number): readonly Met[] {
  const width = end / COLUMNS;
  const columnOf = (at: number): number => Math.min(Math.floor(at / width), COLUMNS - 1);
  const words = new Map<string, { look: Span['look']; part: Float64Array; whole: Float64Array; row: Int32Array }>();
  for (const { spans, weight } of layers)
    for (const { word, look, from, to, row } of spans) {
      let one = words.get(word);
      if (!one) {
        one = {
          look,
          part: new Float64Array(COLUMNS),
          whole: new Float64Array(COLUMNS + 1),
          row: new Int32Array(COLUMNS).fill(-1),
        };
        words.set(word, one);
      }
      const [first, last] = [columnOf(from), columnOf(to)];
      const share = weight / total;
      if (first === last) one.part[first]! += (share * (to - from)) / width;
      else {
        one.part[first]! += share * (first + 1 - from / width);
        one.part[last]! += share * (to / width - last);
        one.whole[first + 1]! += share;
        one.whole[last]! -= share;
      }
      one.row[first] = Math.max(one.row[first]!, row);
    }
  const met = Array.from({ length: COLUMNS }, () => new Map<string, Pick<Span, 'word' | 'look' | 'row' | 'share'>>());
  for (const [word, { look, part, whole, row }] of words) {
    let [open, latest] = [0, -1];
    for (let k = 0; k < COLUMNS; k++) {
      open += whole[k]!;
      latest = Math.max(latest, row[k]!);
      const share = open + part[k]!;
      if (share > 1e-6) met[k]!.set(word, { word, look, row: latest, share });
    }
  }
  return met;
}

const same = (a: Span, b: Span): boolean =>
  a.word === b.word && Math.abs(a.base - b.base) < 1e-9 && Math.abs(a.share - b.share) < 1e-9;

export function stackOf(layers: readonly Layer[]): readonly Span[] {
  const total = layers.reduce((sum, layer) => sum + layer.weight, 0);
  const size = layers.reduce((sum, layer) => sum + layer.spans.length, 0);
  const end = layers.reduce((most, { spans }) => Math.max(most, spans.at(-1)?.to ?? 0), 0);
  if (size * layers.length > LONG || size > LONG / 100) {
    const met = columns(layers, total, end);
    return joined(met.map((words, k) => stretch(words, (k * end) / COLUMNS, ((k + 1) * end) / COLUMNS)));
  }
  const borders = [...new Set(layers.flatMap(({ spans }) => spans.flatMap((span) => [span.from, span.to])))];
  borders.sort((a, b) => a - b);
  const meet = meetings(layers, total);
  return joined(borders.slice(0, -1).map((from, i) => stretch(meet(from), from, borders[i + 1]!)));
}

/** What goes on from one stretch to the next is one span. */
function joined(stretches: readonly (readonly Span[])[]): readonly Span[] {
  const done: Span[] = [];
  let open: Span[] = [];
  for (const spans of stretches) {
    const next = spans.map((span) => {
      const before = open.find((one) => same(one, span));
      if (!before) return span;
      open = open.filter((one) => one !== before);
      return { ...before, to: span.to };
    });
    done.push(...open);
    open = next;
  }
  return [...done, ...open].sort((a, b) => a.from - b.from || a.base - b.base);
}
