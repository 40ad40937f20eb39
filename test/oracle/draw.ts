/** Small internets drawn from a seed: a hierarchy of providers and customers with peers between, some of it with policies of its own. */
import { type Block, type End, type Internet, PLAIN, type Session, type Speaker, type Term } from './internet.ts';
import { dice } from './networks.ts';

/** Four blocks: of one site, of two, and one inside another. */
export const CIDRS = { one: '10.1.0.0/16', two: '10.2.0.0/16', wide: '10.3.0.0/16', deep: '10.3.8.0/24' };

const TAGS = ['tag-1', 'tag-2'];
const SLIM = { cidr: CIDRS.two, from: 16, to: 16 };

/** Customers pay, peers do not, and nobody is its own provider: one stable state (Gao and Rexford 2001). */
export function drawInternet(seed: number): Internet {
  const roll = dice(seed);
  const speakers = drawSpeakers(4 + roll(9), roll);
  const sessions = drawSessions(speakers, roll);
  return { speakers, sessions, blocks: drawBlocks(speakers, roll) };
}

/** The same with terms of their own at some ends, and with networks of two routers: one stable state, several, or none. */
export function drawPolicies(seed: number): Internet {
  const roll = dice(seed);
  const alone = drawSpeakers(4 + roll(7), roll);
  // Two routers of one system often have the same neighbours: then the MED decides.
  const twins = alone
    .filter((_, index) => index > 0 && roll(3) === 0)
    .slice(0, 2)
    .map(({ number }, index) => ({ name: `s${index + 1}`, number, prepend: 0, ranked: null }));
  const speakers = [...alone, ...twins].map((one) =>
    twins.some(({ number }) => number === one.number) ? { ...one, prepend: 0 } : one,
  );
  const sessions = drawSessions(speakers, roll).map((session, index): Session => {
    const [from, to] = [session.from, session.to].map((own) => drawEnd(speakers, own, roll)) as [End, End];
    // Each tag is put on somewhere.
    const tags = index === 0 ? TAGS.map((tag): Term => ({ within: SLIM, add: [tag] })) : [];
    return { ...session, ends: { from: { ...from, exports: [...tags, ...from.exports] }, to } };
  });
  return { speakers, sessions, blocks: drawBlocks(alone, roll) };
}

/**
 * Three customers that hear of one block over several systems, and over several routers of each, always at the same length: the MED
 * decides within a system, the lowest neighbour between systems. Each router hears of it from another site, so that its path shows it.
 */
export function drawRivals(seed: number): Internet {
  const roll = dice(seed);
  // By system how many routers it has: three sites, then those that sell, then those that buy.
  const systems = [1, 1, 1, 3, 2, 1, 1, 1, 1].flatMap((routers, system) => Array<number>(routers).fill(65001 + system));
  const names = shuffled(
    systems.map((_, index) => `r${String(index + 1).padStart(2, '0')}`),
    roll,
  );
  const speakers = systems.map((number, index) => ({ name: names[index] as string, number, prepend: 0, ranked: null }));
  const [sites, sellers, buyers] = [speakers.slice(0, 3), speakers.slice(3, 9), speakers.slice(9)];
  const buys = (from: Speaker, to: Speaker): Session => {
    const exports = roll(4) === 0 ? [] : [{ med: 10 * roll(4) }];
    const ends = { from: PLAIN, to: { imports: [], exports } };
    return { name: `${from.name}-${to.name}`, from: from.name, to: to.name, bgp: 'buys', ends };
  };
  const sessions = [
    ...sellers.map((seller, index) => buys(seller, sites[index % 3] as Speaker)),
    ...buyers.flatMap((buyer) =>
      shuffled(sellers, roll)
        .slice(0, 3 + roll(4))
        .map((seller) => buys(buyer, seller)),
    ),
  ];
  return { speakers, sessions, blocks: [{ name: 'any', cidr: CIDRS.one, sites: sites.map(({ name }) => name) }] };
}

export type Roll = (below: number) => number;

function drawSpeakers(count: number, roll: Roll): readonly Speaker[] {
  // Who stands above whom has nothing to do with the names, which break ties.
  const names = shuffled(
    Array.from({ length: count }, (_, i) => `r${String(i + 1).padStart(2, '0')}`),
    roll,
  );
  return names.map((name, index): Speaker => {
    const prepend = roll(4) === 0 ? 1 + roll(2) : 0;
    return { name, number: 65001 + index, prepend, ranked: null };
  });
}

/** Each but the first buys of one or two before it, or of those that a router of its own system buys of and sells to; some peer. */
function drawSessions(speakers: readonly Speaker[], roll: Roll): readonly Session[] {
  const sessions = new Map<string, Session>();
  const join = (one: number, other: number, bgp: Session['bgp']): void => {
    const [from, to] = [speakers[one] as Speaker, speakers[other] as Speaker];
    const key = [from.name, to.name].sort().join(' ');
    if (from.number === to.number || sessions.has(key)) return;
    const ends = { from: PLAIN, to: PLAIN };
    sessions.set(key, { name: `${from.name}-${to.name}`, from: from.name, to: to.name, bgp, ends });
  };
  const at = (name: string): number => speakers.findIndex((one) => one.name === name);
  for (let i = 1; i < speakers.length; i++) {
    const elder = speakers.findIndex((one) => one.number === (speakers[i] as Speaker).number);
    for (let k = 1 + roll(2); k > 0 && elder === i; k--) join(i, roll(i), 'buys');
    if (elder === i) continue;
    for (const { from, to, bgp } of [...sessions.values()]) {
      if (from === speakers[elder]?.name) join(i, at(to), bgp);
      else if (to === speakers[elder]?.name) join(at(from), i, bgp);
    }
  }
  const count = speakers.length;
  for (let k = 1 + roll(count); k > 0; k--) join(roll(count), roll(count), 'peers');
  return [...sessions.values()];
}

function drawBlocks(speakers: readonly Speaker[], roll: Roll): readonly Block[] {
  const names = speakers.map(({ name }) => name);
  return Object.entries(CIDRS).map(([name, cidr]): Block => {
    const sites = [names[roll(names.length)] as string];
    if (name === 'two') sites.push(names.filter((one) => one !== sites[0])[roll(names.length - 1)] as string);
    return { name, cidr, sites };
  });
}

/** At every other end nothing, else one or two terms for what is heard or told; and an MED for what is told, one time in two. */
function drawEnd(speakers: readonly Speaker[], own: string, roll: Roll): End {
  const others = speakers.filter(({ name }) => name !== own);
  const over = (): number => (others[roll(others.length)] as Speaker).number;
  const tag = (): string => TAGS[roll(TAGS.length)] as string;
  const few = <T>(make: readonly (() => T)[]): T[] =>
    roll(2) === 0 ? [] : Array.from({ length: 1 + roll(2) }, () => (make[roll(make.length)] as () => T)());
  const long = { cidr: '0.0.0.0/0', from: 20, to: 32 };
  const deep = { cidr: CIDRS.wide, from: 16, to: 24 };
  const imports = few<Term>([
    () => ({ over: over(), preference: 50 + 100 * roll(4) }),
    () => ({ communities: [tag()], preference: 50 + 100 * roll(4) }),
    () => ({ within: long, then: 'reject' }),
    () => ({ over: over(), then: 'reject' }),
    () => ({ within: deep, preference: 250 }),
    () => ({ communities: ['tag-1'], then: 'reject' }),
    () => ({ within: deep, add: [tag()] }),
  ]);
  const exports = few<Term>([
    () => ({ within: deep, prepend: 1 + roll(2) }),
    () => ({ add: [tag()] }),
    () => ({ within: { cidr: CIDRS.one, from: 16, to: 16 }, add: ['no-export'] }),
    () => ({ over: over(), then: 'reject' }),
    // Routes that are told to whom they should not be.
    () => ({ communities: [tag()], then: 'accept' }),
    () => ({ within: long, then: 'accept' }),
    () => ({ over: over(), prepend: 1 }),
  ]);
  return { imports, exports: roll(2) === 0 ? [{ med: 10 * roll(4) }, ...exports] : exports };
}

function shuffled<T>(items: readonly T[], roll: Roll): T[] {
  const left = [...items];
  return items.map(() => left.splice(roll(left.length), 1)[0] as T);
}
