/** Limits on what is heard over a session (RFC 4486 §4, subcode 1): those of its ends, and whether one of them may end it. */
import type { Link } from './scenario.ts';
import type { PrefixLimit } from './scenario-routing.ts';

export const limitsOf = ({ ends }: Link): readonly PrefixLimit[] =>
  [ends.from.limit, ends.to.limit].filter((limit) => limit !== null);
export const shuts = (link: Link): boolean => limitsOf(link).some(({ then }) => then === 'shut');
