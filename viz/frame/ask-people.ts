/** Questions about people and time: what they see first, how long something takes, and what brings it back. */
import { stepAt } from '../load/board.ts';
import { type Run, slice, valueAs } from '../load/run.ts';
import { chainOf } from './causes.ts';
import { deedsNow, deedsOf, passesOf } from './now.ts';
import { near, type Option, type Question } from './question.ts';
import { seeded } from './seeded.ts';
import { clockText, DAY, HOUR, lasting, MINUTE, many, SECOND } from './time.ts';
import { passes } from './words.ts';
import type { World } from './world.ts';

const FALSE_OPTIONS = 3;
const momentAt = ({ run }: World, at: number) => ({ at, step: stepAt(run, at) });

/** `Of 14 things people do, how many still work 30 s later?` Asked at `from`, about the first of them to fail. */
export function howMany(world: World, from: number, until: number): Question | null {
  const { run } = world;
  const deeds = deedsOf(run, world.things);
  const passesAt = passesOf(run.words);
  const before = deedsNow(run, world.boards.at(stepAt(run, from)), deeds, passesAt);
  const seen = firstFailure(run, from);
  if (!seen || seen.at > until || before.all < 3) return null;
  const { work, all } = deedsNow(run, world.boards.at(stepAt(run, seen.at)), deeds, passesAt);
  if (work >= before.work) return null;
  const spread = [before.work, Math.round(all * 0.75), Math.round(all / 2), Math.round(all / 4), 0, work + 2, work - 2];
  const wrong = spread.filter((n, i) => n >= 0 && n <= all && Math.abs(n - work) > 1 && spread.indexOf(n) === i);
  if (wrong.length < 2) return null;
  const option = (count: number): Option => ({
    text: count === all ? `all ${all}` : count === 0 ? 'none' : `${count} of ${all}`,
    note: '',
    became: '',
    claim: { is: 'left', count },
  });
  const right = option(work);
  return {
    id: `left@${seen.at}`,
    kind: 'left',
    ask: momentAt(world, from),
    reveal: momentAt(world, seen.at),
    text: `Of ${all} things people do here, how many still work ${lasting(seen.at - from, 1)} from now?`,
    options: [right, ...wrong.slice(0, FALSE_OPTIONS).map(option)],
    right,
    row: seen.row,
    root: null,
    happened: `${work === 0 ? 'None' : `${work} of ${all}`}, from ${clockText(run.epoch, seen.at, world.brief)}. ${missed(run, seen.row)}`,
  };
}

/** The first time at which people no longer get through, and of all that fails then what most people do. */
function firstFailure(run: Run, after: number): { readonly at: number; readonly row: number } | null {
  const { changes, facts, words } = run;
  const fails = (row: number): boolean =>
    facts.kinds[changes.fact[row]!] === 'works' && !passes(words[changes.to[row]!] ?? '');
  let row = stepAt(run, after);
  while (row < changes.count && !fails(row)) row++;
  if (row >= changes.count) return null;
  const at = changes.at[row]!;
  const people = new Map(run.scene.journeys.map((one) => [`${one.population}/${one.name}`, one.people ?? 0]));
  const weight = (one: number): number => {
    const [population, journey] = facts.subjects[changes.fact[one]!]!;
    return people.get(`${population}/${journey}`) ?? 0;
  };
  let best = row;
  for (; changes.at[row] === at; row++) if (fails(row) && weight(row) > weight(best)) best = row;
  return { at, row: best };
}

/** Of all that a moment takes, what is lost to the most people. */
function missed({ changes, facts, scene, words }: Run, row: number): string {
  const journey = facts.subjects[changes.fact[row]!]![1];
  const title = scene.journeys.find(({ name }) => name === journey)?.title ?? journey;
  return `Lost to the most people: “${title}” (${words[changes.to[row]!]}).`;
}

/** A change in words that go on a sentence: `“log in at work” works again for staff`. */
export function eventOf({ changes, facts, scene, words }: Run, row: number): string {
  const fact = changes.fact[row]!;
  const [population, journey] = facts.subjects[fact]!;
  if (facts.kinds[fact] !== 'works') return changes.says(row);
  const title = scene.journeys.find(({ name }) => name === journey)?.title ?? journey;
  const word = words[changes.to[row]!] ?? 'unknown';
  return word === 'ok' ? `“${title}” works again for ${population}` : `“${title}” for ${population}: ${word}`;
}

/** What people often meet: taken where the run itself has too few words. */
const OFTEN = ['name not resolved', 'no route', 'server error', 'login refused', 'slow', 'overloaded'];

interface Journey {
  readonly name: string;
  readonly title: string;
  readonly people: number;
  readonly facts: readonly number[];
}

function journeysOf(run: Run): readonly Journey[] {
  const facts = new Map<string, number[]>();
  run.facts.kinds.forEach((kind, fact) => {
    const journey = run.facts.subjects[fact]?.[1];
    if (kind !== 'works' || journey === undefined) return;
    const known = facts.get(journey);
    if (known) known.push(fact);
    else facts.set(journey, [fact]);
  });
  return [...facts].map(([name, list]) => {
    const scenes = run.scene.journeys.filter((one) => one.name === name);
    return {
      name,
      title: scenes[0]?.title ?? name,
      people: scenes.reduce((sum, { people }) => sum + (people ?? 0), 0),
      facts: list,
    };
  });
}

/** The first change of any of these facts after a time, and what all that change then change to; null: to different words. */
function firstWord(
  run: Run,
  facts: readonly number[],
  after: number,
): { at: number; row: number; word: string } | null {
  const { changes } = run;
  let at = Number.POSITIVE_INFINITY;
  let found: { row: number; word: string }[] = [];
  for (const fact of facts)
    for (const row of slice(changes.ofFact, fact)) {
      const time = changes.at[row]!;
      if (time <= after || time > at) continue;
      if (time < at) [at, found] = [time, []];
      found.push({ row, word: String(valueAs(run, fact, changes.to[row]!)) });
    }
  const words = new Set(found.map(({ word }) => word));
  return words.size === 1 ? { at, ...found[0]! } : null;
}

/** `“chat”, 2 billion people: what do they see first?` For what most people do of all that fails next. */
export function whatIsSeen(world: World, from: number, until: number): Question | null {
  const { run } = world;
  const board = world.boards.at(stepAt(run, from));
  const word = (fact: number) => String(valueAs(run, fact, board.value[fact]!));
  const found = journeysOf(run)
    .filter(({ facts }) => facts.every((fact) => word(fact) === 'ok'))
    .flatMap((journey) => {
      const first = firstWord(run, journey.facts, from);
      return first && first.at <= until && !passes(first.word) ? [{ journey, first }] : [];
    })
    .sort(
      (a, b) =>
        a.first.at - b.first.at || b.journey.people - a.journey.people || (a.journey.name < b.journey.name ? -1 : 1),
    );
  const [best] = found;
  if (!best) return null;
  const { journey, first } = best;
  const later = new Map<string, number>();
  for (const fact of journey.facts)
    for (const row of slice(run.changes.ofFact, fact)) {
      const other = String(valueAs(run, fact, run.changes.to[row]!));
      const at = run.changes.at[row]!;
      if (at > first.at && other !== 'ok' && other !== first.word && at < (later.get(other) ?? Infinity))
        later.set(other, at);
    }
  const words = [...later].sort((a, b) => a[1] - b[1]).map(([other]) => other);
  const met = found.map((one) => one.first.word);
  const wrong = [...new Set([...words, ...met, ...OFTEN])].filter((other) => other !== first.word);
  const clock = (at: number) => clockText(run.epoch, at, world.brief);
  const option = (other: string): Option => ({
    text: other,
    note: '',
    became: later.has(other)
      ? `They see it later, from ${clock(later.get(other)!)}.`
      : 'Not for this, in the whole run.',
    claim: { is: 'sees', facts: journey.facts, word: other },
  });
  const right = option(first.word);
  const whom = journey.people > 0 ? `, ${many(journey.people)} people` : '';
  return {
    id: `sees@${first.at}/${journey.name}`,
    kind: 'sees',
    ask: momentAt(world, from),
    reveal: momentAt(world, first.at),
    text: `“${journey.title}”${whom}: what will they see first?`,
    options: [right, ...wrong.slice(0, FALSE_OPTIONS).map(option)],
    right,
    row: first.row,
    root: null,
    happened: `“${first.word}”, at ${clock(first.at)}.`,
  };
}

const times = (size: number, counts: readonly number[]): number[] => counts.map((count) => count * size);
/** Lengths of time that people name. */
const NAMED = [
  ...times(1, [1, 2, 5, 10, 20, 50, 100, 200, 500]),
  ...times(SECOND, [1, 2, 3, 5, 8, 12, 20, 30, 45]),
  ...times(MINUTE, [1, 1.5, 2, 3, 4, 6, 8, 10, 15, 20, 30, 45]),
  ...times(HOUR, [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10, 12, 18]),
  ...times(DAY, [1, 2, 3, 5, 7, 14, 30]),
];
const closest = (ms: number): number =>
  NAMED.reduce((best, one) => (Math.max(one / ms, ms / one) < Math.max(best / ms, ms / best) ? one : best));
/** How far off the wrong ones are; some are left out by lot, so that the place in the order gives nothing away. */
const OFF = [1 / 20, 1 / 7, 1 / 2.6, 2.6, 7, 20];

/** `How long until …?` From one moment to a change. */
export function howLong(world: World, from: number, row: number, until: string): Question | null {
  const { run, brief } = world;
  const at = run.changes.at[row]!;
  const real = at - from;
  if (!(real >= 10)) return null;
  const right = closest(real);
  const lot = seeded(`${run.scene.id} ${at} ${until}`);
  const low = Math.floor(lot() * (OFF.length - FALSE_OPTIONS + 1));
  const wrong = OFF.slice(low, low + FALSE_OPTIONS)
    .map((off) => closest(right * off))
    .filter((ms, i, all) => ms >= 1 && !near(ms, real) && ms !== right && all.indexOf(ms) === i);
  if (wrong.length < 2 || !near(right, real)) return null;
  const option = (ms: number): Option => ({
    text: `about ${lasting(ms)}`,
    note: '',
    became: '',
    claim: { is: 'lasts', ms },
  });
  const answer = option(right);
  return {
    id: `lasts@${at}/${run.facts.names[run.changes.fact[row]!]}`,
    kind: 'lasts',
    ask: momentAt(world, from),
    reveal: momentAt(world, at),
    text: `How long until ${until}?`,
    options: [answer, ...wrong.map(option)],
    right: answer,
    row,
    root: null,
    happened: `After ${lasting(real)}, at ${clockText(run.epoch, at, brief)}: ${eventOf(run, row)}.`,
  };
}

/** All that a change goes back to, by any way. */
function ancestors({ changes }: Run, row: number): ReadonlySet<number> {
  const seen = new Set([row]);
  const open = [row];
  for (let one = open.pop(); one !== undefined; one = open.pop())
    for (const cause of slice(changes.because, one))
      if (!seen.has(cause)) {
        seen.add(cause);
        open.push(cause);
      }
  return seen;
}

interface Deed {
  readonly name: string;
  readonly says: string;
  /** -1: it never happens. */
  readonly row: number;
  readonly at: number;
}

const NEVER = { row: -1, at: Number.POSITIVE_INFINITY } as const;

/** Work that was done, or things that were mended: each time it happened, and what never happened. */
function remedies(run: Run, kind: 'task' | 'fault'): readonly Deed[] {
  const { changes, facts } = run;
  const parents = new Set(run.scene.tasks.map(({ parent }) => parent));
  const list: Deed[] = [];
  const found = new Set<string>();
  for (let fact = 0; fact < facts.count; fact++) {
    const name = facts.subjects[fact]?.[0] ?? '';
    const of = facts.kinds[fact];
    if (!(of === kind || (kind === 'task' && of === 'done')) || parents.has(name)) continue;
    const good = (raw: number) =>
      of === 'fault' ? raw === 0 : of === 'done' ? raw !== 0 : valueAs(run, fact, raw) === 'done';
    const says = kind === 'task' ? `${name} is done` : `${name} is mended`;
    const rows = [...slice(changes.ofFact, fact)].filter((row) => good(changes.to[row]!));
    for (const row of rows) list.push({ name, says, row, at: changes.at[row]! });
    if (rows.length > 0) found.add(name);
    else if (of === kind) list.push({ name, says, ...NEVER });
  }
  return list.filter(({ name, row }) => row >= 0 || !found.has(name));
}

/** When work on a task was begun that was done by then. */
function beginningOf(run: Run, { name, at }: Deed): number {
  const fact = run.facts.index.get(`task/${name}`);
  if (fact === undefined) return at;
  const rows = [...slice(run.changes.ofFact, fact)].filter(
    (row) => run.changes.at[row]! <= at && valueAs(run, fact, run.changes.to[row]!) === 'working',
  );
  return rows.length > 0 ? run.changes.at[rows[rows.length - 1]!]! : at;
}

/** `What brings it back?` Asked before the deed that does; null where no deed is on the way back from the change. */
export function whatBrings(world: World, row: number, earliest: number, lead: number): Question | null {
  const { run, brief } = world;
  const at = run.changes.at[row]!;
  const chain = chainOf(run, row);
  const causes = ancestors(run, row);
  const clock = (time: number) => clockText(run.epoch, time, brief);
  for (const kind of ['task', 'fault'] as const) {
    const all = remedies(run, kind);
    const deed = all.filter((one) => one.row >= 0 && chain.includes(one.row)).sort((a, b) => b.row - a.row)[0];
    if (!deed) continue;
    const begun = kind === 'task' ? beginningOf(run, deed) : deed.at;
    const ask = Math.max(earliest, begun - lead);
    if (ask >= begun) return null;
    const names = new Set(all.filter((one) => one.row >= 0 && causes.has(one.row)).map(({ name }) => name));
    const others = new Map(all.filter(({ name }) => !names.has(name)).map((one) => [one.name, one]));
    const wrong = [...others.values()].sort(
      (a, b) => Math.abs(a.at - at) - Math.abs(b.at - at) || (a.name < b.name ? -1 : 1),
    );
    if (wrong.length === 0) continue;
    const option = (one: (typeof all)[number]): Option => ({
      text: one.says,
      note: kind === 'task' ? teamsOf(run, one.name) : '',
      became:
        one.row < 0
          ? 'That never happens in this run.'
          : `That happens at ${clock(one.at)}, and this does not go back to it.`,
      claim: { is: 'brings', row: one.row },
    });
    const right = { ...option(deed), became: '' };
    return {
      id: `brings@${at}/${run.facts.names[run.changes.fact[row]!]}`,
      kind: 'brings',
      ask: momentAt(world, ask),
      reveal: momentAt(world, at),
      text: `What brings it back, so that ${eventOf(run, row)}?`,
      options: [right, ...wrong.slice(0, FALSE_OPTIONS).map(option)],
      right,
      row,
      root: deed.row,
      happened: `${deed.says}, at ${clock(deed.at)}. From there it takes ${lasting(at - deed.at)}, until ${eventOf(run, row)}.`,
    };
  }
  return null;
}

const teamsOf = (run: Run, task: string): string => {
  const teams = run.scene.tasks.find(({ name }) => name === task)?.teams ?? [];
  return teams.length === 0 ? '' : `by ${teams.join(' and ')}`;
};
