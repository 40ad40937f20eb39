/** Small internets for oracles: who speaks with whom, by what policy, and who announces what; told apart from any program's own words. */

/** A router of one autonomous system; routers with the same number are edges of one, and tell each other nothing. */
export interface Speaker {
  readonly name: string;
  readonly number: number;
  /** How many times more it puts its own number in front. */
  readonly prepend: number;
  /** The only paths it takes, as numbers, best first; null: any. */
  readonly ranked: readonly (readonly number[])[] | null;
  /** It has roles in its sessions (RFC 9234); not if not said. */
  readonly roles?: boolean;
}

/** A session over a link of its own: `from` buys transit of `to`, or they peer, or give each other transit. */
export interface Session {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly bgp: 'buys' | 'peers' | 'siblings';
  readonly ends: { readonly from: End; readonly to: End };
  /** The addresses it runs between; of IPv4 if not said. Either way it tells of blocks of both families. */
  readonly between?: 'ipv6';
  /** Seconds: how long silence is borne, and how long what was heard is kept while the other end's process starts anew (RFC 4724). */
  readonly hold?: number;
  readonly graceful?: number;
}

/** What one end does with what it hears, and with what it tells. */
export interface End {
  readonly imports: readonly Term[];
  readonly exports: readonly Term[];
  readonly limit?: Limit;
}
/** More blocks of a family than this are too many; seconds after which a session that was shut is tried again, null: by hand. */
export interface Limit {
  readonly blocks: number;
  readonly then: 'warn' | 'shut';
  readonly restart: number | null;
}
export const PLAIN: End = { imports: [], exports: [] };

/** Of the terms that match, each sets what it sets, and the first that accepts or rejects ends it; past all, the relation decides. */
export interface Term {
  /** Blocks inside this one, of such lengths. */
  readonly within?: { readonly cidr: string; readonly from: number; readonly to: number };
  /** A number that the path has somewhere. */
  readonly over?: number;
  readonly communities?: readonly string[];
  /** What origin validation says of it (RFC 6811). */
  readonly validity?: 'valid' | 'invalid' | 'not found';
  readonly preference?: number;
  readonly med?: number;
  readonly prepend?: number;
  readonly add?: readonly string[];
  readonly then?: 'accept' | 'reject';
}

export interface Block {
  readonly name: string;
  readonly cidr: string;
  readonly sites: readonly string[];
  /** Nobody announces it at first. */
  readonly later?: boolean;
  /** What becomes of packets at its sites: dropped on purpose, or sent on by the next wider block; served if not said. */
  readonly traffic?: 'drop' | 'on';
  /** Whoever hears of it drops what is sent there (RFC 7999). */
  readonly holed?: boolean;
}

/** This system may announce the block, and parts of it up to `longest` (RFC 9582). */
export interface Authorised {
  readonly cidr: string;
  readonly longest: number;
  readonly origin: number;
}

export interface Internet {
  readonly speakers: readonly Speaker[];
  readonly sessions: readonly Session[];
  readonly blocks: readonly Block[];
  readonly authorised?: readonly Authorised[];
}

/** What is out of order: sites that announce their block no more, as `block site`, and sessions that are cut. */
export interface Trouble {
  readonly withdrawn: ReadonlySet<string>;
  readonly cut: ReadonlySet<string>;
}

/** Best paths of all speakers to one block, as texts of numbers: `local` what one announces, empty without a route. */
export type Paths = Readonly<Record<string, string>>;
