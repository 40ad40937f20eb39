/** Limits on how many prefixes an end takes over a session: counted as heard, before its policy, IPv4 and IPv6 apart (RFC 4486 §4). */
import type { Link, Prefix, PrefixLimit } from '../../model/scenario.ts';
import type { Rule } from '../../trace/trace.ts';
import { NONE } from './paths.ts';
import { HERE } from './rib.ts';
import type { RunningTable } from './tables.ts';
import type { Topology } from './topology.ts';

/** One end's limit, and the half over which it hears what it counts. */
export interface Watched {
  readonly half: number;
  readonly limit: PrefixLimit;
}
/** What has come over a session in this instant, or ended. */
export interface News {
  readonly rule: Rule;
  readonly change: number;
  /** Routes that were not there before, by table and half. */
  readonly fresh: readonly (readonly [table: number, half: number])[];
}

export class Limits {
  private readonly bySession = new Map<number, readonly Watched[]>();
  private readonly byHalf = new Map<number, number>();
  private news = new Map<number, News>();

  constructor(
    topology: Topology,
    private readonly tables: readonly RunningTable[],
  ) {
    for (const [session, { ends }] of (topology.sessions as readonly Link[]).entries()) {
      // Towards `to`, then towards `from`.
      const watched = [ends.to.limit, ends.from.limit].flatMap((limit, side): Watched[] =>
        limit ? [{ half: topology.halves[session * 2 + side] as number, limit }] : [],
      );
      if (watched.length === 0) continue;
      this.bySession.set(session, watched);
      for (const { half } of watched) this.byHalf.set(half, session);
    }
  }

  /** Routes of one table have come over a half; `had`: there was one before. */
  heard(table: number, half: number, had: boolean, change: number): void {
    const session = this.byHalf.get(half);
    if (session === undefined) return;
    const known = this.news.get(session);
    const fresh = known?.fresh ?? [];
    const isFresh = !had && (this.tables[table] as RunningTable).rib.offer(half) !== NONE;
    this.news.set(session, {
      rule: 'message',
      change: Math.max(known?.change ?? -1, change),
      fresh: isFresh ? [...fresh, [table, half]] : fresh,
    });
  }
  /** All that was heard over a session is forgotten. */
  ended(session: number, change: number): void {
    if (this.bySession.has(session)) this.news.set(session, { rule: 'now', change, fresh: [] });
  }

  /** What there is to judge, once. */
  take(): ReadonlyMap<number, News> {
    const { news } = this;
    if (news.size > 0) this.news = new Map();
    return news;
  }

  /** The limits of a session that are exceeded. */
  exceeded(session: number): readonly Watched[] {
    return (this.bySession.get(session) ?? []).filter(({ half, limit }) => this.count(half) > limit.prefixes);
  }
  /** Of the family of addresses that has more. Entries that stand for many like prefixes count as many. */
  private count(half: number): number {
    let [four, six] = [0, 0];
    for (const { rib, planned } of this.tables) {
      const route = rib.offer(half);
      if (route === NONE) continue;
      const { cidr, count } = planned.announcements[rib.announcementOf(route)] as Prefix;
      if (cidr?.includes(':')) six += count;
      else four += count;
    }
    return Math.max(four, six);
  }

  /** What exceeds a limit that shuts is not taken: the session is over before anything is chosen by it. */
  refuse({ fresh, change }: News): void {
    for (const [table, half] of fresh) (this.tables[table] as RunningTable).rib.hear(half, NONE, change, HERE);
  }
}
