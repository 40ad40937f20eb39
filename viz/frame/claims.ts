/** Checkpoints about a moment, as marks on the time axis: where it was seen, what is accepted, where the run has it. */
import type { CheckpointResult } from '../../sim/index.ts';
import type { Run } from '../load/run.ts';
import type { Scale } from './scale.ts';
import { lasting } from './time.ts';

export type Verdict = 'held' | 'fitted' | 'missed' | 'not modelled';

export const verdictOf = (claim: CheckpointResult): Verdict =>
  claim.notModelled !== undefined
    ? 'not modelled'
    : claim.fitted && claim.held
      ? 'fitted'
      : claim.held
        ? 'held'
        : 'missed';

export interface ClaimMark {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly seen: number | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly simulated: number | null;
  /** Which line it stands on: marks of one line do not touch. */
  readonly line: number;
  readonly selected: boolean;
}

/** Each verdict has a shape: full, hollow, crossed; what is not modelled has none. */
const VERDICT_SIGN: Readonly<Record<Verdict, string>> = {
  held: '◆',
  fitted: '◇',
  missed: '✕',
  'not modelled': '–',
};

const SIDE = 12;
const APART = 6;

export function claimMarks(
  claims: readonly CheckpointResult[],
  scale: Scale,
  selected: string | null,
  sources: Run['scene']['sources'] = [],
): readonly ClaimMark[] {
  const placed = claims.flatMap((claim) => {
    const { moment } = claim;
    if (!moment || (moment.seen === null && moment.simulated === null)) return [];
    const [seen, from, to, simulated] = [moment.seen, moment.from, moment.to, moment.simulated].map((at) =>
      at === null ? null : scale.x(at),
    ) as (number | null)[];
    const all = [seen, from, to, simulated].filter((x) => x !== null && x !== undefined) as number[];
    return [
      {
        claim,
        seen: seen ?? null,
        from: from ?? null,
        to: to ?? null,
        simulated: simulated ?? null,
        left: Math.min(...all) - SIDE,
        right: Math.max(...all) + SIDE,
      },
    ];
  });
  placed.sort((a, b) => a.left - b.left || (a.claim.id < b.claim.id ? -1 : 1));
  const ends: number[] = [];
  return placed.map(({ claim, left, right, ...at }) => {
    const free = ends.findIndex((end) => end + APART <= left);
    const line = free < 0 ? ends.length : free;
    ends[line] = right;
    const verdict = verdictOf(claim);
    return {
      id: claim.id,
      title: sentenceOf(claim, verdict, sources),
      verdict,
      ...at,
      line,
      selected: claim.id === selected,
    };
  });
}

/** What was seen, what is accepted, what the run has, and who says so on what basis. */
function sentenceOf(claim: CheckpointResult, verdict: Verdict, sources: Run['scene']['sources']): string {
  const { says, observed, accept, simulated, moment, notModelled } = claim;
  const source = sources.find(({ name }) => name === claim.source);
  const by = source?.title ?? claim.source;
  const off =
    moment && moment.seen !== null && moment.simulated !== null && moment.seen !== moment.simulated
      ? `, ${lasting(Math.abs(moment.simulated - moment.seen))} ${moment.simulated < moment.seen ? 'before' : 'after'} it`
      : '';
  return [
    `${says}: ${verdict}${verdict === 'fitted' ? ' (a number was set so that it holds)' : ''}.`,
    `Observed ${observed ?? 'never'}${accept === null ? '' : `, accepted ${accept}`};`,
    notModelled === undefined ? `simulated ${simulated ?? 'never'}${off}.` : `not modelled: ${notModelled}.`,
    by === null ? '' : `Source: ${by}${source?.basis ? ` (${source.basis})` : ''}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** How many there are of each verdict, with its shape: `◆ 9 held · ✕ 1 missed`. */
export function verdictsOf(marks: readonly Pick<ClaimMark, 'verdict'>[]): string {
  return (Object.keys(VERDICT_SIGN) as Verdict[])
    .map((verdict) => ({ verdict, count: marks.filter((one) => one.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${VERDICT_SIGN[verdict]} ${count} ${verdict}`)
    .join(' · ');
}
