/** Which thing leans on which: needs, links, places, nameservers of a zone, sites of a prefix; each pair once. */
import type { Run } from '../load/run.ts';
import type { Thing, Things } from './things.ts';

/**
 * Strongest first: where two things are tied in several ways, the first of these is drawn. A `link` carries packets in a layer of the
 * scenario, such as a backbone; a `session` is one over which networks tell each other their routes.
 */
export const TIES = ['needs', 'asks', 'serves', 'link', 'session', 'place'] as const;
export type TieKind = (typeof TIES)[number];

export interface Tie {
  /** The one that leans on the other, where the tie has a direction. */
  readonly from: Thing;
  readonly to: Thing;
  readonly kind: TieKind;
  readonly layer: string | null;
  /** The fact that says whether a link carries; -1 when none does. */
  readonly carries: number;
}

export interface Ties {
  readonly list: readonly Tie[];
  /** By index of thing: what it leans on, and what leans on it, in order of name. */
  readonly needs: readonly (readonly Thing[])[];
  readonly neededBy: readonly (readonly Thing[])[];
}

export function tiesOf(run: Run, things: Things): Ties {
  const { scene, facts } = run;
  const byPair = new Map<number, Tie>();
  const add = (
    from: Thing | null,
    to: Thing | null,
    kind: TieKind,
    layer: string | null = null,
    carries = -1,
  ): void => {
    if (!from || !to || from === to) return;
    const key = Math.min(from.index, to.index) * things.list.length + Math.max(from.index, to.index);
    const known = byPair.get(key);
    if (!known || TIES.indexOf(kind) < TIES.indexOf(known.kind)) byPair.set(key, { from, to, kind, layer, carries });
  };
  for (const node of scene.nodes) {
    const from = things.named(node.name);
    for (const need of node.needs) add(from, things.named(need), 'needs');
    if (node.place !== null) add(from, things.named(node.place), 'place');
  }
  for (const zone of scene.zones)
    for (const server of zone.nameservers)
      add(things.byId.get(`zone:${zone.name}`) ?? null, things.named(server), 'serves');
  for (const prefix of scene.prefixes)
    for (const site of prefix.sites)
      add(things.byId.get(`prefix:${prefix.name}`) ?? null, things.named(site), 'serves');
  for (const journey of scene.journeys)
    for (const resolver of journey.resolver?.split('>') ?? [])
      add(things.named(journey.population), things.named(resolver), 'asks');
  for (let fact = 0; fact < facts.count; fact++) {
    const [subject, object] = facts.subjects[fact] ?? [];
    if (facts.kinds[fact] === 'resolves')
      add(things.byId.get(subject ?? '') ?? null, things.byId.get(`zone:${object}`) ?? null, 'asks');
  }
  for (const link of scene.links)
    add(
      things.named(link.from),
      things.named(link.to),
      link.implied ? 'place' : link.layer === null ? 'session' : 'link',
      link.layer,
      facts.index.get(`carries/${link.name}`) ?? -1,
    );

  const list = [...byPair.values()];
  const needs: Thing[][] = things.list.map(() => []);
  const neededBy: Thing[][] = things.list.map(() => []);
  for (const { from, to, kind } of list) {
    if (kind === 'link' || kind === 'session') continue;
    needs[from.index]!.push(to);
    neededBy[to.index]!.push(from);
  }
  for (const lists of [needs, neededBy]) for (const one of lists) one.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { list, needs, neededBy };
}
