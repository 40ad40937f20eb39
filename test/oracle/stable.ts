/** Every stable state of a small internet, by trying out who hears from whom: slow, obvious, and nothing of the simulator's in it. */
import { bits } from './blocks.ts';
import type { Authorised, Block, Internet, Paths, Session, Speaker, Term, Trouble } from './internet.ts';

type Learnt = 'own' | 'customer' | 'peer' | 'provider';

interface Route {
  /** Numbers from the neighbour to the origin. */
  readonly path: readonly number[];
  readonly learnt: Learnt;
  readonly preference: number;
  readonly med: number;
  readonly communities: readonly string[];
  /** The system that said the route is only to customers (RFC 9234); null: none did. */
  readonly only: number | null;
  /** Place in the speaker's list of paths; 0 for all who have none. */
  readonly rank: number;
}

/** A session as its hearer sees it. */
interface Ear {
  readonly session: Session;
  readonly from: Speaker;
  readonly to: Speaker;
  /** What the teller is to the hearer, and the hearer to the teller. */
  readonly teller: Exclude<Learnt, 'own'>;
  readonly hearer: Exclude<Learnt, 'own'>;
}

const OWN: Route = { path: [], learnt: 'own', preference: 0, med: 0, communities: [], only: null, rank: 0 };
/** RFC 4271 §9.1.1 leaves the numbers to the operator: a customer pays, a peer is free, a provider costs. */
const PREFERENCE = { customer: 300, peer: 200, provider: 100 } as const;

/** What speakers use, as far as it is known: a speaker that is not in it may yet use something. */
type Used = ReadonlyMap<string, Offer>;

/**
 * All stable states of one block, each as the paths of all speakers; in no particular order. A state is a tree with the sites at its
 * root, so it is grown from there: whoever hears something either uses it, or holds out for what a speaker may tell that uses nothing
 * yet. Both are tried.
 */
export function stableStates(internet: Internet, block: Block, trouble: Trouble): readonly Paths[] {
  const ears = earsOf(internet, trouble);
  const names = internet.speakers.map(({ name }) => name);
  const sites = block.sites.filter((site) => !trouble.withdrawn.has(`${block.name} ${site}`));
  const found: Paths[] = [];

  /** What a speaker is told by those whose use is known. */
  const offered = (name: string, used: Used): readonly Offer[] =>
    (ears.get(name) as Ear[]).flatMap((ear) => {
      const told = used.get(ear.from.name);
      const route = told && heard(ear, told.route, block, internet.authorised ?? []);
      return route ? [{ ear, route }] : [];
    });
  /** Whether nobody is told something plainly better than what it uses; nothing that is told later can make up for that. */
  const holds = (used: Used): boolean =>
    [...used].every(
      ([name, { ear, route }]) => !ear || offered(name, used).every((one) => grade(route, one.route) <= 0),
    );
  const isStable = (used: Used): boolean =>
    names.every((name) => sites.includes(name) || best(offered(name, used))?.ear === used.get(name)?.ear);

  const grow = (used: Used, passed: ReadonlySet<Ear | null>): void => {
    for (const name of names) {
      if (used.has(name)) continue;
      const offers = offered(name, used);
      const fresh = offers.filter(({ ear }) => !passed.has(ear));
      const top = fresh.filter(({ route }) => fresh.every((other) => grade(route, other.route) <= 0));
      if (top[0] === undefined) continue;
      for (const offer of top) {
        const more = new Map([...used, [name, offer]]);
        if (holds(more)) grow(more, passed);
      }
      const { preference } = top[0].route;
      if ((ears.get(name) as Ear[]).some((ear) => !used.has(ear.from.name) && ceiling(ear) >= preference))
        grow(used, new Set([...passed, ...offers.map(({ ear }) => ear)]));
      return;
    }
    if (isStable(used)) found.push(Object.fromEntries(names.map((name) => [name, written(used.get(name)?.route)])));
  };
  grow(new Map(sites.map((site) => [site, { ear: null, route: OWN }])), new Set());
  return found;
}

/** The most that anything heard over an ear can be preferred. */
const ceiling = ({ session, teller, to }: Ear): number =>
  to.ranked
    ? Number.POSITIVE_INFINITY
    : Math.max(PREFERENCE[teller], ...importsOf(session, to).map(({ preference }) => preference ?? 0));

const written = (route: Route | undefined): string =>
  route === undefined ? '' : route.learnt === 'own' ? 'local' : route.path.join(' ');

/** A route with the ear it is heard over; null: one's own. */
interface Offer {
  readonly ear: Ear | null;
  readonly route: Route;
}

/** What counts before all else: negative where the first is better. */
const grade = (one: Route, other: Route): number =>
  one.rank - other.rank || other.preference - one.preference || one.path.length - other.path.length;

/**
 * The decision of RFC 4271 §9.1.2.2: preference, length, the lowest MED among routes of one neighbouring system, the lowest neighbour.
 * The MED is compared within each system first, and then among those left, so that the order of hearing does not matter.
 */
function best(offers: readonly Offer[]): Offer | undefined {
  const top = offers.filter(({ route }) => offers.every((other) => grade(route, other.route) <= 0));
  const left = top.filter(
    ({ ear, route }) =>
      !top.some((other) => other.ear?.from.number === ear?.from.number && other.route.med < route.med),
  );
  return left.sort(
    (a, b) => compare(a.ear?.from.name, b.ear?.from.name) || compare(a.ear?.session.name, b.ear?.session.name),
  )[0];
}
const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);

/** What arrives over an ear when its teller uses this route; null: nothing is told, or it is not taken. */
function heard(ear: Ear, route: Route, block: Block, authorised: readonly Authorised[]): Route | null {
  const { session, from, to, teller, hearer } = ear;
  // Whoever hears this keeps it to itself (RFC 1997).
  if (route.learnt !== 'own' && route.communities.includes('no-export')) return null;
  if (isForCustomers(session, from, hearer, route.only)) return null;
  // An MED is meant for the neighbour alone (RFC 4271 §5.1.4).
  const told = through(exportsOf(session, from), { ...route, med: 0 }, block, authorised, () => {
    return hearer === 'customer' || session.bgp === 'siblings' || route.learnt === 'own' || route.learnt === 'customer';
  });
  if (told === null) return null;
  const path = [...Array(1 + from.prepend + told.more).fill(from.number), ...told.path];
  if (path.includes(to.number)) return null;
  const rank = to.ranked ? to.ranked.findIndex((listed) => listed.join(' ') === path.join(' ')) : 0;
  if (rank < 0) return null;
  const marked = told.only ?? (hasRole(session, from) && hearer !== 'provider' ? from.number : null);
  if (hasRole(session, to) && isLeaked(ear, marked)) return null;
  const only = marked ?? (hasRole(session, to) && teller !== 'customer' ? from.number : null);
  const taken = { ...told, path, only, learnt: teller, rank, preference: PREFERENCE[teller] };
  return through(importsOf(session, to), taken, block, authorised, () => true);
}

/** There is no role for siblings. */
const hasRole = ({ bgp }: Session, { roles }: Speaker): boolean => roles === true && bgp !== 'siblings';
/** What is only for customers is told to no provider and to no peer. */
const isForCustomers = (session: Session, from: Speaker, hearer: Ear['hearer'], only: number | null): boolean =>
  hasRole(session, from) && only !== null && hearer !== 'customer';
/** Nor is it taken from a customer, or from a peer that has it from somebody else (RFC 9234 §5). */
const isLeaked = ({ teller, from }: Ear, marked: number | null): boolean =>
  marked !== null && (teller === 'customer' || (teller === 'peer' && marked !== from.number));

const exportsOf = (session: Session, { name }: Speaker): readonly Term[] =>
  session.ends[session.from === name ? 'from' : 'to'].exports;
const importsOf = (session: Session, { name }: Speaker): readonly Term[] =>
  session.ends[session.from === name ? 'from' : 'to'].imports;

function through(
  terms: readonly Term[],
  route: Route,
  block: Block,
  authorised: readonly Authorised[],
  otherwise: () => boolean,
): (Route & { readonly more: number }) | null {
  let now = { ...route, more: 0 };
  for (const term of terms) {
    if (!matches(term, now, block, authorised)) continue;
    now = {
      ...now,
      preference: term.preference ?? now.preference,
      med: term.med ?? now.med,
      more: now.more + (term.prepend ?? 0),
      communities: [...now.communities, ...(term.add ?? [])],
    };
    if (term.then) return term.then === 'accept' ? now : null;
  }
  return otherwise() ? now : null;
}

function matches(
  { within, over, communities, validity }: Term,
  route: Route,
  block: Block,
  authorised: readonly Authorised[],
): boolean {
  if (within && !lies(block.cidr, within)) return false;
  if (over !== undefined && !route.path.includes(over)) return false;
  if (validity && validityOf(block.cidr, route.path.at(-1), authorised) !== validity) return false;
  return !communities || communities.some((community) => route.communities.includes(community));
}

function lies(cidr: string, within: NonNullable<Term['within']>): boolean {
  const [inner, outer] = [bits(cidr), bits(within.cidr)];
  const length = inner.length - 1;
  return inner.startsWith(outer) && length >= within.from && length <= within.to;
}

/** RFC 6811 §2, of a route that was heard. */
function validityOf(cidr: string, origin: number | undefined, authorised: readonly Authorised[]): Term['validity'] {
  const covering = authorised.filter((one) => bits(cidr).startsWith(bits(one.cidr)));
  if (covering.length === 0) return 'not found';
  const isIt = (one: Authorised): boolean => one.origin === origin && bits(cidr).length - 1 <= one.longest;
  return covering.some(isIt) ? 'valid' : 'invalid';
}

function earsOf({ speakers, sessions }: Internet, { cut }: Trouble): Map<string, Ear[]> {
  const byName = new Map(speakers.map((speaker) => [speaker.name, speaker]));
  const ears = new Map<string, Ear[]>(speakers.map(({ name }) => [name, []]));
  for (const session of sessions) {
    if (cut.has(session.name)) continue;
    const [from, to] = [session.from, session.to].map((name) => byName.get(name)) as [Speaker, Speaker];
    // Who buys is the customer of whom it buys from; siblings count as each other's customers.
    const low = session.bgp === 'peers' ? 'peer' : 'customer';
    const high = session.bgp === 'peers' ? 'peer' : session.bgp === 'buys' ? 'provider' : 'customer';
    ears.get(to.name)?.push({ session, from, to, teller: low, hearer: high });
    ears.get(from.name)?.push({ session, from: to, to: from, teller: high, hearer: low });
  }
  return ears;
}
