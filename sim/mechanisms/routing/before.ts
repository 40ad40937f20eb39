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
): Rib {
  const messages = new Messages(new Rib(topology, paths, ranks, rules), announcements, luck, stands);
  for (let speaker = 0; speaker < topology.speakers.length; speaker++)
    messages.rib.originate(speaker, own[speaker] as number, -1);
  messages.carry(LONG_ENOUGH);
  return messages.rib;
}

/** Messages of one block between all speakers, and nothing else that happens. */
export class Messages {
  private now: Ms = 0;
  private readonly queue = new Queue();
  /** When each half that waits may announce again. Arrivals are rung for one at a time over each half, and never put off. */
  private readonly due: Float64Array;
  private readonly wire: Wire;
  private readonly choices: Choices;
  /** Halves that may tell again, and speakers that have chosen anew. */
  private readonly expired: number[] = [];
  private readonly changed: number[] = [];

  constructor(
    readonly rib: Rib,
    announcements: readonly Prefix[],
    luck: Luck,
    stands: (half: number) => boolean,
  ) {
    const { topology } = rib;
    const halves = topology.from.length;
    this.due = new Float64Array(halves).fill(-1);
    const now = (): Ms => this.now;
    const carrier: Carrier = {
      get now() {
        return now();
      },
      arriveAt: (half, at) => this.queue.push(at, half),
      expireAt: (half, at) => this.expireAt(half, at),
      stands,
      listens: () => true,
      draw: (law, purpose, subject, occasion) => luck.draw(law, purpose, subject, occasion),
    };
    this.wire = new Wire(rib, announcements, carrier, PURPOSES);
    this.choices = new Choices(topology, (announcements[0] as Prefix).name);
  }

  private expireAt(half: number, at: Ms): void {
    if (this.due[half] === at) return;
    this.due[half] = at;
    this.queue.push(at, this.due.length + half);
  }

  /** All choose by what they have heard and tell what is new, until nothing is under way, or it is too late. */
  carry(until: Ms): void {
    const { queue, due, wire, choices } = this;
    const halves = due.length;
    this.tell();
    for (let at = queue.peek(); at >= 0 && at <= until && !choices.stopped; at = queue.peek()) {
      this.now = at;
      for (let slot = queue.popAt(at); slot >= 0; slot = queue.popAt(at)) {
        if (slot < halves) wire.arrive(slot);
        else this.expired.push(slot - halves);
      }
      this.tell();
    }
  }

  private tell(): void {
    const { rib, wire, expired, changed } = this;
    rib.decide((speaker) => {
      this.choices.note(speaker, rib.route[speaker] as number, this.now);
      changed.push(speaker);
    });
    for (const half of expired) wire.offer(half);
    for (const speaker of changed) wire.offerAll(speaker);
    expired.length = 0;
    changed.length = 0;
  }
}
