/** Address blocks as strings of bits: what lies in what. */
import { bitsOf } from './expand/cidr.ts';

/** Whether every address of `inner` is one of `outer`; blocks of IPv4 and IPv6 are never in each other. */
export function covers(outer: string, inner: string): boolean {
  const [wide, narrow] = [bitsOf(outer), bitsOf(inner)];
  return wide !== null && narrow?.startsWith(wide) === true;
}
