/** What works at a moment, in words: things people do, people affected, parts that are up. */
import type { Board } from '../load/board.ts';
import type { Run } from '../load/run.ts';
import { countsOfPeople, peopleAt } from './people.ts';
import type { StatusOf } from './status.ts';
import { States } from './tally.ts';
import { textWidth } from './text.ts';
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
  /** What else there is to tell; the most important first. */
  readonly more: readonly string[];
  /** Whether there is more to tell at other moments: then its line keeps its place. */
  readonly counted: boolean;
  readonly trouble: boolean;
}

const MORE_SIZE = 13;

/** As many of the notes as one line holds: what grows by a line pushes the picture, and would fold it anew. */
export function lineOf(notes: readonly string[], room: number): string {
  const fits = (count: number): boolean => textWidth(notes.slice(0, count).join(' · '), MORE_SIZE) <= room;
  let count = notes.length;
  while (count > 1 && !fits(count)) count--;
  return notes.slice(0, count).join(' · ');
}

/** `counts`: how many are in which state, where somebody has counted. */
export type NowOf = (board: Board, at: number, counts?: States | null) => Now;

/** Reads off the board what works; what to read is found once. */
export function nowReader(run: Run, things: Things, statusOf: StatusOf, brief: boolean): NowOf {
  const deeds = deedsOf(run, things);
  const passesAt = passesOf(run.words);
  const date = dateText(run.epoch);
  const counts = countsOfPeople(run);
  return (board, at, counted = null) => {
    const people = counts.length === 0 ? null : peopleAt(run, counts, board, at);
    return nowOf(
      run,
      () => counted ?? countsOf(board, things, statusOf),
      at,
      brief,
      date,
      deedsNow(run, board, deeds, passesAt),
      people,
    );
  };
}

function nowOf(
  run: Run,
  counts: () => States,
  at: number,
  brief: boolean,
  date: string,
  deeds: Deeds,
  people: number | null,
): Now {
  const time = {
    clock: clockOf(run.epoch, at, brief),
    date,
    elapsed: brief ? `${wallClock(run.epoch, at)} UTC` : elapsed(at),
    zone: brief ? 'after the start' : 'UTC',
  };
  if (deeds.all === 0) {
    const states = counts();
    const all = states.all - states.of('unknown');
    const up = states.of('up');
    return {
      ...time,
      share: `${up.toLocaleString('en')} of ${all.toLocaleString('en')}`,
      what: all === 1 ? 'part is well' : 'parts are well',
      more: [],
      counted: false,
      trouble: up < all,
    };
  }
  const { all, work, some, limp, most } = deeds;
  const notes = [
    people === null ? '' : people >= 1 ? `${many(people)} people affected` : work === all ? 'nobody is affected' : '',
    work < all && most ? `most see “${most}”` : '',
    some > 0 ? `${some} for some people only` : '',
    limp > 0 ? `${limp} only slowly or in part` : '',
  ];
  return {
    ...time,
    share: work === all ? `All ${all}` : `${work} of ${all}`,
    what: 'things people do still work',
    counted: true,
    more: notes.filter(Boolean),
    trouble: work < all || limp > 0,
  };
}

function countsOf(board: Board, things: Things, statusOf: StatusOf): States {
  const states = new States();
  for (const thing of things.list) states.add(statusOf(board, thing), 1);
  return states;
}

export interface Deeds {
  readonly all: number;
  /** Everybody gets through. */
  readonly work: number;
  /** Some do. */
  readonly some: number;
  /** Everybody does, but slowly, in part, or to old content. */
  readonly limp: number;
  readonly most: string;
}

/** Each thing people do, by journey and by people: the facts that say how it goes. */
export function deedsOf(run: Run, things: Things): readonly (readonly number[])[] {
  const deeds = new Map<string, number[]>();
  run.facts.kinds.forEach((kind, fact) => {
    if (kind !== 'works') return;
    const [population, journey] = run.facts.subjects[fact]!;
    const key = `${things.byId.get(population ?? '')?.group ?? population}/${journey}`;
    const deed = deeds.get(key);
    if (deed) deed.push(fact);
    else deeds.set(key, [fact]);
  });
  return [...deeds.values()];
}

/** By number of word: `ok`, or got through nonetheless, or not. */
export type Passes = (raw: number) => 'ok' | 'passes' | 'fails';

export function passesOf(words: readonly string[]): Passes {
  const of = (word: string) => (word === 'ok' ? 'ok' : passes(word) ? 'passes' : 'fails');
  const known = words.map(of);
  const unknown = of('unknown');
  return (raw) => known[raw] ?? unknown;
}

export function deedsNow(run: Run, board: Board, deeds: readonly (readonly number[])[], passesAt: Passes): Deeds {
  let [work, some, limp] = [0, 0, 0];
  const symptoms = new Map<string, number>();
  for (const facts of deeds) {
    let [ok, through] = [0, 0];
    for (const fact of facts) {
      const how = passesAt(board.value[fact]!);
      if (how === 'ok') ok += 1;
      if (how !== 'fails') through += 1;
    }
    if (through === facts.length) {
      work += 1;
      if (ok < facts.length) limp += 1;
      continue;
    }
    if (through > 0) some += 1;
    // Each thing people do counts once, by the parts of those who do it.
    for (const fact of facts) {
      if (passesAt(board.value[fact]!) !== 'fails') continue;
      const word = run.words[board.value[fact]!] ?? 'unknown';
      symptoms.set(word, (symptoms.get(word) ?? 0) + 1 / facts.length);
    }
  }
  const [most = ''] = [...symptoms].sort(([a, n], [b, m]) => m - n || badness(b) - badness(a))[0] ?? [];
  return { all: deeds.length, work, some, limp, most };
}
