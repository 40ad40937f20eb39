/** A looking glass on a terminal: the routes in a table, the best first, and what was not taken. */
import {
  bestSays,
  blockOf,
  type HeardRoute,
  keptFor,
  LOST_BY,
  leftOut,
  type Ms,
  marksOf,
  pathNumbers,
  type RouteTold,
  type Scenario,
} from '../../index.ts';
import { wrap } from './layout.ts';
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

/** `cloudflare (AS13335)`. */
export function systemName({ nodes }: Scenario, name: string): string {
  const asn = nodes.get(name)?.asn ?? null;
  return asn === null ? name : `${name} (AS${asn})`;
}

/** `lost`: since when there is no route; null: since the start, or there is one. */
export function routeLines(page: Page, told: RouteTold, lost: Ms | null, paint: Palette): string[] {
  const { scenario, at, width } = page;
  const { routes, network, prefix, cidr } = told;
  const [best] = routes;
  const where = `${systemName(scenario, network)} to ${blockOf(cidr, prefix)} at ${clockAt(scenario.start, at)}`;
  const none = `no route${lost === null ? '' : ` since ${clockAt(scenario.start, lost)}`}`;
  const lines = wrap(`${where}: ${best ? count(routes.length, 'route') : none}.`, width).map(paint.title);
  if (best) {
    lines.push(...wrap(`The best is ${bestSays(best, routes[1])}.`, width), '', ...rows(page, told, paint));
    if (routes.length > LISTED) lines.push(paint.dim(`and ${routes.length - LISTED} more; --format json lists each.`));
  }
  return [...lines, ...leftOut(told).flatMap((says) => ['', ...wrap(says, width).map(paint.dim)])];
}

type Heading = Column & { cell(route: HeardRoute): Cell };

function rows(
  { scenario, width }: Page,
  { routes, network, prefix }: RouteTold,
  { dim, good, warn }: Palette,
): string[] {
  const clock = (at: Ms): string => roundClock(scenario.start, at, scenario.run);
  const since = (route: HeardRoute): string =>
    [route.since > 0 ? clock(route.since) : 'the start', keptFor(route, clock)].filter(Boolean).join('; ');
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
    { head: 'Path', wraps: true, cell: ({ path }) => ({ text: pathNumbers(scenario, path) }) },
    ...(routes.some((route) => marks(route) !== '') ? [attributes] : []),
    {
      head: 'Since',
      wraps: true,
      cell: (route) => ({ text: since(route), paint: route.stands ? dim : warn }),
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
