/** Routes before the start where no closed form is known: the messages themselves, on a clock of their own (R11). */
import type { Luck } from '../../engine/luck.ts';
import { Queue } from '../../engine/queue.ts';
import type { Prefix } from '../../model/scenario.ts';
import { HOUR, type Ms } from '../../model/units.ts';
import { Choices } from './disputes.ts';
import type { Paths } from './paths.ts';
import { type Ranks, Rib } from './rib.ts';
import type { BlockRules } from './rules.ts';
import type { Topology } from './topology.ts';
import { type Carrier, purposesOf, Wire } from './wire.ts';

/** What has not settled by then does not settle. */
const LONG_ENOUGH: Ms = HOUR;
const PURPOSES = purposesOf(' before the start');

export interface Settled {
  readonly rib: Rib;
  readonly wire: Wire;
  /** False when messages were still under way at the end. */
  readonly quiet: boolean;
}

/** Lets every speaker that announces say so at once, and carries messages until there are none. `own`: by speaker, the route it announces. */
export function settleByMessages(
  topology: Topology,
  paths: Paths,
  ranks: Ranks,
  rules: BlockRules | null,
  announcements: readonly Prefix[],
  luck: Luck,
  own: ArrayLike<number>,
  stands: (half: number) => boolean,
): Settled {
  const halves = topology.from.length;
  const queue = new Queue();
  /** When each half's message arrives, and when each may announce again. */
  const due = new Float64Array(halves * 2).fill(-1);
  let now = 0;
  const ring = (slot: number, at: Ms): void => {
    if (due[slot] === at) return;
    due[slot] = at;
    queue.push(at, slot);
  };
  const carrier: Carrier = {
    get now() {
      return now;
    },
    arriveAt: (half, at) => ring(half, at),
    expireAt: (half, at) => ring(halves + half, at),
    stands,
    listens: () => true,
    draw: (law, purpose, subject, occasion) => luck.draw(law, purpose, subject, occasion),
  };
  const rib = new Rib(topology, paths, ranks, rules);
  const wire = new Wire(rib, announcements, carrier, PURPOSES);
  const choices = new Choices(topology, (announcements[0] as Prefix).name);
  const offering = new Set<number>();
  for (let speaker = 0; speaker < topology.speakers.length; speaker++)
    rib.originate(speaker, own[speaker] as number, -1);
  const choose = (): void =>
    rib.decide((speaker) => {
      choices.note(speaker, rib.route[speaker] as number, now);
      for (let i = topology.firstOut[speaker] as number; i < (topology.firstOut[speaker + 1] as number); i++)
        offering.add(topology.outs[i] as number);
    });
  choose();
  for (const half of offering) wire.offer(half);
  for (let at = queue.peek(); at >= 0 && at <= LONG_ENOUGH && !choices.stopped; at = queue.peek()) {
    now = at;
    offering.clear();
    for (let slot = queue.popAt(at); slot >= 0; slot = queue.popAt(at)) {
      if (due[slot] !== at) continue;
      due[slot] = -1;
      if (slot < halves) wire.arrive(slot);
      else offering.add(slot - halves);
    }
    choose();
    for (const half of offering) wire.offer(half);
  }
  return { rib, wire, quiet: queue.size === 0 };
}
