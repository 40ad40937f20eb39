/** The lanes of the timeline: what people could do, what people were at, and parts where there are few; when each was how. */

import type { Run } from '../load/run.ts';
import { type Layer, stackOf } from './stack.ts';
import { drawable, type Row, type Span, spansOf, WHOLE } from './stretches.ts';
import { taskRows } from './tasks.ts';
import type { Thing, Things } from './things.ts';
import type { TurnsOf } from './turns.ts';
import { familyOf } from './words.ts';

/** More parts than this have no lanes of their own until one is selected. */
const FEW = 14;

export function rowsOf(run: Run, things: Things, turns: TurnsOf): readonly Row[] {
  const rows = [...journeyRows(run, things), ...taskRows(run, things)];
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
    who: null,
    title: thing.title ?? thing.name,
    indent: false,
    thing: thing.id,
    things: [thing.id],
    spans: drawable(spans),
  };
}

/** One lane for each journey; populations that are many of a kind share it. */
function journeyRows(run: Run, things: Things): Row[] {
  const rows = new Map<string, { label: string; who: string; thing: string; things: string[]; layers: Layer[] }>();
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
    const row = rows.get(id) ?? { label: journey.title ?? name, who, thing: population, things: [], layers: [] };
    row.things.push(population);
    const spans = spansOf(run, fact, (word) => ({ word, look: familyOf(word) }));
    row.layers.push({ weight: count ?? 1, spans });
    rows.set(id, row);
  }
  const same = countOf([...rows.values()].map(({ label }) => label));
  const pairs = countOf([...rows.values()].map(({ label, who }) => `${who}: ${label}`));
  return [...rows].map(([id, { label, who: called, thing, things: all, layers }]) => {
    // What several groups of people do is told apart by who they are; groups of one title by their names.
    const who = pairs.get(`${called}: ${label}`) === 1 ? called : thing;
    return {
      id: `journey:${id}`,
      kind: 'journey',
      label,
      who: same.get(label) === 1 ? null : who,
      title: `${label}, ${who}`,
      indent: false,
      thing,
      things: all,
      spans: stackOf(layers),
    };
  });
}

function countOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
