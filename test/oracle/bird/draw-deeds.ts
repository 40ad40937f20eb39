/** Drills drawn from a seed: limits that are exceeded, processes that start anew, boxes that die, cables that are pulled. */
import { drawInternet, type Roll } from '../draw.ts';
import type { Block, Internet, Limit, Session } from '../internet.ts';
import { dice } from '../networks.ts';
import type { Deed, Drill } from './deeds.ts';

/** Seconds: no hold time is longer, and this is how long stale routes are kept. */
const KEPT = 8;
const START = 3;

/** A customer announces too much for a while; its providers' limits warn, or shut until a time or a person says so. */
export function drawLimits(seed: number): Drill {
  const roll = dice(seed);
  const { speakers, sessions, blocks } = small(seed);
  // All but the first have a provider.
  const customer = (speakers[1 + roll(speakers.length - 1)] as { name: string }).name;
  const over = sessions.filter(({ from, bgp }) => from === customer && bgp === 'buys').map(({ name }) => name);
  const [four, six] = [[5, 0] as const, [1, 6] as const, [3, 3] as const][roll(3)] as readonly [number, number];
  const more = (count: number, cidr: (index: number) => string, name: string): readonly Block[] =>
    Array.from({ length: count }, (_, index) => {
      return { name: `${name}${index}`, cidr: cidr(index + 1), sites: [customer], later: true };
    });
  const extra = [
    ...more(four, (index) => `10.20.${index}.0/24`, 'four'),
    ...more(six, (index) => `2001:db8:20:${index}::/64`, 'six'),
  ];
  const kinds: readonly Limit[] = [
    { blocks: 5, then: 'warn', restart: null },
    { blocks: 5, then: 'shut', restart: 6 },
    { blocks: 5, then: 'shut', restart: null },
  ];
  const guarded = sessions.map((session): Session => {
    if (!over.includes(session.name)) return session;
    const limit = kinds[roll(kinds.length)] as Limit;
    return { ...session, ends: { ...session.ends, to: { ...session.ends.to, limit } } };
  });
  const lasts = 4 + roll(8);
  const deeds = extra.map(({ name }): Deed => ({ at: START, for: lasts, does: 'announce', block: name }));
  const latched = guarded.filter(({ ends }) => ends.to.limit?.then === 'shut' && ends.to.limit.restart === null);
  const mended = latched.map((session): Deed => {
    // Whoever shut it starts it by hand, or has forgotten that it did as its process starts anew.
    const one = { at: START + lasts + 5, speaker: session.to };
    return roll(3) > 0 ? { ...one, does: 'start', session: session.name } : { ...one, for: 1, does: 'stop' };
  });
  return {
    internet: { speakers, sessions: guarded, blocks: [...withOne(blocks, customer), ...extra] },
    deeds: [...deeds, ...mended],
    length: 27,
  };
}

/** A process ends and starts anew, within the restart time or after it, among sessions of which most are graceful. */
export function drawRestarts(seed: number): Drill {
  const roll = dice(seed);
  const internet = graced(small(seed), roll, 4);
  const speaker = joint(internet, roll);
  const lasts = roll(3) === 0 ? 15 : 3 + roll(3);
  const deeds: readonly Deed[] = [{ at: START, for: lasts, does: 'stop', speaker }];
  return { internet: { ...internet, blocks: withOne(internet.blocks, speaker) }, deeds, length: lasts + START + 7 };
}

/** A box dies, and is back before anybody has given it up, or after. */
export function drawDeaths(seed: number): Drill {
  const roll = dice(seed);
  const plain = graced(small(seed), roll, 2);
  const sessions = plain.sessions.map((session) => ({ ...session, hold: START + roll(KEPT - START + 1) }));
  const internet = { ...plain, sessions };
  const speaker = joint(internet, roll);
  const lasts = roll(3) === 0 ? 2 : 20;
  const deeds: readonly Deed[] = [{ at: START, for: lasts, does: 'die', speaker }];
  return { internet: { ...internet, blocks: withOne(internet.blocks, speaker) }, deeds, length: lasts + START + 7 };
}

/** Two cables are pulled one after the other, and plugged in again; whether their sessions are graceful does not matter. */
export function drawCuts(seed: number): Drill {
  const roll = dice(seed);
  const internet = graced(small(seed), roll, 2);
  const { sessions } = internet;
  const first = roll(sessions.length);
  const deeds = [first, (first + 1) % sessions.length].map((index, turn): Deed => {
    return { at: START + 5 * turn, for: 10, does: 'cut', session: (sessions[index] as Session).name };
  });
  return { internet, deeds, length: 24 };
}

/** With at most seven speakers, and short hold times. */
function small(seed: number): Internet {
  for (let more = 0; ; more += 1000) {
    const internet = drawInternet(seed + more);
    const { speakers } = internet;
    if (speakers.length > 7) continue;
    const sessions = internet.sessions.map((session): Session => ({ ...session, hold: KEPT }));
    return { ...internet, sessions };
  }
}

/** All sessions but one in so many are graceful. */
const graced = (internet: Internet, roll: Roll, oneIn: number): Internet => ({
  ...internet,
  sessions: internet.sessions.map((session) => (roll(oneIn) === 0 ? session : { ...session, graceful: KEPT })),
});

/** A speaker with several sessions. */
function joint({ speakers, sessions }: Internet, roll: Roll): string {
  const degree = (name: string): number => sessions.filter(({ from, to }) => from === name || to === name).length;
  const many = speakers.filter(({ name }) => degree(name) > 1);
  return (many[roll(many.length)] as { name: string }).name;
}

/** The first block is this one's. */
const withOne = (blocks: readonly Block[], site: string): readonly Block[] =>
  blocks.map((block, index) => (index === 0 ? { ...block, sites: [site] } : block));
