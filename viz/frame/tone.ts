/** Whether a change takes something away or gives it back. */
import { type Run, valueAs } from '../load/run.ts';
import { severity } from './words.ts';

export type Tone = 'loss' | 'gain' | 'plain';

const GOOD = new Set([
  'up',
  'well',
  'serves',
  'carries',
  'reach',
  'announces',
  'route',
  'answers',
  'delegated',
  'done',
  'sessions',
]);
const BAD = new Set(['fault', 'config', 'stuck', 'over', 'overloaded']);
const COUNTED = new Set(['affected', 'troubled', 'stopped']);
const ANSWER = ['ok', 'stale', 'servfail', 'nxdomain', 'nodata', 'timeout'];

function toneOf(run: Run, row: number): Tone {
  const fact = run.changes.fact[row]!;
  const kind = run.facts.kinds[fact]!;
  const [from, to] = [valueAs(run, fact, run.changes.from[row]!), valueAs(run, fact, run.changes.to[row]!)];
  if (GOOD.has(kind)) return to === true ? 'gain' : 'loss';
  if (BAD.has(kind)) return to === true ? 'loss' : 'gain';
  if (kind === 'works') return step(severity(String(to)) - severity(String(from)));
  if (kind === 'resolves') return step(ANSWER.indexOf(String(to)) - ANSWER.indexOf(String(from)));
  if (COUNTED.has(kind)) return step(Number(to) - Number(from));
  return 'plain';
}

const step = (worse: number): Tone => (worse > 0 ? 'loss' : worse < 0 ? 'gain' : 'plain');

/** Told when it is asked for. */
export const tonesOf =
  (run: Run) =>
  (row: number): Tone =>
    row >= 0 && row < run.changes.count ? toneOf(run, row) : 'plain';
