/** Speakers and sessions of a scenario as rows of integers: who tells whom of routes, and what they are to each other. */
import { hashName } from '../../engine/luck.ts';
import { nameOf } from '../../model/internet/internet.ts';
import type { Rest } from '../../model/internet/rest.ts';
import { mix } from '../../model/named-luck.ts';
import { type Link, type Node, RELATIONS, type SessionEnd } from '../../model/scenario.ts';
import { byName } from '../../model/units.ts';
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
  readonly network: Int32Array;
  /** How often more than once a speaker puts its own number into a path. */
  readonly prepend: Int32Array;
  /** By speaker: the only paths it takes, as lists of networks; null: any. */
  readonly prefer: readonly (readonly (readonly number[])[] | null)[];
  readonly sessions: readonly Link[];
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
  /** The two halves of each session: towards `to`, and towards `from`. */
  readonly halves: Int32Array;
  /** A half's name as a number, for luck. */
  readonly hash: Int32Array;
}

/** The autonomous system of a node: its network, or itself if it belongs to none. */
export const systemOf = (node: Node): string => node.network ?? node.name;

/** `listeners`: networks without a session, which hear each of `sites` directly. `rest`: what there is of the Internet besides. */
export function topologyOf(
  nodes: ReadonlyMap<string, Node>,
  links: readonly Link[],
  sites: Iterable<string>,
  listeners: Iterable<string>,
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
  const networks = [...[...new Set(speakers.map(system))].filter((name) => !known.has(name)).sort(byName), ...numbered];
  const numbers = new Map(networks.map((name, index) => [name, index]));

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
  const inOrder = (column: Int32Array): Int32Array => Int32Array.from(order, (half) => column[half] as number);
  const [from, to] = [inOrder(halves.from), inOrder(halves.to)];
  const places = new Int32Array(order.length);
  for (const [place, half] of order.entries()) places[half] = place;
  return {
    speakers,
    indexOf,
    networks,
    network: Int32Array.from(speakers, (name) => numbers.get(system(name)) as number),
    prepend: Int32Array.from(speakers, (name) => nodes.get(name)?.prepend ?? 0),
    prefer: speakers.map((name) => preferred(nodes.get(name), nodes, numbers)),
    sessions,
    firstIn: starts(speakers.length, to),
    from,
    to,
    relation: Uint8Array.from(inOrder(halves.relation)),
    session: inOrder(halves.session),
    firstOut: starts(speakers.length, from),
    outs: sorted(Int32Array.from(order.keys()), from, speakers.length),
    halves: places.subarray(0, sessions.length * 2),
    hash: inOrder(halves.hash),
  };
}

/** Halves as they are made: the two of each session after one another, sessions in their order, and then those without one. */
class Halves {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly relation: Int32Array;
  readonly session: Int32Array;
  readonly hash: Int32Array;
  private count = 0;

  constructor(size: number) {
    this.from = new Int32Array(size);
    this.to = new Int32Array(size);
    this.relation = new Int32Array(size);
    this.session = new Int32Array(size);
    this.hash = new Int32Array(size);
  }

  add(from: number, to: number, relation: number, session: number, hash: number): void {
    const half = this.count++;
    this.from[half] = from;
    this.to[half] = to;
    this.relation[half] = relation;
    this.session[half] = session;
    this.hash[half] = hash;
  }

  /** By receiver, then sender, then session: speakers and sessions are in order already, so numbers stand for names. */
  order(speakers: number): Int32Array {
    return sorted(sorted(Int32Array.from(this.from.keys()), this.from, speakers), this.to, speakers);
  }
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
    if (declared[one] === 0 && declared[other] === 0) return kind;
    const both = { from: ends[one] as SessionEnd, to: ends[other] as SessionEnd };
    const name = `${nameOf(asn[one] as number)}~${nameOf(asn[other] as number)}`;
    return { ...kind, name, from: names[one] as string, to: names[other] as string, ends: both };
  });
  return [...own, ...others];
}
const PLAIN: SessionEnd = { imports: null, exports: null, limit: null };
const NAMELESS = {
  name: '',
  from: '',
  to: '',
  layer: null,
  ends: { from: PLAIN, to: PLAIN },
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

/** Where in a column of numbers that rise each number begins. */
function starts(count: number, column: Int32Array): Int32Array {
  const first = new Int32Array(count + 1);
  for (const number of column) first[number + 1] = (first[number + 1] as number) + 1;
  for (let i = 0; i < count; i++) first[i + 1] = (first[i + 1] as number) + (first[i] as number);
  return first;
}

/** These, sorted by a column of numbers below `count`; what is equal stays in its order. */
function sorted(items: Int32Array, column: Int32Array, count: number): Int32Array {
  const next = starts(count, column);
  const found = new Int32Array(items.length);
  for (const item of items) {
    const number = column[item] as number;
    const place = next[number] as number;
    found[place] = item;
    next[number] = place + 1;
  }
  return found;
}

/** A path through something that speaks to nobody is never heard. */
function preferred(
  node: Node | undefined,
  nodes: ReadonlyMap<string, Node>,
  numbers: ReadonlyMap<string, number>,
): readonly (readonly number[])[] | null {
  if (!node || node.prefer.length === 0) return null;
  const paths = node.prefer.map((path) => path.map((name) => numbers.get(systemOf(nodes.get(name) as Node)) ?? -1));
  return paths.filter((path) => !path.includes(-1));
}

/**
 * Whether the policies are those of Gao and Rexford: no siblings, no rankings of one's own, and nobody is its own provider, however
 * far up. Then there is exactly one stable state, reached in whatever order messages come.
 */
export function isHierarchy(topology: Topology): boolean {
  const { relation, from, to, network, networks, prefer } = topology;
  if (relation.includes(SIBLING) || prefer.some((paths) => paths !== null)) return false;
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

  constructor(nodes: ReadonlyMap<string, Node>, links: readonly Link[]) {
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
      const system = systemOf(nodes.get(name) as Node);
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
