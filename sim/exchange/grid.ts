/** Tables for spreadsheets and programs: CSV (RFC 4180) and JSON. What stands in them came from a file that nobody vouches for. */
import { formatDateTime } from '../model/units.ts';
import type { Account } from './account.ts';

export type Cell = string | number | boolean | null;

export interface Grid {
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
}

/** A spreadsheet takes a text that begins so for a formula, and runs it. */
const FORMULA = /^\s*[=+\-@\t\r]/;

function csvCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Line by line, line ends included. */
export function* csvLines({ columns, rows }: Grid): Generator<string> {
  for (const row of [columns]) yield `${row.map(csvCell).join(',')}\r\n`;
  for (const row of rows) yield `${row.map(csvCell).join(',')}\r\n`;
}

/** An object for each row, in a list under `rows`, after what is said `about` them. */
export function* jsonGrid({ columns, rows }: Grid, about: object): Generator<string> {
  const head = JSON.stringify({ ...about, rows: [] }, null, 1);
  yield head.slice(0, head.lastIndexOf(']'));
  let first = true;
  for (const row of rows) {
    yield `${first ? '' : ','}\n  ${JSON.stringify(Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])))}`;
    first = false;
  }
  yield '\n ]\n}\n';
}

/** Every change of a run, in order. */
export function changesGrid({ scene, facts, count, change }: Account): Grid {
  const start = Date.parse(scene.start);
  function* rows(): Generator<readonly Cell[]> {
    for (let place = 0; place < count; place++) {
      const { at, fact, from, to, rule, by, says, tipped } = change(place);
      const { fact: name, kind } = facts[fact] as Account['facts'][number];
      const cause = tipped === null ? null : change(tipped).says;
      yield [
        place + 1,
        at,
        formatDateTime(start + Math.floor(at)),
        kind,
        name,
        from,
        to,
        says,
        cause,
        tipped === null ? null : tipped + 1,
        rule,
        by,
      ];
    }
  }
  return {
    columns: ['change', 'ms', 'time', 'kind', 'fact', 'from', 'to', 'says', 'because', 'because-change', 'rule', 'by'],
    rows: { [Symbol.iterator]: rows },
  };
}
