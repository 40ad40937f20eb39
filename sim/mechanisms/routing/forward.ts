/** Forwarding: where a packet ends up, hop by hop, each hop by the longest prefix it has a route for (RFC 4632 §5.1). */
import type { FORWARDS } from '../../model/facts.ts';
import type { Traffic } from '../../model/scenario.ts';
import { NO_HALF, OWN } from './static.ts';

export type Outcome = (typeof FORWARDS)[number];

/** The tables as one packet sees them. Level 0 is the destination's own block, the next the next wider one around it, and so on. */
export interface View {
  readonly levels: number;
  /** The half over which a speaker learnt its route of this level: `NO_HALF` none, `OWN` its own. */
  over(speaker: number, level: number): number;
  /** Who told over a half, and whether packets get there now: a route may outlive its session for a hold time. */
  teller(half: number): number;
  carries(half: number): boolean;
  /** What a speaker does with packets for what it announces itself; `lost`: it takes them, and cannot serve them. */
  takes(speaker: number, level: number): Traffic | 'lost';
  /** Whether the route a speaker uses tells it to drop what is sent there (RFC 7999). */
  drops(speaker: number, level: number): boolean;
}

/** What becomes of a packet: how it ends, at which speaker, and all the speakers it came through, those at both ends among them. */
export interface Journey {
  readonly outcome: Outcome;
  readonly at: number;
  readonly through: ReadonlySet<number>;
}

/**
 * A packet that is attracted by a shorter prefix to a network where nobody announces the longer one is lost there: it has arrived, and
 * cannot be served. So a withdrawn part of a larger block is a black hole, not "no route".
 */
export const forward = (view: View, start: number): Outcome => follow(view, start).outcome;

/** The site a packet lands at: of an anycast prefix the one that is nearest by the routes as they are; -1 where it is not delivered. */
export function landing(view: View, { outcome, at }: Journey): number {
  return outcome === 'delivered' && view.over(at, 0) === OWN ? at : -1;
}

export function follow(view: View, start: number): Journey {
  const through = new Set<number>();
  for (let speaker = start; !through.has(speaker); ) {
    through.add(speaker);
    const next = step(view, speaker);
    if (typeof next === 'string') return { outcome: next, at: speaker, through };
    speaker = next;
  }
  return { outcome: 'loop', at: start, through };
}

/** The level by whose route a speaker sends a packet, passing those whose packets it sends on; -1: it has no route. */
export function levelOf(view: View, speaker: number): number {
  for (let level = 0; level < view.levels; level++) {
    const half = view.over(speaker, level);
    if (half !== NO_HALF && (half !== OWN || view.takes(speaker, level) !== 'on')) return level;
  }
  return -1;
}

/** The next speaker, or how it ends here. */
function step(view: View, speaker: number): number | Outcome {
  const level = levelOf(view, speaker);
  if (level < 0) return 'no route';
  const half = view.over(speaker, level);
  if (half !== OWN) {
    if (view.drops(speaker, level)) return 'filtered';
    return view.carries(half) ? view.teller(half) : 'black hole';
  }
  const takes = view.takes(speaker, level);
  return takes === 'here' ? 'delivered' : takes === 'drop' ? 'filtered' : 'black hole';
}
