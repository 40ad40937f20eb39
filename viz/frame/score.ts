/** How the run compares with what was seen: checkpoints with their verdicts, and who could not do what for how long. */
import type { Run } from '../load/run.ts';
import { type Verdict, verdictOf } from './claims.ts';
import { clockText, many } from './time.ts';

export interface ClaimRow {
  readonly id: string;
  readonly says: string;
  readonly observed: string;
  readonly accept: string;
  readonly simulated: string;
  readonly verdict: Verdict;
  readonly why: string;
  readonly source: string;
  /** Where the source is to be read; null where nobody can say, or where it is no page of the web. */
  readonly link: { readonly url: string; readonly host: string } | null;
  readonly basis: string;
  readonly selected: boolean;
}

export interface ImpactRow {
  readonly id: string;
  readonly journey: string;
  readonly population: string;
  readonly people: string;
  readonly lost: string;
  readonly minutes: string;
  readonly worst: string;
  readonly from: string;
  readonly to: string;
}

export interface Score {
  readonly headline: string;
  readonly claims: readonly ClaimRow[];
  readonly impact: readonly ImpactRow[];
  /** Said instead when there is nothing to score. */
  readonly empty: string;
}

/** While it is asked what comes. */
export const UNTOLD: Score = {
  headline: '',
  claims: [],
  impact: [],
  empty: 'What it came to is told when you have answered.',
};

export function scoreOf(run: Run, selected: string | null, brief: boolean): Score {
  if (!run.end) return { headline: '', claims: [], impact: [], empty: 'The file broke off before the score.' };
  const { checkpoints, impact } = run.end;
  const sources = new Map((run.scene.sources ?? []).map((source) => [source.name, source]));
  const titles = new Map(run.scene.journeys.map((journey) => [journey.name, journey.title ?? journey.name]));
  const clock = (at: number | null) => (at === null ? '–' : clockText(run.epoch, at, brief));
  const verdicts = checkpoints.map(verdictOf);
  const count = (verdict: Verdict) => verdicts.filter((one) => one === verdict).length;
  const parts = (['held', 'fitted', 'missed', 'not modelled'] as const).filter(
    (verdict) => count(verdict) > 0 || verdict === 'held' || verdict === 'missed',
  );
  return {
    headline: checkpoints.length === 0 ? '' : parts.map((verdict) => `${count(verdict)} ${verdict}`).join(' · '),
    claims: checkpoints.map((claim, i) => {
      const source = sources.get(claim.source ?? '');
      return {
        id: claim.id,
        says: claim.says,
        observed: claim.observed ?? 'never',
        accept: claim.accept ?? '',
        simulated: claim.notModelled === undefined ? (claim.simulated ?? 'never') : '–',
        verdict: verdicts[i]!,
        why: claim.notModelled ?? '',
        source: source?.title ?? claim.source ?? '',
        link: linkOf(source?.url ?? null),
        basis: source?.basis ?? '',
        selected: claim.id === selected,
      };
    }),
    impact: impact.map((one) => ({
      id: `${one.population}/${one.journey}`,
      journey: titles.get(one.journey) ?? one.journey,
      population: one.population,
      people: one.people === null ? 'unknown' : many(one.people),
      lost: `${(one.shareLost * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`,
      minutes: one.userMinutesLost === null ? 'unknown' : many(one.userMinutesLost),
      worst: one.worst,
      from: clock(one.firstLost),
      to: one.firstLost === null ? '–' : one.lastBack === null ? 'not back' : clock(one.lastBack),
    })),
    empty:
      checkpoints.length === 0 && impact.length === 0
        ? 'This scenario claims nothing about history, and nobody in it does anything that could fail. There is nothing to score.'
        : '',
  };
}

/** Only addresses of the web: what else an address can be, a browser might run. */
function linkOf(text: unknown): ClaimRow['link'] {
  if (typeof text !== 'string') return null;
  try {
    const { protocol, href, host, username, password } = new URL(text);
    return (protocol === 'https:' || protocol === 'http:') && username + password === '' ? { url: href, host } : null;
  } catch {
    return null;
  }
}
