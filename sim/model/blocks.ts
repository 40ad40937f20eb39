/** Address blocks as strings of bits: what lies in what. */
import { bitsOf, lengthsOf, readAddress } from './expand/cidr.ts';

/** Whether every address of `inner` is one of `outer`; blocks of IPv4 and IPv6 are never in each other. */
export function covers(outer: string, inner: string): boolean {
  const [wide, narrow] = [bitsOf(outer), bitsOf(inner)];
  return wide !== null && narrow?.startsWith(wide) === true;
}

/** How many bits all addresses of a block have in common. */
export const lengthOf = (cidr: string): number => lengthsOf(cidr).own;

/** The same for two ways to write one block; null when the text is none. */
export const blockKey = (cidr: string): string | null => bitsOf(cidr);

/** The block of one address alone; null when the text is no address. */
export const hostBlock = (address: string): string | null => readAddress(address)?.block ?? null;
