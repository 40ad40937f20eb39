/** The terms of policies, made ready for one topology: what they ask of a route, and what they make of it. */
import { covers, lengthOf } from '../../model/blocks.ts';
import type { Learnt, Policy, PolicyTerm, Prefix, RouteMatch, Validity } from '../../model/scenario.ts';
import type { Communities } from './communities.ts';
import type { Paths } from './paths.ts';
import { isLike, type Pattern, patternOf } from './patterns.ts';
import type { Topology } from './topology.ts';

/** A route before a policy. */
export interface Subject {
  readonly announcement: Prefix;
  /** Without the number of the one who is about to tell it. */
  readonly path: number;
  readonly communities: number;
  readonly learnt: Learnt;
  validity(): Validity;
}

/** What has become of it. */
export interface Verdict {
  readonly then: 'accept' | 'reject' | null;
  /** The term that accepted or refused it, by name. */
  readonly by: string | null;
  readonly preference: number | null;
  readonly med: number | null;
  /** How many times more one's own number goes in front. */
  readonly prepend: number;
  readonly communities: number;
}

/** What terms are read with. */
export interface Reading {
  readonly paths: Paths;
  readonly communities: Communities;
  numberOf(system: string): number;
}

export interface Term {
  readonly written: PolicyTerm;
  readonly patterns: readonly Pattern[] | null;
  /** Whether its condition holds, as of the last phase. */
  on: boolean;
}

export const termsOf = ({ terms }: Policy, { numberOf }: Reading): readonly Term[] =>
  terms.map((written) => ({
    written,
    patterns: written.match.paths?.map((names) => patternOf(names, numberOf)) ?? null,
    on: written.while === null,
  }));

/** Whether routes to a block go by relation alone and have no attributes: no policy may match one, and nothing is told beside the path. */
export function isPlain({ imports, exports, roles }: Topology, announcements: readonly Prefix[]): boolean {
  if (announcements.some(({ tail, communities }) => tail.length + communities.length > 0)) return false;
  if (announcements.length > 1 || roles.includes(1)) return false;
  const policies = new Set([...imports.values(), ...exports.values()]);
  return ![...policies].some(({ terms }) => terms.some((term) => mayMatch(term, announcements)));
}

/** Whether a term may match some route to a block, by what is known of the block alone. */
export function mayMatch({ match }: PolicyTerm, announcements: readonly Prefix[]): boolean {
  const { prefixes, within } = match;
  if (prefixes && !announcements.some(({ name }) => prefixes.includes(name))) return false;
  const cidr = announcements[0]?.cidr ?? null;
  return within === null || (cidr !== null && within.some((area) => isWithin(cidr, area)));
}

function isWithin(cidr: string, area: NonNullable<RouteMatch['within']>[number]): boolean {
  const length = lengthOf(cidr);
  return length >= area.from && length <= area.to && covers(area.cidr, cidr);
}

/** Takes a route through the terms in their order, up to the first that accepts or refuses it. */
export function judge(terms: readonly Term[], subject: Subject, reading: Reading): Verdict {
  let { communities } = subject;
  let preference: number | null = null;
  let med: number | null = null;
  let prepend = 0;
  for (const term of terms) {
    const { set, then } = term.written;
    if (!term.on || !matches(term, subject, communities, reading)) continue;
    preference = set.preference ?? preference;
    med = set.med ?? med;
    prepend += set.prepend;
    communities = reading.communities.changed(communities, set.add, set.remove);
    if (then !== null) return { then, by: term.written.name, preference, med, prepend, communities };
  }
  return { then: null, by: null, preference, med, prepend, communities };
}

/** Whether a route is all that a term asks; of where its block lies `mayMatch` has judged. */
function matches({ written, patterns }: Term, subject: Subject, communities: number, reading: Reading): boolean {
  const { match } = written;
  const { paths } = reading;
  if (match.prefixes && !match.prefixes.includes(subject.announcement.name)) return false;
  if (match.learnt && !match.learnt.includes(subject.learnt)) return false;
  if (match.communities && !match.communities.some((name) => reading.communities.has(communities, name))) return false;
  if (match.length) {
    const length = paths.length(subject.path);
    if (length < match.length.from || length > match.length.to) return false;
  }
  if (patterns && !patterns.some((pattern) => isLike(paths, pattern, subject.path))) return false;
  return match.validity === null || match.validity.includes(subject.validity());
}
