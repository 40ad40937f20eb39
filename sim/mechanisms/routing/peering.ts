/** Sessions in a plan: what each hangs on, what is asked of it, and why it stands or does not (RFC 4271 §8, RFC 4486 §4). */

import type { Engine } from '../../engine/engine.ts';
import type { Items } from '../../engine/items.ts';
import type { Complaint, FactRef } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import type { Planner } from '../../engine/planner.ts';
import { afterwards, NO, type Turn, YES } from '../../engine/turn.ts';
import { limitsOf, shuts } from '../../model/limits.ts';
import { fixed } from '../../model/luck.ts';
import type { Link, Scenario } from '../../model/scenario.ts';
import { byName } from '../../model/units.ts';
import { type PlannedSession, type PlannedSpeaker, type PlannedTable, RESTARTS, SESSION, SPEAKER } from './planned.ts';
import { isSafe } from './topology.ts';

/** A fact that a session hangs on, and the value with which it does not stand. */
export interface Hinge {
  readonly fact: FactRef;
  readonly dead: 0 | 1;
}
const outside = ({ ends, carries, mutes }: PlannedSession): readonly Hinge[] => [
  ...ends.map((fact) => ({ fact, dead: 0 }) as const),
  ...(carries ? [{ fact: carries, dead: 0 } as const] : []),
  ...mutes.map((fact) => ({ fact, dead: 1 }) as const),
];
/** Where a limit may shut it, that it stands is a hinge of its own. */
export const hingesOf = (session: PlannedSession): readonly Hinge[] =>
  session.stands && shuts(session.link) ? [...outside(session), { fact: session.stands, dead: 0 }] : outside(session);
export const isDead = ({ fact, dead }: Hinge, past: Past): boolean => past.raw(fact.id) === dead;
/** What a hinge is to be for the session to stand. */
export const mended = ({ fact, dead }: Hinge): Turn => ({ fact, among: dead === 0 ? YES : NO });

/** A session that never falls. */
const SAFE = { item: -1, ends: [], carries: null, mutes: [], start: null, stands: null, limited: null };

export class Peering {
  /** Once somebody asks for routes or sessions. */
  readonly speakers: PlannedSpeaker[] = [];
  readonly sessions: PlannedSession[] = [];
  /** The item by which restarts act; -1: no session is graceful. */
  restarts = -1;
  private readonly ends: readonly { readonly name: string; readonly item: number }[];
  private readonly joints: readonly { readonly link: Link; readonly item: number }[];
  private readonly byFact = new Map<FactRef, PlannedSession>();
  private joined = false;

  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
    private readonly part: number,
    private readonly items: Items,
    links: readonly Link[],
  ) {
    const silenced = [...scenario.prefixes.values()]
      .flatMap(({ sites }) => sites.map(({ site }) => site))
      .filter((site) => planner.hits.may(site, 'mute'));
    // What is not declared is always up, and nothing is to be heard of it.
    const speaking = links.flatMap(({ from, to }) => [from, to]).filter((name) => scenario.nodes.has(name));
    const ends = [...new Set([...speaking, ...silenced])].sort(byName);
    this.ends = ends.map((name, index) => ({ name, item: items.add(SPEAKER, index) }));
    this.joints = links.map((link, index) => ({ link, item: isSafe(link) ? -1 : items.add(SESSION, index) }));
  }

  /** `config/x/mute`, where something may make it so. */
  muteOf(name: string): FactRef | null {
    return this.planner.hits.may(name, 'mute') ? this.planner.fact('config', name, 'mute') : null;
  }

  /** Hears of every speaker and of every session that may fail, once; true when this was the first call. */
  join(): boolean {
    if (this.joined) return false;
    this.joined = true;
    const { planner, part } = this;
    const ups = new Map(this.ends.map(({ name }) => [name, planner.fact('up', name)]));
    const mutes = new Map(this.ends.map(({ name }) => [name, this.muteOf(name)]));
    const hear = (item: number, facts: readonly (FactRef | null)[]): void => {
      for (const fact of facts) if (fact) planner.hearFact(fact, part, item);
    };
    for (const { name, item } of this.ends) {
      const speaker = { name, item, up: ups.get(name) as FactRef, mute: mutes.get(name) ?? null };
      hear(item, [speaker.up, speaker.mute]);
      this.speakers.push(speaker);
    }
    const forced = new Set([...this.scenario.forces.values()].map(({ question }) => question.subjects[0]));
    for (const { link, item } of this.joints) {
      if (isSafe(link)) {
        this.sessions.push({ ...SAFE, link });
        continue;
      }
      const { name, from, to, layer } = link;
      const may = layer !== null || forced.has(name) || planner.hits.may(name, 'down');
      const session: PlannedSession = {
        link,
        item,
        ends: [from, to].flatMap((end) => ups.get(end) ?? []),
        carries: may ? planner.fact('carries', name) : null,
        mutes: [from, to].flatMap((end) => mutes.get(end) ?? []),
        start: planner.hits.may(name, 'start') ? planner.fact('config', name, 'start') : null,
        stands: null,
        limited: null,
      };
      hear(item, [...session.ends, session.carries, ...session.mutes, session.start]);
      this.sessions.push(session);
      if (shuts(link)) planner.fact('session', name);
      if (link.graceful > 0 && this.restarts < 0) this.restarts = this.items.add(RESTARTS, 0);
    }
    return true;
  }

  /** Somebody asks whether a session stands, or is over its limit. */
  define(fact: FactRef): string | null {
    const [name] = fact.subjects as [string];
    const session = this.sessions.find(({ link }) => link.name === name);
    if (!session) return `${name} is no session`;
    if (fact.kind === 'limited' && limitsOf(session.link).length === 0) return `no end of ${name} has a limit`;
    if (fact.kind === 'limited') session.limited = fact;
    else session.stands = fact;
    this.byFact.set(fact, session);
    this.planner.hangsOn(session, () => this.facts());
    return null;
  }

  /** All that sessions hang on. */
  facts(): readonly FactRef[] {
    return [
      ...this.speakers.flatMap(({ up, mute }) => (mute ? [up, mute] : [up])),
      ...this.sessions.flatMap(({ carries }) => carries ?? []),
    ];
  }

  /**
   * A session that falls follows from what it lacks, one that rises from all it has. Over its limit, either follows from who announces
   * what comes over it; what shut it long ago is the fall itself.
   */
  explain(fact: FactRef, past: Past, tables: readonly PlannedTable[]): Iterable<number> {
    const session = this.byFact.get(fact) as PlannedSession;
    const found = new Set([past.tipped]);
    if (past.tipped < 0) return found;
    const exceeds = fact.kind === 'limited' ? past.to === 1 : past.rule === 'message';
    if (exceeds)
      for (const { sites } of tables)
        for (const { announces } of sites) if (past.raw(announces.id) === 1) found.add(past.latest(announces.id));
    if (fact.kind === 'limited' || exceeds) return found;
    for (const hinge of outside(session))
      if (past.to === 1 || isDead(hinge, past)) found.add(past.latest(hinge.fact.id));
    return found;
  }

  /** What shuts a session before the start: its limit is written too low, for who announces then is taken for granted. */
  complain(engine: Engine): readonly Complaint[] {
    const { value } = engine.board;
    const shut = this.sessions.filter(
      (session) =>
        shuts(session.link) &&
        value[(session.stands as FactRef).id] === 0 &&
        outside(session).every(({ fact, dead }) => value[fact.id] !== dead),
    );
    return shut.map(({ link: { name } }) => ({
      about: name,
      says: `more prefixes come over ${name} before the start than its limit lets through`,
      hint: 'a higher limit, or fewer prefixes that are announced before something happens',
    }));
  }

  /** What turns it over: of what it hangs on anything, or all that is missing; of a limit, what is announced. */
  otherwise(fact: FactRef, past: Past, tables: readonly PlannedTable[]): Turn {
    const session = this.byFact.get(fact) as PlannedSession;
    const is = past.raw(fact.id) === 1;
    if (fact.kind === 'limited') return is ? this.freed(session, past) : tooMany(session, tables, past);
    if (is)
      return {
        any: [
          ...outside(session).map(({ fact: one, dead }): Turn => ({ fact: one, among: dead === 0 ? NO : YES })),
          ...(shuts(session.link) ? [tooMany(session, tables, past)] : []),
        ],
      };
    const missing = outside(session).filter((hinge) => isDead(hinge, past));
    if (missing.length > 0 || !shuts(session.link)) return { all: missing.map(mended) };
    return this.freed(session, past);
  }

  private freed({ link, start }: PlannedSession, past: Past): Turn {
    if (!shuts(link)) return { outside: `fewer prefixes are told over ${link.name}` };
    const restarts = limitsOf(link).flatMap(({ then, restart }) => (then === 'shut' ? (restart ?? []) : []));
    const byHand: Turn[] = [];
    if (start)
      byHand.push(past.raw(start.id) === 0 ? { fact: start, among: YES } : { outside: `${link.name} is started anew` });
    return { any: [...restarts.map((span) => afterwards({ all: [] }, 'expiry', fixed(span))), ...byHand] };
  }
}

/** A limit is exceeded when more is announced than is now. */
const tooMany = ({ link }: PlannedSession, tables: readonly PlannedTable[], past: Past): Turn => {
  const silent = tables.flatMap(({ sites }) => sites).filter(({ announces }) => past.raw(announces.id) === 0);
  return silent.length === 0
    ? { outside: `more prefixes are told over ${link.name}` }
    : { once: { any: silent.map(({ announces }) => ({ fact: announces, among: YES })) }, rule: 'message', takes: null };
};
