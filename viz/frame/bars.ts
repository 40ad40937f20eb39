/** The lanes of the timeline: what people could do, what people were at, and parts where there are few; when each was how. */
import { type Run, slice, valueAs } from '../load/run.ts';
import type { Things } from './things.ts';
import { badness, type Family, familyOf } from './words.ts';

export type Look = Family | 'working' | 'paused' | 'done' | 'failed' | 'down' | 'up' | 'idle';

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly word: string;
  readonly look: Look;
  /** The change that began it, or -1. */
  readonly row: number;
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

const TASK_LOOK: Readonly<Record<string, Look>> = {
  waiting: 'waiting',
  working: 'working',
  paused: 'paused',
  done: 'done',
  failed: 'failed',
};

/** The values of one fact over the run, one span each. */
function spansOf(run: Run, fact: number, look: (value: string) => { word: string; look: Look }): Span[] {
  const rows = [...slice(run.changes.ofFact, fact)];
  const at = (row: number | undefined) => (row === undefined ? run.length : run.changes.at[row]!);
  const text = (raw: number) => String(valueAs(run, fact, raw));
  return [
    { from: 0, to: at(rows[0]), ...look(text(run.facts.initial[fact]!)), row: -1 },
    ...rows.map((row, i) => ({ from: at(row), to: at(rows[i + 1]), ...look(text(run.changes.to[row]!)), row })),
  ].filter((span) => span.to > span.from || span.row >= 0);
}

/** Several spans of the same time: where they differ, the worst holds. */
function worstOf(lists: readonly (readonly Span[])[]): Span[] {
  if (lists.length === 1) return [...lists[0]!];
  const borders = [...new Set(lists.flat().flatMap((span) => [span.from, span.to]))].sort((a, b) => a - b);
  const spans: Span[] = [];
  for (let i = 0; i + 1 < borders.length; i++) {
    const [from, to] = [borders[i]!, borders[i + 1]!];
    const there = lists
      .map((list) => list.find((span) => span.from <= from && span.to > from))
      .filter((span) => span !== undefined);
    const worst = there.reduce((a, b) => (badness(b.word) > badness(a.word) ? b : a));
    const before = spans[spans.length - 1];
    if (before?.word === worst.word) spans[spans.length - 1] = { ...before, to };
    else spans.push({ ...worst, from, to });
  }
  return spans;
}

export function rowsOf(run: Run, things: Things): readonly Row[] {
  const rows = [...journeyRows(run), ...taskRows(run)];
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
  return { id: `thing:${id}`, kind: 'thing', label: name, indent: false, thing: id, spans };
}

function journeyRows(run: Run): Row[] {
  const rows = new Map<string, { label: string; thing: string; lists: Span[][] }>();
  for (const journey of run.scene.journeys) {
    const names = [journey.population, journey.name, ...(journey.resolver === null ? [] : [journey.resolver])];
    const fact =
      run.facts.index.get(['works', ...names].join('/')) ??
      run.facts.index.get(`works/${journey.population}/${journey.name}`);
    if (fact === undefined) continue;
    const id = `${journey.population}/${journey.name}`;
    const row = rows.get(id) ?? { label: journey.title ?? journey.name, thing: journey.population, lists: [] };
    row.lists.push(spansOf(run, fact, (word) => ({ word, look: familyOf(word) })));
    rows.set(id, row);
  }
  return [...rows].map(([id, { label, thing, lists }]) => ({
    id: `journey:${id}`,
    kind: 'journey',
    label,
    indent: false,
    thing,
    spans: worstOf(lists),
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
        spans,
      },
    ];
  });
}
