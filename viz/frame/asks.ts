/** What people ask about an outage, and where this run answers it: found from what happened, so that there is always an answer. */
import { type Run, slice, valueAs } from '../load/run.ts';
import { fatesOf } from './ask-things.ts';
import { recovery } from './turning.ts';
import { unitsOf } from './units.ts';
import { familyOf, KIND_WORDS } from './words.ts';
import type { World } from './world.ts';

export interface Ask {
  readonly id: string;
  readonly text: string;
  /** The change that answers it, or the thing whose state at a moment does. */
  readonly row: number;
  readonly thing: string | null;
  readonly at: number;
}

export function asksOf(world: World): readonly Ask[] {
  const { run, turning } = world;
  if (turning.root < 0) return [];
  const turn = recovery(run);
  return [
    ask(run, 'began', 'What set it off?', turning.root),
    routes(world),
    servers(world),
    refused(world),
    door(world),
    turn && ask(run, 'back', 'What brought it back?', turn.first),
  ].filter((one) => one !== null);
}

const ask = (run: Run, id: string, text: string, row: number): Ask => ({
  id,
  text,
  row,
  thing: null,
  at: run.changes.at[row]!,
});

/** The prefix that most sites took back: the first that did. */
function routes({ run, manyOf }: World): Ask | null {
  const { changes, facts } = run;
  const lost = new Map<string, { row: number; count: number }>();
  for (let fact = 0; fact < facts.count; fact++) {
    if (facts.kinds[fact] !== 'announces') continue;
    const rows = [...slice(changes.ofFact, fact)].filter((row) => changes.to[row] === 0);
    const [row] = rows;
    if (row === undefined) continue;
    const prefix = manyOf(facts.subjects[fact]![1]!);
    const known = lost.get(prefix);
    lost.set(prefix, { row: Math.min(row, known?.row ?? row), count: (known?.count ?? 0) + rows.length });
  }
  const [largest] = [...lost].sort((a, b) => b[1].count - a[1].count || a[1].row - b[1].row);
  return largest ? ask(run, 'route', `Who withdrew the route to ${largest[0]}?`, largest[1].row) : null;
}

/** Of what runs and was cut off as a whole: the most of a kind. */
function servers(world: World): Ask | null {
  const [most] = fatesOf(unitsOf(world), world.run.length / 8)
    .filter(({ state }) => state === 'unreachable')
    .sort((a, b) => b.unit.things.length - a.unit.things.length || a.to - b.to);
  if (!most) return null;
  const { things, kind, label } = most.unit;
  return {
    id: 'servers',
    text: things.length > 1 ? `Were the ${KIND_WORDS[kind] ?? kind} ${label} down?` : `Was ${label} down?`,
    row: -1,
    thing: things[0]!.id,
    at: most.to,
  };
}

/** People who were turned away, those first who could not log in; of them those of whom it is known how many they are. */
function refused({ run }: World): Ask | null {
  const { changes, facts, scene } = run;
  const people = new Map(scene.journeys.map((one) => [`${one.population}/${one.name}`, one.people ?? 0]));
  const found: { row: number; login: boolean; people: number; text: string }[] = [];
  for (let fact = 0; fact < facts.count; fact++) {
    if (facts.kinds[fact] !== 'works') continue;
    const [population, journey] = facts.subjects[fact]!;
    for (const row of slice(changes.ofFact, fact)) {
      const family = familyOf(String(valueAs(run, fact, changes.to[row]!)));
      if (family !== 'login' && family !== 'service') continue;
      const title = scene.journeys.find(({ name }) => name === journey)?.title ?? journey;
      const known = people.get(`${population}/${journey}`) ?? 0;
      found.push({ row, login: family === 'login', people: known, text: `Why did “${title}” fail for ${population}?` });
      break;
    }
  }
  found.sort((a, b) => Number(b.login) - Number(a.login) || b.people - a.people || a.row - b.row);
  return found[0] ? ask(run, 'refused', found[0].text, found[0].row) : null;
}

/** A way in that did not open: the first. */
function door({ run, things }: World): Ask | null {
  const { changes, facts } = run;
  let first = -1;
  for (let fact = 0; fact < facts.count; fact++) {
    if (facts.kinds[fact] !== 'up' || things.ofFact[fact]?.kind !== 'access') continue;
    const row = [...slice(changes.ofFact, fact)].find((one) => changes.to[one] === 0);
    if (row !== undefined && (first < 0 || row < first)) first = row;
  }
  if (first < 0) return null;
  const { name, title } = things.ofFact[changes.fact[first]!]!;
  return ask(run, 'door', `Why did ${title ? `the ${title}` : name} not open?`, first);
}
