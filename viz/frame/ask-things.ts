/** Questions about things: which goes next, and what becomes of some. */
import { stepAt } from '../load/board.ts';
import type { Option, Question } from './question.ts';
import { reasonOf } from './reason.ts';
import { clockText } from './time.ts';
import { firstGone, GONE, shareAt, shareOf, type Unit } from './units.ts';
import { KIND_WORD, KIND_WORDS, STATES, type State } from './words.ts';
import type { World } from './world.ts';

const FALSE_OPTIONS = 3;
/** So many times as long as the first takes, the others take at least. */
const APART = 1.25;

const noteOf = ({ kind, things }: Unit): string =>
  things.length > 1
    ? `${things.length.toLocaleString('en')} ${KIND_WORDS[kind] ?? kind}`
    : (things[0]!.title ?? KIND_WORD[kind] ?? kind);

const momentAt = ({ run }: World, at: number) => ({ at, step: stepAt(run, at) });

/** The change that made the first of a unit go. */
function rowOf(world: World, unit: Unit, at: number, states: readonly State[]): number {
  const board = world.boards.at(stepAt(world.run, at));
  for (const thing of unit.things) {
    const status = world.statusOf(board, thing);
    if (!states.includes(status.state)) continue;
    const { row } = reasonOf(world.run, board, status, world.brief);
    if (row >= 0 && world.run.changes.at[row]! === at) return row;
  }
  return -1;
}

/** `Which of these goes next?` Asked at `from`; those in `known` are left out, because it is told that they go. */
export function whichGoes(
  world: World,
  units: readonly Unit[],
  from: number,
  known: ReadonlySet<number>,
  first: boolean,
): Question | null {
  const whole = units.filter(
    (unit) => shareAt(unit, from, GONE) === 0 && !unit.things.some(({ index }) => known.has(index)),
  );
  const going = whole
    .map((unit) => ({ unit, at: firstGone(unit, from) }))
    .sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity) || b.unit.weight - a.unit.weight || order(a.unit, b.unit));
  const right = going[0];
  if (!right || right.at === null) return null;
  const at = right.at;
  const row = rowOf(world, right.unit, at, GONE);
  if (row < 0) return null;
  const alike = ({ unit }: (typeof going)[number]): number => (unit.kind === right.unit.kind ? 0 : 1);
  // Nobody can tell which of two is first that go almost together.
  const later = going.filter((one) => one.at !== null && one.at - from > (at - from) * APART);
  const never = going
    .filter((one) => one.at === null)
    .sort((a, b) => alike(a) - alike(b) || b.unit.weight - a.unit.weight || order(a.unit, b.unit));
  const wrong = [...later, ...never].slice(0, FALSE_OPTIONS);
  if (wrong.length < 2 || later.length === 0) return null;
  const clock = (time: number) => clockText(world.run.epoch, time, world.brief);
  const option = ({ unit, at: gone }: (typeof going)[number]): Option => ({
    text: unit.label,
    note: noteOf(unit),
    became: gone === null ? 'It goes on through the whole run.' : `It goes at ${clock(gone)}.`,
    claim: { is: 'goes', things: unit.things.map(({ index }) => index) },
  });
  const answer = option(right);
  return {
    id: `next@${at}/${right.unit.label}`,
    kind: 'next',
    ask: momentAt(world, from),
    reveal: momentAt(world, at),
    text: first ? 'Which of these is lost first?' : 'Which of these goes next?',
    options: [answer, ...wrong.map(option)],
    right: answer,
    row,
    root: null,
    happened:
      right.unit.things.length > 1
        ? `${right.unit.label}, from ${clock(at)}: ${world.run.changes.says(row)}.`
        : `${world.run.changes.says(row)}, at ${clock(at)}.`,
  };
}

const order = (a: Unit, b: Unit): number => (a.label < b.label ? -1 : 1);

const ENDS: readonly State[] = ['down', 'unreachable', 'degraded', 'up'];
const END_WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  down: ['It stops', 'They stop'],
  unreachable: ['It runs on, but nobody can reach it', 'They run on, but nobody can reach them'],
  degraded: ['It runs on, with a part missing', 'They run on, with a part missing'],
  up: ['Nothing: it serves as before', 'Nothing: they serve as before'],
};

/** When all of a unit have come to the same end, and when the first of them began to; null: they never do. */
export interface Fate {
  readonly unit: Unit;
  readonly from: number;
  readonly to: number;
  readonly state: State;
}

/** Each unit's first fate, if it came to it together: within `within` ms. */
export function fatesOf(units: readonly Unit[], within: number): readonly Fate[] {
  return units.flatMap((unit): Fate[] => {
    const [start] = unit.steps;
    if (!start || shareOf(start, ['up']) !== 1) return [];
    const begin = unit.steps.find((step) => shareOf(step, GONE) > 0);
    if (!begin) return [];
    for (const step of unit.steps) {
      if (step.at < begin.at || step.at > begin.at + within) continue;
      const state = GONE.find((one) => step.shares[STATES.indexOf(one)] === 1);
      if (state) return [{ unit, from: begin.at, to: step.at, state }];
    }
    return [];
  });
}

/** `What becomes of ns.*?` Asked at `from`, when hardly any has come to its end yet. */
export function whatBecomes(world: World, { unit, to, state }: Fate, from: number): Question | null {
  if (shareAt(unit, from, [...GONE]) > 0.25 || from >= to) return null;
  const row = rowOf(world, unit, to, GONE);
  if (row < 0) return null;
  const many = unit.things.length > 1 ? 1 : 0;
  const things = unit.things.map(({ index }) => index);
  const options = ENDS.map(
    (end): Option => ({
      text: END_WORDS[end]![many],
      note: '',
      became: '',
      claim: { is: 'becomes', things, state: end },
    }),
  );
  const right = options[ENDS.indexOf(state)]!;
  return {
    id: `becomes@${to}/${unit.label}`,
    kind: 'becomes',
    ask: momentAt(world, from),
    reveal: momentAt(world, to),
    text: `What becomes of ${many ? `${unit.label}, ${noteOf(unit)}` : unit.label}?`,
    options,
    right,
    row,
    root: null,
    happened: `${right.text}, by ${clockText(world.run.epoch, to, world.brief)}.`,
  };
}
