/** What people ask of a run at a moment, and what they are told (R19): a looking glass, a trace of packets, a dig. */

import type { Validity } from './scenario-routing.ts';
import type { Ms } from './units.ts';
import type { ANSWERS, DS, FORWARDS } from './vocabulary.ts';

/** A question, with every name as the scenario has it. */
export type Look =
  /** What a network knows of the ways to a block. */
  | { readonly ask: 'route'; readonly network: string; readonly prefix: string }
  /** Where packets of a network go, hop by hop, that are sent to a prefix, by its name, or to an address. */
  | { readonly ask: 'packets'; readonly network: string; readonly to: string }
  /** The way over links of one layer, and of none; null: over those of any. */
  | { readonly ask: 'links'; readonly from: string; readonly to: string; readonly layer: string | null }
  /** What a resolver says of a name, and whom it asks. */
  | { readonly ask: 'dig'; readonly resolver: string; readonly name: string };

export type Told = RouteTold | PacketsTold | LinksTold | DigTold | Untold;

/** What cannot be asked of this scenario, and why, as a sentence. */
export interface Untold {
  readonly ask: 'none';
  readonly says: string;
}

// ---- a looking glass ----

/** What the one a route was heard from is to the one who heard it. `direct`: a site, heard by a network that has no session. */
export type Neighbour = 'own' | 'customer' | 'peer' | 'provider' | 'sibling' | 'direct';

/** At which step of the decision (RFC 4271 §9.1) a route lost; `edge`: to that of another edge of the network, all else being equal. */
export type LostAt = 'own' | 'listed' | 'preference' | 'path length' | 'MED' | 'neighbour' | 'edge';

export interface HeardRoute {
  /** The edge of the network that has it: the network itself, or the site of it that speaks. */
  readonly at: string;
  /** From whom, over which session; null: one's own, or heard without a session. */
  readonly from: string | null;
  readonly session: string | null;
  readonly neighbour: Neighbour;
  /** Local preference: what is higher is taken. */
  readonly preference: number;
  /** Systems, from the neighbour to the origin, by name; empty: one's own. */
  readonly path: readonly string[];
  /** Its multi-exit discriminator; 0 where it has none. */
  readonly med: number;
  readonly communities: readonly string[];
  /** Outcome of origin validation; null: nothing is authorised in the scenario. */
  readonly validity: Validity | null;
  /** The system that said it is for customers only (RFC 9234); null: none did. */
  readonly onlyToCustomers: string | null;
  /** The announcement it came from. */
  readonly announcement: string;
  /** When it was heard; 0: before the start. */
  readonly since: Ms;
  /** Null: it is the best. */
  readonly lostAt: LostAt | null;
  /** Whether the session it was heard over stands; if not, when it is given up, as a hold timer or a restart time ends (null: unknown). */
  readonly stands: boolean;
  readonly keptUntil: Ms | null;
}

/** What a neighbour told, and was not taken. */
export interface RefusedRoute {
  readonly at: string;
  readonly from: string;
  readonly session: string | null;
  readonly neighbour: Neighbour;
  readonly path: readonly string[];
  readonly rule: 'loop' | 'not listed' | 'role' | 'policy';
  /** The term that refused it: its policy, and its name there. */
  readonly term: readonly [policy: string, term: string] | null;
}

export interface RouteTold {
  readonly ask: 'route';
  readonly network: string;
  readonly prefix: string;
  readonly cidr: string | null;
  /** Everything heard and taken: the best first, then in the order in which the others would take its place. */
  readonly routes: readonly HeardRoute[];
  readonly refused: readonly RefusedRoute[];
  /** Neighbours that tell nothing of it. */
  readonly silent: readonly string[];
  /** Neighbours with whom no session stands. */
  readonly unjoined: readonly string[];
}

// ---- packets ----

export interface PacketHop {
  /** Where the packet is. */
  readonly at: string;
  /** By the route to which block it leaves; null: there is none. */
  readonly prefix: string | null;
  readonly cidr: string | null;
  /** Where it goes next, over which session; null: nowhere. */
  readonly next: string | null;
  readonly session: string | null;
  /** What the next one is to this one; `own`: the block is announced here. */
  readonly neighbour: Neighbour | null;
}

/** Why packets end where they do. */
export type PacketEnd =
  | 'announced here'
  | 'no route'
  /** Dropped where it is announced, on purpose. */
  | 'null route'
  /** Dropped by who heard the route, as its communities ask (RFC 7999). */
  | 'blackhole community'
  /** The route leads over a session that carries nothing, and is borne until its hold timer ends. */
  | 'dead session'
  /** A wider block attracts them to where nobody announces theirs. */
  | 'wider block'
  | 'loop';

export interface PacketsTold {
  readonly ask: 'packets';
  readonly network: string;
  readonly to: string;
  /** The longest block around it that is announced. */
  readonly cidr: string | null;
  readonly outcome: (typeof FORWARDS)[number];
  readonly end: PacketEnd;
  readonly hops: readonly PacketHop[];
}

// ---- links ----

export interface LinksTold {
  readonly ask: 'links';
  readonly from: string;
  readonly to: string;
  readonly layer: string | null;
  readonly reached: boolean;
  /** The shortest way, of several the first by name; where there is none, that would be if everything carried and was up. */
  readonly hops: readonly {
    /** The link, and whether it carries; null for the first hop. */
    readonly link: string | null;
    readonly carries: boolean;
    readonly node: string;
    readonly up: boolean;
  }[];
}

// ---- dig ----

/** What became of asking a server. */
export type Tried =
  | 'answers'
  /** Down on a host that is reached, which says so at once. */
  | 'refuses'
  | 'process down'
  | 'over capacity'
  /** Queries land at another site that announces the same block. */
  | 'another site'
  | 'no route'
  | 'black hole'
  | 'loop'
  | 'filtered'
  /** No way over links. */
  | 'no path';

export interface TriedServer {
  readonly server: string;
  /** Its group, where it is one of many. */
  readonly group: string | null;
  readonly prefix: string | null;
  readonly tried: Tried;
  /** Its round-trip time; null: nobody says. */
  readonly rtt: Ms | null;
  /** In which turn it is asked, 0 being the first: the quickest, and who is hardly slower; null: it is left alone, or nobody says how far it is. */
  readonly turn: number | null;
  /** It kept silent, and is not asked again for so long, as long as others answer; null: it is asked, or nothing says what is learnt. */
  readonly alone: Ms | null;
}

/** A zone on the way down from the topmost. */
export interface DelegationTold {
  readonly zone: string;
  /** The zone that delegates it; null: the topmost that is declared. */
  readonly under: string | null;
  /** Whether the resolver knows whom to ask; null: nobody has to tell it. */
  readonly known: boolean | null;
  /** Taken out of its parent, or out of its own servers. */
  readonly removed: boolean;
  /** What a resolver that validates has of its DS record; null: it does not validate, or no chain of trust leads here. */
  readonly ds: (typeof DS)[number] | null;
  /** What its servers say fails the test (RFC 4035 §5.5). */
  readonly bogus: boolean;
  readonly servers: readonly TriedServer[];
  /** The zone in which its servers have their names, and whether that is resolved. */
  readonly serversIn: { readonly zone: string; readonly answer: (typeof ANSWERS)[number] } | null;
}

export interface DigTold {
  readonly ask: 'dig';
  readonly resolver: string;
  readonly name: string;
  /** False: nobody is there who could answer. */
  readonly up: boolean;
  /** It is asked more than it can answer. */
  readonly over: boolean;
  /** Of the whole name, the one it stands for included; and of its own record alone. */
  readonly answer: (typeof ANSWERS)[number];
  readonly own: (typeof ANSWERS)[number];
  /** What its own record would be if it were asked for now. */
  readonly anew: (typeof ANSWERS)[number];
  /** The source answers now, so that the record is as fresh as its cache has it. */
  readonly fresh: boolean;
  readonly ttl: Ms;
  /** Of a resolver of many caches: the share of them that do not resolve the whole name; null: it is one answer for all. */
  readonly unresolved: number | null;
  /** What is left of what the cache holds, answer or failure; null: not known before it is needed (R12), anything up to `ttl`. */
  readonly left: Ms | null;
  /** How late an answer comes that has to be asked for; null: nobody says how long it waits for one server. */
  readonly late: Ms | null;
  /** It asks servers that keep silent, and gives up after this long. */
  readonly waits: Ms | null;
  /** What it held is gone, be it dead or not: it was made to forget, or has started with an empty cache. */
  readonly forgotten: boolean;
  /** It asks no server at all for so long, as all of them kept silent; null: it asks. */
  readonly alone: Ms | null;
  /** What it answers then: that nobody answers it, or what it kept though that is dead (RFC 8767). */
  readonly gives: (typeof ANSWERS)[number] | null;
  /** From the topmost zone down to the name's own. */
  readonly chain: readonly DelegationTold[];
  readonly cname: DigTold | null;
}
