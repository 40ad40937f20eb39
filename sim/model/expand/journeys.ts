/** Journeys: for each population and resolver the stages in order, each with what people see when it is the first to fail. */
import { questionsOf } from '../conditions.ts';
import { SYMPTOMS } from '../facts.ts';
import { didYouMean } from '../nearest.ts';
import type { Condition, Journey, Stage } from '../scenario.ts';
import { type Dict, shorten, type Tree, under } from '../tree.ts';
import type { Ms } from '../units.ts';
import type { Conditions } from './conditions.ts';
import type { Made } from './entries.ts';
import { asks, HEADS } from './questions.ts';
import { drownsFor, mayAnswer, patienceWith } from './resolvers.ts';
import { parseSelector } from './selectors.ts';
import { atOnce, firstOf, stubOf } from './stubs.ts';
import { spanOf, textOf } from './values.ts';
import { ANYBODY, type Asker, askerOf, type Cohort, type People, type World } from './world.ts';

const OWN: ReadonlySet<string> = new Set(['else', 'session']);
/** What people see when the stage that gave them a session is gone and the session is over. */
const EXPIRED = 'session expired';
/** With these people go on. */
const MILD: readonly string[] = ['slow', 'stale content', 'partly loaded'];

export function buildJourneys(conditions: Conditions): Journey[] {
  const { world } = conditions;
  const journeys: Journey[] = [];
  const made = new Set<string>();
  for (const people of world.people.values()) {
    for (const name of people.does) {
      made.add(name);
      for (const cohort of people.cohorts)
        journeys.push(journeyOf(conditions, world.journeys.get(name) as Made, people, cohort));
    }
  }
  for (const [name, journey] of world.journeys) {
    if (made.has(name)) continue;
    // Its mistakes are mistakes all the same.
    stagesOf(conditions, journey, ANYBODY, [name]);
    if (usedInside(world, name)) continue;
    world.context.problem(journey.at, 'nobody makes this journey', 'add it to what a population does');
  }
  return journeys;
}

function journeyOf(conditions: Conditions, made: Made, people: People, cohort: Cohort): Journey {
  const { world } = conditions;
  const self = askerOf(world, people.name);
  const network =
    self.network ?? (cohort.resolver === null ? null : (world.drafts.get(firstOf(cohort.resolver))?.network ?? null));
  const asker: Asker = { ...self, network, resolver: cohort.resolver, population: people.name };
  world.context.spend('things', 1, made.at);
  return {
    name: made.name,
    title: textOf(under(made.tree, 'title')),
    population: people.name,
    resolver: cohort.resolver,
    people: people.people === null ? null : people.people * cohort.share,
    stages: stagesOf(conditions, made, asker, [made.name]),
  };
}

function stagesOf(conditions: Conditions, made: Made, asker: Asker, open: readonly string[]): readonly Stage[] {
  const list = made.tree.is === 'list' ? made.tree : under(made.tree, 'stages');
  if (list?.is !== 'list' || list.items.length === 0) {
    conditions.wrong(made.at, 'a journey has at least one stage');
    return [];
  }
  return list.items.flatMap((stage) => stageOf(conditions, stage, asker, open));
}

function stageOf(conditions: Conditions, tree: Tree, asker: Asker, open: readonly string[]): readonly Stage[] {
  const { world } = conditions;
  const written = under(tree, 'else');
  const otherwise = written ? symptomCalled(world, written) : null;
  const session = sessionOf(world, tree, otherwise);
  const inner = under(tree, 'works');
  // A stage that is another journey of the same people: its stages are taken in, and keep their symptoms.
  if (inner && !under(tree, 'for')) {
    const made = world.journeys.get(textOf(inner) ?? '');
    if (made && open.includes(made.name)) {
      conditions.wrong(inner.at, `a journey takes in itself: ${shorten([...open, made.name].join(' → '))}`);
      return [];
    }
    if (made) {
      const stages = stagesOf(conditions, made, asker, [...open, made.name]);
      world.context.spend('questions', stages.length, tree.at);
      if (session > 0) return outlived(stages, session, otherwise);
      return otherwise === null
        ? stages
        : stages.map((stage) => (MILD.includes(stage.symptom) ? stage : { ...stage, symptom: otherwise }));
    }
  }
  const condition = conditions.read(tree, asker, OWN);
  if (session > 0) return [{ condition, symptom: otherwise ?? EXPIRED, session }];
  const stage = { condition, symptom: otherwise ?? symptomOf(world, tree, 0), session };
  const untold =
    otherwise === null
      ? [...wordStages(conditions, condition, tree), ...packetStages(conditions, condition, tree)]
      : [];
  return [...untold, stage, ...slowStages(conditions, condition, tree, asker)];
}

function sessionOf(world: World, tree: Tree, otherwise: string | null): Ms {
  const written = under(tree, 'session');
  if (!written) return 0;
  const session = spanOf(world.context, written, 1);
  if (session === 0) world.context.problem(written.at, 'a session lasts longer than 0');
  if (otherwise !== null && MILD.includes(otherwise))
    world.context.problem(
      written.at,
      `with "${otherwise}" people go on: there is nothing a session could spare them`,
      'leave out `session`, or `else`',
    );
  return session;
}

/** The stages of a journey that people go through once a session: together one stage; whoever is through is not slowed by it. */
function outlived(stages: readonly Stage[], session: Ms, otherwise: string | null): readonly Stage[] {
  const all = stages.filter(({ symptom }) => !MILD.includes(symptom)).map(({ condition }) => condition);
  return all.length === 0 ? [] : [{ condition: { all }, symptom: otherwise ?? EXPIRED, session }];
}

/**
 * What people see when no answer comes in time, or the answer is that there is no such name, or no address for it, in place of the usual.
 * The last two look the same to whoever asks by getaddrinfo (RFC 3493 §6.1: EAI_NONAME); a failure is told apart, as one that may pass.
 */
const SEEN = { timeout: 'black hole', nxdomain: 'no such name', nodata: 'no such name' } as const;

/** The same failure told apart by what the resolver says, where it may say that. */
function wordStages(conditions: Conditions, condition: Condition, { at }: Tree): readonly Stage[] {
  const asked = questionsOf(condition).filter(({ kind }) => kind === 'resolves');
  return (['timeout', 'nxdomain', 'nodata'] as const).flatMap((word) => {
    const said = asked
      .filter(({ subjects: [resolver] }) => mayAnswer(conditions.world, resolver as string, word))
      .map(({ subjects }): Condition => ({ not: conditions.ask('resolves', subjects, at, { word: [word] }) }));
    return said.length === 0
      ? []
      : [{ condition: { any: [condition, { all: said }] }, symptom: SEEN[word], session: 0 }];
  });
}

/** How packets end, where that is not the usual: people see what they would be told by a traceroute. */
const ENDS = ['no route', 'loop', 'filtered'] as const;

/** The same failure told apart by how packets end; and whose they are that arrive, but not with whom or by whom they should. */
function packetStages(conditions: Conditions, condition: Condition, { at }: Tree): readonly Stage[] {
  const asked = questionsOf(condition).filter(({ kind }) => kind === 'forwards' || kind === 'passes');
  const ends = new Map(
    asked.map(({ subjects: [network, to] }) => [`${network} ${to}`, [network as string, to as string]]),
  );
  const unless = (symptom: string, subjects: readonly (readonly string[])[], word: string): readonly Stage[] => {
    if (subjects.length === 0) return [];
    const all = subjects.map((of): Condition => ({ not: conditions.ask('forwards', of, at, { word: [word] }) }));
    return [{ condition: { any: [condition, { all }] }, symptom, session: 0 }];
  };
  const through = asked
    .filter(({ kind }) => kind === 'passes')
    .map(({ subjects: [network, to] }) => [network as string, to as string]);
  return [
    ...ENDS.flatMap((word) => unless(word, [...ends.values()], word)),
    ...unless('wrong party', through, 'delivered'),
  ];
}

/**
 * Names come late from a resolver that is asked too much, or that waits for quick nameservers in vain for longer than its clients wait for
 * it, and from the second one where the first keeps silent; people go on.
 */
function slowStages(conditions: Conditions, condition: Condition, tree: Tree, asker: Asker): readonly Stage[] {
  const { world } = conditions;
  const stub = asker.resolver === null ? [] : stubOf(asker.resolver);
  const asked = questionsOf(condition).filter(({ kind }) => kind === 'resolves');
  const slow = [...new Set(asked.map(({ subjects: [resolver] }) => resolver as string))]
    .filter((resolver) => drownsFor(world, resolver, 'slow') && !stub.slice(1).includes(resolver))
    .map((resolver): Condition => ({ not: conditions.ask('over', [resolver], tree.at) }));
  for (const { subjects } of asked) {
    const [resolver] = subjects as [string];
    const most = stub.slice(1).includes(resolver) ? null : patienceWith(world, resolver);
    if (most !== null) slow.push({ not: conditions.ask('delay', subjects, tree.at, { above: most, below: most }) });
  }
  if (stub.length > 1 && under(tree, 'resolves') && stub.some((resolver) => mayAnswer(world, resolver, 'timeout')))
    for (const zone of new Set(asked.map(({ subjects }) => subjects[1] as string)))
      slow.push(atOnce(stub, (resolver, test) => conditions.ask('resolves', [resolver, zone], tree.at, test)));
  return slow.map((one) => ({ condition: one, symptom: 'slow', session: 0 }));
}

/** `server-error`, `stale`: with hyphens, or shortened as long as it is clear. */
function symptomCalled(world: World, tree: Tree): string | null {
  const text = textOf(tree);
  if (text === null) return null;
  const spaced = text.replaceAll('-', ' ');
  const exact = SYMPTOMS.find((symptom) => symptom === spaced);
  const begun = SYMPTOMS.filter((symptom) => symptom.startsWith(`${spaced} `));
  const [first, second] = begun;
  if (exact ?? (first && !second)) return exact ?? (first as string);
  world.context.problem(
    tree.at,
    `there is no symptom "${shorten(text)}"`,
    didYouMean(spaced, SYMPTOMS) ?? `one of ${SYMPTOMS.join(', ')}`,
  );
  return null;
}

/** The symptom of what is asked: of the first in a list, of the last that could have helped. */
function symptomOf(world: World, tree: Tree, depth: number): string {
  const usual = 'server error';
  if (depth > 20) return usual;
  if (tree.is === 'list') return tree.items[0] ? symptomOf(world, tree.items[0], depth + 1) : usual;
  if (tree.is === 'leaf') {
    const { pattern } = parseSelector(tree.text);
    const named = world.conditions.get(pattern);
    if (named) return symptomOf(world, named, depth + 1);
    return world.sections.tasks.matching(pattern, tree.at).length > 0 ? 'waiting for people' : 'refused';
  }
  for (const gate of ['all', 'any', 'of'] as const) {
    const list = under(tree, gate);
    if (list?.is !== 'list') continue;
    const part = gate === 'all' ? list.items[0] : list.items.at(-1);
    return part ? symptomOf(world, part, depth + 1) : usual;
  }
  if (textOf(under(tree, 'as')) === 'nxdomain') return 'no such name';
  const { entries } = tree as Dict;
  const key = [...entries.keys()].find((name) => asks(entries, name));
  return (key && HEADS.get(key)?.symptom) || usual;
}

/** Whether some other journey takes this one in. */
function usedInside(world: World, name: string): boolean {
  for (const { tree } of world.journeys.values()) {
    const list = tree.is === 'list' ? tree : under(tree, 'stages');
    if (list?.is === 'list' && list.items.some((stage) => textOf(under(stage, 'works')) === name)) return true;
  }
  return false;
}
