/** What works at a moment, in words: things people do, people affected, parts that are up. */
import { type Board, numberAt } from '../load/board.ts';
import type { Run } from '../load/run.ts';
import { peopleOf } from './curve.ts';
import type { StatusOf } from './status.ts';
import type { Things } from './things.ts';
import { type Clock, clockOf, dateText, elapsed, many, wallClock } from './time.ts';
import { badness, passes } from './words.ts';

export interface Now {
  readonly clock: Clock;
  readonly date: string;
  readonly elapsed: string;
  readonly zone: string;
  /** `4 of 11`, set large, and what it counts. */
  readonly share: string;
  readonly what: string;
  readonly more: string;
  /** Whether there is more to tell at other moments: then its line keeps its place. */
  readonly counted: boolean;
  readonly trouble: boolean;
}

export function nowOf(run: Run, board: Board, things: Things, statusOf: StatusOf, at: number, brief: boolean): Now {
  const time = {
    clock: clockOf(run.epoch, at, brief),
    date: dateText(run.epoch),
    elapsed: brief ? `${wallClock(run.epoch, at)} UTC` : elapsed(at),
    zone: brief ? 'after the start' : 'UTC',
  };
  const deeds = deedsNow(run, board, things);
  if (deeds.all === 0) {
    const states = things.list.map((thing) => statusOf(board, thing).state).filter((state) => state !== 'unknown');
    const up = states.filter((state) => state === 'up').length;
    return {
      ...time,
      share: `${up} of ${states.length}`,
      what: states.length === 1 ? 'part is well' : 'parts are well',
      more: '',
      counted: false,
      trouble: up < states.length,
    };
  }
  const { all, work, some, limp, worst } = deeds;
  const people = affectedNow(run, board, at);
  const notes = [
    some > 0 ? `${some} for some people only` : '',
    limp > 0 ? `${limp} only slowly or in part` : '',
    people === null ? '' : people >= 1 ? `${many(people)} people affected` : work === all ? 'nobody is affected' : '',
    work < all && worst ? `most see “${worst}”` : '',
  ];
  return {
    ...time,
    share: work === all ? `All ${all}` : `${work} of ${all}`,
    what: 'things people do still work',
    counted: true,
    more: notes.filter(Boolean).join(' · '),
    trouble: work < all || limp > 0,
  };
}

interface Deeds {
  readonly all: number;
  /** Everybody gets through. */
  readonly work: number;
  /** Some do. */
  readonly some: number;
  /** Everybody does, but slowly, in part, or to old content. */
  readonly limp: number;
  readonly worst: string;
}

/** Each thing people do, by journey and by people. */
function deedsNow(run: Run, board: Board, things: Things): Deeds {
  const deeds = new Map<string, string[]>();
  run.facts.kinds.forEach((kind, fact) => {
    if (kind !== 'works') return;
    const [population, journey] = run.facts.subjects[fact]!;
    const key = `${things.byId.get(population ?? '')?.group ?? population}/${journey}`;
    const words = deeds.get(key) ?? [];
    words.push(run.words[board.value[fact]!] ?? 'unknown');
    deeds.set(key, words);
  });
  let [work, some, limp] = [0, 0, 0];
  const symptoms = new Map<string, number>();
  for (const words of deeds.values()) {
    if (words.every(passes)) {
      work += 1;
      if (words.some((word) => word !== 'ok')) limp += 1;
    } else if (words.some(passes)) some += 1;
    const worst = words.reduce((a, b) => (badness(b) > badness(a) ? b : a));
    if (!passes(worst)) symptoms.set(worst, (symptoms.get(worst) ?? 0) + 1);
  }
  const [worst = ''] = [...symptoms].sort(([a, n], [b, m]) => m - n || badness(b) - badness(a))[0] ?? [];
  return { all: deeds.size, work, some, limp, worst };
}

/** Null when the run does not count people. */
function affectedNow(run: Run, board: Board, at: number): number | null {
  const most = new Map<string, number>();
  for (const [journey, people] of peopleOf(run)) {
    const fact = run.facts.index.get(`affected/${journey}`);
    if (fact !== undefined) most.set(people, Math.max(most.get(people) ?? 0, numberAt(run, board, fact, at)));
  }
  return most.size === 0 ? null : [...most.values()].reduce((sum, n) => sum + n, 0);
}
