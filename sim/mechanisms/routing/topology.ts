/** Speakers and sessions of a scenario as rows of integers: who tells whom of routes, and what they are to each other. */
import { hashName } from '../../engine/luck.ts';
import { nameOf } from '../../model/internet/internet.ts';
import { PLAIN_END, type Rest } from '../../model/internet/rest.ts';
import { mix } from '../../model/named-luck.ts';
import { type Link, type Node, type Policy, RELATIONS, type SessionEnd } from '../../model/scenario.ts';
import { byName } from '../../model/units.ts';
import { Halves, placesIn, sorted, starts } from './halves.ts';
import { type Pace, pacesOf } from './paces.ts';
import { UNKNOWN } from './patterns.ts';
import { CUSTOMER, DIRECT, PEER, PROVIDER, SIBLING } from './policy.ts';

/**
 * A session is two halves, one for each way. Halves are numbered by receiver, then by the sender's name, then by the session's: so
 * the lower of two halves is the lower neighbour, the last tie-break of the decision (in place of RFC 4271 §9.1.2.2's identifiers).
 */
export interface Topology {
  readonly speakers: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** Autonomous systems, and that of each speaker. Sites of one are edges of their own: no routes pass between them inside. */
  readonly networks: readonly string[];
  /** By network, as paths show it: its number, or its name where it has none. */
  readonly shown: readonly string[];
  readonly network: Int32Array;
  /** How often more than once a speaker puts its own number into a path. */
  readonly prepend: Int32Array;
  /** By speaker: the only paths it takes, as lists of networks; null: any. */
  readonly prefer: readonly (readonly (readonly number[])[] | null)[];
  /** By speaker: whether it keeps to its roles (RFC 9234). */
  readonly roles: Uint8Array;
  readonly sessions: readonly Link[];
  /** What the receiver does with what it hears over a half, and the sender with what it tells; halves without a policy are in neither. */
  readonly imports: ReadonlyMap<number, Policy>;
  readonly exports: ReadonlyMap<number, Policy>;
  /** Whether what is heard is kept as it was told, since policies may judge it anew, or limits count it. */
  readonly keeps: boolean;
  /** The halves each speaker receives over: `firstIn[s] .. firstIn[s + 1]`. */
  readonly firstIn: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** What the sender is to the receiver. */
  readonly relation: Uint8Array;
  /** The session a half belongs to; -1 for a site heard directly. */
  readonly session: Int32Array;
  /** The halves each speaker sends over: `outs[firstOut[s] .. firstOut[s + 1]]`. */
  readonly firstOut: Int32Array;
  readonly outs: Int32Array;
  /** What the sender of each of `outs` is to its receiver; and where in `outs` each half stands. */
  readonly outRelation: Uint8Array;
  readonly outOf: Int32Array;
  /** By place in `outs`: the number of its session's pace, -1 for a site heard directly; and its name as a number, for luck. */
  readonly pace: Int32Array;
  readonly hash: Int32Array;
  readonly paces: readonly Pace[];
  /** The two halves of each session: towards `to`, and towards `from`. */
  readonly halves: Int32Array;
}

/** The autonomous system of a node: its network, or itself if it belongs to none. */
export const systemOf = (node: Node): string => node.network ?? node.name;

/** The number of a system by the name of a node that is it or belongs to it; `UNKNOWN` where no path goes through it. */
export function systemNumber({ networks }: Topology, nodes: ReadonlyMap<string, Node>): (name: string) => number {
  const numbers = new Map(networks.map((name, index) => [name, index]));
  return (name) => {
    const node = nodes.get(name);
    return numbers.get(node ? systemOf(node) : name) ?? UNKNOWN;
  };
}

/**
 * `listeners`: networks without a session, which hear each of `sites` directly. `tails`: systems that may stand in paths only.
 * `rest`: what there is of the Internet besides.
 */
export function topologyOf(
  nodes: ReadonlyMap<string, Node>,
  links: readonly Link[],
  sites: Iterable<string>,
  listeners: Iterable<string>,
  tails: Iterable<string> = [],
  rest: Rest | null = null,
): Topology {
  const sessions = sessionsOf(links, rest);
  const own = sessions.slice(0, sessions.length - (rest?.from.length ?? 0));
  const announcing = [...new Set(sites)].sort(byName);
  const listening = [...new Set(listeners)].sort(byName);
  // What the Internet gives a number to stands in the order of these, so that to declare a network of it changes no choice.
  const numbered = rest?.names ?? [];
  const others = new Set([...own.flatMap(({ from, to }) => [from, to]), ...announcing, ...listening]);
  for (const name of numbered) others.delete(name);
  const speakers = [...[...others].sort(byName), ...numbered];
  const indexOf = new Map(speakers.map((name, index) => [name, index]));
  const at = (name: string): number => indexOf.get(name) as number;
  const system = (name: string): string => {
    const node = nodes.get(name);
    return node ? systemOf(node) : name;
  };
  const known = new Set(numbered);
  const networks = [
    ...[...new Set([...speakers, ...tails].map(system))].filter((name) => !known.has(name)).sort(byName),
    ...numbered,
  ];
  const numbers = new Map(networks.map((name, index) => [name, index]));
  const firstNumbered = networks.length - numbered.length;
  const asnOf = (name: string, index: number): number | undefined =>
    index < firstNumbered ? (nodes.get(name)?.asn ?? undefined) : rest?.asn[index - firstNumbered];

  const halves = new Halves(sessions.length * 2 + announcing.length * listening.length);
  for (const [session, { name, from, to, bgp }] of own.entries()) {
    const [forth, back] = SIDES[RELATIONS.indexOf(bgp as 'peers')] as readonly [number, number];
    halves.add(at(from), at(to), forth, session, hashName(`${name}>${to}`));
    halves.add(at(to), at(from), back, session, hashName(`${name}>${from}`));
  }
  if (rest) addRest(halves, rest, others.size, own.length);
  for (const listener of listening)
    for (const site of announcing) halves.add(at(site), at(listener), DIRECT, -1, hashName(`${site}>${listener}`));
  const order = halves.order(speakers.length);
  const inOrder = (column: Int32Array): Int32Array => order.map((half) => column[half] as number);
  const [from, to] = [inOrder(halves.from), inOrder(halves.to)];
  const places = placesIn(order);
  const relation = Uint8Array.from(inOrder(halves.relation));
  const session = inOrder(halves.session);
  const { paces, ofSession } = pacesOf(sessions);
  const outs = sorted(Int32Array.from(order.keys()), from, speakers.length);
  return {
    speakers,
    indexOf,
    networks,
    shown: networks.map((name, index) => String(asnOf(name, index) ?? name)),
    network: Int32Array.from(speakers, (name) => numbers.get(system(name)) as number),
    prepend: Int32Array.from(speakers, (name) => nodes.get(name)?.prepend ?? 0),
    prefer: speakers.map((name) => preferred(nodes.get(name), nodes, numbers)),
    roles: Uint8Array.from(speakers, (name) => Number(nodes.get(name)?.roles ?? false)),
    sessions,
    imports: policies(sessions, places, (ends, side) => (side === 0 ? ends.to : ends.from).imports),
    exports: policies(sessions, places, (ends, side) => (side === 0 ? ends.from : ends.to).exports),
    keeps: sessions.some(
      ({ ends }) => ends !== NO_POLICY && [ends.from, ends.to].some(({ imports, limit }) => imports ?? limit),
    ),
    firstIn: starts(speakers.length, to),
    from,
    to,
    relation,
    session,
    firstOut: starts(speakers.length, from),
    outs,
    outRelation: Uint8Array.from(outs.map((half) => relation[half] as number)),
    outOf: placesIn(outs),
    pace: outs.map((half) => ofSession[session[half] as number] ?? -1),
    hash: outs.map((half) => halves.hash[order[half] as number] as number),
    paces,
    halves: places.subarray(0, sessions.length * 2),
  };
}

/** By half; `of` says whose policy it is of the two that a session has: side 0 is the half towards its `to`. */
function policies(
  sessions: readonly Link[],
  places: Int32Array,
  of: (ends: Link['ends'], side: number) => Policy | null,
): ReadonlyMap<number, Policy> {
  const found: [number, Policy][] = [];
  for (const [session, { ends }] of sessions.entries()) {
    if (ends === NO_POLICY) continue;
    for (const side of [0, 1]) {
      const policy = of(ends, side);
      if (policy) found.push([places[session * 2 + side] as number, policy]);
    }
  }
  return new Map(found.sort(([a], [b]) => a - b));
}

/** Declared sessions by name, then those of the Internet; of these, only what may fail has a name. */
export function sessionsOf(links: readonly Link[], rest: Rest | null): readonly Link[] {
  const own = links.filter(({ bgp }) => bgp !== null).sort((a, b) => byName(a.name, b.name));
  if (!rest) return own;
  const { asn, names, declared, from, to, relation, session, ends } = rest;
  const plain = RELATIONS.map((bgp) => ({ ...NAMELESS, ...session, bgp }));
  const others = Array.from({ length: from.length }, (_, index): Link => {
    const [one, other] = [from[index] as number, to[index] as number];
    const kind = plain[relation[index] as number] as Link;
    const both = { from: ends[one] as SessionEnd, to: ends[other] as SessionEnd };
    if (declared[one] === 0 && declared[other] === 0)
      return both.from === PLAIN_END && both.to === PLAIN_END ? kind : { ...kind, ends: both };
    const name = `${nameOf(asn[one] as number)}~${nameOf(asn[other] as number)}`;
    return { ...kind, name, from: names[one] as string, to: names[other] as string, ends: both };
  });
  return own.concat(others);
}
/** Whether a session never falls: it is one of the Internet, between networks that nobody declared. */
export const isSafe = ({ name }: Link): boolean => name === '';

/** What is joined by sessions, declared or not. */
export const joinedIn = (links: readonly Link[], rest: Rest | null): readonly Pick<Link, 'from' | 'to'>[] => [
  ...links,
  ...Array.from(rest?.from ?? [], (one, index) => ({
    from: rest?.names[one] as string,
    to: rest?.names[rest.to[index] as number] as string,
  })),
];
const NO_POLICY: Link['ends'] = { from: PLAIN_END, to: PLAIN_END };
const NAMELESS = {
  name: '',
  from: '',
  to: '',
  layer: null,
  ends: NO_POLICY,
  graceful: 0,
  implied: false,
};

/** Luck goes by the numbers of the two ends, whatever they are called: to declare a network changes none. */
function addRest(halves: Halves, { asn, from, to, relation }: Rest, firstSpeaker: number, firstSession: number): void {
  for (let index = 0; index < from.length; index++) {
    const [one, other] = [from[index] as number, to[index] as number];
    const [forth, back] = SIDES[relation[index] as number] as readonly [number, number];
    const [mine, yours] = [asn[one] as number, asn[other] as number];
    const session = firstSession + index;
    halves.add(firstSpeaker + one, firstSpeaker + other, forth, session, mix(mix(mine) ^ yours));
    halves.add(firstSpeaker + other, firstSpeaker + one, back, session, mix(mix(yours) ^ mine));
  }
}

/** By relation: what `from` is to `to`, and what `to` is to `from`. */
const SIDES: readonly (readonly [number, number])[] = [
  [PEER, PEER],
  [CUSTOMER, PROVIDER],
  [SIBLING, SIBLING],
];

/** A path through something that speaks to nobody is never heard. */
function preferred(
  node: Node | undefined,
  nodes: ReadonlyMap<string, Node>,
  numbers: ReadonlyMap<string, number>,
): readonly (readonly number[])[] | null {
  if (!node || node.prefer.length === 0) return null;
  const paths = node.prefer.map((path) =>
    path.map((name) => numbers.get(systemOf(nodes.get(name) as Node)) ?? UNKNOWN),
  );
  return paths.filter((path) => !path.includes(UNKNOWN));
}

/** Whether a policy may pass on what by relation one would keep to oneself. */
const leaks = (policy: Policy | undefined): boolean => policy?.terms.some(({ then }) => then === 'accept') ?? false;
/** Whether a policy may like a peer's route better than a customer's. */
const ranks = ({ terms }: Policy): boolean => terms.some(({ set }) => set.preference !== null);

/**
 * Whether the policies are those of Gao and Rexford: no siblings, no rankings of one's own, no leaks, and nobody is its own provider,
 * however far up. Then there is exactly one stable state, reached in whatever order messages come.
 */
export function isHierarchy(topology: Topology): boolean {
  const { relation, from, to, network, networks, prefer } = topology;
  if (relation.includes(SIBLING) || prefer.some((paths) => paths !== null)) return false;
  if ([...topology.exports.values()].some(leaks) || [...topology.imports.values()].some(ranks)) return false;
  const sales = Int32Array.from(relation.keys()).filter((half) => relation[half] === CUSTOMER);
  const below = Int32Array.from(sales, (half) => network[from[half] as number] as number);
  const above = Int32Array.from(sales, (half) => network[to[half] as number] as number);
  const byCustomer = sorted(Int32Array.from(sales.keys()), below, networks.length);
  const first = starts(networks.length, below);
  const customers = new Int32Array(networks.length);
  for (const provider of above) customers[provider] = (customers[provider] as number) + 1;
  const free = [...networks.keys()].filter((index) => customers[index] === 0);
  for (const one of free) {
    for (let i = first[one] as number; i < (first[one + 1] as number); i++) {
      const provider = above[byCustomer[i] as number] as number;
      customers[provider] = (customers[provider] as number) - 1;
      if (customers[provider] === 0) free.push(provider);
    }
  }
  return free.length === networks.length;
}

/** Which speakers are joined by sessions at all, whatever the policies. */
export class Chains {
  private readonly component = new Map<string, string>();
  private readonly ends = new Map<string, string[]>();

  constructor(nodes: ReadonlyMap<string, Node>, links: readonly Pick<Link, 'from' | 'to'>[]) {
    const joined = new Map<string, string[]>();
    for (const { from, to } of links) {
      for (const [one, other] of [
        [from, to],
        [to, from],
      ] as const) {
        const known = joined.get(one);
        if (known) known.push(other);
        else joined.set(one, [other]);
      }
    }
    for (const name of joined.keys()) {
      const node = nodes.get(name);
      const system = node ? systemOf(node) : name;
      this.ends.set(system, [...(this.ends.get(system) ?? []), name]);
      if (this.component.has(name)) continue;
      const open = [name];
      this.component.set(name, name);
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        for (const other of joined.get(next) as string[]) {
          if (this.component.has(other)) continue;
          this.component.set(other, name);
          open.push(other);
        }
      }
    }
  }

  /** Whether a network has a session, its own or one of its sites'. */
  speaks(system: string): boolean {
    return this.ends.has(system);
  }
  /** Whether sessions lead from some edge of a network to a site. */
  lead(system: string, site: string): boolean {
    const component = this.component.get(site);
    return (this.ends.get(system) ?? []).some((end) => this.component.get(end) === component);
  }
}
