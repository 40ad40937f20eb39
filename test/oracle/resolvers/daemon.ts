/** What a real resolver is to these tests: how it is started, and what its parameters are called in netfall. Times in milliseconds. */
import type { Lab } from '../../support/lab.ts';
import type { Address } from './client.ts';

/** The keys of a resolver in a scenario. */
export interface Keys {
  /** How long it asks silent servers before it gives up. */
  readonly timeout: number;
  readonly failureCache: number;
  /** How long a dead answer may be given; 0: never. */
  readonly serveStale: number;
  /** The last share of an answer's life in which a question makes it ask anew. */
  readonly prefetch: number;
  /** For how long its clients wait, or it answers them. */
  readonly patience: number;
  /** What it learns of servers that keep silent; null: nothing that an exchange of this sort lasts long enough to show. */
  readonly learns: Learns | null;
}

/** How long it leaves such a server alone; and how it waits for it: for so long each time, or with back-off. */
export interface Learns {
  readonly avoids: number;
  readonly retry: number;
  readonly backoff: { readonly first: number; readonly each: number; readonly most: number } | null;
}

/** What a resolver is told of the world: its own address, that of the root's server, and a zone with the key it holds of it. */
export interface World {
  readonly own: string;
  readonly root: string;
  readonly zone: string;
  readonly key: string;
}

export interface Daemon {
  readonly name: string;
  /** How much less and more than its TTL an answer lives, in milliseconds, as it counts by whole seconds of the clock. */
  readonly grain: readonly [less: number, more: number];
  /** The longest time between two queries while it asks in vain. */
  readonly resends: number;
  /** By how much it may give a dead answer later than it is told to, as it looks only when it sends a query again. */
  readonly staleLate: number;
  /** How long it holds a zone for signed: while it has the DS record, or as long as the key that it found with it. */
  readonly chain: number;
  /** How often it waits, at most, until it asks one of two servers alone: as the other falls silent, and then the other way round. */
  readonly learnsWithin: readonly [once: number, then: number];
  /** By how many milliseconds a server may be slower than the quickest that it asks as often. */
  readonly band: number;
  /** Whether "port unreachable" tells it at once that a server is gone; one that is deaf to it takes the server for silent. */
  readonly hearsRefusals: boolean;
  /** What it runs as for exchanges of a sort, and what that is called in netfall. */
  readonly modes: Readonly<Record<Mode, { readonly keys: Keys; readonly config: string }>>;
  readonly version: () => Promise<string>;
  /** Starts it, in a mode, and returns when it answers. */
  readonly start: (lab: Lab, mode: Mode, world: World) => Promise<Address>;
}

/**
 * Without anything special; with dead answers (RFC 8767); with answers fetched ahead of their end; with signatures checked; and with
 * short memories, so that all of what it learns is forgotten within an exchange.
 */
export const MODES = ['plain', 'stale', 'ahead', 'validating', 'forgetful'] as const;
export type Mode = (typeof MODES)[number];
