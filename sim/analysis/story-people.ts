/** Journeys in sentences: what works for whom, how many people that is, and what they see instead. */
import type { Journey, Scenario } from '../model/scenario.ts';
import { sayNumber } from './sentences.ts';
import type { Line } from './story-fold.ts';
import { listed, type Names } from './story-names.ts';
import { cohortOf, isGood, partsOf } from './story-tale.ts';

export function sayWorks(scenario: Scenario, names: Names, { subjects, value, turn }: Line): string {
  const journeys = subjects[0] as readonly string[];
  const what = listed(journeys.map((name) => names.one(name)));
  const many = journeys.length > 1;
  const cohorts = new Set(subjects[1]);
  const all = cohortsOf(scenario, journeys);
  const whom = `${whomOf(names, cohorts, all)}${headsOf(cohorts, all)}`;
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
  const whom = whomOf(names, cohorts, cohortsOf(scenario, journeys));
  const many = journeys.length > 1;
  if (slope === 0) return `${what} ${many ? 'let' : 'lets'} in newcomers again, for ${whom}`;
  return `${what} ${many ? 'turn' : 'turns'} away newcomers, for ${whom}; who is signed in goes on until the session ends`;
}

const cohortsOf = ({ journeys }: Scenario, names: readonly string[]): ReadonlyMap<string, Journey> =>
  new Map(
    journeys
      .filter(({ name }) => names.includes(name))
      .map((one) => [cohortOf(one.population, one.resolver ?? undefined), one]),
  );

/** How many people that is; nothing where it is not known. */
function headsOf(cohorts: ReadonlySet<string>, all: ReadonlyMap<string, Journey>): string {
  let sum = 0;
  for (const cohort of cohorts) {
    const people = all.get(cohort)?.people ?? null;
    if (people === null) return '';
    sum += people;
  }
  return ` (${sayNumber(sum)} people)`;
}

/** Everybody, whole populations, or those who ask certain resolvers. */
function whomOf(names: Names, cohorts: ReadonlySet<string>, all: ReadonlyMap<string, Journey>): string {
  const populations = distinct([...all.keys()].map((cohort) => partsOf(cohort)[0]));
  if (cohorts.size === all.size && populations.length > 1) return 'everybody';
  /** The populations, or the resolvers, of these people, if they are all the people of those. */
  const whole = (part: 0 | 1): readonly string[] | null => {
    const some = new Set([...cohorts].map((cohort) => partsOf(cohort)[part]));
    const theirs = [...all.keys()].filter((cohort) => some.has(partsOf(cohort)[part]));
    return theirs.length === cohorts.size && !some.has(undefined) ? distinct(some as ReadonlySet<string>) : null;
  };
  const those = whole(0);
  if (those) return names.phrase(those, populations, false).text;
  const asking = whole(1);
  if (asking) return `those who ask ${names.phrase(asking, asking, false).text}`;
  const askers = distinct([...cohorts].map((cohort) => partsOf(cohort)[0]));
  if (askers.length > 1) return `${cohorts.size} of ${all.size} groups of people`;
  const resolvers = distinct([...cohorts].flatMap((cohort) => partsOf(cohort)[1] ?? []));
  return `${names.one(askers[0] as string)} asking ${names.phrase(resolvers, resolvers, false).text}`;
}

const distinct = (names: Iterable<string>): readonly string[] => [...new Set(names)];
