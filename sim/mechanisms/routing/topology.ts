/** Speakers and sessions of a scenario as rows of integers: who tells whom of routes, and what they are to each other. */
import { hashName } from '../../engine/luck.ts';
import { type Link, type Node, type Policy, RELATIONS, type SessionEnd } from '../../model/scenario.ts';
import { byName } from '../../model/units.ts';
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
  /** The two halves of each session: towards `to`, and towards `from`. */
  readonly halves: Int32Array;
  /** A half's name as a number, for luck. */
  readonly hash: Int32Array;
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

interface Half {
  readonly from: number;
  readonly to: number;
  readonly relation: number;
  readonly session: number;
  readonly name: string;
  readonly imports: Policy | null;
  readonly exports: Policy | null;
}

/** `listeners`: networks without a session, which hear each of `sites` directly. `tails`: systems that may stand in paths only. */
export function topologyOf(
  nodes: ReadonlyMap<string, Node>,
  links: readonly Link[],
  sites: Iterable<string>,
  listeners: Iterable<string>,
  tails: Iterable<string> = [],
): Topology {
  const sessions = links.filter(({ bgp }) => bgp !== null).sort((a, b) => byName(a.name, b.name));
  const announcing = [...new Set(sites)].sort(byName);
  const listening = [...new Set(listeners)].sort(byName);
  const speakers = [...new Set([...sessions.flatMap(({ from, to }) => [from, to]), ...announcing, ...listening])].sort(
    byName,
  );
  const indexOf = new Map(speakers.map((name, index) => [name, index]));
  const at = (name: string): number => indexOf.get(name) as number;
  const node = (name: string): Node => nodes.get(name) as Node;
  const systems = [...speakers, ...tails].map((name) => systemOf(node(name)));
  const networks = [...new Set(systems)].sort(byName);
  const numbers = new Map(networks.map((name, index) => [name, index]));
  const made: Half[] = sessions.flatMap(({ name, from, to, bgp, ends }, session) => {
    const [forth, back] = SIDES[RELATIONS.indexOf(bgp as 'peers')] as readonly [number, number];
    const half = (teller: string, hearer: string, relation: number, tells: SessionEnd, hears: SessionEnd): Half => ({
      from: at(teller),
      to: at(hearer),
      relation,
      session,
      name: `${name}>${hearer}`,
      imports: hears.imports,
      exports: tells.exports,
    });
    return [half(from, to, forth, ends.from, ends.to), half(to, from, back, ends.to, ends.from)];
  });
  for (const listener of listening)
    for (const site of announcing)
      made.push({
        from: at(site),
        to: at(listener),
        relation: DIRECT,
        session: -1,
        name: `${site}>${listener}`,
        imports: null,
        exports: null,
      });
  // Speakers and sessions are sorted by name already, so numbers stand for names.
  made.sort((a, b) => a.to - b.to || a.from - b.from || a.session - b.session);
  const outs = made.map((_, half) => half).sort((a, b) => from(a) - from(b) || a - b);
  function from(half: number): number {
    return (made[half] as Half).from;
  }
  const halves = new Int32Array(sessions.length * 2);
  for (const [half, { session, to }] of made.entries())
    if (session >= 0) halves[session * 2 + (at((sessions[session] as Link).to) === to ? 0 : 1)] = half;
  return {
    speakers,
    indexOf,
    networks,
    network: Int32Array.from(speakers, (name) => numbers.get(systemOf(node(name))) as number),
    prepend: Int32Array.from(speakers, (name) => node(name).prepend),
    prefer: speakers.map((name) => preferred(node(name), nodes, numbers)),
    roles: Uint8Array.from(speakers, (name) => Number(node(name).roles)),
    sessions,
    imports: policies(made, ({ imports }) => imports),
    exports: policies(made, ({ exports }) => exports),
    keeps: sessions.some(({ ends }) => [ends.from, ends.to].some(({ imports, limit }) => imports ?? limit)),
    firstIn: starts(speakers.length, made, ({ to }) => to),
    from: Int32Array.from(made, (half) => half.from),
    to: Int32Array.from(made, (half) => half.to),
    relation: Uint8Array.from(made, (half) => half.relation),
    session: Int32Array.from(made, (half) => half.session),
    firstOut: starts(speakers.length, made, (half) => half.from),
    outs: Int32Array.from(outs),
    halves,
    hash: Int32Array.from(made, ({ name }) => hashName(name)),
  };
}

function policies(halves: readonly Half[], of: (half: Half) => Policy | null): ReadonlyMap<number, Policy> {
  const found = new Map<number, Policy>();
  for (const [index, half] of halves.entries()) {
    const policy = of(half);
    if (policy) found.set(index, policy);
  }
  return found;
}

/** By relation: what `from` is to `to`, and what `to` is to `from`. */
const SIDES: readonly (readonly [number, number])[] = [
  [PEER, PEER],
  [CUSTOMER, PROVIDER],
  [SIBLING, SIBLING],
];

function starts(count: number, halves: readonly Half[], end: (half: Half) => number): Int32Array {
  const first = new Int32Array(count + 1);
  for (const half of halves) first[end(half) + 1] = (first[end(half) + 1] as number) + 1;
  for (let i = 0; i < count; i++) first[i + 1] = (first[i + 1] as number) + (first[i] as number);
  return first;
}

/** A path through something that speaks to nobody is never heard. */
function preferred(
  node: Node,
  nodes: ReadonlyMap<string, Node>,
  numbers: ReadonlyMap<string, number>,
): readonly (readonly number[])[] | null {
  if (node.prefer.length === 0) return null;
  const paths = node.prefer.map((path) =>
    path.map((name) => numbers.get(systemOf(nodes.get(name) as Node)) ?? UNKNOWN),
  );
  return paths.filter((path) => !path.includes(UNKNOWN));
}

/** Whether a policy may pass on what by relation one would keep to oneself. */
export const leaks = (policy: Policy | undefined): boolean =>
  policy?.terms.some(({ then }) => then === 'accept') ?? false;
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
  const providers = networks.map(() => new Set<number>());
  const customers = new Int32Array(networks.length);
  for (let half = 0; half < relation.length; half++) {
    if (relation[half] !== CUSTOMER) continue;
    const above = network[to[half] as number] as number;
    const known = providers[network[from[half] as number] as number] as Set<number>;
    if (known.has(above)) continue;
    known.add(above);
    customers[above] = (customers[above] as number) + 1;
  }
  const free = [...networks.keys()].filter((index) => customers[index] === 0);
  for (let head = 0; head < free.length; head++) {
    for (const above of providers[free[head] as number] as Set<number>) {
      customers[above] = (customers[above] as number) - 1;
      if (customers[above] === 0) free.push(above);
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
