/** The lanes of the timeline: what people could do, what people were at, and parts where there are few; when each was how. */

import { lookupOf } from '../load/lookup.ts';
import { type Run, slice, valueAs } from '../load/run.ts';
import { type Layer, stackOf } from './stack.ts';
import type { Thing, Things } from './things.ts';
import type { TurnsOf } from './turns.ts';
import { type Family, familyOf, type State } from './words.ts';

export type Look = Family | State | 'working' | 'paused' | 'done' | 'failed' | 'idle';

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly word: string;
  readonly look: Look;
  /** The change that began it, or -1. */
  readonly row: number;
  /** Where it stands in its lane, and how much of the lane it takes: 0 to 1 from below. */
  readonly base: number;
  readonly share: number;
}

export interface Row {
  readonly id: string;
  readonly kind: 'journey' | 'task' | 'thing';
  readonly label: string;
  /** As it is called at length. */
  readonly title: string;
  readonly indent: boolean;
  readonly thing: string | null;
  readonly spans: readonly Span[];
}

/** More parts than this have no lanes of their own until one is selected. */
const FEW = 14;

const TASK_LOOK = lookupOf<Look>({
  waiting: 'waiting',
  working: 'working',
  paused: 'paused',
  done: 'done',
  failed: 'failed',
});

const WHOLE = { base: 0, share: 1 } as const;

/** The values of one fact over the run, one span each. */
function spansOf(run: Run, fact: number, look: (value: string) => { word: string; look: Look }): Span[] {
  const rows = Array.from(slice(run.changes.ofFact, fact));
  const at = (row: number | undefined) => (row === undefined ? run.length : run.changes.at[row]!);
  const text = (raw: number) => String(valueAs(run, fact, raw));
  return [
    { from: 0, to: at(rows[0]), ...look(text(run.facts.initial[fact]!)), row: -1, ...WHOLE },
    ...rows.map((row, i) => ({
      from: at(row),
      to: at(rows[i + 1]),
      ...look(text(run.changes.to[row]!)),
      row,
      ...WHOLE,
    })),
  ].filter((span) => span.to > span.from || span.row >= 0);
}

/** More than a lane has room for are drawn as shares of its columns. */
const MANY = 4000;
const drawable = (spans: readonly Span[]): readonly Span[] =>
  spans.length > MANY ? stackOf([{ weight: 1, spans }]) : spans;

export function rowsOf(run: Run, things: Things, turns: TurnsOf): readonly Row[] {
  const rows = [...journeyRows(run, things), ...taskRows(run)];
  if (rows.length > 0) return rows;
  const parts = things.list.filter(
    (thing) => run.facts.index.has(`up/${thing.name}`) && thing.kind !== 'zone' && thing.kind !== 'prefix',
  );
  return parts.length > FEW ? [] : parts.map((thing) => thingRow(run, thing, turns));
}

/** How a thing was, state by state, as its card in the picture says it. */
export function thingRow(run: Run, thing: Thing, turns: TurnsOf): Row {
  const list = turns(thing);
  const spans = list.map(({ at, state, word, row }, i): Span => {
    return { from: at, to: list[i + 1]?.at ?? run.length, word, look: state, row, ...WHOLE };
  });
  return {
    id: `thing:${thing.id}`,
    kind: 'thing',
    label: thing.name,
    title: thing.title ?? thing.name,
    indent: false,
    thing: thing.id,
    spans: drawable(spans),
  };
}

/** One lane for each journey; populations that are many of a kind share it. */
function journeyRows(run: Run, things: Things): Row[] {
  const rows = new Map<string, { label: string; who: string; thing: string; layers: Layer[] }>();
  for (const journey of run.scene.journeys) {
    const { population, name, resolver, people: count } = journey;
    const facts = [
      ...(resolver === null ? [] : [`works/${population}/${name}/${resolver}`]),
      `works/${population}/${name}`,
    ];
    const fact = facts.map((one) => run.facts.index.get(one)).find((one) => one !== undefined);
    if (fact === undefined) continue;
    const id = `${name}/${things.byId.get(population)?.group ?? population}`;
    const people = things.byId.get(population);
    const who = people?.group ?? people?.title ?? population;
    const row = rows.get(id) ?? { label: journey.title ?? name, who, thing: population, layers: [] };
    const spans = spansOf(run, fact, (word) => ({ word, look: familyOf(word) }));
    row.layers.push({ weight: count ?? 1, spans });
    rows.set(id, row);
  }
  const same = new Map<string, number>();
  for (const { label } of rows.values()) same.set(label, (same.get(label) ?? 0) + 1);
  return [...rows].map(([id, { label, who, thing, layers }]) => ({
    id: `journey:${id}`,
    kind: 'journey',
    // What several groups of people do is told apart by who they are.
    label: same.get(label) === 1 ? label : `${who}: ${label}`,
    title: `${label}, ${who}`,
    indent: false,
    thing,
    spans: stackOf(layers),
  }));
}

function taskRows(run: Run): Row[] {
  return run.scene.tasks.flatMap((task): Row[] => {
    const fact = run.facts.index.get(`task/${task.name}`);
    if (fact === undefined) return [];
    const spans = spansOf(run, fact, (word) => ({ word, look: TASK_LOOK[word] ?? 'idle' })).filter(
      (span) => span.look !== 'idle',
    );
    const way =
      task.parent !== null && task.name.startsWith(`${task.parent}.`)
        ? task.name.slice(task.parent.length + 1)
        : task.name;
    return [
      {
        id: `task:${task.name}`,
        kind: 'task',
        label: way,
        title: task.name,
        indent: task.parent !== null,
        thing: task.teams[0] ?? null,
        spans: drawable(spans),
      },
    ];
  });
}
