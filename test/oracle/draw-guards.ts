/** Small internets with somebody who tells what should not be told, and guards at random speakers: roles, origin validation. */
import { CIDRS, drawInternet, type Roll } from './draw.ts';
import type { Authorised, End, Internet, Session, Term } from './internet.ts';
import { dice } from './networks.ts';

/** Some ends tell peers and providers everything; two speakers of three have roles in their sessions (RFC 9234). */
export function drawLeaks(seed: number): Internet {
  const internet = drawInternet(seed);
  const roll = dice(seed);
  const speakers = internet.speakers.map((speaker) => ({ ...speaker, roles: roll(3) > 0 }));
  const leak = (end: End): End => (roll(3) === 0 ? { ...end, exports: [{ then: 'accept' }] } : end);
  const sessions = internet.sessions.map((session, index): Session => {
    const ends = { from: leak(session.ends.from), to: leak(session.ends.to) };
    // There is no role for those who give each other transit.
    return { ...session, ends, ...(index > 0 && roll(6) === 0 ? { bgp: 'siblings' } : {}) };
  });
  return { ...internet, speakers, sessions };
}

/** Blocks that somebody announces who may not, or longer than it may; some ends reject what is invalid, or like what is valid better. */
export function drawOrigins(seed: number): Internet {
  const internet = drawInternet(seed);
  const roll = dice(seed);
  const numberOf = (name: string): number => internet.speakers.find((one) => one.name === name)?.number as number;
  const siteOf = (block: string): string => internet.blocks.find(({ name }) => name === block)?.sites[0] as string;
  const stranger = (than: string): string => {
    const others = internet.speakers.filter(({ name }) => name !== than);
    return (others[roll(others.length)] as { name: string }).name;
  };
  const authorised: Authorised[] = [
    { cidr: CIDRS.one, longest: 16, origin: numberOf(siteOf('one')) },
    { cidr: CIDRS.two, longest: 16, origin: numberOf(siteOf('two')) },
    { cidr: CIDRS.wide, longest: roll(2) === 0 ? 16 : 24, origin: numberOf(siteOf('wide')) },
  ];
  const blocks = internet.blocks.flatMap((block) => {
    const [site] = block.sites as [string];
    if (block.name === 'one') return [{ ...block, sites: [site, stranger(site)] }];
    // A part of a block by whom the whole belongs to, and one that nothing is said of.
    if (block.name === 'deep') return [{ ...block, sites: [siteOf('wide'), stranger(siteOf('wide'))] }];
    return block.name === 'wide' ? [block, { name: 'free', cidr: '10.9.0.0/16', sites: [site] }] : [block];
  });
  const guard = (end: End): End => ({ ...end, imports: guards(roll) });
  const sessions = internet.sessions.map((session): Session => {
    return { ...session, ends: { from: guard(session.ends.from), to: guard(session.ends.to) } };
  });
  return { ...internet, sessions, blocks, authorised };
}

function guards(roll: Roll): readonly Term[] {
  const reject: Term = { validity: 'invalid', then: 'reject' };
  const some: readonly (readonly Term[])[] = [
    [reject],
    [reject],
    [],
    [{ validity: 'valid', preference: 250 }],
    [{ validity: 'not found', preference: 50 }, reject],
    [{ validity: 'invalid', preference: 10 }],
  ];
  return some[roll(some.length)] as readonly Term[];
}
