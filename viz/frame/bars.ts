/** The lanes of the timeline: what people could do, what people were at, and parts where there are few; when each was how. */

import { lookupOf } from '../load/lookup.ts';
import { type Run, slice, valueAs } from '../load/run.ts';
import { type Layer, stackOf } from './stack.ts';
import type { Things } from './things.ts';
import { type Family, familyOf } from './words.ts';

export type Look = Family | 'working' | 'paused' | 'done' | 'failed' | 'down' | 'up' | 'idle';

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

export function rowsOf(run: Run, things: Things): readonly Row[] {
  const rows = [...journeyRows(run, things), ...taskRows(run)];
  if (rows.length > 0) return rows;
  const parts = things.list.filter(
    (thing) => run.facts.index.has(`up/${thing.name}`) && thing.kind !== 'zone' && thing.kind !== 'prefix',
  );
  return parts.length > FEW ? [] : parts.map((thing) => thingRow(run, thing.id, thing.name));
}

export function thingRow(run: Run, id: string, name: string): Row {
  const fact = run.facts.index.get(`up/${name}`);
  const spans =
    fact === undefined
      ? []
      : spansOf(run, fact, (value) => (value === 'true' ? { word: 'up', look: 'up' } : { word: 'down', look: 'down' }));
  return { id: `thing:${id}`, kind: 'thing', label: name, indent: false, thing: id, spans: drawable(spans) };
}

/** One lane for each journey; populations that are many of a kind share it. */
function journeyRows(run: Run, things: Things): Row[] {
  const rows = new Map<string, { label: string; thing: string; layers: Layer[] }>();
  for (const journey of run.scene.journeys) {
    const { population, name, resolver, people } = journey;
    const facts = [
      ...(resolver === null ? [] : [`works/${population}/${name}/${resolver}`]),
      `works/${population}/${name}`,
    ];
    const fact = facts.map((one) => run.facts.index.get(one)).find((one) => one !== undefined);
    if (fact === undefined) continue;
    const id = `${name}/${things.byId.get(population)?.group ?? population}`;
    const row = rows.get(id) ?? { label: journey.title ?? name, thing: population, layers: [] };
    const spans = spansOf(run, fact, (word) => ({ word, look: familyOf(word) }));
    row.layers.push({ weight: people ?? 1, spans });
    rows.set(id, row);
  }
  return [...rows].map(([id, { label, thing, layers }]) => ({
    id: `journey:${id}`,
    kind: 'journey',
    label,
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
        indent: task.parent !== null,
        thing: task.teams[0] ?? null,
        spans: drawable(spans),
      },
    ];
  });
}
