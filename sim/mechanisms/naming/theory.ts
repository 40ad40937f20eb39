/**
 * Caches and retries in closed form: what is asked of the mechanism at one moment, and what its runs must agree with on average.
 *
 * Questions for a name come as a Poisson stream of rate `rate`, an answer lives for `ttl`; both in one unit of time. A cache in steady
 * use is a renewal process (Jung, Berger and Balakrishnan, INFOCOM 2003): alive for one TTL, then idle until the next question.
 */
import { exp, log } from '../../engine/arithmetic.ts';
import type { Backoff } from '../../model/scenario.ts';

/** The share of the time, and of the questions, for which an answer is kept. */
export const hitRate = (rate: number, ttl: number): number => (rate * ttl) / (1 + rate * ttl);

/** The share of caches that still hold a live answer `after` the source went away. */
export const stillAnswering = (after: number, rate: number, ttl: number): number =>
  after < ttl ? hitRate(rate, ttl) * (1 - after / ttl) : 0;

/** The same where a dead answer may be given for `stale` more (RFC 8767). */
export function stillStale(after: number, rate: number, ttl: number, stale: number): number {
  const held = hitRate(rate, ttl);
  if (after < stale) return held + (1 - held) * (1 - exp(-rate * (stale - after)));
  return after < stale + ttl ? held * (1 - (after - stale) / ttl) : 0;
}

/**
 * Queries a resolver sends to servers that do not answer: so many `tries` for each question, and then none while the failure is
 * remembered (RFC 2308 §7.1, RFC 9520 §3.2).
 */
export const failingQueries = (rate: number, tries: number, remembered: number): number =>
  (tries * rate) / (1 + rate * remembered);

/**
 * How many queries servers that do not answer get for each one they would have got, had they answered: `rate` null is asked so
 * often that without an answer it asks whenever it has forgotten the last failure. Infinite where it then never stops.
 *
 * Never less than one, though who remembers failures for longer than answers asks less: so an answer never makes for more
 * questions, and whether servers keep up can feed on itself one way only.
 */
export function askedAnew(rate: number | null, ttl: number, tries: number, remembered: number): number {
  if (rate === null) return remembered > 0 ? Math.max(1, (tries * ttl) / remembered) : Infinity;
  return Math.max(1, (failingQueries(rate, tries, remembered) / rate) * (1 + rate * ttl));
}

/** Which share of the questions a cache passes on while there are answers; with very many, how often in a unit of time it asks at all. */
export const askedUsually = (rate: number | null, ttl: number): number =>
  rate === null ? 1 / Math.max(1, ttl) : 1 / (1 + rate * ttl);

/** How long it is on average from one question that a cache passes on to the next: a life, and then the wait for a question. */
export const askedEvery = (rate: number | null, ttl: number): number =>
  Math.max(1, ttl + (rate === null ? 0 : 1 / rate));

/** How long until the next question of a Poisson stream, from one uniform draw. */
export const untilAsked = (u: number, rate: number): number => -log(u) / rate;

/** How many of `silent` servers are asked before one of `live`, on average over all orders. */
export const waitedFor = (silent: number, live: number): number => silent / (live + 1);

/**
 * The same for a resolver that has learnt which are silent: it leaves each alone for `avoids` after it was asked, and asks for the zone
 * once in `gap` on average (a Poisson stream). A server that may be asked again comes before all live ones once in live + 1 times, so
 * that it is asked once in avoids + (live + 1)·gap: `probedEvery`.
 */
export const probedFor = (silent: number, live: number, avoids: number, gap: number): number =>
  avoids === 0 ? waitedFor(silent, live) : (silent * gap) / probedEvery(live, avoids, gap);
export const probedEvery = (live: number, avoids: number, gap: number): number => avoids + (live + 1) * gap;

/** How long a resolver asks so many servers that all keep silent until it has given up the last of them, and when it asks them again. */
export function givenUpAfter({ first, times, each, most }: Backoff, servers: number): number {
  let sum = 0;
  for (let wait = first; wait < most; wait *= times) sum += each * wait;
  return servers * sum;
}
export const triedAgain = ({ each, most }: Backoff, servers: number): number => servers * each * most;

/** What a cache holds at a random moment: the time an entry has left, or for how long there has been none. */
export interface Residual {
  readonly left: number;
  readonly idle: number;
}

/**
 * The state of a cache at a random moment, from one uniform draw `u` (inverse transform). `rate` null: asked so often that it is
 * never without an answer. `ahead`: the last share of a life in which a question makes it ask anew, so that it never comes to that.
 * `caches`: of so many that were filled independently the one with the most left, as the largest of n uniform draws is u^(1/n).
 */
export function residual(u: number, ttl: number, rate: number | null, ahead = 0, caches = 1): Residual {
  if (caches > 1) return residual(exp(log(u) / caches), ttl, rate, ahead);
  const without = rate === null ? 0 : 1 - hitRate(rate, ttl);
  if (rate !== null && u < without) return { left: 0, idle: -log(u / without) / rate };
  return { left: (ahead + ((1 - ahead) * (u - without)) / (1 - without)) * ttl, idle: 0 };
}

/**
 * How often its clients ask a resolver that answers no more than `capacity` times the ordinary load, for every time they would have
 * asked: those who are not answered ask up to `tries` times. `dead`: the share of the ordinary load for names that nobody can answer.
 *
 * The load is dead·tries + alive·(a + (1 - a)·tries), of which a = capacity/load is answered: a quadratic with two roots. Between
 * them the load falls, above the upper one too: the upper one is where a drowned resolver stays, even when all names are alive again
 * (Bronson et al., HotOS 2021: metastable failures). Without a root above the capacity it comes up by itself.
 */
export function drowned(dead: number, tries: number, capacity: number): number {
  const alive = 1 - dead;
  const all = dead * tries + alive * tries;
  const inside = all * all - 4 * alive * (tries - 1) * capacity;
  if (inside < 0) return 1;
  const load = (all + Math.sqrt(inside)) / 2;
  if (load <= capacity) return 1;
  const answered = capacity / load;
  return answered + (1 - answered) * tries;
}
