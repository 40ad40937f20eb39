/** What naming plans: cache entries with the signals they live by, and numbers for how much is asked. */
import type { FactRef, SignalRef } from '../../engine/mechanism.ts';
import type { Draw } from '../../model/luck.ts';
import type { Ms } from '../../model/units.ts';

/** Sorts of item. */
export const FOLLOWS = 0;
export const ENTRY = 1;
export const LOAD = 2;
export const CROWD = 3;
export const DELAY = 4;
export const MANY = 5;

/** One name in one cache: the answer for a zone, who its parent says may be asked (a delegation), or what it says of its DS record. */
export interface PlannedEntry {
  readonly item: number;
  readonly fact: FactRef;
  readonly sort: 'answer' | 'delegation' | 'ds';
  /** Somebody can be asked who has an answer. */
  readonly supply: SignalRef;
  /** Somebody can be asked who says that there is no such name; null: nobody ever will. */
  readonly denial: SignalRef | null;
  /** Somebody can be asked who says that the name has no address; null: nobody ever will. */
  readonly empty: SignalRef | null;
  /** The resolver itself runs. */
  readonly alive: SignalRef;
  /** It is made to forget: what it keeps of this zone, or of one above. */
  readonly flushes: readonly SignalRef[];
  /** Every server of the zone refuses at once, as its process is down on a host that is reached, or answers and fails the test; null: never so. */
  readonly refusal: SignalRef | null;
  /** The answer for the name that this one is another name for. */
  readonly target: FactRef | null;
  readonly ttl: Ms;
  /** How long is kept that there is no address, and that there is no such name: each for the negative TTL of the zone that says so. */
  readonly negativeTtl: Ms;
  readonly denialTtl: Ms;
  readonly timeout: Ms;
  /** What it does after it has asked in vain; null: nobody is told of it. */
  readonly anew: PlannedAsking | null;
  /** How long its clients wait for it; null: as long as it asks. */
  readonly patience: Ms | null;
  readonly failureCache: Draw | null;
  readonly serveStale: Ms;
  readonly prefetch: number;
  /** Caches the resolver is made of, and questions for it that each gets, a millisecond; null: so many that it is never idle. */
  readonly caches: number;
  readonly rate: number | null;
}

/** How a resolver asks servers anew that kept silent: for how long, and for how long it leaves all of them alone before. */
export interface PlannedAsking {
  readonly takes: Ms;
  readonly avoids: Ms;
}

/** How late an answer comes that is not kept: what servers that keep silent cost a resolver. */
export interface PlannedDelay {
  readonly item: number;
  readonly fact: FactRef;
  /** Of each server, by all names of its sites, that it answers, and that it refuses at once; null: it never does. */
  readonly servers: readonly {
    readonly names: readonly string[];
    /** Its round-trip time, that of its nearest site; 0: nobody says. Where sites are not equally far: of each, and that it answers. */
    readonly rtt: Ms;
    readonly sites: readonly { readonly rtt: Ms; readonly answers: SignalRef }[];
    readonly answers: SignalRef;
    readonly refuses: SignalRef | null;
  }[];
  /** How much slower than the quickest is asked first as often. */
  readonly band: Ms;
  /** How long it waits for one server, and for all of them. */
  readonly retry: Ms;
  readonly timeout: Ms;
  /** How long one is left alone that kept silent, and how often the zone is asked for, as the mean time between; null: nothing is learnt. */
  readonly learns: { readonly avoids: Ms; readonly gap: number } | null;
}
export const signalsOf = ({ servers }: PlannedDelay): readonly SignalRef[] =>
  servers.flatMap(({ answers, refuses, sites }) => [
    answers,
    ...(refuses ? [refuses] : []),
    ...sites.map((site) => site.answers),
  ]);

/** One summand of a load: questions for one zone, or all the rest. */
export interface PlannedSummand {
  /** While this brings no answer they are asked again and again; null: while the resolver is down. */
  readonly resolves: FactRef | null;
  /** Of many caches instead: which shares of them give no answer, each at once `goal` instead of `rest`; empty: it is one. */
  readonly lost: readonly FactRef[];
  readonly weight: number;
  /** How many are asked for every ordinary one: while there are answers, at once without, and in the end without. */
  readonly rest: number;
  readonly jump: number;
  readonly goal: number;
  readonly over: Ms;
  readonly back: Ms;
}

/** How much a resolver, or the servers of a zone, are asked: a number of times the usual. */
export interface PlannedLoad {
  readonly item: number;
  readonly fact: FactRef;
  readonly base: number;
  readonly summands: readonly PlannedSummand[];
  /** The resolver itself runs; null for the servers of a zone. */
  readonly up: FactRef | null;
  /** It is asked more than it can answer, and what it does not answer is asked again; null: that is not so here. */
  readonly over: FactRef | null;
  readonly capacity: number;
  /** Everything it hears. */
  readonly inputs: readonly FactRef[];
}

/** A resolver that asks for a zone. */
export interface PlannedAsker {
  /** Its part in all that is asked on an ordinary day. */
  readonly weight: number;
  /** It asks somebody: it runs, and knows whom to ask. */
  readonly able: SignalRef;
  /** It has no answer but a dead one; and how many queries it then sends for every ordinary one. */
  readonly waits: SignalRef;
  readonly anew: number;
  /** How far each prefix of the zone is for it, and how much farther than the nearest it asks as often; null: it asks all alike. */
  readonly far: { readonly rtts: readonly Ms[]; readonly band: Ms } | null;
}

/** How much each site that announces a prefix is asked: a number of times the usual. */
export interface PlannedCrowd {
  readonly item: number;
  readonly fact: FactRef;
  /** Whether each of its sites announces it. */
  readonly sites: readonly FactRef[];
  /** For each zone that has servers in it: who asks, and the sites of every prefix over which the questions are spread. */
  readonly zones: readonly {
    readonly askers: readonly PlannedAsker[];
    readonly over: readonly (readonly FactRef[])[];
    /** Which of these is the prefix itself. */
    readonly own: number;
  }[];
  /** What is asked of it on an ordinary day, in the unit of the weights. */
  readonly usual: number;
  /** Everything it hears: what is announced, and what becomes of the answers. */
  readonly announced: readonly FactRef[];
  readonly answered: readonly FactRef[];
}
