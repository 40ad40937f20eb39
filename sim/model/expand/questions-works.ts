/** The question whether a journey works: for whom, and for how large a part of them. */
import type { Condition } from '../scenario.ts';
import type { Tree } from '../tree.ts';
import type { Asked } from './asked.ts';
import { parseSelector, type Selected, select } from './selectors.ts';
import { textOf } from './values.ts';
import type { People, World } from './world.ts';

/** Slow, stale and incomplete pages let people go on. */
const PASSES: readonly string[] = ['ok', 'slow', 'stale content', 'partly loaded'];

interface Group {
  readonly subjects: readonly string[];
  readonly people: number | null;
}

export function askWorks(asked: Asked): Condition | null {
  const { world, conditions, get, asker } = asked;
  const target = get('works') as Tree;
  const journey = select(world, [world.sections.journeys], target, asker);
  if (!journey) return null;
  const whom = get('for');
  const share = /^(\d+(?:\.\d+)?)% of\s/.exec(textOf(whom)?.trim() ?? '');
  const populations = whom ? pick(asked, whom, share !== null) : everyone(world, asker.population);
  if (!populations) return null;
  const resolver = asker.population === null ? null : asker.resolver;
  const groupsFor = (names: readonly string[], j: string) => {
    world.context.spend('work', names.length, target.at);
    return names.flatMap((name) => groupsOf(world.people.get(name), j, resolver));
  };
  const ask = (group: Group) => conditions.ask('works', group.subjects, target.at, { word: PASSES });
  const found = conditions.quantified(journey, (j) => {
    const groups = groupsFor(populations.names, j);
    if (groups.length === 0) return null;
    if (share) return byShare(asked, j, journey, groups, Number(share[1]) / 100, ask);
    if (populations.how !== 'atLeast') return gate(populations.how === 'any' ? 'any' : 'all', groups.map(ask));
    // So many populations, each of them whole.
    const names = populations.names.filter((name) => groupsFor([name], j).length > 0);
    return conditions.quantified({ ...populations, names }, (name) => gate('all', groupsFor([name], j).map(ask)));
  });
  if (found) return found;
  const who = whom ? (textOf(whom) ?? '') : 'this scenario';
  return conditions.wrong(
    target.at,
    `nobody in ${who} makes the journey ${journey.names[0]}`,
    'add it to what a population does',
  );
}

const gate = (how: 'any' | 'all', parts: readonly Condition[]): Condition => {
  if (parts.length === 1) return parts[0] as Condition;
  return how === 'any' ? { any: parts } : { all: parts };
};

/** For a share only the glob matters here; the people are weighed below. */
function pick(asked: Asked, whom: Tree, share: boolean): Pick<Selected, 'how' | 'count' | 'names'> | null {
  const { world, asker } = asked;
  if (!share || whom.is !== 'leaf') return select(world, [world.sections.nodes], whom, asker, ['population']);
  const text = `all ${parseSelector(whom.text.trim()).pattern}`;
  return select(world, [world.sections.nodes], { ...whom, value: text, text }, asker, ['population']);
}

/** In a journey these people themselves, elsewhere all who make it. */
const everyone = (world: World, population: string | null): Pick<Selected, 'how' | 'count' | 'names'> => ({
  how: 'all',
  count: 1,
  names: population === null ? [...world.people.keys()] : [population],
});

function groupsOf(people: People | undefined, journey: string, resolver: string | null): readonly Group[] {
  if (!people?.does.has(journey)) return [];
  return people.cohorts
    .filter((cohort) => resolver === null || cohort.resolver === resolver)
    .map((cohort) => ({
      subjects: cohort.resolver === null ? [people.name, journey] : [people.name, journey, cohort.resolver],
      people: people.people === null ? null : people.people * cohort.share,
    }));
}

/** "Works for 95% of them": by count where all groups are as large, else by the number of people it fails for. */
function byShare(
  asked: Asked,
  journey: string,
  journeys: Selected,
  groups: readonly Group[],
  share: number,
  ask: (group: Group) => Condition,
): Condition {
  const { conditions, world, get } = asked;
  const at = (get('for') as Tree).at;
  if (share <= 0 || share > 1)
    return conditions.wrong(at, `expected a share above 0% and up to 100%, found ${share * 100}%`);
  const sizes = groups.map((group) => group.people);
  const equal = sizes.every(
    (size) => size === sizes[0] || (size !== null && sizes[0] != null && Math.abs(size - sizes[0]) <= 1e-9 * size),
  );
  if (equal) {
    const count = Math.max(1, Math.ceil(share * groups.length - 1e-9));
    const parts = groups.map(ask);
    if (parts.length === 1) return parts[0] as Condition;
    return count === parts.length ? { all: parts } : { atLeast: count, of: parts };
  }
  const everybody = [...world.people.values()]
    .filter((people) => people.does.has(journey))
    .flatMap((people) => groupsOf(people, journey, null));
  if (journeys.names.length > 1 || sizes.includes(null) || everybody.length !== groups.length) {
    return conditions.wrong(
      at,
      'this share cannot be weighed: the groups differ in size',
      'ask for one journey and all the people who make it, or for any or all of them',
    );
  }
  const total = (sizes as number[]).reduce((sum, size) => sum + size, 0);
  // Exactly the missing share may fail; the sum of parts is not exact to the last bit.
  const limit = total * (1 - share) * (1 + 1e-9) + 1e-9;
  return { not: conditions.ask('affected', [journey], at, { above: limit, below: limit }) };
}
