/** A table that fits the terminal: columns as wide as their words, the roomiest ones wrapped first. */
import { widest, widestClock, widthOf, wrap } from './layout.ts';

export interface Column {
  readonly head: string;
  readonly align?: 'right';
  /** May be wrapped when there is no room; `head`: only what stands above the column, never a number in it. */
  readonly wraps?: true | 'head';
}
/** Text, and how it is coloured once it is laid out. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

const GAP = '  ';
/** A longer word may be broken. */
const LONGEST_WORD = 20;
/** And so may every word, into pieces no shorter than this, where the table would not fit otherwise. */
const BROKEN_WORD = 8;

export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
  head: (text: string) => string,
): string[] {
  const widths = widthsOf(columns, rows, width);
  const line = (cells: readonly Cell[]): string[] => {
    const wrapped = cells.map(({ text }, i) => wrap(text, widths[i] as number, columns[i]?.wraps === true));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, y) =>
      cells
        .map(({ paint = (text) => text }, i) => {
          const text = wrapped[i]?.[y] ?? '';
          const room = widths[i] as number;
          const blanks = ' '.repeat(Math.max(0, room - widthOf(text)));
          const painted = text === '' ? '' : paint(text);
          return columns[i]?.align === 'right' ? blanks + painted : painted + blanks;
        })
        .join(GAP)
        .trimEnd(),
    );
  };
  return [...line(columns.map((column) => ({ text: column.head, paint: head }))), ...rows.flatMap(line)];
}

/** As wide as their longest words at least, and as their longest texts at most; heads give way first, then the widest. */
function widthsOf(columns: readonly Column[], rows: readonly (readonly Cell[])[], width: number): number[] {
  const texts = columns.map(({ head }, i) => [head, ...rows.map((row) => (row[i] as Cell).text)]);
  const widths = texts.map(widest);
  const clocks = texts.map((column) => Math.max(0, ...column.map(widestClock)));
  const least = texts.map((column, i) => {
    const wraps = columns[i]?.wraps;
    if (!wraps) return widths[i] as number;
    if (wraps === 'head') return widest([...(column[0] as string).split(' '), ...column.slice(1)]);
    return Math.max(clocks[i] as number, Math.min(LONGEST_WORD, widest(column.flatMap((text) => text.split(' ')))));
  });
  const over = (): number => widths.reduce((sum, one) => sum + one, GAP.length * (widths.length - 1)) - width;
  const narrow = (least: readonly number[]): void => {
    while (over() > 0) {
      const spare = widths.map((one, i) => (one > (least[i] as number) ? one : 0));
      // A head in two lines costs one line, a column of texts one in every row.
      const heads = spare.map((one, i) => (columns[i]?.wraps === 'head' ? one : 0));
      const from = Math.max(...heads) > 0 ? heads : spare;
      const roomiest = from.indexOf(Math.max(...from));
      if (from[roomiest] === 0) break;
      widths[roomiest] = (widths[roomiest] as number) - 1;
    }
  };
  narrow(least);
  // Better a broken word than a line that is too long.
  narrow(
    least.map((one, i) =>
      columns[i]?.wraps === true ? Math.max(clocks[i] as number, Math.min(one, BROKEN_WORD)) : one,
    ),
  );
  return widths;
}
