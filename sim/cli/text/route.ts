/** A looking glass on a terminal: the routes in a table, the best first, and what was not taken. */
import type { HeardRoute, Ms, RouteTold, Scenario } from '../../index.ts';
import { hang, wrap } from './layout.ts';
import type { Palette } from './paint.ts';
import { type Cell, type Column, table } from './table.ts';
import { clockAt, count, roundClock } from './words.ts';

interface Page {
  readonly scenario: Scenario;
  readonly at: Ms;
  readonly width: number;
}

/** So many routes are listed; the rest are like them. */
const LISTED = 24;

/** `129.134.30.0/24 (ns-a)`, or the name alone where no block is written. */
export const blockOf = (cidr: string | null, prefix: string): string =>
  cidr === null ? prefix : `${cidr} (${prefix})`;

/** `cloudflare (AS13335)`. */
export function systemName({ nodes }: Scenario, name: string): string {
  const asn = nodes.get(name)?.asn ?? null;
  return asn === null ? name : `${name} (AS${asn})`;
}

const A: Readonly<Record<HeardRoute['neighbour'], string>> = {
  own: 'itself',
  customer: 'a customer',
  peer: 'a peer',
  provider: 'a provider',
  sibling: 'a sibling',
  direct: 'the site itself',
};

type Step = NonNullable<HeardRoute['decidedBy']>;
const LOST_BY: Readonly<Record<Step, string>> = {
  own: 'not its own',
  'listed path': 'list of paths',
  preference: 'preference',
  'path length': 'path length',
  'lower neighbour': 'neighbour',
  'lower edge': 'edge',
};

export function routeLines(page: Page, told: RouteTold, paint: Palette): string[] {
  const { scenario, at, width } = page;
  const { routes, network, prefix, cidr } = told;
  const [best] = routes;
  const where = `${systemName(scenario, network)} to ${blockOf(cidr, prefix)} at ${clockAt(scenario.start, at)}`;
  const head = best ? `${where}: ${count(routes.length, 'route')}.` : `${where}: no route.`;
  const lines = wrap(head, width).map(paint.title);
  if (best) {
    lines.push(...wrap(`The best is ${bestSentence(best, routes[1])}.`, width), '', ...rows(page, told, paint));
    if (routes.length > LISTED) lines.push(paint.dim(`and ${routes.length - LISTED} more; --format json lists each.`));
  }
  return [...lines, ...leftOut(told, width, paint)];
}

/** Why the best is the best. */
function bestSentence(best: HeardRoute, next: HeardRoute | undefined): string {
  const by = best.from === null ? 'its own' : `from ${best.from}, ${A[best.neighbour]}`;
  switch (best.decidedBy) {
    case null:
      return `${by}: it is the only one`;
    case 'own':
      return `${by}: what one announces oneself goes before all that is heard`;
    case 'listed path':
      return `${by}: its path comes first among those that ${best.at} takes`;
    case 'preference':
      return `${by}: its preference is higher than the next one's, ${best.preference} over ${next?.preference}`;
    case 'path length':
      return `${by}: of equal preference, its path is shorter, ${best.path.length} over ${next?.path.length}`;
    default:
      return `${by}: all else is equal, and ${best.decidedBy === 'lower edge' ? best.at : best.from} comes first by name`;
  }
}

function rows({ scenario, width }: Page, { routes, network }: RouteTold, { dim, good, warn }: Palette): string[] {
  const edges = new Set(routes.map(({ at }) => at));
  const shown = routes.slice(0, LISTED);
  const inside = edges.size > 1 || routes.some(({ at }) => at !== network);
  const since = ({ since: at, borneUntil }: HeardRoute): string =>
    `${at > 0 ? roundClock(scenario.start, at, scenario.run) : 'the start'}${borneUntil === null ? '' : `, dead, kept until ${roundClock(scenario.start, borneUntil, scenario.run)}`}`;
  const columns: readonly (Column & { cell(route: HeardRoute): Cell })[] = [
    { head: '', cell: ({ best }) => ({ text: best ? '>' : '', paint: good }) },
    ...(inside ? [{ head: 'At', cell: ({ at }: HeardRoute) => ({ text: at }) }] : []),
    { head: 'From', cell: ({ from }) => ({ text: from ?? 'itself' }) },
    { head: 'Relation', cell: ({ neighbour }) => ({ text: neighbour }) },
    { head: 'Pref', align: 'right', cell: ({ preference }) => ({ text: preference > 0 ? String(preference) : '' }) },
    { head: 'Len', align: 'right', cell: ({ path }) => ({ text: String(path.length) }) },
    { head: 'Path', wraps: true, cell: ({ path }) => ({ text: numbers(scenario, path) }) },
    {
      head: 'Since',
      wraps: true,
      cell: (route) => ({ text: since(route), paint: route.borneUntil === null ? dim : warn }),
    },
    {
      head: 'Lost by',
      wraps: true,
      cell: ({ best, decidedBy }) => ({ text: best ? 'best' : LOST_BY[decidedBy as Step], paint: best ? good : dim }),
    },
  ];
  return table(
    columns,
    shown.map((route) => columns.map(({ cell }) => cell(route))),
    width,
    dim,
  );
}

/** As looking glasses write them: by number where there is one. */
const numbers = ({ nodes }: Scenario, path: readonly string[]): string =>
  path.length === 0 ? 'local' : path.map((name) => nodes.get(name)?.asn ?? name).join(' ');

/** What was told and refused, by rule; and who tells nothing. */
function leftOut({ refused, silent, network }: RouteTold, width: number, paint: Palette): string[] {
  const says = {
    loop: `the path leads through ${network} itself (loop)`,
    'not a listed path': `the path is none of those that ${network} takes`,
  };
  const rules = [...new Set(refused.map(({ rule }) => rule))].map((rule) => ({
    front: `Refused, as ${says[rule]}: `,
    names: refused.filter((one) => one.rule === rule).map(({ from }) => from),
  }));
  const all = [...rules, { front: 'Tell nothing of it: ', names: [...silent] }].filter(({ names }) => names.length > 0);
  return all.flatMap(({ front, names }) => ['', ...hang('', `${front}${listed(names)}.`, width).map(paint.dim)]);
}

const SHORT = 8;
const listed = (names: readonly string[]): string => {
  const short = [...new Set(names)];
  return short.length <= SHORT
    ? short.join(', ')
    : `${short.slice(0, SHORT - 1).join(', ')} and ${short.length - SHORT + 1} more`;
};
