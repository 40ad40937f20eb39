/** Forwarding: where a packet ends up, hop by hop, each hop by the longest prefix it has a route for (RFC 4632 §5.1). */
import type { FORWARDS } from '../../model/facts.ts';
import { NO_HALF, OWN } from './static.ts';

export type Outcome = (typeof FORWARDS)[number];

/** The tables as one packet sees them. Level 0 is the destination's own prefix, the next the next shorter one around it, and so on. */
export interface View {
  readonly levels: number;
  /** The half over which a speaker learnt its route of this level: `NO_HALF` none, `OWN` its own. */
  over(speaker: number, level: number): number;
  /** Who told over a half, and whether packets get there now: a route may outlive its session for a hold time. */
  teller(half: number): number;
  carries(half: number): boolean;
  /** Whether some edge of the speaker's network announces the destination's own prefix: inside a network that is known. */
  serves(speaker: number): boolean;
}

/**
 * A packet that is attracted by a shorter prefix to a network where nobody announces the longer one is lost there: it has arrived, and
 * cannot be served. So a withdrawn part of a larger block is a black hole, not "no route".
 */
export function forward(view: View, start: number): Outcome {
  return follow(view, start).outcome;
}

/** The site a packet lands at: of an anycast prefix the one that is nearest by the routes as they are; -1 where it is not delivered. */
export function landing(view: View, start: number): number {
  const { outcome, at } = follow(view, start);
  return outcome === 'delivered' && view.over(at, 0) === OWN ? at : -1;
}

/** What becomes of a packet, and the speaker where it does. */
function follow(view: View, start: number): { readonly outcome: Outcome; readonly at: number } {
  const passed = new Set<number>();
  for (let speaker = start; !passed.has(speaker); ) {
    passed.add(speaker);
    let level = 0;
    while (level < view.levels && view.over(speaker, level) === NO_HALF) level++;
    if (level === view.levels) return { outcome: 'no route', at: speaker };
    const half = view.over(speaker, level);
    if (half === OWN) return { outcome: level === 0 || view.serves(speaker) ? 'delivered' : 'black hole', at: speaker };
    if (!view.carries(half)) return { outcome: 'black hole', at: speaker };
    speaker = view.teller(half);
  }
  return { outcome: 'loop', at: start };
}
