/** An Internet as columns: its networks by number, and what each two that are joined are to each other. */

/** What the first network of a link is to the second, by the order of `RELATIONS`. */
export const PEERS = 0;
export const BUYS = 1;
export const SIBLINGS = 2;

export interface Internet {
  /** Numbers of autonomous systems (RFC 6793), rising. */
  readonly asn: Uint32Array;
  /** Links, each once, by the places of their ends in `asn`. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly relation: Uint8Array;
}

/** What a network that nobody declared is called. */
export const nameOf = (asn: number): string => `as${asn}`;

/** The place of a number in `asn`; -1: there is no such network. */
export function placeOf(asn: Uint32Array, number: number): number {
  let low = 0;
  let high = asn.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = asn[middle] as number;
    if (found === number) return middle;
    if (found < number) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
