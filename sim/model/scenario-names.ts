/** What is said of names, after expansion: zones, and how a resolver asks for them and is asked. */
import type { Ms } from './units.ts';

/** Records that hold an address (RFC 1035 §3.4.1, RFC 3596 §2.1). */
export const ADDRESS_TYPES = ['a', 'aaaa'] as const;
export type AddressType = (typeof ADDRESS_TYPES)[number];

/** How a resolver asks nameservers, and how its clients ask it. A resolver stands for many clients. */
export interface Resolver {
  /** How long it asks servers that keep silent before it gives up, and how many queries it sends for one question nobody answers. */
  readonly timeout: Ms;
  readonly tries: number;
  /** How long it waits for one server before it asks the next; 0: nobody says. */
  readonly retry: Ms;
  /** How the time it waits for a server grows with each that was lost; null: `timeout` and `retry` are all there is to say. */
  readonly backoff: Backoff | null;
  /** How long it leaves a server alone that kept silent, while another answers (RFC 2308 §7.2); null: it learns nothing, and its clients see nothing of its asking anew. */
  readonly avoids: Ms | null;
  /** Round-trip times of nameservers, as it has measured them; of those of a zone it knows all or none, and asks the quickest first. */
  readonly rtt: ReadonlyMap<string, Ms>;
  /** How much slower than the quickest one may be that it asks first as often. */
  readonly band: Ms;
  /** How long its clients wait for it before they take it that no answer comes; null: as long as it asks, and no one of them is heard of. */
  readonly patience: Ms | null;
  /** The last share of an answer's life in which a question makes it ask anew. */
  readonly prefetch: number;
  /** Questions a second on an ordinary day; null: so many that no answer lies unused. */
  readonly load: number | null;
  /** Shares of that load, by zone; the rest asks for other names. */
  readonly demand: readonly { readonly zone: string; readonly share: number }[];
  /** How often its clients ask while nobody answers, for every time they would have asked; how long until they do, and until they stop. */
  readonly clientRetry: { readonly tries: number; readonly over: Ms; readonly back: Ms };
  /** How many times the ordinary load is too much for it (null: nothing is), and below how many it has caught up. */
  readonly capacity: number | null;
  readonly recovers: number;
  /** What its clients have of that: all answers late, or not all of them. */
  readonly whenOver: 'slow' | 'fail';
  /** How many caches it is made of, each filled at a moment of its own. */
  readonly caches: number;
  /** Those are so many that shares of them are a fluid, and so are shares of its clients; `caches` is 1 then, and `load` that of each. */
  readonly many: boolean;
  /** How many those are; null: nobody says. */
  readonly manyOf: number | null;
  /** It checks answers against the chain of trust, and gives none where that is broken (RFC 4035 §5.5). */
  readonly validates: boolean;
  /** It answers from denials it has checked, without asking again (RFC 8198); and which address its clients ask for first. */
  readonly reuses: boolean;
  readonly first: AddressType;
}

/** Exponential back-off for each server: `first`, then so many `times` as long, each so long sent so often, while it is below `most`. */
export interface Backoff {
  readonly first: Ms;
  readonly times: number;
  readonly each: number;
  readonly most: Ms;
}

export interface Zone {
  readonly name: string;
  /** Nameserver instances, any of which can answer. */
  readonly nameservers: readonly string[];
  /** How long resolvers keep an answer: a record, or the delegation of a zone under this one. */
  readonly ttl: Ms;
  /** How long they keep the answer that there is no such name (RFC 2308 §5). */
  readonly negativeTtl: Ms;
  /** The zone that delegates it. */
  readonly under: string | null;
  /** The zone in which its nameservers have their names, where the parent's glue does not tell their addresses. */
  readonly serversIn: string | null;
  /** The name this one is another name for. */
  readonly cname: string | null;
  /** Its answers are signed from the start; without a zone above, resolvers that validate hold its key (RFC 4033 §5). */
  readonly signed: boolean;
  /** How long resolvers keep its DS record, which the zone above has from the start if it is signed; null: it never has one. */
  readonly ds: Ms | null;
  /** The types of address its name has. */
  readonly records: readonly AddressType[];
  /** Queries a second to its nameservers on an ordinary day, from everybody; null: unknown. */
  readonly load: number | null;
}
