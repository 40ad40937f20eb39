/** Journeys in sentences: what works for whom, how many people that is, and what they see instead. */
import type { Journey, Scenario } from '../model/scenario.ts';
import { sayNumber } from './sentences.ts';
import type { Line } from './story-fold.ts';
import { listed, type Names } from './story-names.ts';
import { cohortOf, isGood, partsOf } from './story-tale.ts';

/** Longer lists of apps with their people are cut. */
const APPS = 4;

export function sayWorks(scenario: Scenario, names: Names, { subjects, value, turn }: Line): string {
  const journeys = subjects[0] as readonly string[];
  const cohorts = new Set(subjects[1]);
  const all = cohortsOf(scenario, journeys);
  const apps = appsOf(scenario, journeys, cohorts);
  const sayOne = (journeys: readonly string[]): string => listed(journeys.map((name) => names.one(name)));
  const many = journeys.length > 1 || isPlural(names.one(journeys[0] as string));
  const begins = turn === 'begins' && apps.length > 1;
  const what = begins ? sayApps(apps, sayOne) : sayOne(journeys);
  const whom = `${whomOf(scenario, names, cohorts, all)}${begins ? '' : sayMost(apps)}`;
  if (value === 'ok') return `${what} ${many ? 'work' : 'works'} again for ${whom}`;
  if (isGood('works', value)) return `${what} ${many ? 'get' : 'gets'} through for ${whom}, but with trouble: ${value}`;
  return turn === 'begins'
    ? `${what} ${many ? 'fail' : 'fails'} for ${whom}: ${value}`
    : `${what} still ${many ? 'fail' : 'fails'} for ${whom}, now with: ${value}`;
}

/** Newcomers alone are stopped, and everybody else when his session ends; or they are no longer. */
export function sayStopped(scenario: Scenario, names: Names, { subjects, slope }: Line): string {
  const journeys = subjects[0] as readonly string[];
  const what = listed(journeys.map((name) => names.one(name)));
  const cohorts = new Set(subjects[1]);
  const whom = whomOf(scenario, names, cohorts, cohortsOf(scenario, journeys));
  const many = journeys.length > 1;
  if (slope === 0) return `${what} ${many ? 'let' : 'lets'} in newcomers again, for ${whom}`;
  return `${what} ${many ? 'turn' : 'turns'} away newcomers, for ${whom}; who is signed in goes on until the session ends`;
}

/** `photos`, `messages`; not `status`, `access` or `analysis`. */
const isPlural = (title: string): boolean => /[^sui]s$/.test(title);

const cohortsOf = ({ journeys }: Scenario, names: readonly string[]): ReadonlyMap<string, Journey> =>
  new Map(
    journeys
      .filter(({ name }) => names.includes(name))
      .map((one) => [cohortOf(one.population, one.resolver ?? undefined), one]),
  );

/** Journeys of the same people. */
interface App {
  readonly journeys: readonly string[];
  /** How many of those told of; null where it is not known. */
  readonly people: number | null;
}

/** By those of these people who make them; the most people first. Who does one thing is in one population that does it. */
function appsOf(scenario: Scenario, journeys: readonly string[], cohorts: ReadonlySet<string>): readonly App[] {
  const apps = new Map<string, { journeys: string[]; people: number | null }>();
  for (const name of journeys) {
    const theirs = [...cohortsOf(scenario, [name])].filter(([cohort]) => cohorts.has(cohort));
    const key = JSON.stringify(theirs.map(([cohort]) => cohort));
    const people = theirs.reduce<number | null>(
      (sum, [, one]) => (sum === null || one.people === null ? null : sum + one.people),
      0,
    );
    const app = apps.get(key);
    if (app) app.journeys.push(name);
    else apps.set(key, { journeys: [name], people });
  }
  return [...apps.values()].sort((a, b) => (b.people ?? -1) - (a.people ?? -1));
}

/** Each with its people. Who has one app may well have another: numbers of people stand side by side, and are never summed. */
function sayApps(apps: readonly App[], sayOne: (journeys: readonly string[]) => string): string {
  const told = apps.slice(0, APPS).map(({ journeys, people }, k) => {
    const heads = people === null ? '' : ` (${sayNumber(people)}${k === 0 ? ' people' : ''})`;
    return sayOne(journeys) + heads;
  });
  const more = apps.slice(APPS).reduce((sum, { journeys }) => sum + journeys.length, 0);
  return listed(more > 0 ? [...told, `${more} more`] : told);
}

/** How many people that is, or of the app that most of them have; nothing where it is not known. */
function sayMost(apps: readonly App[]): string {
  const [most] = apps;
  if (!most || apps.some(({ people }) => people === null)) return '';
  const heads = `${sayNumber(most.people as number)} people`;
  return apps.length === 1 ? ` (${heads})` : ` (up to ${heads} each)`;
}

/** Everybody, everybody somewhere, whole populations, or those who ask certain resolvers. */
function whomOf(
  { nodes }: Scenario,
  names: Names,
  cohorts: ReadonlySet<string>,
  all: ReadonlyMap<string, Journey>,
): string {
  const populations = distinct([...all.keys()].map((cohort) => partsOf(cohort)[0]));
  if (cohorts.size === all.size && populations.length > 1) return 'everybody';
  /** The populations, or the resolvers, of these people, if they are all the people of those. */
  const whole = (part: 0 | 1): readonly string[] | null => {
    const some = new Set([...cohorts].map((cohort) => partsOf(cohort)[part]));
    const theirs = [...all.keys()].filter((cohort) => some.has(partsOf(cohort)[part]));
    return theirs.length === cohorts.size && !some.has(undefined) ? distinct(some as ReadonlySet<string>) : null;
  };
  const those = whole(0);
  const placeOf = (population: string): string => nodes.get(population)?.place ?? '';
  const places = distinct((those ?? []).map(placeOf));
  const there = populations.filter((population) => places.includes(placeOf(population)));
  if (those && there.length > places.length && there.length === those.length && !places.includes(''))
    return `everybody in ${names.phrase(places, distinct(populations.map(placeOf)), false).text}`;
  if (those) return names.phrase(those, populations, false).text;
  const asking = whole(1);
  if (asking) return `those who ask ${names.phrase(asking, asking, false).text}`;
  const askers = distinct([...cohorts].map((cohort) => partsOf(cohort)[0]));
  if (askers.length > 1) return `${cohorts.size} of ${all.size} groups of people`;
  const resolvers = distinct([...cohorts].flatMap((cohort) => partsOf(cohort)[1] ?? []));
  return `${names.one(askers[0] as string)} asking ${names.phrase(resolvers, resolvers, false).text}`;
}

const distinct = (names: Iterable<string>): readonly string[] => [...new Set(names)];
