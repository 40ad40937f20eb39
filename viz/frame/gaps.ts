/** Where a run is silent for long: the stretches that may be passed over, and the moments that must not be. */
import type { Run } from '../load/run.ts';
import type { Course, Gap } from '../state/course.ts';

/** A silence is long from this share of the run on, and when it is so many times as long as what usually lies between changes. */
const LONG = 1 / 200;
const EDGE = 1 / 800;
const UNUSUAL = 12;
/** Silences are worth passing over when together they are this share of the run. */
const WORTH = 0.4;
/** With more stripes than this an axis cannot be read. */
const AT_MOST = 26;

export function gapsOf(run: Run): readonly Gap[] {
  const { changes, captions, length } = run;
  const checked = (run.end?.checkpoints ?? []).flatMap(({ moment }) => (moment ? [moment.seen, moment.simulated] : []));
  const marked = [0, ...captions.map((caption) => caption.at), ...checked.filter((at) => at !== null), length];
  const times = new Float64Array(changes.count + marked.length);
  times.set(changes.at);
  times.set(marked, changes.count);
  times.sort();
  const inside = times.filter((at) => at >= 0 && at <= length);
  const lengths = inside.subarray(1).map((to, i) => to - inside[i]!);
  const byLength = lengths.filter((one) => one > 0).sort();
  const usual = byLength[byLength.length - 1 - Math.floor(byLength.length / 2)] ?? length;
  const long = Math.max(length * LONG, usual * UNUSUAL, byLength[byLength.length - 1 - AT_MOST] ?? 0);
  const pauses: Gap[] = [];
  lengths.forEach((one, i) => {
    if (one > long) pauses.push({ from: inside[i]!, to: inside[i + 1]! });
  });
  // A little of each silence stays, so that what comes before and after it stands free.
  const gaps = pauses.map(({ from, to }) => {
    const edge = Math.min((to - from) * 0.15, length * EDGE);
    return { from: from + edge, to: to - edge };
  });
  const silent = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  return silent >= WORTH * length ? gaps : [];
}

/** Captions and checkpoints: the moments worth jumping to, each once. */
export function markersOf(run: Run): readonly number[] {
  const times = run.captions.map((caption) => caption.at);
  for (const { moment } of run.end?.checkpoints ?? []) if (moment?.simulated != null) times.push(moment.simulated);
  return [...new Set(times)].filter((at) => at <= run.length).sort((a, b) => a - b);
}

/** Kinds of facts by which people and checks decide. */
const DECIDING = new Set(['guard', 'applied', 'sees', 'task']);
export const decides = (kind: string): boolean => DECIDING.has(kind);
/** Nothing changes for this share of the run: long enough to stop and look. */
const QUIET = 1 / 40;

/** The moments at which playing can stop by itself: decisions, checkpoints that are missed, and the last change before each silence. */
export function stopsOf(run: Run): Course['stops'] {
  const { changes, facts, length } = run;
  const order = (times: readonly number[]): readonly number[] => [...new Set(times)].sort((a, b) => a - b);
  const all = Array.from(changes.at);
  const missed = (run.end?.checkpoints ?? []).filter(({ held, notModelled }) => !held && notModelled === undefined);
  return {
    decision: order(all.filter((_, row) => decides(facts.kinds[changes.fact[row]!]!))),
    miss: order(missed.flatMap(({ moment }) => moment?.simulated ?? moment?.to ?? moment?.seen ?? [])),
    silence: order(all.filter((at, row) => (all[row + 1] ?? length) - at > length * QUIET)),
  };
}
