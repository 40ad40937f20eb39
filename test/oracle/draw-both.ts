/** Small internets in both families of addresses: every block has a twin in IPv6 that somebody else announces, and policies are for both. */
import type { Block, End, Internet, Session, Term } from './internet.ts';
import { dice } from './networks.ts';

/** The same speakers and relations; a session runs over either family, and tells of blocks of both. */
export function inBoth(internet: Internet, seed: number): Internet {
  const roll = dice(seed);
  const sessions = internet.sessions.map((session): Session => {
    const ends = { from: endOf(session.ends.from), to: endOf(session.ends.to) };
    return { ...session, ends, ...(roll(2) === 0 ? { between: 'ipv6' } : {}) };
  });
  const lone = internet.speakers.filter(
    (one) => internet.speakers.filter(({ number }) => number === one.number).length === 1,
  );
  const twins = internet.blocks.map(({ name, cidr, sites }): Block => {
    const first = roll(lone.length);
    const others = sites.map((_, index) => (lone[(first + index) % lone.length] as { name: string }).name);
    return { name: `${name}6`, cidr: twinOf(cidr), sites: others };
  });
  const authorised = internet.authorised?.flatMap((one) => {
    const { cidr, longest, origin } = one;
    const block = internet.blocks.find((own) => own.cidr === cidr);
    const twin = twins.find(({ name }) => name === `${block?.name}6`);
    // Who may announce a block may announce its twin only if it does.
    const sites = (twin?.sites ?? []).map((name) => internet.speakers.find((speaker) => speaker.name === name)?.number);
    return [one, { cidr: twinOf(cidr), longest: longest + LONGER, origin: sites[0] ?? origin }];
  });
  return {
    ...internet,
    sessions,
    blocks: [...internet.blocks, ...twins],
    ...(authorised ? { authorised } : {}),
  };
}

/** A part of 10.0.0.0/8 lies in 2001:db8::/32 as deep as this. */
const LONGER = 32;
function twinOf(cidr: string): string {
  const [address, length] = cidr.split('/') as [string, string];
  const [first, second, third] = address.split('.').map(Number) as [number, number, number];
  if (first === 0) return length === '0' ? '::/0' : cidr;
  // As RFC 5952 has it: what is zero at the end is left out.
  const groups = third === 0 ? [second] : [second, third * 256];
  return `2001:db8:${groups.map((group) => group.toString(16)).join(':')}::/${Number(length) + LONGER}`;
}

const endOf = ({ imports, exports }: End): End => ({
  imports: imports.flatMap(termsOf),
  exports: exports.flatMap(termsOf),
});
function termsOf(term: Term): readonly Term[] {
  if (!term.within) return [term];
  const { cidr, from, to } = term.within;
  return [term, { ...term, within: { cidr: twinOf(cidr), from: from + LONGER, to: to + LONGER } }];
}
