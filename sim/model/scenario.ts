/** A scenario after expansion: every name written out, every question concrete. What the plan is compiled from. */

import type { FactKind } from './facts.ts';
import type { Rest } from './internet/rest.ts';
import type { Draw } from './luck.ts';
import type { Place } from './problems.ts';
import type { Caption, Checkpoint } from './scenario-claims.ts';
import type { Resolver, Zone } from './scenario-names.ts';
import type { Authorisation, Policy, SessionEnd, Traffic } from './scenario-routing.ts';
import type { Ms } from './units.ts';

export type { Caption, Checkpoint, Claim, Counted, NumberFact, Window } from './scenario-claims.ts';
export type * from './scenario-names.ts';
export type * from './scenario-routing.ts';

/** A question about one fact. `subjects` as the row of its kind in `facts.ts` names them. */
export interface Question {
  readonly kind: FactKind;
  readonly subjects: readonly string[];
  readonly test: Test;
}
/** What is asked of the fact: a flag that holds, a word (one of several), or a number above a limit (and, for hysteresis, until below another). */
export type Test =
  | { readonly is: true }
  | { readonly word: readonly string[] }
  | { readonly above: number; readonly below: number };

/** A yes/no sentence over questions. `called` is the author's name for it, for sentences. */
export type Condition = { readonly called?: string } & (
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly atLeast: number; readonly of: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly ask: Question }
);

export const NODE_KINDS = [
  'region',
  'datacenter',
  'router',
  'pop',
  'network',
  'nameserver',
  'resolver',
  'service',
  'tool',
  'access',
  'power',
  'team',
  'population',
  'client',
  'monitor',
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/** One entry, or all plain entries together, of what a node needs: false for `downAfter` and the node falls. */
export interface Clause {
  readonly condition: Condition;
  readonly downAfter: Draw;
  readonly upAfter: Draw;
}

export interface Node {
  readonly name: string;
  readonly kind: NodeKind;
  readonly title: string | null;
  readonly role: string | null;
  /** The node it stands in, and so needs to be up (at once). */
  readonly place: string | null;
  /** `ns.a` for the instance `ns.a@pop.7`, or the key's pattern (`pop.*`) for brace-made ones; for folding. */
  readonly group: string | null;
  /** The autonomous system it belongs to. */
  readonly network: string | null;
  /** network: its number, for paths; null: its name stands there. */
  readonly asn: number | null;
  /** How many times more than once it puts its own number into the paths it announces. */
  readonly prepend: number;
  /** network: the only paths it takes, best first, each from its neighbour to the origin; empty: any, by the usual order. */
  readonly prefer: readonly (readonly string[])[];
  /** What it is to its neighbours stands in its routes, so that leaks show (RFC 9234). */
  readonly roles: boolean;
  readonly needs: readonly Clause[];
  /** Needed to begin, not to keep running. */
  readonly starts: Clause | null;
  /** Wished for: without it the node is up but not well. */
  readonly wants: Clause | null;
  readonly startTakes: Draw;
  /** Off before the start; rises by itself when its clauses hold. */
  readonly standby: boolean;
  /** nameserver: the prefixes its addresses lie in, any of which will do; empty: it is not reached by route. */
  readonly prefixes: readonly string[];
  /** resolver: how long a failed look-up is remembered (RFC 9520), and how long a dead answer may still be given (RFC 8767). */
  readonly failureCache: Draw | null;
  readonly serveStale: Ms;
  /** resolver: how it asks, and how it is asked; null for every other kind. */
  readonly resolver: Resolver | null;
  /** monitor: what it watches; `sees/x` holds only while the monitor is up and this is so. */
  readonly watches: Clause | null;
  /** access: what it asks of others; while that is missing and it is up, it decides by itself. null: it always asks, or asks nobody. */
  readonly alone: Condition | null;
  /** team: how many hands. */
  readonly size: number;
  /** population: head count (null: unknown) and what they do, by which resolver. */
  readonly people: number | null;
  readonly via: readonly { readonly resolver: string; readonly share: number }[];
  /** population: where else they go while they are troubled, and how much more they ask of it then: a share of an ordinary day's. */
  readonly spill: readonly { readonly node: string; readonly share: number }[];
  /** Whose load it bears, and how much it stands; null: nothing says so. */
  readonly bearing: Bearing | null;
}

/** The load of a node, as times the usual: the people who get through, and those who come from elsewhere. */
export interface Bearing {
  /** The journeys whose people are its load; empty: only who comes from elsewhere adds to it. */
  readonly journeys: readonly string[];
  /** How much those who come back cost at first, as times the usual, and how long until they cost as much as anybody. */
  readonly cold: number;
  readonly warms: Ms;
  /** How many times the usual is too much for it (null: nothing is), and below how many it is well again. */
  readonly capacity: number | null;
  readonly recovers: number;
  /** What it is then: up and not well, or down. */
  readonly whenOver: 'slow' | 'fail';
}

/** What two networks are to each other (Gao 2001): peers, customer and provider, or siblings, which give each other transit. */
export const RELATIONS = ['peers', 'buys', 'siblings'] as const;
export type Relation = (typeof RELATIONS)[number];

/** A way between two nodes. Without a layer it is open to every layer. */
export interface Link {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly layer: string | null;
  /** A session between networks and sites: tells of prefixes and belongs to no layer. `buys`: `from` is the customer of `to`. */
  readonly bgp: Relation | null;
  /** Sessions: how long a message is under way, one way; least time between two announcements of a prefix (RFC 4271 §9.2.1.1); how long silence is borne (§6.5). */
  readonly delay: Draw;
  readonly mrai: Draw;
  readonly hold: Draw;
  /** Sessions: how each end treats what it hears and tells. */
  readonly ends: { readonly from: SessionEnd; readonly to: SessionEnd };
  /** Sessions: how long what was heard is kept, and packets go on, while the other end's routing process starts anew (RFC 4724); 0: not. */
  readonly graceful: Ms;
  /** True for the link between a thing and the place it stands in. */
  readonly implied: boolean;
}

/**
 * An announcement: an address block announced from several sites (anycast), each while its own condition holds. Announcements of one
 * block, by whomever, compete: a route is to the block, and is of the announcement it came from.
 */
export interface Prefix {
  readonly name: string;
  readonly cidr: string | null;
  /** How many like prefixes it stands for. */
  readonly count: number;
  readonly sites: readonly { readonly site: string; readonly while: Condition | null }[];
  readonly withdrawAfter: Draw;
  readonly announceAfter: Draw;
  /** Systems put behind the site's own in the path it tells, down to the origin it claims: a copied path, or a forged one. */
  readonly tail: readonly string[];
  /** Communities it is announced with (RFC 1997). */
  readonly communities: readonly string[];
  readonly traffic: Traffic;
  /** Time until a network hears of a withdrawal or an announcement. */
  readonly withdrawLag: Draw;
  readonly announceLag: Draw;
  /** How many times its even share of an ordinary day is too much for a site (null: nothing is), and below how many it has caught up. */
  readonly capacity: number | null;
  readonly recovers: number;
}

/** What a token does to its target while it is on it. */
export type Setting =
  | 'down'
  | 'drain'
  | 'cut'
  | 'withdraw'
  | 'off'
  | 'bug'
  | 'start'
  | 'mute'
  | 'remove'
  | 'set'
  | 'sign'
  | 'ds'
  | 'deny'
  | 'flush';
export interface Effect {
  readonly setting: Setting;
  /** Layer for drain and cut, prefix for withdraw, word for set, zone for flush; on or off for sign, published or withdrawn for ds, a type for deny. */
  readonly of: string | null;
}

/** When something begins: a moment, a condition coming true, or a task that does it; null with `before` means before time zero. */
export interface Beginning {
  readonly at: Ms | null;
  readonly after: Condition | null;
}

export interface Fault extends Beginning {
  readonly name: string;
  readonly targets: readonly string[];
  readonly before: boolean;
  readonly effect: Effect;
  /** Over at this moment, after this long, or when this comes true; all null: never. */
  readonly until: Ms | null;
  readonly lasts: Draw | null;
  readonly untilSo: Condition | null;
  /** Random faults: mean time between failures, and to repair. */
  readonly mtbf: Draw | null;
  readonly mttr: Draw | null;
}

export interface Guard {
  /** The node that checks; it must be up and without a bug. */
  readonly by: string;
  /** What must hold after the effect. */
  readonly asks: Condition;
  /** What a broken guard does: lets everything through, or nothing. */
  readonly whenBroken: 'open' | 'closed';
}

export interface Rollout {
  readonly batches: number;
  readonly every: Draw;
  readonly order: 'named' | 'shuffled';
  /** Watched between batches; once true, no further batch (latched). */
  readonly halt: Condition | null;
}

export interface Change extends Beginning {
  readonly name: string;
  readonly before: boolean;
  readonly targets: readonly string[];
  readonly effect: Effect;
  readonly takes: Draw;
  readonly guard: Guard | null;
  readonly rollout: Rollout;
  readonly rollback: Rollout;
  readonly untilSo: Condition | null;
}

export interface Task {
  readonly name: string;
  /** The task this is one way of, else null. */
  readonly parent: string | null;
  /** Ways of doing it, by full name (`fix.remote`); the first to end ends the task. */
  readonly ways: readonly string[];
  readonly teams: readonly { readonly team: string; readonly hands: number }[];
  readonly after: Condition;
  readonly needs: Condition | null;
  readonly takes: Draw;
  readonly onLoss: 'pause' | 'restart' | 'fail';
  readonly until: Condition | null;
  /** What it does when done: changes it begins, changes and faults it takes back. */
  readonly applies: readonly string[];
  readonly reverts: readonly string[];
}

/** What people do, stage by stage; the first stage that fails names the symptom. `slow` and `stale content` let people pass. */
export interface Journey {
  readonly name: string;
  readonly title: string | null;
  readonly population: string;
  /** The resolver these people ask, else null. */
  readonly resolver: string | null;
  /** Head count of this cohort; null: unknown. */
  readonly people: number | null;
  readonly stages: readonly Stage[];
}
export interface Stage {
  readonly condition: Condition;
  readonly symptom: string;
  /** How long those who came through keep what it gave them; 0: they need it each time. */
  readonly session: Ms;
}

interface AnyRate {
  readonly name: string;
  readonly unit: string;
  readonly rest: number;
}
export type Rate = GrowingRate | RateOfPeople;
/** A rate of so much a head of those who are troubled in these populations, on top of `rest`. */
export interface RateOfPeople extends AnyRate {
  readonly each: number;
  readonly of: readonly string[];
}
/** A rate that grows towards `to` while its condition holds and falls back to `rest` after, linearly. */
export interface GrowingRate extends AnyRate {
  readonly while: Condition;
  readonly to: number;
  /** Time from rest to `to`, and back. */
  readonly growsOver: Ms;
  readonly fallsOver: Ms;
}

/** Pins a fact on the board; its owner keeps computing underneath. */
export interface Force {
  readonly name: string;
  readonly question: Question;
  readonly holds: boolean;
  readonly at: Ms;
  readonly until: Ms | null;
}

export interface Source {
  readonly name: string;
  readonly title: string;
  readonly basis: 'official' | 'measured' | 'press' | 'retold' | 'standard';
  readonly url: string | null;
  readonly access: string | null;
}

export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly range: string | null;
  readonly basis: string;
  readonly source: string | null;
  readonly because: string | null;
}

export interface Variant {
  readonly name: string;
  readonly title: string;
}

/** What a scenario was read from: enough to read it again elsewhere. */
export interface Written {
  readonly file: string;
  readonly text: string;
  /** The files it names, by the path it names them by. */
  readonly others: Readonly<Record<string, string>>;
  readonly set: readonly string[];
  readonly patch: object | null;
}

/** A point on the globe, degrees. */
export interface Where {
  readonly north: number;
  readonly east: number;
}

export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** Epoch milliseconds (UTC) of time zero. */
  readonly start: number;
  readonly run: Ms;
  /** The variant this was read with, else null. */
  readonly variant: string | null;
  readonly sources: ReadonlyMap<string, Source>;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly variants: ReadonlyMap<string, Variant>;
  /** Where each node was written, by name, and each prefix, or ends of a link, that share their name with none. */
  readonly places: ReadonlyMap<string, Place>;
  readonly nodes: ReadonlyMap<string, Node>;
  /** Where nodes are on the map, by name, those alone of which it is said; what stands in a place is where that is. */
  readonly wheres: ReadonlyMap<string, Where>;
  readonly links: ReadonlyMap<string, Link>;
  /** What can matter of the rest of the Internet; null: there is none. */
  readonly internet: Rest | null;
  readonly prefixes: ReadonlyMap<string, Prefix>;
  readonly policies: ReadonlyMap<string, Policy>;
  readonly authorisations: ReadonlyMap<string, Authorisation>;
  readonly zones: ReadonlyMap<string, Zone>;
  readonly faults: ReadonlyMap<string, Fault>;
  readonly changes: ReadonlyMap<string, Change>;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly journeys: readonly Journey[];
  readonly rates: ReadonlyMap<string, Rate>;
  readonly forces: ReadonlyMap<string, Force>;
  /** What links, prefixes, zones, faults, changes and tasks are called when people are told of them, by name. */
  readonly titles: ReadonlyMap<string, string>;
  readonly checkpoints: ReadonlyMap<string, Checkpoint>;
  /** Claims of the variant in force, not scored. */
  readonly expectations: ReadonlyMap<string, Checkpoint>;
  readonly story: readonly Caption[];
  /** Null where it was not read but made. */
  readonly written: Written | null;
}
