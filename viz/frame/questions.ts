/** The questions of a run: a few, spread out, each before a moment that matters, each with one true option. */

import { howLong, howMany, whatBrings, whatIsSeen } from './ask-people.ts';
import { fatesOf, whatBecomes, whichGoes } from './ask-things.ts';
import { chainOf } from './causes.ts';
import type { Kind, Option, Question } from './question.ts';
import { shuffled } from './seeded.ts';
import { losses, recovery } from './turning.ts';
import { unitsOf } from './units.ts';
import type { World } from './world.ts';

/** More would be an examination. */
const AT_MOST = 6;
/** Of one kind. */
const ALIKE = 2;
/** A run of fewer changes has fewer moments that matter. */
const CHANGES_EACH = 5;

/** Seconds of playing between a question and what it asks about, and between an answer and the next question. */
const LEAD = 3;
const REST = 1.5;
/** From this worth on a question may follow at the heels of another. */
const WORTHY = 5;
/** A wait is worth a question from this share of the run on. */
const LONG = 1 / 40;
/** What many of a kind come to within this share of the run, they come to together. */
const TOGETHER = 1 / 8;
/** So many losses are looked at, the largest. */
const LARGEST = 12;

/** Something that could be asked: the span it needs, and how much it is worth. */
interface Candidate {
  readonly kind: Kind;
  readonly worth: number;
  /** Null: not there, not after `earliest`. */
  readonly make: (earliest: number) => Question | null;
  /** The answer comes at this time. */
  readonly at: number;
}

export function questionsOf(world: World): readonly Question[] {
  const { run, turning, usualSpeed } = world;
  if (turning.root < 0) return [];
  const most = Math.min(AT_MOST, Math.ceil(run.changes.count / CHANGES_EACH));
  const chosen: Question[] = [];
  const first = openingQuestion(world);
  if (first) chosen.push(first);
  const start = first?.reveal.at ?? turning.opening.at;
  const candidates = candidatesOf(world).sort((a, b) => b.worth - a.worth || a.at - b.at || (a.kind < b.kind ? -1 : 1));
  for (const candidate of candidates) {
    if (chosen.length >= most) break;
    if (candidate.at <= start || chosen.filter(({ kind }) => kind === candidate.kind).length >= ALIKE) continue;
    const before = chosen.filter(({ reveal }) => reveal.at < candidate.at);
    const earliest = before.reduce((latest, { reveal }) => Math.max(latest, reveal.at), start);
    const made = candidate.make(earliest) ?? candidate.make(earliest + REST * usualSpeed);
    if (!made || made.reveal.step <= made.ask.step || chosen.some((other) => overlap(made, other))) continue;
    if (
      candidate.worth < WORTHY &&
      chosen.some(({ reveal }) => Math.abs(reveal.at - made.reveal.at) < REST * 2 * usualSpeed)
    )
      continue;
    chosen.push(made);
  }
  return chosen
    .sort((a, b) => a.ask.at - b.ask.at)
    .map((question) => ({ ...question, options: ordered(question, run.seed) }));
}

/** Numbers stand in their order, all else in none. */
function ordered({ id, options }: Question, seed: string): readonly Option[] {
  const size = ({ claim }: Option): number =>
    claim.is === 'left' ? -claim.count : claim.is === 'lasts' ? claim.ms : 0;
  return shuffled(options, `${seed} ${id}`).sort((a, b) => size(a) - size(b));
}

const overlap = (a: Question, b: Question): boolean =>
  a.id === b.id || (a.ask.step < b.reveal.step && b.ask.step < a.reveal.step);

/** What the change that sets everything off does to people, else to things. */
function openingQuestion(world: World): Question | null {
  const { turning, run, things } = world;
  const { at } = turning.opening;
  const soon = run.changes.at[turning.root]! + run.length * LONG;
  const people = howMany(world, at, soon) ?? whatIsSeen(world, at, soon);
  if (people) return people;
  const known = things.ofFact[run.changes.fact[turning.root]!];
  return whichGoes(world, unitsOf(world), at, new Set(known ? [known.index] : []), true);
}

function candidatesOf(world: World): Candidate[] {
  const { run, usualSpeed, turning, brief } = world;
  const units = unitsOf(world);
  const lead = LEAD * usualSpeed;
  const candidates: Candidate[] = [];
  /** As late as leaves time to see it come, but not before the answer to the last. */
  const shortly = (earliest: number, at: number): number => Math.min(Math.max(earliest, at - lead), at - 1);

  for (const fate of fatesOf(units, run.length * TOGETHER))
    candidates.push({
      kind: 'becomes',
      at: fate.to,
      // That something runs and cannot be reached is what people take for its being down.
      worth:
        (fate.state === 'unreachable' ? 5 : 1) + Math.min(fate.unit.things.length, 100) / 100 + fate.unit.weight / 1e6,
      make: (earliest) => (earliest < fate.from ? whatBecomes(world, fate, shortly(earliest, fate.from)) : null),
    });

  for (const { at, weight } of losses(world).slice(0, LARGEST))
    candidates.push({
      kind: 'next',
      at,
      worth: 2 + Math.min(weight, 100) / 100,
      make: (earliest) => {
        const question = earliest < at ? whichGoes(world, units, shortly(earliest, at), new Set(), false) : null;
        return question?.reveal.at === at ? question : null;
      },
    });

  const turn = recovery(run);
  if (turn) {
    candidates.push({
      kind: 'brings',
      at: run.changes.at[turn.first]!,
      worth: 7,
      make: (earliest) => whatBrings(world, turn.first, earliest, lead),
    });
    if (turn.last >= 0 && turn.last !== turn.first)
      candidates.push(
        waiting(world, turn.last, 1.5, turn.of === 'deeds' ? 'people can do all of it again' : 'all of it is up again'),
      );
  }

  // Of a run of seconds people do not guess how long a part of it takes.
  if (brief) return candidates;
  run.captions.forEach((caption) => {
    // What is said at a moment is said of its last change.
    const row = Math.min(caption.step, run.changes.count) - 1;
    if (row < 0 || run.changes.at[row] !== caption.at || chainOf(run, row).length < 2) return;
    if (caption.at > run.changes.at[turning.root]!)
      candidates.push(waiting(world, row, 1, `this can be told: “${sentence(caption.says)}”`));
  });
  return candidates;
}

const sentence = (text: string): string => /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;

function waiting(world: World, row: number, worth: number, until: string): Candidate {
  const { run } = world;
  const at = run.changes.at[row]!;
  return {
    kind: 'lasts',
    at,
    worth: worth + at / run.length / 10,
    make: (earliest) => (at - earliest >= run.length * LONG ? howLong(world, earliest, row, until) : null),
  };
}
