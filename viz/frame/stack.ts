/** What several parts of a people meet at the same time, as one bar: what fails fills it from below, by its share. */
import type { Span } from './bars.ts';
import { badness } from './words.ts';

export interface Layer {
  readonly weight: number;
  readonly spans: readonly Span[];
}

/** The span of a layer that covers the stretch from `from` on. Spans are in order of time. */
const covering = (layer: Layer, from: number): Span | undefined =>
  layer.spans.find((span) => span.from <= from && span.to > from);

/** One stretch between two borders: each word once, with the share of all that meets it, worst lowest. */
function stretch(layers: readonly Layer[], total: number, from: number, to: number): Span[] {
  const words = new Map<string, Span>();
  for (const layer of layers) {
    const span = covering(layer, from);
    if (!span) continue;
    const known = words.get(span.word);
    const share = (known?.share ?? 0) + layer.weight / total;
    words.set(span.word, { ...span, row: Math.max(span.row, known?.row ?? -1), from, to, share });
  }
  const sorted = [...words.values()].sort((a, b) => badness(b.word) - badness(a.word));
  if (sorted.length === 1) return [{ ...sorted[0]!, base: 0, share: 1 }];
  let base = 0;
  return sorted
    .filter((span) => span.look !== 'ok')
    .map((span) => {
      const placed = { ...span, base };
      base += span.share;
      return placed;
    });
}

const same = (a: Span, b: Span): boolean =>
  a.word === b.word && Math.abs(a.base - b.base) < 1e-9 && Math.abs(a.share - b.share) < 1e-9;

export function stackOf(layers: readonly Layer[]): readonly Span[] {
  const total = layers.reduce((sum, layer) => sum + layer.weight, 0);
  const borders = [...new Set(layers.flatMap(({ spans }) => spans.flatMap((span) => [span.from, span.to])))];
  borders.sort((a, b) => a - b);
  const done: Span[] = [];
  let open: Span[] = [];
  for (let i = 0; i + 1 < borders.length; i++) {
    const [from, to] = [borders[i]!, borders[i + 1]!];
    const next = stretch(layers, total, from, to).map((span) => {
      const before = open.find((one) => same(one, span));
      if (!before) return span;
      open = open.filter((one) => one !== before);
      return { ...before, to };
    });
    done.push(...open);
    open = next;
  }
  return [...done, ...open].sort((a, b) => a.from - b.from || a.base - b.base);
}
