/** What people ask about an outage, and where this run answers it: found from what happened, so that there is always an answer. */
import { type Run, slice, valueAs } from '../load/run.ts';
import { eventOf, whatBrings } from './ask-people.ts';
import { fatesOf } from './ask-things.ts';
import { becauseOf } from './question.ts';
import { clockText } from './time.ts';
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
  /** In a sentence or two; the view it leads to shows how that is known. */
  readonly answer: string;
}

/** What sets it off is asked where there is little else to ask. */
const FEW = 3;

export function asksOf(world: World): readonly Ask[] {
  const { run, turning, brief } = world;
  if (turning.root < 0) return [];
  const found = [routes(world), servers(world), refused(world), door(world), back(world)].filter((one) => one !== null);
  if (found.length > FEW) return found;
  const { root } = turning;
  const says = `${run.changes.says(root)}, at ${clockText(run.epoch, run.changes.at[root]!, brief)}.`;
  return [ask(run, 'began', 'What set it off?', root, says), ...found];
}

const ask = (run: Run, id: string, text: string, row: number, answer: string): Ask => ({
  id,
  text,
  row,
  thing: null,
  at: run.changes.at[row]!,
  answer,
});

const clockOf = ({ run, brief }: World, row: number): string => clockText(run.epoch, run.changes.at[row]!, brief);

function back(world: World): Ask | null {
  const { run } = world;
  const turn = recovery(run);
  if (!turn) return null;
  const deed = whatBrings(world, turn.first, 0, 1);
  return ask(
    run,
    'back',
    'What brought it back?',
    turn.first,
    deed?.happened ??
      `${eventOf(run, turn.first)}, at ${clockOf(world, turn.first)}. ${becauseOf(run, turn.first, null)}`,
  );
}

/** The prefix that most sites took back: the first that did. */
function routes(world: World): Ask | null {
  const { run, manyOf } = world;
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
  if (!largest) return null;
  const [prefix, { row, count }] = largest;
  const among = count > 1 ? `, the first of ${count.toLocaleString('en')} times it is taken back` : '';
  return ask(
    run,
    'route',
    `Who withdrew the route to ${prefix}?`,
    row,
    `${changes.says(row)}, at ${clockOf(world, row)}${among}. ${becauseOf(run, row, null)}`,
  );
}

const END_OF_CUT_OFF = ['It runs, but nobody can reach it', 'All of them run, but nobody can reach them'] as const;

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
    answer: `No. ${END_OF_CUT_OFF[things.length > 1 ? 1 : 0]}, by ${clockText(world.run.epoch, most.to, world.brief)}.`,
  };
}

/** People who were turned away, those first who could not log in; of them those of whom it is known how many they are. */
function refused(world: World): Ask | null {
  const { run } = world;
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
  const [most] = found;
  if (!most) return null;
  const { row, text } = most;
  return ask(
    run,
    'refused',
    text,
    row,
    `${eventOf(run, row)}, from ${clockOf(world, row)}. ${becauseOf(run, row, null)}`,
  );
}

/** A way in that did not open: the first. */
function door(world: World): Ask | null {
  const { run, things } = world;
  const { changes, facts } = run;
  let first = -1;
  for (let fact = 0; fact < facts.count; fact++) {
    if (facts.kinds[fact] !== 'up' || things.ofFact[fact]?.kind !== 'access') continue;
    const row = [...slice(changes.ofFact, fact)].find((one) => changes.to[one] === 0);
    if (row !== undefined && (first < 0 || row < first)) first = row;
  }
  if (first < 0) return null;
  const { name, title } = things.ofFact[changes.fact[first]!]!;
  return ask(
    run,
    'door',
    `Why did ${title ? `the ${title}` : name} not open?`,
    first,
    `${changes.says(first)}, at ${clockOf(world, first)}. ${becauseOf(run, first, null)}`,
  );
}
