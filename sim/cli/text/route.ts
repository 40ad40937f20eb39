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

const LOST_BY: Readonly<Record<NonNullable<HeardRoute['lostAt']>, string>> = {
  own: 'not its own',
  listed: 'list of paths',
  preference: 'preference',
  'path length': 'path length',
  MED: 'MED',
  neighbour: 'neighbour',
  edge: 'edge',
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

/** Why the best is the best: what decided between it and the one that came nearest. */
function bestSentence(best: HeardRoute, next: HeardRoute | undefined): string {
  const by = best.from === null ? 'its own' : `from ${best.from}, ${A[best.neighbour]}`;
  if (!next) return `${by}: it is the only one`;
  switch (next.lostAt) {
    case 'own':
      return `${by}: what one announces oneself goes before all that is heard`;
    case 'listed':
      return `${by}: its path comes first among those that ${best.at} takes`;
    case 'preference':
      return `${by}: its preference is higher than the next one's, ${best.preference} over ${next.preference}`;
    case 'path length':
      return `${by}: of equal preference, its path is shorter, ${best.path.length} over ${next.path.length}`;
    case 'MED':
      return `${by}: its neighbour asks for this way, by the lower MED, ${best.med} under ${next.med}`;
    default:
      return `${by}: all else is equal, and ${next.lostAt === 'edge' ? best.at : best.from} comes first by name`;
  }
}

type Heading = Column & { cell(route: HeardRoute): Cell };

function rows(
  { scenario, width }: Page,
  { routes, network, prefix }: RouteTold,
  { dim, good, warn }: Palette,
): string[] {
  const clock = (at: Ms): string => roundClock(scenario.start, at, scenario.run);
  const since = ({ since: at, borneUntil }: HeardRoute): string =>
    `${at > 0 ? clock(at) : 'the start'}${borneUntil === null ? '' : `; dead, kept until ${clock(borneUntil)}`}`;
  const marks = (route: HeardRoute): string => marksOf(route, prefix);
  const where: Heading = { head: 'At', cell: ({ at }) => ({ text: at }) };
  const attributes: Heading = { head: 'Attributes', wraps: true, cell: (route) => ({ text: marks(route) }) };
  const columns: readonly Heading[] = [
    { head: '', cell: ({ lostAt }) => ({ text: lostAt === null ? '>' : '', paint: good }) },
    ...(routes.some(({ at }) => at !== network) ? [where] : []),
    { head: 'From', cell: ({ from }) => ({ text: from ?? 'itself' }) },
    { head: 'Relation', cell: ({ neighbour }) => ({ text: neighbour }) },
    { head: 'Pref', align: 'right', cell: ({ preference }) => ({ text: preference > 0 ? String(preference) : '' }) },
    { head: 'Len', align: 'right', cell: ({ path }) => ({ text: String(path.length) }) },
    { head: 'Path', wraps: true, cell: ({ path }) => ({ text: numbers(scenario, path) }) },
    ...(routes.some((route) => marks(route) !== '') ? [attributes] : []),
    {
      head: 'Since',
      wraps: true,
      cell: (route) => ({ text: since(route), paint: route.borneUntil === null ? dim : warn }),
    },
    {
      head: 'Lost by',
      wraps: true,
      cell: ({ lostAt }) => ({ text: lostAt === null ? 'best' : LOST_BY[lostAt], paint: lostAt === null ? good : dim }),
    },
  ];
  const shown = routes.slice(0, LISTED);
  return table(
    columns,
    shown.map((route) => columns.map(({ cell }) => cell(route))),
    width,
    dim,
  );
}

/** What a route carries beside its path; and of which announcement it is, where not of the one asked for. */
const marksOf = ({ med, communities, validity, onlyToCustomers, announcement }: HeardRoute, prefix: string): string =>
  [
    announcement === prefix ? null : `of ${announcement}`,
    validity,
    med === 0 ? null : `MED ${med}`,
    ...communities,
    onlyToCustomers === null ? null : `for customers, says ${onlyToCustomers}`,
  ]
    .filter((mark) => mark !== null)
    .join(', ');

/** As looking glasses write them: by number where there is one. */
const numbers = ({ nodes }: Scenario, path: readonly string[]): string =>
  path.length === 0 ? 'local' : path.map((name) => nodes.get(name)?.asn ?? name).join(' ');

/** What was told and refused, by rule; and who tells nothing. */
function leftOut({ refused, silent, network }: RouteTold, width: number, paint: Palette): string[] {
  const byRule = new Map<string, string[]>();
  for (const one of refused) {
    const says = `Refused ${refusalSays(one, network)}: `;
    byRule.set(says, [...(byRule.get(says) ?? []), one.from]);
  }
  const all = [...byRule, ['Tell nothing of it: ', silent] as const].filter(([, names]) => names.length > 0);
  return all.flatMap(([front, names]) => ['', ...hang('', `${front}${listed(names)}.`, width).map(paint.dim)]);
}

function refusalSays({ rule, term }: RouteTold['refused'][number], network: string): string {
  switch (rule) {
    case 'loop':
      return `as the path leads through ${network} itself (loop)`;
    case 'not listed':
      return `as the path is none of those that ${network} takes`;
    case 'role':
      return 'as it is for customers only, and so was leaked (RFC 9234)';
    case 'policy':
      return `by ${term?.join('.')}`;
  }
}

const SHORT = 8;
const listed = (names: readonly string[]): string => {
  const short = [...new Set(names)];
  return short.length <= SHORT
    ? short.join(', ')
    : `${short.slice(0, SHORT - 1).join(', ')} and ${short.length - SHORT + 1} more`;
};
