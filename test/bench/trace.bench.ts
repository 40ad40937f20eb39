/** T1: keeping a million changes as columns against writing each as a line of JSON. */
import { afterAll, test } from 'vitest';
import { Recorder } from '../../sim/trace/recorder.ts';
import type { Columns } from '../../sim/trace/trace.ts';
import { bar, type Design, note, printTable, rounds, timed } from './rounds.ts';

const COUNT = 1_000_000;
const FACTS = 5000;
/** Every so many changes are compared. */
const SAMPLE = 17;
const names = Array.from({ length: FACTS }, (_, fact) => `up/svc.${fact}@dc.${fact % 7}`);

/** The n-th change of a made-up run: some at the same moment, most after one another. */
const atOf = (n: number): number => Math.floor(n / 3) * 17;
const factOf = (n: number): number => (n * 13) % FACTS;

function asColumns(): Columns {
  const recorder = new Recorder();
  for (let n = 0; n < COUNT; n++) recorder.add(atOf(n), 0, n % 3, factOf(n), n & 1, 1 - (n & 1), 0, n - 1, n % 9);
  return recorder.columns();
}
function asLines(): readonly string[] {
  const lines: string[] = [];
  for (let n = 0; n < COUNT; n++) {
    const change = { id: n, at: atOf(n), phase: 0, round: n % 3, fact: names[factOf(n)], from: n & 1, to: 1 - (n & 1) };
    lines.push(JSON.stringify({ ...change, slope: 0, tipped: n - 1, rule: n % 9 }));
  }
  return lines;
}

test('T1: a million changes', () => {
  const sizes = new Map<string, number>();
  const numberOf = new Map(names.map((name, fact) => [name, fact]));
  const designs: Design[] = [
    {
      name: 'columns',
      run: () =>
        timed(asColumns, (columns) => {
          const bytes = Object.values(columns).reduce((sum, column: Int32Array) => sum + column.byteLength, 0);
          sizes.set('columns', bytes);
          let hash = 0;
          for (let n = 0; n < COUNT; n += SAMPLE) hash = mix(hash, columns.at[n], columns.fact[n], columns.tipped[n]);
          return `${hash}`;
        }),
    },
    {
      name: 'lines',
      run: () =>
        timed(asLines, (lines) => {
          sizes.set(
            'lines',
            lines.reduce((sum, line) => sum + line.length + 1, 0),
          );
          let hash = 0;
          for (let n = 0; n < COUNT; n += SAMPLE) {
            const change = JSON.parse(lines[n] as string) as { at: number; fact: string; tipped: number };
            hash = mix(hash, change.at, numberOf.get(change.fact), change.tipped);
          }
          return `${hash}`;
        }),
    },
  ];
  const times = rounds(designs);
  const of = (name: string): number => times.get(name) as number;
  const size = (name: string): number => (sizes.get(name) as number) / 1e6;
  note('T1', `columns: ${of('columns').toFixed(0)} ms, ${size('columns').toFixed(0)} MB`);
  note('', `lines: ${of('lines').toFixed(0)} ms, ${size('lines').toFixed(0)} MB`);
  bar('T1', 'columns, against a line of JSON each', { atLeast: 4 }, of('lines') / of('columns'));
  bar('T1', 'bytes', { atLeast: 3 }, size('lines') / size('columns'));
  note('', 'packed columns (1/8 of the bytes) are not built');
});

const mix = (hash: number, ...parts: readonly (number | undefined)[]): number =>
  parts.reduce<number>((sum, part) => (Math.imul(sum, 31) + (part ?? -7)) | 0, hash);

test('T3 is not judged', () => {
  note('T3', 'SKIPPED: causes are read off what is recorded, so no run can be had without its trace');
});

afterAll(() => printTable('The trace'));
