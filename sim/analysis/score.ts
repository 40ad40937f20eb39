/** The score: what a run says of each checkpoint, beside what was seen, and whether it is close enough (R22, R23). */
import type { Checkpoint, Claim, Scenario, Window } from '../model/scenario.ts';
import { formatClock, formatDuration, type Ms } from '../model/units.ts';
import type { CheckpointResult } from '../trace/lines.ts';
import type { Trace } from '../trace/trace.ts';
import { Claims, type Finding, isMoment } from './claims.ts';

/** What the run says of the scenario's checkpoints. */
export const score = (scenario: Scenario, trace: Trace): readonly CheckpointResult[] =>
  judge(scenario, trace, scenario.checkpoints);

/** What the run says of the claims of the variant in force; these are tested, and never scored. */
export const scoreExpectations = (scenario: Scenario, trace: Trace): readonly CheckpointResult[] =>
  judge(scenario, trace, scenario.expectations);

function judge(
  scenario: Scenario,
  trace: Trace,
  checkpoints: ReadonlyMap<string, Checkpoint>,
): readonly CheckpointResult[] {
  const claims = new Claims(scenario, trace);
  return [...checkpoints.values()].map((checkpoint) => resultOf(scenario, checkpoint, claims.find(checkpoint)));
}

function resultOf(scenario: Scenario, checkpoint: Checkpoint, found: Finding): CheckpointResult {
  const { id, says, claim, seen, seenText, accept, acceptText, foil, source, fittedTo } = checkpoint;
  const told = { id, says, observed: seenText, accept: acceptText, fitted: fittedTo.length > 0, foil, source };
  if (!claim) return { ...told, simulated: null, held: false, notModelled: checkpoint.notModelled ?? 'not modelled' };
  const result = {
    ...told,
    simulated: sayFinding(scenario, checkpoint, claim, found),
    held: isHeld(checkpoint, claim, found),
  };
  const simulated = typeof found === 'number' ? found : null;
  if (isMoment(claim))
    return { ...result, moment: { seen, from: accept?.from ?? null, to: accept?.to ?? null, simulated } };
  if (claim.claim === 'at') return { ...result, moment: { seen: claim.moment, from: null, to: null, simulated: null } };
  return result;
}

/** Without a tolerance: exactly what was seen; if nothing was seen either, that it happens at all. */
function isHeld({ seen, accept, acceptText }: Checkpoint, claim: Claim, found: Finding): boolean {
  if (typeof found === 'boolean') return found;
  if (acceptText === 'never') return !happened(claim, found);
  if (accept) return found !== null && isWithin(found, accept);
  if (seen !== null) return found !== null && isWithin(found, { from: seen, to: seen });
  return happened(claim, found);
}

/** A moment or a lag has happened when there is one, even at 0; an amount when it is more than none. */
const happened = (claim: Claim, found: number | null): boolean =>
  found !== null && (isMoment(claim) || claim.claim === 'lag' || found > 0);

/** Ends included, and forgiving what binary fractions cost. */
function isWithin(found: number, { from, to }: Window): boolean {
  const dust = 1e-9 * Math.max(1, Math.abs(found));
  return (from === null || found >= from - dust) && (to === null || found <= to + dust);
}

/** A finding as the author of the claim would write it; null when there is none. */
export function sayFinding(
  { start }: Pick<Scenario, 'start'>,
  { seenText }: Pick<Checkpoint, 'seenText'>,
  claim: Claim,
  found: Finding,
): string | null {
  if (found === null) return null;
  if (typeof found === 'boolean') return found ? 'yes' : 'no';
  if (isMoment(claim)) return formatClock(start, found);
  switch (claim.claim) {
    case 'lasts':
    case 'lag':
      return signed(found);
    case 'share':
    case 'gain':
      return percent(found);
    case 'ratio':
      return `${short(found)}x`;
    case 'max':
      // As the author wrote what was seen: as a multiple, a share, or a plain number.
      return seenText?.endsWith('%') ? percent(found) : `${short(found)}${seenText?.endsWith('x') ? 'x' : ''}`;
    default:
      return String(found);
  }
}

/** A difference of two findings, with its sign. */
export function sayDifference(checkpoint: Pick<Checkpoint, 'seenText'>, claim: Claim, by: number): string {
  const size = Math.abs(by);
  const text = isMoment(claim) ? formatDuration(size) : sayFinding({ start: 0 }, checkpoint, claim, size);
  return by === 0 ? '±0' : `${by < 0 ? '-' : '+'}${text}`;
}

const signed = (ms: Ms): string => (ms < 0 ? `-${formatDuration(-ms)}` : formatDuration(ms));
const short = (x: number): string => String(Number(x.toPrecision(4)));
const percent = (x: number): string => `${Number((x * 100).toPrecision(3))}%`;
