/** Packets followed for a person who asks: every hop, the route it goes by, and why it ends where it does. */
import type { Neighbour, PacketEnd, PacketHop, PacketsTold } from '../../model/looks.ts';
import type { Prefix } from '../../model/scenario.ts';
import { type Journey, levelOf, type View } from './forward.ts';
import { NEIGHBOURS } from './glass.ts';
import { OWN } from './static.ts';
import type { Topology } from './topology.ts';

/** `announced`: the announcement that the route of a speaker is of, by level; undefined beyond all levels. */
export function hopsOf(
  topology: Topology,
  view: View,
  journey: Journey | null,
  announced: (speaker: number, level: number) => Prefix | undefined,
): Pick<PacketsTold, 'outcome' | 'end' | 'hops'> {
  if (journey === null) return { outcome: 'no route', end: 'no route', hops: [] };
  const hops = [...journey.through].map((speaker): PacketHop => {
    const at = topology.speakers[speaker] as string;
    const level = levelOf(view, speaker);
    const block = announced(speaker, level);
    if (!block) return { at, prefix: null, cidr: null, next: null, session: null, neighbour: null };
    const way = { at, prefix: block.name, cidr: block.cidr };
    const half = view.over(speaker, level);
    if (half === OWN) return { ...way, next: null, session: null, neighbour: 'own' };
    return {
      ...way,
      next: topology.speakers[view.teller(half)] as string,
      session: topology.sessions[topology.session[half] as number]?.name ?? null,
      neighbour: NEIGHBOURS[topology.relation[half] as number] as Neighbour,
    };
  });
  return { outcome: journey.outcome, end: endOf(journey, hops.at(-1)?.neighbour === 'own'), hops };
}

/** `here`: it ends where some block is announced. */
function endOf({ outcome }: Journey, here: boolean): PacketEnd {
  switch (outcome) {
    case 'delivered':
      return 'announced here';
    case 'filtered':
      return here ? 'null route' : 'blackhole community';
    case 'black hole':
      return here ? 'wider block' : 'dead session';
    default:
      return outcome;
  }
}
