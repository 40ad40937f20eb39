/** A table that fits the terminal: columns as wide as their words, the roomiest ones wrapped first. */
import { widthOf, wrap } from './layout.ts';

export interface Column {
  readonly head: string;
  readonly align?: 'right';
  /** May be wrapped when there is no room. */
  readonly wraps?: true;
}
/** Text, and how it is coloured once it is laid out. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

const GAP = '  ';
/** A wrapped column keeps at least so much. */
const LEAST = 12;

export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
  head: (text: string) => string,
): string[] {
  const widths = widthsOf(columns, rows, width);
  const line = (cells: readonly Cell[]): string[] => {
    const wrapped = cells.map(({ text }, i) => wrap(text, widths[i] as number, columns[i]?.wraps));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, y) =>
      cells
        .map(({ paint = (text) => text }, i) => {
          const text = wrapped[i]?.[y] ?? '';
          const room = widths[i] as number;
          const blanks = ' '.repeat(Math.max(0, room - widthOf(text)));
          return columns[i]?.align === 'right' ? blanks + paint(text) : paint(text) + blanks;
        })
        .join(GAP)
        .trimEnd(),
    );
  };
  return [...line(columns.map((column) => ({ text: column.head, paint: head }))), ...rows.flatMap(line)];
}

function widthsOf(columns: readonly Column[], rows: readonly (readonly Cell[])[], width: number): number[] {
  const widths = columns.map(({ head }, i) =>
    Math.max(widthOf(head), ...rows.map((row) => widthOf((row[i] as Cell).text))),
  );
  const over = (): number => widths.reduce((sum, one) => sum + one, GAP.length * (widths.length - 1)) - width;
  while (over() > 0) {
    const widest = columns.reduce(
      (best, column, i) => (column.wraps && (widths[i] as number) > (widths[best] ?? 0) ? i : best),
      -1,
    );
    if (widest < 0 || (widths[widest] as number) <= LEAST) break;
    widths[widest] = (widths[widest] as number) - 1;
  }
  return widths;
}
