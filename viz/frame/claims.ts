/** Checkpoints about a moment, as marks on the time axis: where it was seen, what is accepted, where the run has it. */
import type { CheckpointResult } from '../../sim/index.ts';
import type { Scale } from './scale.ts';

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

const SIDE = 12;
const APART = 6;

export function claimMarks(
  claims: readonly CheckpointResult[],
  scale: Scale,
  selected: string | null,
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
      title: `${claim.id} ${claim.says}: observed ${claim.observed ?? 'never'}, simulated ${claim.simulated ?? 'never'}, ${verdict}`,
      verdict,
      ...at,
      line,
      selected: claim.id === selected,
    };
  });
}
