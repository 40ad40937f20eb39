/** The exchanges: small worlds of one zone, what happens to its servers when, and which resolvers are asked about it. */
import type { Mode } from './daemon.ts';

/** What happens to a server of the zone, or to the name itself. */
export type Act =
  | 'silence'
  | 'speak'
  | 'kill'
  | 'start'
  | 'disown'
  | 'own'
  | 'remove'
  | 'restore'
  // Signatures taken away, and made anew.
  | 'unsign'
  | 'sign'
  // Signatures, and the DS record in the zone above with them.
  | 'abandon';

/** Times in milliseconds since the first question, which finds an empty cache. */
export interface Exchange {
  /** The zone, with one record. One under `signed` is signed, and `signed`, whose key resolvers may hold, has its DS record. */
  readonly zone: string;
  readonly title: string;
  readonly mode: Mode;
  readonly servers: number;
  readonly ttl: number;
  readonly negativeTtl: number;
  readonly acts: readonly (readonly [at: number, does: Act, server: number])[];
  readonly until: number;
  /** For so long a client may go without a reply while its resolver, which chooses at random, tries the wrong server first. */
  readonly late: number;
  /** All that counts is from when a question finds no answer, be it silence or SERVFAIL. */
  readonly unanswered: boolean;
  /** So often it fails for want of a server, one time after the other; what is compared is how long it takes each time. 0: not of interest. */
  readonly failures: number;
  /** Between two questions. A resolver that is asked in the very moment in which it gives up begins anew. */
  readonly period: number;
}

/** The zone above those that are signed. */
export const ABOVE = 'signed';
/** How long resolvers keep its DS record, and its key. */
export const DS_TTL = 12_000;
export const KEY_TTL = 16_000;
export const isSigned = ({ zone }: Pick<Exchange, 'zone'>): boolean => zone.endsWith(`.${ABOVE}`);

/** Lives of a few seconds, so that an exchange is over soon. */
const LIVES = {
  servers: 1,
  ttl: 6000,
  negativeTtl: 4000,
  late: 0,
  unanswered: false,
  failures: 0,
  period: 500,
};

/**
 * Where the record is: `www` in the zone, so that it can be taken away; in a signed one the zone's own name, as Unbound keeps for a fixed
 * minute that a name below might have had a key and had none.
 */
export const nameIn = (exchange: Exchange): string => (isSigned(exchange) ? exchange.zone : `www.${exchange.zone}`);

export const EXCHANGES: readonly Exchange[] = [
  {
    ...LIVES,
    zone: 'back-in-time',
    title: 'a server that is silent for less than an answer lives is never missed',
    mode: 'plain',
    acts: [
      [1000, 'silence', 1],
      [4000, 'speak', 1],
    ],
    until: 14_000,
  },
  {
    ...LIVES,
    zone: 'back-while-asked',
    title: 'a server that speaks again while it is asked in vain is heard at once',
    mode: 'plain',
    acts: [
      [3000, 'silence', 1],
      [11_250, 'speak', 1],
    ],
    until: 16_000,
  },
  {
    ...LIVES,
    zone: 'back-after-failure',
    title:
      'a silent server: an answer until it dies, nothing until the resolver gives up, SERVFAIL, and again an answer',
    mode: 'plain',
    period: 480,
    acts: [
      [3000, 'silence', 1],
      [19_250, 'speak', 1],
    ],
    until: 28_000,
  },
  {
    ...LIVES,
    zone: 'refused',
    title: 'a server whose process is gone: SERVFAIL at once when the answer dies',
    mode: 'plain',
    acts: [
      [3000, 'kill', 1],
      [12_250, 'start', 1],
    ],
    until: 20_000,
  },
  {
    ...LIVES,
    zone: 'lame',
    title: 'a server that no longer knows its zone: SERVFAIL at once when the answer dies',
    mode: 'plain',
    acts: [
      [3000, 'disown', 1],
      [12_250, 'own', 1],
    ],
    until: 20_000,
  },
  {
    ...LIVES,
    zone: 'half-dead',
    title: 'one of two servers silent: the other is asked',
    mode: 'plain',
    servers: 2,
    // BIND sends again after 0.8 s; Unbound twice with 376 ms, and again twice with 752 ms.
    late: 2256,
    acts: [[3000, 'silence', 2]],
    until: 20_000,
  },
  {
    ...LIVES,
    zone: 'removed',
    title: 'a record that is taken away: NXDOMAIN when the answer dies, kept for its own time when the record is back',
    mode: 'plain',
    acts: [
      [3000, 'remove', 1],
      [8250, 'restore', 1],
    ],
    until: 16_000,
  },
  {
    ...LIVES,
    zone: 'stale',
    title: 'a silent server: the dead answer, once a client has waited 1.8 s, until the server speaks',
    mode: 'stale',
    acts: [
      [3000, 'silence', 1],
      [12_250, 'speak', 1],
    ],
    until: 22_000,
  },
  {
    ...LIVES,
    zone: 'too-stale',
    title: 'a dead answer is given for so long and no longer',
    mode: 'stale',
    // BIND asks for ten seconds anew; Unbound remembers by then that it asked in vain.
    unanswered: true,
    acts: [[3000, 'silence', 1]],
    until: 24_000,
  },
  {
    ...LIVES,
    zone: 'fetched-ahead',
    title: 'an answer fetched ahead of its end outlives the loss of the server by more',
    mode: 'ahead',
    ttl: 10_000,
    unanswered: true,
    acts: [[9750, 'silence', 1]],
    until: 24_000,
  },
  {
    ...LIVES,
    zone: 'abandoned.signed',
    title: 'a zone no longer signed: SERVFAIL when the answer dies, until the DS record that was there is forgotten',
    mode: 'validating',
    acts: [[3000, 'abandon', 1]],
    until: 22_000,
  },
  {
    ...LIVES,
    zone: 'unsigned.signed',
    title: 'signatures taken away and made anew: SERVFAIL until the failure is forgotten',
    mode: 'validating',
    acts: [
      [3000, 'unsign', 1],
      [10_250, 'sign', 1],
    ],
    until: 18_000,
  },
  {
    ...LIVES,
    zone: 'asked-again',
    title: 'a server silent for long: nothing, then SERVFAIL, by turns, each time that the resolver asks anew',
    mode: 'forgetful',
    ttl: 3000,
    failures: 3,
    period: 480,
    acts: [[1250, 'silence', 1]],
    until: 38_000,
  },
  {
    ...LIVES,
    zone: 'learnt',
    title:
      'of two servers one falls silent, and when it is back the other: whoever asks waits until the resolver has learnt it',
    mode: 'forgetful',
    servers: 2,
    ttl: 1000,
    // Unbound, which has backed off from one, waits for the other as long as for one alone before it tries the first again: 8 s at most.
    late: 6000,
    acts: [
      [5250, 'silence', 2],
      [20_250, 'speak', 2],
      [24_250, 'silence', 1],
    ],
    until: 36_000,
  },
  {
    ...LIVES,
    zone: 'stripped.signed',
    title: 'signatures taken away matter to nobody who does not check them',
    mode: 'plain',
    acts: [[3000, 'unsign', 1]],
    until: 14_000,
  },
];
