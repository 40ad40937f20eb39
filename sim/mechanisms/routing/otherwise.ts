/** What has to be so for a network to gain or lose its routes: what sites say, and the sessions between. */
import type { Past } from '../../engine/past.ts';
import { NO, type Turn, YES } from '../../engine/turn.ts';
import { FORWARDS } from '../../model/facts.ts';
import type { Asked } from './causes.ts';
import { hingesOf, isDead, mended } from './peering.ts';
import type { PlannedQuestion, PlannedSession } from './planned.ts';
import { Ways } from './ways.ts';

const DELIVERED = FORWARDS.indexOf('delivered');

/** Whether a route hangs on nothing but sites and sessions: no policy, no rival, and no packets that go elsewhere on purpose. */
const isSimple = ({ fact, table, around, announcement }: PlannedQuestion): boolean =>
  fact.kind !== 'passes' &&
  announcement !== null &&
  [table, ...around].every(({ plain, announcements }) => plain && announcements[0].traffic === 'here');

/**
 * A route is lost when every site from which there is a way withdraws, and gained when one announces that there is a way to; either
 * way the news of it takes its time. Of a site alone: that it does. Sessions are asked for only where no standing way is left. null: it hangs on more than these.
 */
export function turnOfRoute(asked: Asked, question: PlannedQuestion, past: Past): Turn | null {
  if (!isSimple(question)) return null;
  const { fact, who, table } = question;
  const has = fact.kind === 'forwards' ? past.raw(fact.id) === DELIVERED : past.raw(fact.id) === 1;
  const dead = (session: number) =>
    hingesOf(asked.sessions[session] as PlannedSession).filter((hinge) => isDead(hinge, past));
  const edges = asked.edgesOf(who);
  const standing = new Ways(asked.topology, edges, table.announcements, (session) => dead(session).length === 0);
  const any = new Ways(asked.topology, edges, table.announcements, () => true);
  const sites = fact.kind === 'lands' ? table.sites.filter(({ name }) => name === fact.subjects[2]) : table.sites;
  const turns = sites.flatMap(({ name, announces, mute }): Turn[] => {
    const speaker = asked.topology.indexOf.get(name) as number;
    if (has) return standing.to(speaker) && past.raw(announces.id) === 1 ? [{ fact: announces, among: NO }] : [];
    const way = standing.to(speaker) ?? any.to(speaker);
    if (!way) return [];
    const said: Turn[] = [{ fact: announces, among: YES }];
    if (mute && past.raw(mute.id) === 1) said.push({ fact: mute, among: NO });
    const lacks = new Map(way.flatMap(dead).map((hinge) => [hinge.fact, hinge]));
    return [{ all: [...said, ...[...lacks.values()].map(mended)] }];
  });
  return { once: has ? { all: turns } : { any: turns }, rule: 'message', takes: null };
}
