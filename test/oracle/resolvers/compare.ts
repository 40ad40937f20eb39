/** What clients of a real resolver were told, and what netfall says they are: phases of one word each, and whether they agree. */
import type { Reply, Word } from './client.ts';
import type { Daemon } from './daemon.ts';
import type { Exchange } from './exchanges.ts';

/** A word from when clients were first told it, or had first waited long enough. Milliseconds since the first question. */
export interface Phase {
  readonly word: Word;
  readonly from: number;
}
type Span = readonly [earliest: number, latest: number];

/** Phases in which nothing changes are one. */
export const joined = (phases: readonly Phase[]): readonly Phase[] =>
  phases.filter(({ word }, k) => word !== phases[k - 1]?.word);

/** What a client is told, and when; where that is all that counts, only that it asks in vain, from then on. */
function told({ at, took, word }: Reply, unanswered: boolean): Phase {
  const vain = unanswered && (word === 'timeout' || word === 'servfail');
  return vain ? { word: 'servfail', from: at } : { word, from: at + took };
}

/** Replies in the order in which they came; where it counts when a question was asked, in the order of the questions. */
export function phasesOf(replies: readonly Reply[], { late, unanswered }: Exchange): readonly Phase[] {
  const all = replies.map((reply) => told(reply, unanswered));
  const changes = joined(unanswered ? all : all.sort((a, b) => a.from - b.from));
  return joined(
    changes.filter(({ word, from }, k) => {
      const end = changes[k + 1]?.from ?? Number.POSITIVE_INFINITY;
      return word !== 'timeout' || end - from > late;
    }),
  );
}

/**
 * Between which times a phase of netfall's may begin in reality: then, but for the whole seconds by which the daemon counts a life, for
 * each life that ended before. What netfall draws may be wherever it is drawn from: when a remembered failure is over, and what is
 * left, at a loss, of an answer that is fetched ahead of its end. What is back while it is asked for is heard with the next query.
 */
function spanOf(phases: readonly Phase[], k: number, daemon: Daemon, { acts, mode, ttl }: Exchange): Span {
  const { failureCache, prefetch } = daemon.modes[mode].keys;
  const [less, more] = daemon.grain;
  const { word, from } = phases[k] as Phase;
  const before = phases[k - 1]?.word;
  const [first, last] = [acts[0] as Exchange['acts'][0], acts.at(-1) as Exchange['acts'][0]];
  if (word === 'ok' && before !== undefined && before !== 'nxdomain') {
    // An abandoned zone is as good as any when the last link of its chain of trust is forgotten.
    const [back, whole] = last[1] === 'abandon' ? [daemon.chain, daemon.grain] : [last[0], [0, 0]];
    return [back + whole[0], back + whole[1] + (before === 'timeout' ? daemon.resends : failureCache + more)];
  }
  if (prefetch > 0 && before === 'ok') return [(2 - prefetch) * ttl + less, first[0] + ttl + more];
  const lives = phases.slice(0, k).filter((phase) => phase.word === 'ok' || phase.word === 'nxdomain').length;
  return [from + lives * less, from + lives * more + (word === 'stale' ? daemon.staleLate : 0)];
}

const described = (phases: readonly Phase[]): string =>
  phases.map(({ word, from }) => `${word} from ${Math.round(from)} ms`).join(', ');

/** What is wrong with the real phases, in words; empty: they agree. Questions come every so often, and nothing is sooner seen. */
export function disagreements(
  real: readonly Phase[],
  simulated: readonly Phase[],
  daemon: Daemon,
  exchange: Exchange,
): readonly string[] {
  if (exchange.failures > 0) return unlike(real, simulated, daemon, exchange);
  const both = `${daemon.name}: ${described(real)}; netfall: ${described(simulated)}`;
  if (real.map(({ word }) => word).join() !== simulated.map(({ word }) => word).join()) return [both];
  return real.flatMap(({ word, from }, k) => {
    const [earliest, latest] = spanOf(simulated, k, daemon, exchange);
    return from >= earliest - exchange.period && from <= latest + exchange.period
      ? []
      : [`${word} from ${Math.round(from)} ms is not between ${earliest} and ${latest} ms (${both})`];
  });
}

/**
 * The same, by how long each word is told, from the first loss on. A failure is forgotten after its life, by the whole second, and asked
 * about with the next question; where all servers are left alone meanwhile, that ends somewhere in a life, and the first time sooner by
 * as much as they have been known before.
 */
function unlike(
  real: readonly Phase[],
  simulated: readonly Phase[],
  daemon: Daemon,
  { failures, mode, period }: Exchange,
): readonly string[] {
  const { failureCache, patience, learns } = daemon.modes[mode].keys;
  const count = 1 + 2 * failures;
  const [there, here] = [real.slice(0, count), simulated.slice(0, count)];
  const both = `${daemon.name}: ${described(there)}; netfall: ${described(here)}`;
  const wordsOf = (phases: readonly Phase[]): string => phases.map(({ word }) => word).join();
  if (there.length < count || wordsOf(there) !== wordsOf(here)) return [both];
  const alone = learns?.backoff ? learns.avoids : 0;
  return there.slice(1, -1).flatMap(({ word, from }, k) => {
    const lasts = (there[k + 2] as Phase).from - from;
    const ours = (here[k + 2] as Phase).from - (here[k + 1] as Phase).from;
    const [, more] = daemon.grain;
    const whole = Math.max(1000, more);
    const [least, most] =
      word === 'timeout'
        ? [ours, ours]
        : alone === 0
          ? [ours, ours + whole]
          : [
              k === 1 ? failureCache + patience : ours - failureCache,
              (k === 1 ? alone + patience : ours) + failureCache + 2 * whole,
            ];
    return lasts >= least - period && lasts <= most + period
      ? []
      : [`${word} for ${Math.round(lasts)} ms is not between ${least} and ${most} ms (${both})`];
  });
}

/** An answer that takes no longer was not waited for: no server that answers is so slow, and few machines are. */
const QUICK = 350;

/** How often between two moments somebody had to wait, from when until when: all who waited at one time waited for the same. */
export function waitsBetween(
  replies: readonly Reply[],
  start: number,
  end: number,
): readonly (readonly [number, number])[] {
  const waits: [from: number, until: number][] = [];
  for (const { at, took } of replies) {
    if (took <= QUICK || at < start || at >= end) continue;
    const last = waits.at(-1);
    if (last && at <= last[1]) last[1] = Math.max(last[1], at + took);
    else waits.push([at, at + took]);
  }
  return waits;
}
