/** A looking glass in words: why the best route is best, what each carries, and why others were not taken. */
import type { HeardRoute, RouteTold } from '../model/looks.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Ms } from '../model/units.ts';

/** `129.134.30.0/24 (ns-a)`, or the name alone where no block is written. */
export const blockOf = (cidr: string | null, prefix: string): string =>
  cidr === null ? prefix : `${cidr} (${prefix})`;

const A: Readonly<Record<HeardRoute['neighbour'], string>> = {
  own: 'itself',
  customer: 'a customer',
  peer: 'a peer',
  provider: 'a provider',
  sibling: 'a sibling',
  direct: 'the site itself',
};

/** By which step it lost. */
export const LOST_BY: Readonly<Record<NonNullable<HeardRoute['lostAt']>, string>> = {
  own: 'not its own',
  listed: 'list of paths',
  preference: 'preference',
  'path length': 'path length',
  MED: 'MED',
  neighbour: 'neighbour',
  edge: 'edge',
};

/** Why the best is the best: what decided between it and the one that came nearest. */
export function bestSays(best: HeardRoute, next: HeardRoute | undefined): string {
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

/** What a route carries beside its path; and of which announcement it is, where not of the one asked for. */
export const marksOf = (
  { med, communities, validity, onlyToCustomers, announcement }: HeardRoute,
  prefix: string,
): string =>
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
export const pathNumbers = ({ nodes }: Scenario, path: readonly string[]): string =>
  path.length === 0 ? 'local' : path.map((name) => nodes.get(name)?.asn ?? name).join(' ');

/** What was told and refused, by rule; who tells nothing, and who cannot: sentences, with who it was said of. */
export function leftOut({ refused, silent, unjoined, network }: RouteTold): readonly string[] {
  const byRule = new Map<string, string[]>();
  for (const one of refused) {
    const says = `Refused ${refusalSays(one, network)}: `;
    byRule.set(says, [...(byRule.get(says) ?? []), one.from]);
  }
  const all = [...byRule, ['Tell nothing of it: ', silent] as const, ['No session stands with: ', unjoined] as const];
  return all.flatMap(([front, names]) => (names.length === 0 ? [] : [`${front}${listed(names)}.`]));
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

/** So many names are read in a sentence. */
const SHORT = 8;
const listed = (names: readonly string[]): string => {
  const short = [...new Set(names)];
  return short.length <= SHORT
    ? short.join(', ')
    : `${short.slice(0, SHORT - 1).join(', ')} and ${short.length - SHORT + 1} more`;
};

/** For how long a route is kept that was heard over a session which does not stand; empty: it stands. */
export const keptFor = ({ stands, keptUntil }: HeardRoute, clock: (at: Ms) => string): string =>
  stands ? '' : keptUntil === null ? 'dead, kept' : `dead, kept until ${clock(keptUntil)}`;
