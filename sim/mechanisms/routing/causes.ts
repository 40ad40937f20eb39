/** What a change of a route follows from (R16): what sites said, which sessions stood or fell between, and what policies made of it. */
import type { FactRef } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import { FORWARDS } from '../../model/facts.ts';
import type { PolicyTerm } from '../../model/scenario.ts';
import { DROPPED } from './communities.ts';
import { type Hinge, hingesOf, isDead } from './peering.ts';
import type { PlannedQuestion, PlannedSession, PlannedSite, PlannedSwitch } from './planned.ts';
import { mayMatch } from './terms.ts';
import type { Topology } from './topology.ts';
import { Ways } from './ways.ts';

export interface Asked {
  readonly topology: Topology;
  readonly sessions: readonly PlannedSession[];
  readonly switches: readonly PlannedSwitch[];
  edgesOf(who: string): readonly number[];
}

/**
 * A lost route follows from what was withdrawn or died on every way there was; a gained one from one site that announces, and from what
 * came back on the way to it. Where that does not decide it, rivals that came or went since do, and conditions of policies on some way.
 * Messages are under way for a while, so what tipped it may be none of these any more: it is always there.
 */
export function causesOf(asked: Asked, question: PlannedQuestion, past: Past): Set<number> {
  const found = new Set([past.tipped]);
  // It was never at rest, since before the start: nothing that has happened since is why. Through whom packets come is a choice of one.
  if (past.tipped < 0 || question.fact.kind === 'passes') return found;
  const cause = new RouteCauses(asked, question, past, found);
  const { kind, subjects } = question.fact;
  const sites = meantBy(question);
  const beyond = question.around.flatMap((table) => table.sites);
  if (kind === 'lands') {
    const own = sites.filter(({ name }) => name === subjects[2]);
    if (past.to === 1) cause.gained(own);
    // That the site withdraws is enough; the way to it may be shut by the same death.
    else if (!own.some(({ announces }) => past.latestTo(announces.id, 0) === past.tipped)) cause.lost(own);
  } else if (kind !== 'forwards') {
    if (past.to !== 0) cause.gained(sites);
    else cause.lost(sites);
  } else {
    const outcome = FORWARDS[past.to];
    if (outcome === 'delivered') cause.gained(first(sites.filter(isServed), beyond.filter(isServed)));
    else if (outcome === 'filtered') cause.gained(first(sites.filter(isDropped), sites));
    else if (outcome === 'black hole' && past.rule === 'now') cause.died([...sites, ...beyond]);
    else cause.lost(sites);
  }
  return found;
}

/** The sites a question is about: of one announcement; or, for an address, of all whose blocks hold it. */
const meantBy = ({ table, around, announcement }: PlannedQuestion): readonly PlannedSite[] =>
  announcement === null
    ? [table, ...around].flatMap(({ sites }) => sites)
    : table.sites.filter((site) => site.announcement === announcement);

const first = <T>(some: readonly T[], others: readonly T[]): readonly T[] => (some.length > 0 ? some : others);
const announced = ({ table, announcement }: PlannedSite) => table.announcements[announcement];
const isServed = (site: PlannedSite): boolean => announced(site)?.traffic === 'here';
/** Packets for it are dropped on purpose: where it is announced, or where it is heard (RFC 7999). */
const isDropped = (site: PlannedSite): boolean =>
  announced(site)?.traffic === 'drop' || announced(site)?.communities.includes(DROPPED) === true;

class RouteCauses {
  private readonly edges: readonly number[];
  /** The ways over sessions that stand, and the sessions at which they end because those do not. */
  private readonly ways: Ways;
  private readonly border = new Set<number>();
  /** The change by which the fact became what it was before; -1: it was so from the start. */
  private readonly since: number;

  constructor(
    private readonly asked: Asked,
    private readonly question: PlannedQuestion,
    private readonly past: Past,
    private readonly found: Set<number>,
  ) {
    this.edges = asked.edgesOf(question.who);
    this.since = past.latest(question.fact.id);
    this.ways = this.waysOver((session) => {
      const stands = !this.hinges(session).some((hinge) => isDead(hinge, past));
      if (!stands) this.border.add(session);
      return stands;
    });
  }

  /** One site is enough: the one that tipped it, or to which leads what tipped it, or the first there is a way to. */
  gained(sites: readonly PlannedSite[]): void {
    const { past, found } = this;
    const isBy = ({ id }: FactRef): boolean => past.latest(id) === past.tipped;
    const open = sites.flatMap((site) => {
      const way = this.speaks(site) ? this.wayTo(site) : null;
      return way ? [{ site, hinges: way.flatMap((session) => this.hinges(session)) }] : [];
    });
    const one =
      open.find(({ site: { announces, mute } }) => isBy(announces) || (mute !== null && isBy(mute))) ??
      open.find(({ hinges }) => hinges.some(({ fact }) => isBy(fact))) ??
      open[0];
    if (one) {
      this.said(one.site, 1);
      for (const { fact } of one.hinges) found.add(past.latest(fact.id));
    } else {
      // What was announced is withdrawn again by now, or the way is closed: the news of that is still under way.
      const announced = sites.map(({ announces }) => past.latestTo(announces.id, 1));
      if (!announced.includes(past.tipped)) found.add(Math.max(-1, ...announced));
    }
    this.decided(sites, 0);
  }

  /** On every way there was something is in between: the first that died, or the site that withdrew. */
  lost(sites: readonly PlannedSite[]): void {
    const { past, found, question } = this;
    const halves = this.halvesTo(sites);
    const sessions = new Set([...halves].map((half) => this.asked.topology.session[half] as number));
    sessions.delete(-1);
    for (const session of sessions)
      if (this.border.has(session))
        for (const hinge of this.hinges(session))
          if (isDead(hinge, past)) found.add(past.latestTo(hinge.fact.id, hinge.dead));
    const open = sites.filter((site) => this.wayTo(site) !== null);
    const speaking = open.filter((site) => this.speaks(site));
    for (const site of open) if (!speaking.includes(site)) this.said(site, 0);
    // Packets that land elsewhere, while they might land here, follow from whoever came nearer.
    if (speaking.length === 0 || question.fact.kind === 'lands') return;
    // A way is open again, and news of it is slower than bad news (Labovitz et al. 2000): what was lost for a while counts.
    const losses = [...sessions]
      .flatMap((session) => this.hinges(session))
      .map(({ fact, dead }) => past.latestTo(fact.id, dead));
    losses.push(...speaking.map(({ announces }) => past.latestTo(announces.id, 0)));
    if (losses.includes(past.tipped)) for (const loss of losses) if (loss > this.since) found.add(loss);
    this.decided(sites, 1);
  }

  /** Packets die where they are: with a site, or in the network of one, which takes them for a wider block that none of its sites serves. */
  died(sites: readonly PlannedSite[]): void {
    const { past } = this;
    const { network, indexOf } = this.asked.topology;
    const networkOf = ({ name }: PlannedSite): number => network[indexOf.get(name) as number] as number;
    const last = sites.find(({ announces }) => past.latestTo(announces.id, 0) === past.tipped);
    if (!last || past.raw(last.up.id) === 0) return;
    for (const site of sites)
      if (site.table === last.table && networkOf(site) === networkOf(last) && !this.speaks(site)) this.said(site, 0);
  }

  /** What rivals said since, and what since made the conditions of policies what they are that concern the block on some way to it. */
  private decided(sites: readonly PlannedSite[], rivals: 0 | 1): void {
    const { past, question, found } = this;
    const { table, announcement } = question;
    if (table.plain) return;
    const { switches, topology } = this.asked;
    const terms = new Set<PolicyTerm>();
    for (const half of this.halvesTo(sites))
      for (const policy of [topology.imports.get(half), topology.exports.get(half)])
        for (const term of policy?.terms ?? []) terms.add(term);
    const changes = new Set<number>();
    for (const { announcement: other, announces } of announcement === null ? [] : table.sites)
      if (other !== announcement && past.raw(announces.id) === rivals) changes.add(past.latest(announces.id));
    for (const { term, signal } of switches)
      if (terms.has(term) && mayMatch(term, table.announcements)) past.deciders(signal.id, changes);
    for (const change of changes) if (change > this.since) found.add(change);
  }

  private waysOver(stands: (session: number) => boolean): Ways {
    return new Ways(this.asked.topology, this.edges, this.question.table.announcements, stands);
  }
  private halvesTo(sites: readonly PlannedSite[]): ReadonlySet<number> {
    return this.waysOver(() => true).halvesTo(sites.map((site) => this.numberOf(site)));
  }
  private wayTo(site: PlannedSite): readonly number[] | null {
    return this.ways.to(this.numberOf(site));
  }
  private numberOf({ name }: PlannedSite): number {
    return this.asked.topology.indexOf.get(name) as number;
  }
  private hinges(session: number): readonly Hinge[] {
    return hingesOf(this.asked.sessions[session] as PlannedSession);
  }
  /** It announces, and its routing process runs. */
  private speaks({ announces, mute }: PlannedSite): boolean {
    return this.past.raw(announces.id) === 1 && (mute === null || this.past.raw(mute.id) === 0);
  }
  /** What last made a site announce, or stop. */
  private said({ announces, mute }: PlannedSite, is: 0 | 1): void {
    this.found.add(this.past.latestTo(announces.id, is));
    if (mute) this.found.add(this.past.latestTo(mute.id, 1 - is));
  }
}
