/** Packets followed for a person who asks: every hop, the route it goes by, and why it ends where it does. */
import type { Neighbour, PacketEnd, PacketHop, PacketsTold } from '../../model/looks.ts';
import type { Prefix } from '../../model/scenario.ts';
import { forward, type View } from './forward.ts';
import { NEIGHBOURS } from './glass.ts';
import { NO_HALF, OWN } from './static.ts';
import type { Topology } from './topology.ts';

/** From the edge `start` on; `prefixes`: of each level of the view. */
export function hopsOf(
  topology: Topology,
  view: View,
  start: number,
  prefixes: readonly Prefix[],
): Pick<PacketsTold, 'outcome' | 'end' | 'hops'> {
  const hops: PacketHop[] = [];
  const passed = new Set<number>();
  let end: PacketEnd = 'no route';
  for (let speaker = start; speaker >= 0; ) {
    const at = topology.speakers[speaker] as string;
    let level = 0;
    while (level < view.levels && view.over(speaker, level) === NO_HALF) level++;
    const prefix = prefixes[level];
    const half = prefix ? view.over(speaker, level) : NO_HALF;
    const way = { at, prefix: prefix?.name ?? null, cidr: prefix?.cidr ?? null };
    const nowhere = { next: null, session: null };
    if (passed.has(speaker)) {
      end = 'loop';
      hops.push({ ...way, ...nowhere, neighbour: null });
      break;
    }
    passed.add(speaker);
    if (half === NO_HALF) {
      hops.push({ ...way, ...nowhere, neighbour: null });
      break;
    }
    if (half === OWN) {
      end = level === 0 || view.serves(speaker) ? 'announced here' : 'wider block';
      hops.push({ ...way, ...nowhere, neighbour: 'own' });
      break;
    }
    const session = topology.sessions[topology.session[half] as number]?.name ?? null;
    const teller = view.teller(half);
    const neighbour = NEIGHBOURS[topology.relation[half] as number] as Neighbour;
    hops.push({ ...way, next: topology.speakers[teller] as string, session, neighbour });
    if (!view.carries(half)) {
      end = 'dead session';
      break;
    }
    speaker = teller;
  }
  return { outcome: start < 0 ? 'no route' : forward(view, start), end, hops };
}
