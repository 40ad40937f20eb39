/** Spells of trouble: when each part was not well, and when people could not do each thing they do; what two runs are compared by. */
import { type Run, slice, valueAs } from '../load/run.ts';
import { badness, KIND_WORDS, type State, severity } from './words.ts';
import type { World } from './world.ts';

/** 0: well. 1: something is missing. 2: it does nothing of what it is for, or people do not get through. */
type Depth = 0 | 1 | 2;

export interface Spell {
  readonly from: number;
  readonly to: number;
  /** How long of that at depth 2, ms. */
  readonly deep: number;
  /** The worst of it, in a word. */
  readonly word: string;
}

export interface Subject {
  /** The same in two runs of one scenario. */
  readonly key: string;
  readonly kind: 'journey' | 'thing';
  /** Those that are told in one line have the same group. */
  readonly group: string;
  readonly label: string;
  /** What it is called by itself. */
  readonly name: string;
  /** What many of the group are called. */
  readonly kindWord: string;
  /** The page's id of what is selected for it. */
  readonly thing: string;
  readonly people: number | null;
  readonly spells: readonly Spell[];
}

interface Turn {
  readonly at: number;
  readonly depth: Depth;
  readonly word: string;
  /** Of words of one depth the worse is the larger. */
  readonly bad: number;
}

/** Turns of one thing as spells. A break shorter than `grain` is none, nor is a spell as short as that. */
export function spellsOf(turns: readonly Turn[], length: number, grain: number): readonly Spell[] {
  const spells: { from: number; to: number; deep: number; word: string; depth: Depth; bad: number }[] = [];
  turns.forEach((turn, i) => {
    const to = turns[i + 1]?.at ?? length;
    if (turn.depth === 0 || to <= turn.at) return;
    const open = spells[spells.length - 1];
    const deep = turn.depth === 2 ? to - turn.at : 0;
    if (!open || turn.at - open.to > grain) {
      spells.push({ from: turn.at, to, deep, word: turn.word, depth: turn.depth, bad: turn.bad });
      return;
    }
    open.to = to;
    open.deep += deep;
    if (turn.depth > open.depth || (turn.depth === open.depth && turn.bad > open.bad))
      Object.assign(open, { word: turn.word, depth: turn.depth, bad: turn.bad });
  });
  return spells
    .filter(({ from, to }) => to - from > grain || to === length)
    .map(({ from, to, deep, word }) => ({ from, to, deep, word }));
}

const DEPTH: Readonly<Record<State, Depth>> = {
  up: 0,
  unknown: 0,
  off: 2,
  degraded: 1,
  starting: 1,
  unreachable: 2,
  down: 2,
};
const WORD: Readonly<Record<State, string>> = {
  up: 'up',
  unknown: 'not asked about',
  off: 'off',
  degraded: 'degraded',
  starting: 'starting',
  unreachable: 'cut off',
  down: 'down',
};
const BAD: Readonly<Record<State, number>> = {
  up: 0,
  unknown: 0,
  starting: 1,
  degraded: 2,
  off: 3,
  unreachable: 4,
  down: 5,
};

/** What people do says how they fare, and what teams do is no trouble of theirs. */
const NOT_PARTS = new Set(['population', 'client', 'region', 'team']);

export function subjectsOf(world: World, grain: number): readonly Subject[] {
  return [...journeys(world, grain), ...parts(world, grain)];
}

function journeys({ run }: World, grain: number): Subject[] {
  return run.scene.journeys.flatMap(({ name, title, population, resolver, people }): Subject[] => {
    const facts = [
      ...(resolver === null ? [] : [`works/${population}/${name}/${resolver}`]),
      `works/${population}/${name}`,
    ];
    const found = facts.find((one) => run.facts.index.has(one));
    if (found === undefined) return [];
    return [
      {
        key: found,
        kind: 'journey',
        group: name,
        label: title ?? name,
        name: title ?? name,
        kindWord: 'groups of people',
        thing: population,
        people,
        spells: spellsOf(turnsOf(run, run.facts.index.get(found) as number), run.length, grain),
      },
    ];
  });
}

function turnsOf(run: Run, fact: number): Turn[] {
  const turn = (at: number, raw: number): Turn => {
    const word = String(valueAs(run, fact, raw));
    return { at, depth: severity(word), word, bad: badness(word) };
  };
  return [
    turn(0, run.facts.initial[fact]!),
    ...Array.from(slice(run.changes.ofFact, fact), (row) => turn(run.changes.at[row]!, run.changes.to[row]!)),
  ];
}

function parts({ run, things, past }: World, grain: number): Subject[] {
  const all = past();
  return things.list.flatMap((thing): Subject[] => {
    if (NOT_PARTS.has(thing.kind)) return [];
    const states = all[thing.index]!;
    // What is off from the start is off on purpose, or not there yet.
    const later = states[0]!.state === 'off';
    const turns = states.map(
      ({ at, state }): Turn => ({
        at,
        depth: later && state === 'off' ? 0 : DEPTH[state],
        word: WORD[state],
        bad: BAD[state],
      }),
    );
    return [
      {
        key: `${thing.kind} ${thing.id}`,
        kind: 'thing',
        group: `${thing.kind} ${thing.group ?? thing.id}`,
        label: thing.group ?? thing.name,
        name: thing.name,
        kindWord: KIND_WORDS[thing.kind] ?? thing.kind,
        thing: thing.id,
        people: null,
        spells: spellsOf(turns, run.length, grain),
      },
    ];
  });
}
