/** The score on a terminal: three columns to judge a run by, and every claim with what was seen beside what the run has. */
import { type CheckpointResult, type FoilVerdict, summarise } from '../../index.ts';
import { wrap } from './layout.ts';
import type { Palette } from './paint.ts';
import { type Cell, table } from './table.ts';

/** By claim; null where no foil is asked for, undefined where none was run and its name must do. */
type Verdicts = ReadonlyMap<string, FoilVerdict> | null | undefined;

/** `4 held and not fitted · 2 fitted · 1 missed`, and what is not counted. */
export function headline(results: readonly CheckpointResult[], paint: Palette, verdicts?: Verdicts): string {
  const { good, warn, bad, dim } = paint;
  const { held, fitted, missed, withoutFoil, notModelled } = summarise(results, verdicts ?? undefined);
  const columns = [
    (held > 0 ? good : dim)(`${held} held and not fitted`),
    (fitted > 0 ? warn : dim)(`${fitted} fitted`),
    (missed > 0 ? bad : dim)(`${missed} missed`),
  ];
  if (withoutFoil > 0) columns.push(dim(`${withoutFoil} held without proof`));
  if (notModelled > 0) columns.push(dim(`${notModelled} not modelled`));
  return columns.join(dim(' · '));
}

function verdictOf(result: CheckpointResult, { good, warn, bad, dim }: Palette, verdicts: Verdicts): Cell {
  if (!result.held) return { text: 'missed', paint: bad };
  if (result.fitted) return { text: 'fitted', paint: warn };
  const proven = verdicts === null || (verdicts ? verdicts.get(result.id)?.earns === true : result.foil !== null);
  return proven ? { text: 'held', paint: good } : { text: 'held*', paint: dim };
}

/** `15:39Z ±2m`, `21:20Z (21:05Z..21:25Z)`; where nothing was observed, what is accepted, in brackets. In brief without such windows. */
export function seenOf({ observed, accept }: CheckpointResult, brief = false): string {
  if (accept === null) return observed ?? '–';
  if (observed === null) return `(${accept})`;
  if (accept.startsWith('±')) return `${observed} ${accept}`;
  return brief ? observed : `${observed} (${accept})`;
}

function seenHead(claims: readonly CheckpointResult[], brief: boolean): string {
  if (!claims.some(({ observed }) => observed !== null)) return 'Accepted';
  return !brief && claims.some(({ accept }) => accept !== null) ? 'Seen (accepted)' : 'Seen';
}

/** Moments and durations of more than a second without their milliseconds: nobody saw it so exactly. */
const round = (simulated: string): string =>
  simulated.replace(/^(.*\d\d:\d\d:\d\d)\.\d+$/, '$1').replace(/^(.*\d[dhms])\d+ms$/, '$1');

/** How often each claim held, where there were several runs. */
export type Shares = ReadonlyMap<string, { readonly passed: number; readonly runs: number }>;

export interface Judged {
  readonly claims: readonly CheckpointResult[];
  readonly verdicts?: Verdicts;
  readonly shares?: Shares | undefined;
  /** Just what was seen and what came out; how far they may be apart is left to `check`. */
  readonly brief?: true;
}

/** The claims as a table, what the star in it stands for, and what is not modelled. */
export function claimLines(judged: Judged, width: number, paint: Palette): string[] {
  const claims = judged.claims.filter(({ notModelled }) => notModelled === undefined);
  const lines = claims.length === 0 ? [] : tableOf({ ...judged, claims }, width, paint);
  const left = judged.claims.flatMap(({ id, says, notModelled }) =>
    notModelled === undefined ? [] : wrap(`Not modelled: ${id} ${says} (${notModelled}).`, width),
  );
  return [...lines, ...left.map(paint.dim)];
}

function tableOf(
  { claims, verdicts, shares, brief = false }: Omit<Judged, 'brief'> & { readonly brief?: boolean },
  width: number,
  paint: Palette,
): string[] {
  const observed = claims.some((claim) => claim.observed !== null);
  const columns = [
    { head: '' },
    { head: 'Claim', wraps: true },
    { head: seenHead(claims, brief), wraps: true },
    { head: 'Simulated' },
    ...(shares ? [{ head: 'Holds', align: 'right' } as const] : []),
    { head: 'Verdict' },
  ] as const;
  const rows = claims.map((claim) => {
    const { id, says, simulated } = claim;
    return [
      { text: id, paint: paint.mark },
      { text: says },
      { text: observed ? seenOf(claim, brief) : (claim.accept ?? '–') },
      { text: round(simulated ?? 'never') },
      ...(shares ? [shareOf(claim, shares, paint)] : []),
      verdictOf(claim, paint, verdicts),
    ];
  });
  const starred = rows.some((row) => row.at(-1)?.text === 'held*');
  const star = verdicts
    ? '* nothing was shown that misses it: no foil, or one that holds it too'
    : '* it has no foil, so nothing is known that would miss it: no point';
  return [...table(columns, rows, width, paint.dim), ...(starred ? [paint.dim(star)] : [])];
}

function shareOf({ id }: CheckpointResult, shares: Shares, { good, bad, warn, dim }: Palette): Cell {
  const { passed, runs } = shares.get(id) ?? { passed: 0, runs: 0 };
  if (runs === 0) return { text: '–', paint: dim };
  const percent = passed === runs ? 100 : Math.min(99, Math.round((100 * passed) / runs));
  return { text: `${percent} %`, paint: passed === runs ? good : passed === 0 ? bad : warn };
}
