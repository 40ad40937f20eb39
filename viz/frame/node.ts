/** All about one thing at a moment: how it is, why, since when, what it leans on, what leans on it, what it went through. */
import type { Board } from '../load/board.ts';
import { numberAt } from '../load/board.ts';
import { type Run, valueAs } from '../load/run.ts';
import { countUntil } from '../state/course.ts';
import { isFolded, type Usual } from './cards.ts';
import { type Fold, isFold, type Part } from './folds.ts';
import { type Reason, reasonOf } from './reason.ts';
import type { StatusOf } from './status.ts';
import type { Thing, Things } from './things.ts';
import type { Ties } from './ties.ts';
import { clockText, many } from './time.ts';
import type { Tone } from './tone.ts';
import { KIND_WORD, STATE_GLOSS, type State } from './words.ts';

export interface Neighbour {
  readonly id: string;
  readonly name: string;
  readonly state: State;
  readonly word: string;
}

export interface NodeEvent {
  readonly row: number;
  readonly time: string;
  readonly text: string;
  readonly tone: Tone;
  readonly when: 'past' | 'now' | 'future';
}

export interface FactNow {
  readonly name: string;
  readonly value: string;
  readonly since: string;
  readonly row: number;
}

export interface NodePanel {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly title: string;
  readonly state: State;
  readonly gloss: string;
  readonly reason: Reason;
  readonly needs: readonly Neighbour[];
  /** How many more there are than are listed. */
  readonly moreNeeds: number;
  readonly neededBy: readonly Neighbour[];
  readonly moreNeededBy: number;
  readonly events: readonly NodeEvent[];
  readonly moreEvents: number;
  readonly facts: readonly FactNow[];
  readonly moreFacts: number;
  readonly fold: FoldButton | null;
}

/** The fold that a thing lies in and that can be opened or closed from here. */
export interface FoldButton {
  readonly id: string;
  readonly label: string;
  readonly folded: boolean;
}

/** The outermost fold that hides a thing; if none does, the innermost it lies in. */
export function foldButton(
  parts: readonly Part[],
  thing: Thing,
  usual: Usual,
  toggled: readonly string[],
): FoldButton | null {
  let [list, within] = [parts, null as FoldButton | null];
  for (;;) {
    const next = list.find((part): part is Fold => isFold(part) && part.things.includes(thing));
    if (!next) return within;
    within = { id: next.id, label: next.label, folded: isFolded(next, usual, toggled) };
    if (within.folded) return within;
    list = next.parts;
  }
}

const LISTED = 60;
const NEIGHBOURS = 160;

export function nodePanel(
  run: Run,
  board: Board,
  things: Things,
  ties: Ties,
  statusOf: StatusOf,
  thing: Thing,
  rows: ArrayLike<number>,
  at: number,
  brief: boolean,
  tone: (row: number) => Tone,
  fold: FoldButton | null,
): NodePanel {
  const status = statusOf(board, thing);
  const neighbours = (list: readonly Thing[]): Neighbour[] =>
    list.slice(0, NEIGHBOURS).map((other) => ({ id: other.id, name: other.name, ...statusOf(board, other) }));
  const clock = (time: number) => clockText(run.epoch, time, brief);
  const past = countUntil(rows, board.step - 1);
  const from = Math.max(0, Math.min(past - LISTED / 2, rows.length - LISTED));
  const shown = Array.from({ length: Math.min(LISTED, rows.length - from) }, (_, i) => rows[from + i]!);
  const facts = things.facts[thing.index]!;
  return {
    id: thing.id,
    name: thing.name,
    kind: KIND_WORD[thing.kind] ?? thing.kind,
    title: [
      thing.title,
      thing.place === null ? null : `in ${thing.place}`,
      thing.people === null ? null : `${many(thing.people)} people`,
    ]
      .filter(Boolean)
      .join(' · '),
    state: status.state,
    gloss: STATE_GLOSS[status.state],
    reason: reasonOf(run, board, status, brief),
    needs: neighbours(ties.needs[thing.index]!),
    moreNeeds: Math.max(0, ties.needs[thing.index]!.length - NEIGHBOURS),
    neededBy: neighbours(ties.neededBy[thing.index]!),
    moreNeededBy: Math.max(0, ties.neededBy[thing.index]!.length - NEIGHBOURS),
    events: shown.map((row) => ({
      row,
      time: clock(run.changes.at[row]!),
      text: run.changes.says(row),
      tone: tone(row),
      when: row === board.step - 1 ? 'now' : row < board.step ? 'past' : 'future',
    })),
    moreEvents: Math.max(0, rows.length - LISTED),
    facts: facts.slice(0, LISTED).map((fact) => {
      const row = board.last[fact]!;
      const value =
        run.facts.domains[fact] === 'number'
          ? many(numberAt(run, board, fact, at))
          : valueAs(run, fact, board.value[fact]!);
      return {
        name: run.facts.names[fact]!,
        value: value === true ? 'yes' : value === false ? 'no' : String(value),
        since: row < 0 ? 'start' : clock(run.changes.at[row]!),
        row,
      };
    }),
    moreFacts: Math.max(0, facts.length - LISTED),
    fold,
  };
}
