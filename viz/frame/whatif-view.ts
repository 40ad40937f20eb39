/** The tab What if as it is drawn: what can be chosen, what is chosen, and what runs there are. */
import type { Run } from '../load/run.ts';
import { type Difference, idOf, type Runs } from '../runs/runs.ts';
import type { Act, Patch } from './acts.ts';
import { yamlOf } from './patch.ts';
import type { Thing } from './things.ts';
import { clockText } from './time.ts';
import { type Draft, forkName, inRange, nameOf, trackOf } from './whatif.ts';
import type { World } from './world.ts';

/** Something done by hand at a moment. */
export interface Deed {
  readonly at: number;
  readonly patch: Patch;
  readonly says: string;
}

export const deedOf = (fork: NonNullable<Difference['fork']>): Deed => ({
  at: fork.at,
  patch: fork.patch as Patch,
  says: forkName(fork),
});

export interface Choices {
  readonly draft: Draft;
  readonly deeds: readonly Deed[];
  /** The deed that would be added. */
  readonly act: string | null;
  /** Numbers as they are with all that is chosen. */
  readonly effective: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
  readonly looking: boolean;
}

export interface NumberView {
  readonly name: string;
  readonly value: string;
  readonly set: boolean;
  readonly low: number | null;
  readonly high: number | null;
  readonly step: number;
  readonly at: number;
  readonly range: string;
  readonly outside: boolean;
  readonly basis: string;
  readonly because: string;
}

export interface RunView {
  readonly id: string;
  readonly name: string;
  readonly state: 'waits' | 'here' | 'failed';
  readonly shown: boolean;
  readonly against: boolean;
  readonly base: boolean;
  readonly problem: string;
  /** While it waits: how far it is, in percent; null: nobody knows yet. */
  readonly percent: number | null;
}

export interface WhatIfView {
  /** Said instead of everything else. */
  readonly empty: string;
  readonly runs: readonly RunView[];
  readonly waits: boolean;
  /** How far the first of those that wait is. */
  readonly percent: number | null;
  readonly variants: readonly {
    readonly name: string;
    readonly title: string;
    readonly writes: string;
    readonly all: string;
    readonly chosen: boolean;
  }[];
  readonly numbers: readonly NumberView[];
  readonly set: number;
  readonly seed: string;
  readonly moment: string;
  readonly whom: string;
  readonly acts: readonly { readonly id: string; readonly says: string; readonly chosen: boolean }[];
  readonly deeds: readonly { readonly time: string; readonly says: string }[];
  readonly yaml: string;
  /** What the draft is called, and whether that run is there, under way, shown, or new. */
  readonly name: string;
  readonly state: 'shown' | 'here' | 'waits' | 'new';
  readonly problems: readonly string[];
  readonly looking: boolean;
}

/** As much as stands in a line or two. */
const WRITES = 2;

export interface Here {
  readonly at: number;
  readonly thing: Thing | null;
  readonly acts: readonly Act[];
  readonly writes: ReadonlyMap<string, readonly string[]>;
}

export function whatIfView(runs: Runs, world: World, choices: Choices, difference: Difference, here: Here): WhatIfView {
  const { run, brief } = world;
  const { draft, deeds } = choices;
  const [shown, against, base] = [runs.shown().id, runs.against()?.id, runs.base()];
  const list = runs.list();
  const baseRun = base.run ?? run;
  const id = idOf(difference);
  const known = list.find((one) => one.id === id);
  return {
    empty:
      run.written === null
        ? 'This trace does not hold all that its scenario was made of, so it cannot be run anew here. A trace that `netfall run --format ndjson` writes does.'
        : '',
    runs: list.map(({ id: one, difference: its, state, problems, percent }) => ({
      id: one,
      name: nameOf(its, base.difference, baseRun),
      state,
      shown: one === shown,
      against: one === against,
      base: one === base.id,
      problem: problems[0] ?? '',
      percent,
    })),
    waits: list.some(({ state }) => state === 'waits'),
    percent: list.find(({ state }) => state === 'waits')?.percent ?? null,
    variants: [
      { name: '', title: 'As it was', writes: '', all: '', chosen: draft.variant === null },
      ...(baseRun.scene.variants ?? []).map(({ name, title }) => {
        const writes = here.writes.get(name) ?? [];
        const more = writes.length - WRITES;
        return {
          name,
          title,
          writes: `${writes.slice(0, WRITES).join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
          all: writes.join('\n'),
          chosen: draft.variant === name,
        };
      }),
    ],
    numbers: (baseRun.scene.parameters ?? []).map((parameter): NumberView => numberOf(parameter, choices)),
    set: draft.values.size,
    seed: draft.seed,
    moment: clockText(run.epoch, here.at, brief),
    whom: here.thing?.name ?? '',
    acts: here.acts.map(({ id: one, says }, i) => ({
      id: one,
      says,
      chosen: choices.act === null || !here.acts.some((act) => act.id === choices.act) ? i === 0 : one === choices.act,
    })),
    deeds: deeds.map(({ at, says }) => ({ time: clockText(run.epoch, at, brief), says })),
    yaml: difference.fork ? yamlOf(difference.fork.patch) : '',
    name: nameOf(difference, base.difference, baseRun),
    state: id === shown ? 'shown' : known && known.state !== 'failed' ? known.state : 'new',
    problems: known?.state === 'failed' ? known.problems : choices.problems,
    looking: choices.looking,
  };
}

function numberOf(
  { name, value: written, range, basis, because, source }: Run['scene']['parameters'][number],
  { draft, effective }: Choices,
): NumberView {
  const value = draft.values.get(name) ?? effective.get(name) ?? written;
  const track = trackOf(range, value) ?? trackOf(range, written);
  return {
    name,
    value,
    set: draft.values.has(name),
    low: track?.low ?? null,
    high: track?.high ?? null,
    step: track?.step ?? 1,
    at: trackOf(range, value)?.at ?? track?.at ?? 0,
    range: range ?? '',
    outside: !inRange(range, value),
    basis: source === null ? basis : `${basis}, ${source}`,
    because: because ?? '',
  };
}
