/** What if: the choices a scenario offers, numbers as fields with a range, and a draft of a branch as the difference that is run. */

import { lookupOf } from '../load/lookup.ts';
import type { Run } from '../load/run.ts';
import type { Difference } from '../runs/runs.ts';
import { clockText, isBrief } from './time.ts';

/** A number as authors write it: `510s`, `3%`, `1.5`, `30x`. */
interface Amount {
  readonly n: number;
  readonly unit: 'time' | '%' | 'x' | '';
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5 };

function amountOf(text: string): Amount | null {
  const plain = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(%|x)?$/i.exec(text.trim());
  if (plain) return { n: Number(plain[1]), unit: (plain[2] ?? '') as Amount['unit'] };
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text.trim())) return null;
  let n = 0;
  for (const [, much, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) n += Number(much) * UNIT_MS[unit!]!;
  return { n, unit: 'time' };
}

function written(n: number, unit: Amount['unit']): string {
  if (unit !== 'time') return `${Number(n.toPrecision(6))}${unit}`;
  let [rest, text] = [Math.round(n), ''];
  for (const [name, size] of Object.entries(UNIT_MS).reverse()) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${name}`;
    rest -= count * size;
  }
  return text || '0s';
}

/** What can be slid between: its ends and steps that a person would choose. */
export interface Track {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly at: number;
  /** Its value `n` as it is written. */
  readonly text: (n: number) => string;
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400].map((s) => s * 1000);

/** The track of a range such as `8m..9m` for a value; null where there is no range, or its ends are no numbers of one unit. */
export function trackOf(range: string | null, value: string): Track | null {
  const [low, high] = (range ?? '').split('..').map(amountOf);
  const now = amountOf(value);
  if (!low || !high || !now || low.n >= high.n) return null;
  const unit = [now, high, low].find((one) => one.n !== 0)?.unit ?? '';
  if ([low, high, now].some((one) => one.n !== 0 && one.unit !== unit)) return null;
  const span = high.n - low.n;
  const rough = span / 100;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    unit === 'time'
      ? (STEPS.findLast((one) => one <= Math.max(rough * 2, 1)) ?? 1)
      : ([1, 2, 5].map((n) => n * power).findLast((one) => one <= rough) ?? power);
  return { low: low.n, high: high.n, step, at: now.n, text: (n) => written(n, unit) };
}

/** Whether a value lies in its range; one that cannot be read is left to the simulator. */
export function inRange(range: string | null, value: string): boolean {
  const track = trackOf(range, value);
  return track === null || (track.at >= track.low && track.at <= track.high);
}

const SETTING = /^parameters\.(.+)\.value=(.*)$/s;

/** Settings of parameters by name; others, as the command line gave them, apart. */
function settingsOf(set: readonly string[]): {
  readonly values: ReadonlyMap<string, string>;
  readonly others: readonly string[];
} {
  const values = new Map<string, string>();
  const others: string[] = [];
  for (const one of set) {
    const [, name, value] = SETTING.exec(one) ?? [];
    if (name === undefined || value === undefined) others.push(one);
    else values.set(name, value);
  }
  return { values, others };
}

/** A branch as it is being put together. */
export interface Draft {
  readonly variant: string | null;
  readonly seed: string;
  /** Numbers that are set, by the name of their parameter. */
  readonly values: ReadonlyMap<string, string>;
  readonly others: readonly string[];
  readonly fork: Difference['fork'];
}

export const draftOf = ({ variant, seed, set, fork }: Difference): Draft => ({
  variant,
  seed,
  ...settingsOf(set),
  fork,
});

/** In the order of the scenario, so that the same numbers are the same branch however they were come to. */
export function differenceOfDraft(draft: Draft, { scene }: Run): Difference {
  const names = [...scene.parameters.map(({ name }) => name), ...draft.values.keys()];
  const set = [...new Set(names)].flatMap((name) => {
    const value = draft.values.get(name);
    return value === undefined ? [] : [`parameters.${name}.value=${value}`];
  });
  return { variant: draft.variant, seed: draft.seed, set: [...draft.others, ...set], fork: draft.fork };
}

/** How a branch is called: what differs from the run the page was opened with, in a line. */
export function nameOf(difference: Difference, base: Difference, run: Run): string {
  const { scene } = run;
  const parts: string[] = [];
  // What was done last comes first: it tells a branch from the one it was made of.
  if (difference.fork)
    parts.push(`${clockText(run.epoch, difference.fork.at, isBrief(run.length))} ${forkName(difference.fork)}`);
  if (difference.variant !== base.variant)
    parts.push(
      difference.variant === null
        ? 'As it was'
        : (scene.variants?.find(({ name }) => name === difference.variant)?.title ?? difference.variant),
    );
  for (const one of difference.set)
    if (!base.set.includes(one)) {
      const [, name, value] = SETTING.exec(one) ?? [];
      parts.push(name === undefined ? one : `${name} ${value}`);
    }
  if (base.set.some((one) => !difference.set.includes(one) && !sets(difference.set, one)))
    parts.push('numbers as written');
  if (difference.seed !== base.seed) parts.push(`seed ${difference.seed}`);
  if (parts.length > 0) return parts.join(' · ');
  return scene.variants?.find(({ name }) => name === base.variant)?.title ?? base.variant ?? 'As it was';
}

/** Whether a list sets what a setting sets. */
const sets = (set: readonly string[], one: string): boolean =>
  set.some((other) => other.slice(0, other.indexOf('=')) === one.slice(0, one.indexOf('=')));

const MANY = 2;

/** `pop.1.1 drained of backbone`. */
export function forkName({ patch }: NonNullable<Difference['fork']>): string {
  const says = Object.values(patch as Record<string, Record<string, Record<string, unknown>>>)
    .flatMap((section) => Object.values(section ?? {}))
    .flatMap((entry): string[] => {
      const { effect, up, holds, to, does } = entry ?? {};
      const whom = Array.isArray(to)
        ? to.length > MANY
          ? `${to.length} sites`
          : to.join(', ')
        : String(to ?? up ?? '');
      if (does !== undefined) return [`${String((does as { revert?: unknown }).revert ?? 'something')} taken back`];
      if (up !== undefined) return [`${whom} held ${holds === false ? 'down' : 'up'}`];
      const [word, of] = typeof effect === 'string' ? [effect] : (Object.entries(effect ?? {})[0] ?? ['changed']);
      // What only calls for a task says nothing by itself.
      if (word === 'set') return [];
      return [`${whom} ${EFFECT_WORD[word] ?? word}${of === undefined ? '' : ` ${String(of)}`}`];
    });
  return says.join(', ');
}

const EFFECT_WORD = lookupOf<string>({
  down: 'breaks',
  off: 'switched off',
  mute: 'silenced',
  start: 'started by hand',
  remove: 'taken away',
  drain: 'drained of',
  cut: 'cut from',
  withdraw: 'withdraws',
  flush: 'forgets',
});
