/** The runs a page holds: the one it was opened with, and branches that differ in a variant, in numbers, or from a moment on. */
import type { Patch } from '../frame/acts.ts';
import { forkProblem, mergedPatch } from '../frame/patch.ts';
import { runOf } from '../load/packed.ts';
import type { Run, Written } from '../load/run.ts';
import type { Failure, Requests, Wish } from '../thread/requests.ts';
import { STOPPED, type Thread } from '../thread/thread.ts';

/** How a branch differs from the run the page was opened with. */
export interface Difference {
  readonly variant: string | null;
  readonly seed: string;
  /** `path=value`, as the command line takes them. */
  readonly set: readonly string[];
  /** What is added at a moment: a patch of the scenario whose changes begin then. */
  readonly fork: { readonly at: number; readonly patch: object } | null;
}

export interface Branch {
  /** The same for the same difference. */
  readonly id: string;
  readonly difference: Difference;
  readonly state: 'waits' | 'here' | 'failed';
  readonly run: Run | null;
  readonly problems: readonly string[];
  /** How far it is while it waits; null: nobody knows, or it does not wait. */
  readonly percent: number | null;
}

export interface Runs {
  /** The run the page was opened with first, then branches in the order they were made. */
  list(): readonly Branch[];
  /** The run the page was opened with. */
  base(): Branch;
  /** The one that is shown. */
  shown(): Branch;
  /** The one it is compared with. */
  against(): Branch | null;
  /** Makes a branch, or finds it; resolves when it is there or has failed. It is not shown by itself. */
  make(difference: Difference): Promise<Branch>;
  /** Reads a branch without running it: what is wrong with it, or what its numbers are. */
  check(difference: Difference): Promise<Requests['check']['found']>;
  /** What each variant of the scenario writes. */
  variants(): Promise<Requests['variants']['found']>;
  /** Gives up what is being made; those branches go. */
  stop(): void;
  show(id: string): void;
  compare(id: string | null): void;
  /** Never the first one, and no longer shown nor compared with. */
  drop(id: string): void;
  subscribe(listener: () => void): void;
  /** Starts over with another run: all others go. */
  rebase(run: Run): void;
}

export const idOf = ({ variant, seed, set, fork }: Difference): string => JSON.stringify([variant, seed, set, fork]);

/** What the run itself is: no difference. */
export const differenceOf = ({ variant, seed, written }: Run): Difference => ({
  variant,
  seed,
  set: written?.set ?? [],
  fork: null,
});

/** `shown` is called when another run is to be shown. */
export function createRuns(opened: Run, thread: Thread, shown: (run: Run) => void): Runs {
  let first = opened;
  let own = differenceOf(first);
  let { written } = first;
  const alone = (): readonly Branch[] => [
    { id: idOf(own), difference: own, state: 'here', run: first, problems: [], percent: null },
  ];
  let list = alone();
  const pending = new Map<string, Promise<Branch>>();
  let shownId = idOf(own);
  let againstId: string | null = null;
  const listeners: (() => void)[] = [];
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const find = (id: string | null): Branch | null => list.find((one) => one.id === id) ?? null;
  const put = (branch: Branch): Branch => {
    list = find(branch.id) ? list.map((one) => (one.id === branch.id ? branch : one)) : [...list, branch];
    tell();
    return branch;
  };
  const compute = async (id: string, difference: Difference, of: Written): Promise<Branch> => {
    const waits: Branch = { id, difference, state: 'waits', run: null, problems: [], percent: null };
    put(waits);
    const told = (share: number): void => {
      if (find(id)?.state === 'waits') put({ ...waits, percent: Math.floor(share * 100) });
    };
    const problem = difference.fork && forkProblem(first, difference.fork.at, difference.fork.patch);
    const found = problem ? { problems: [problem] } : await thread.ask('run', wishOf(difference, of), [], told);
    if ('packed' in found)
      return put({ id, difference, state: 'here', run: runOf(found.packed), problems: [], percent: null });
    const failed: Branch = { id, difference, state: 'failed', run: null, problems: found.problems, percent: null };
    if (found !== STOPPED) return put(failed);
    list = list.filter((one) => one.id !== id);
    tell();
    return failed;
  };
  return {
    list: () => list,
    base: () => list[0] as Branch,
    shown: () => find(shownId) as Branch,
    against: () => find(againstId),
    make(difference) {
      const id = idOf(difference);
      const known = find(id);
      if (known?.state === 'here') return Promise.resolve(known);
      const under = pending.get(id);
      if (under) return under;
      if (!written)
        return Promise.resolve(put({ id, difference, state: 'failed', run: null, percent: null, ...NOT_WRITTEN }));
      const made = compute(id, difference, written).finally(() => pending.delete(id));
      pending.set(id, made);
      return made;
    },
    check(difference) {
      const problem = difference.fork && forkProblem(first, difference.fork.at, difference.fork.patch);
      if (problem) return Promise.resolve({ problems: [problem] });
      return written ? thread.ask('check', wishOf(difference, written)) : Promise.resolve(NOT_WRITTEN);
    },
    variants: () => (written ? thread.ask('variants', wishOf(own, written)) : Promise.resolve(NOT_WRITTEN)),
    stop: () => thread.stop(),
    show(id) {
      const branch = find(id);
      if (!branch?.run || id === shownId) return;
      shownId = id;
      if (againstId === id) againstId = null;
      shown(branch.run);
      tell();
    },
    compare(id) {
      if (id !== null && (!find(id)?.run || id === shownId)) return;
      againstId = id;
      tell();
    },
    drop(id) {
      if (id === list[0]?.id || id === shownId) return;
      if (againstId === id) againstId = null;
      list = list.filter((one) => one.id !== id);
      tell();
    },
    subscribe: (listener) => void listeners.push(listener),
    rebase(run) {
      thread.stop();
      pending.clear();
      first = run;
      own = differenceOf(run);
      written = run.written;
      list = alone();
      [shownId, againstId] = [idOf(own), null];
      shown(run);
      tell();
    },
  };
}

const NOT_WRITTEN: Failure = {
  problems: ['This trace does not hold all that its scenario was made of, so it cannot be run anew here.'],
};

/** A fork is a patch like any other; that it begins at its moment was looked at before. */
function wishOf({ variant, seed, set, fork }: Difference, written: Written): Wish {
  const patch = fork === null ? written.patch : mergedPatch((written.patch ?? {}) as Patch, fork.patch as Patch);
  return { written: { ...written, set, patch }, variant, seed };
}
