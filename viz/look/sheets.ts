/** From what was found to what the page shows: looking glasses, and digs with what became of each server. */
import {
  bestSays,
  blockOf,
  byTitle,
  type DigTold,
  factName,
  isAsking,
  keptFor,
  keptSays,
  LOST_BY,
  type Looked,
  lackOf,
  leftOut,
  marksOf,
  pathNumbers,
  Reasons,
  type RouteTold,
  type Scenario,
  serverGroups,
  statusOf,
  type Told,
} from '../../sim/index.ts';
import { clockText } from '../frame/time.ts';
import type { LookWish } from '../thread/requests.ts';
import type { Sheet } from './sheet.ts';

/** So many routes are listed. */
const LISTED = 24;

export function sheetsOf(scenario: Scenario, { plan, trace, told }: Looked, { at, brief }: LookWish): readonly Sheet[] {
  const clock = (time: number): string => clockText(scenario.start, time, brief);
  const reasons = new Reasons(plan, trace, byTitle(scenario));
  const how = (fact: string | null): Sheet['how'] => {
    const change = fact === null ? null : (reasons.changeOf(fact, at) ?? null);
    return change === null ? [] : reasons.chain(change).map((one) => ({ time: clock(one.at), says: one.says }));
  };
  return told.flatMap((one) => sheetOf(scenario, one, clock, how));
}

function sheetOf(
  scenario: Scenario,
  told: Told,
  clock: (at: number) => string,
  how: (fact: string | null) => Sheet['how'],
): readonly Sheet[] {
  if (told.ask === 'route') return [routeSheet(scenario, told, clock, how)];
  if (told.ask === 'dig') return [digSheet(scenario, told, how)];
  return [];
}

function routeSheet(
  scenario: Scenario,
  told: RouteTold,
  clock: (at: number) => string,
  how: (fact: string | null) => Sheet['how'],
): Sheet {
  const { routes, network, prefix, cidr } = told;
  const [best] = routes;
  const edges = routes.some((route) => route.at !== network);
  const attributes = routes.some((route) => marksOf(route, prefix) !== '');
  const chain = best ? [] : how(factName('route', [network, prefix]));
  return {
    id: `route ${network} ${prefix}`,
    name: blockOf(cidr, prefix),
    word: best ? `${routes.length} ${routes.length === 1 ? 'route' : 'routes'}` : 'no route',
    good: best !== undefined,
    says: best ? `The best is ${bestSays(best, routes[1])}.` : '',
    head: [
      ...(edges ? ['At'] : []),
      'From',
      'Relation',
      'Pref',
      'Path',
      ...(attributes ? ['Attributes'] : []),
      'Since',
      'Lost by',
    ],
    rows: routes.slice(0, LISTED).map((route) => ({
      good: route.lostAt === null,
      cells: [
        ...(edges ? [route.at] : []),
        route.from ?? 'itself',
        route.neighbour,
        route.preference > 0 ? String(route.preference) : '',
        pathNumbers(scenario, route.path),
        ...(attributes ? [marksOf(route, prefix)] : []),
        [route.since > 0 ? clock(route.since) : 'start', keptFor(route, clock)].filter(Boolean).join('; '),
        route.lostAt === null ? 'best' : LOST_BY[route.lostAt],
      ],
    })),
    notes: [...(routes.length > LISTED ? [`And ${routes.length - LISTED} more.`] : []), ...leftOut(told)],
    how: chain,
  };
}

function digSheet(scenario: Scenario, told: DigTold, how: (fact: string | null) => Sheet['how']): Sheet {
  const status = statusOf(scenario, told);
  const names: DigTold[] = [];
  for (let one: DigTold | null = told; one; one = one.cname) names.push(one);
  return {
    id: `dig ${told.resolver} ${told.name}`,
    name: `${told.name} at ${told.resolver}`,
    word: status ?? (told.up && isAsking(told) ? 'no answer yet' : 'no answer'),
    good: status === 'NOERROR',
    says: '',
    head: ['Zone', 'Server', 'Asked now'],
    rows: names.flatMap(({ chain }) =>
      chain.flatMap(({ zone, servers }) =>
        serverGroups(servers).map(({ name, says, good }, k) => ({ good, cells: [k === 0 ? zone : '', name, says] })),
      ),
    ),
    notes: [
      ...names.map((one) => `${one.name}: ${keptSays(one)}.`),
      ...names.flatMap(({ chain }) =>
        chain.flatMap(({ zone, under, known, removed, bogus }) => [
          ...(bogus ? [`What is said of ${zone} fails the test (bogus).`] : []),
          ...(under !== null && known === false ? [`Whom to ask for ${zone} is not known any more.`] : []),
          ...(removed ? [`${zone} is removed.`] : []),
        ]),
      ),
    ],
    how: how(lackOf(scenario, told)),
  };
}
