/**
 * Whom a resolver asks first: of the servers of a zone the quickest it knows, as RFC 1034 §5.3.3 wants it, and those that are slower by no
 * more than a band as often (BIND has none; Unbound takes any within 400 ms). When all of these keep silent, the next quickest, and so on.
 *
 * A resolver stands for many clients, so that of those asked as often every order counts alike, and what is told is the mean over all.
 * Where no times are said all servers are alike, and any is asked first.
 */
import type { Resolver, Zone } from '../../model/scenario.ts';
import { waitedFor } from './theory.ts';

/** A server as its resolver finds it when it asks it. `refuses`: it says at once that it has no answer. */
export interface Contender {
  /** Its round-trip time; 0: nobody says. */
  readonly rtt: number;
  readonly does: 'answers' | 'is silent' | 'refuses';
}

/** The turn of each: those in turn 0 are asked first, each as often as any other; those in turn 1 when none of these answers. */
export function turnsOf(rtts: readonly number[], band: number): readonly number[] {
  const order = rtts.map((_, k) => k).sort((a, b) => (rtts[a] as number) - (rtts[b] as number) || a - b);
  const turns = rtts.map(() => 0);
  let [turn, quickest] = [-1, -Infinity];
  for (const k of order) {
    const rtt = rtts[k] as number;
    if (turn < 0 || rtt > quickest + band) [turn, quickest] = [turn + 1, rtt];
    turns[k] = turn;
  }
  return turns;
}

/** How many silent ones are waited for before one answers, and how long its answer is under way, on average; `answers`: one does. */
export function askedInTurn(
  contenders: readonly Contender[],
  band: number,
): { readonly waits: number; readonly rtt: number; readonly answers: boolean } {
  const turns = turnsOf(
    contenders.map(({ rtt }) => rtt),
    band,
  );
  const last = Math.max(-1, ...turns);
  let waits = 0;
  for (let turn = 0; turn <= last; turn++) {
    const those = contenders.filter((_, k) => turns[k] === turn);
    const live = those.filter(({ does }) => does === 'answers');
    const silent = those.filter(({ does }) => does === 'is silent').length;
    if (live.length > 0) {
      const rtt = live.reduce((sum, one) => sum + one.rtt, 0) / live.length;
      return { waits: waits + waitedFor(silent, live.length), rtt, answers: true };
    }
    waits += silent;
  }
  return { waits, rtt: 0, answers: false };
}

/** Among these, how many that answer are asked as often as one more at this distance; null: it is not asked, as quicker ones answer. */
function rivalsOf(rtt: number, others: readonly Contender[], band: number): number | null {
  const [own, ...turns] = turnsOf([rtt, ...others.map((one) => one.rtt)], band) as [number, ...number[]];
  const live = turns.filter((_, k) => others[k]?.does === 'answers');
  return live.some((turn) => turn < own) ? null : live.filter((turn) => turn === own).length;
}
/** The same for any distance; most servers are as far as others. */
export function rivalsAmong(others: readonly Contender[], band: number): (rtt: number) => number | null {
  const known = new Map<number, number | null>();
  return (rtt) => {
    const found = known.get(rtt);
    const rivals = found === undefined ? rivalsOf(rtt, others, band) : found;
    known.set(rtt, rivals);
    return rivals;
  };
}

/** Which share of the questions the first of these gets, all of which answer. */
export function shareOfFirst(rtts: readonly number[], band: number): number {
  const [own, ...others] = turnsOf(rtts, band);
  return own === 0 ? 1 / (1 + others.filter((turn) => turn === 0).length) : 0;
}

/** Whether something says how far the servers of a zone are; of all of them, then. */
export const isTimed = ({ rtt }: Resolver, { nameservers }: Zone): boolean =>
  nameservers.some((server) => rtt.has(server));
