/** What a change of a route follows from (R16): what sites said, which sessions stood or fell between, and what policies made of it. */
import type { Past } from '../../engine/past.ts';
import { FORWARDS } from '../../model/facts.ts';
import type { PolicyTerm } from '../../model/scenario.ts';
import { hingesOf, isDead } from './peering.ts';
import type { PlannedQuestion, PlannedSession, PlannedSite, PlannedSwitch } from './planned.ts';
import { PEER, PROVIDER, SIBLING } from './policy.ts';
import { mayMatch } from './terms.ts';
import { leaks, type Topology } from './topology.ts';

export interface Asked {
  readonly topology: Topology;
  readonly sessions: readonly PlannedSession[];
  readonly switches: readonly PlannedSwitch[];
  edgesOf(who: string): readonly number[];
}

const DELIVERED = FORWARDS.indexOf('delivered');
const BLACK_HOLE = FORWARDS.indexOf('black hole');

/**
 * A lost route follows from the last withdrawal of every site it may have come from, and from what died on the ways there; a gained one
 * from the sites that announce and from what came back on a way there. Where more than sites and sessions decides, rivals that came or
 * went since, and conditions of policies that changed since, are there too. Messages are under way for a while, so what tipped it may
 * be none of these any more: it is always there.
 */
export function causesOf(asked: Asked, question: PlannedQuestion, past: Past): Set<number> {
  const found = new Set([past.tipped]);
  // It was never at rest, since before the start: nothing that has happened since is why.
  if (past.tipped < 0) return found;
  const { table } = question;
  // Which way packets go is not asked of sites one by one.
  if (question.fact.kind === 'passes') return found;
  const gained = question.fact.kind === 'forwards' ? past.to === DELIVERED : past.to !== 0;
  const sites = meantBy(question);
  // A route that still stands leads into it: what died under that route is all there is, whatever died elsewhere before.
  const withdrawn = sites.some(({ announces }) => past.latestTo(announces.id, 0) === past.tipped);
  if (question.fact.kind === 'forwards' && past.to === BLACK_HOLE && !withdrawn) return found;
  const since = past.latest(question.fact.id);
  const ways = new Ways(asked.topology, asked.edgesOf(question.who), (session) => {
    const hinges = hingesOf(asked.sessions[session] as PlannedSession);
    const dead = hinges.filter((hinge) => isDead(hinge, past));
    if (!gained)
      for (const hinge of hinges) {
        const death = past.latestTo(hinge.fact.id, hinge.dead);
        if (dead.includes(hinge) || death > since) found.add(death);
      }
    return dead.length === 0;
  });
  let open = false;
  for (const site of sites) {
    const { name, announces, mute } = site;
    const way = ways.to(asked.topology.indexOf.get(name) as number);
    // A site that has withdrawn and announces again may not have been heard of yet.
    if (way === null || (gained && !speaks(site, past))) continue;
    // What is announced all the while is lost by something else.
    if (!table.plain && !gained && speaks(site, past)) continue;
    found.add(past.latestTo(announces.id, Number(gained)));
    if (mute) found.add(past.latestTo(mute.id, Number(!gained)));
    open = true;
    if (gained)
      for (const session of way)
        for (const { fact } of hingesOf(asked.sessions[session] as PlannedSession)) found.add(past.latest(fact.id));
  }
  // What was announced is withdrawn again by now, or the way is closed: the news of that is still under way.
  if (gained && !open) for (const { announces } of sites) found.add(past.latestTo(announces.id, 1));
  if (table.plain) return found;
  const halves = ways.halvesTo(sites.map(({ name }) => asked.topology.indexOf.get(name) as number));
  for (const change of decidersOf(asked, question, halves, past)) if (change > since) found.add(change);
  return found;
}

/** The sites a question is about: of one announcement; or, for an address, of all whose blocks hold it. */
const meantBy = ({ table, around, announcement }: PlannedQuestion): readonly PlannedSite[] =>
  announcement === null
    ? [table, ...around].flatMap(({ sites }) => sites)
    : table.sites.filter((site) => site.announcement === announcement);

/** What rivals last said, and what last made the conditions of policies what they are that concern the block on some way to it. */
function decidersOf(
  { switches, topology }: Asked,
  { table, announcement }: PlannedQuestion,
  halves: Iterable<number>,
  past: Past,
): Set<number> {
  const found = new Set<number>();
  const terms = new Set<PolicyTerm>();
  for (const half of halves)
    for (const policy of [topology.imports.get(half), topology.exports.get(half)])
      for (const term of policy?.terms ?? []) terms.add(term);
  for (const site of table.sites) if (site.announcement !== announcement) found.add(past.latest(site.announces.id));
  for (const { term, signal } of switches)
    if (terms.has(term) && mayMatch(term, table.announcements)) past.deciders(signal.id, found);
  return found;
}

/** It announces, and its routing process runs. */
const speaks = ({ announces, mute }: PlannedSite, past: Past): boolean =>
  past.raw(announces.id) === 1 && (mute === null || past.raw(mute.id) === 0);

/**
 * Where routes may come from: ways that go up to providers, then over one peer at most, then down to customers; and on from whoever
 * leaks. Under policies of Gao and Rexford a network has a route just when there is such a way over sessions that stand.
 */
export class Ways {
  /** The half by which each state was reached; a state is a speaker, and whether the way to it only went up. */
  private readonly by = new Map<number, { readonly half: number; readonly before: number } | null>();

  constructor(
    private readonly topology: Topology,
    edges: readonly number[],
    stands: (session: number) => boolean,
  ) {
    for (const edge of edges) this.by.set(edge * 2 + 1, null);
    for (const state of this.by.keys())
      for (const { half, next } of this.steps(state)) {
        const over = topology.session[half] as number;
        if (!this.by.has(next) && (over < 0 || stands(over))) this.by.set(next, { half, before: state });
      }
  }

  /** Who may tell a speaker what, by relation and by who leaks; the state of the teller that it must be heard in. */
  private *steps(state: number): Generator<{ readonly half: number; readonly next: number }> {
    const { firstIn, from, relation, exports } = this.topology;
    const speaker = state >> 1;
    for (let half = firstIn[speaker] as number; half < (firstIn[speaker + 1] as number); half++) {
      const kind = relation[half] as number;
      if ((state & 1) === 0 && (kind === PROVIDER || kind === PEER)) continue;
      const tellsAll = kind === PROVIDER || kind === SIBLING || leaks(exports.get(half));
      yield { half, next: (from[half] as number) * 2 + Number(tellsAll) };
    }
  }

  /** Every half that lies on some way to one of these speakers. */
  halvesTo(speakers: readonly number[]): Set<number> {
    const before = new Map<number, { readonly half: number; readonly state: number }[]>();
    for (const state of this.by.keys())
      for (const { half, next } of this.steps(state)) {
        const known = before.get(next);
        if (known) known.push({ half, state });
        else before.set(next, [{ half, state }]);
      }
    const halves = new Set<number>();
    const reached = new Set(speakers.flatMap((speaker) => [speaker * 2, speaker * 2 + 1]));
    for (const state of reached)
      for (const step of before.get(state) ?? []) {
        halves.add(step.half);
        reached.add(step.state);
      }
    return halves;
  }

  /** The sessions on the way to a speaker; null when there is none. */
  to(speaker: number): readonly number[] | null {
    let state = [speaker * 2 + 1, speaker * 2].find((one) => this.by.has(one));
    if (state === undefined) return null;
    const sessions: number[] = [];
    for (let step = this.by.get(state); step; step = this.by.get(state)) {
      const session = this.topology.session[step.half] as number;
      if (session >= 0) sessions.push(session);
      state = step.before;
    }
    return sessions;
  }
}
