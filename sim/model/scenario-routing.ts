/** What networks do with the routes they hear and tell: policies, limits and route origin authorisations, after expansion. */
import type { Condition } from './scenario.ts';
import type { Ms } from './units.ts';

/**
 * Terms asked in their order (RFC 4271 §9.1 leaves policy to the operator; the order decides): of those whose condition holds and that
 * match, each sets what it sets, and the first that accepts or refuses ends it. What passes them all is treated by the relation: taken
 * when heard; told to customers, and to others if it is one's own or a customer's (Gao and Rexford 2001).
 */
export interface Policy {
  readonly name: string;
  readonly terms: readonly PolicyTerm[];
}
export interface PolicyTerm {
  readonly name: string;
  /** The term is there only while this holds; null: always. */
  readonly while: Condition | null;
  readonly match: RouteMatch;
  readonly set: RouteSets;
  /** null: on to the next term. */
  readonly then: 'accept' | 'reject' | null;
}

/** All that is said must be so of a route; null says nothing. Of a list, one is enough. */
export interface RouteMatch {
  /** Announcements, by the name of their entry under `prefixes`. */
  readonly prefixes: readonly string[] | null;
  /** Blocks that lie in `cidr` and are at least `from` and at most `to` long. */
  readonly within: readonly { readonly cidr: string; readonly from: number; readonly to: number }[] | null;
  readonly communities: readonly string[] | null;
  /** AS paths, from the neighbour to the origin: names of systems, `*` for any number of them, `?` for one. */
  readonly paths: readonly (readonly string[])[] | null;
  /** Length of the path as heard, or as it would be told without one's own number. */
  readonly length: { readonly from: number; readonly to: number } | null;
  /** Outcome of origin validation (RFC 6811 §2). */
  readonly validity: readonly Validity[] | null;
  /** What the one it was learnt from is to oneself; `own`: one announces it oneself. */
  readonly learnt: readonly Learnt[] | null;
}
export const VALIDITIES = ['valid', 'invalid', 'not found'] as const;
export type Validity = (typeof VALIDITIES)[number];
export const LEARNT = ['own', 'customer', 'peer', 'provider'] as const;
export type Learnt = (typeof LEARNT)[number];

export interface RouteSets {
  /** Local preference (RFC 4271 §5.1.5), in place of that by relation: customer 300, peer 200, provider 100. */
  readonly preference: number | null;
  /** Multi-exit discriminator (RFC 4271 §5.1.4). */
  readonly med: number | null;
  /** How many times more one's own number is put in front. */
  readonly prepend: number;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** How one end of a session treats what it hears over it and tells over it. */
export interface SessionEnd {
  readonly imports: Policy | null;
  readonly exports: Policy | null;
  readonly limit: PrefixLimit | null;
}

/** A limit on how many prefixes an end takes over a session, of IPv4 and as many of IPv6 (RFC 4486 §4); as heard, before its policy. */
export interface PrefixLimit {
  readonly prefixes: number;
  readonly then: 'warn' | 'shut';
  /** When a session that was shut is tried again; null: when somebody starts it by hand. */
  readonly restart: Ms | null;
}

/** A route origin authorisation (RFC 9582): this system may announce the block, and parts of it up to `longest`. */
export interface Authorisation {
  readonly name: string;
  readonly cidr: string;
  readonly longest: number;
  /** A system: the name of a network or of a site that belongs to none. null: nobody may (AS 0, RFC 6483 §4), unless another allows it. */
  readonly origin: string | null;
}

/** What becomes of packets that arrive where a prefix is announced: they are served; dropped on purpose; or sent on by the next wider block. */
export type Traffic = 'here' | 'drop' | 'on';
