/** Policy after Gao and Rexford (2001): whom one would rather hear a route from, and whom one tells of it. */
import type { Learnt } from '../../model/scenario.ts';

/** What the sender of a route is to its receiver. */
export const PROVIDER = 1;
export const PEER = 2;
export const CUSTOMER = 3;
/** Transit both ways: what a sibling tells counts as a customer's word, and is told to everyone. */
export const SIBLING = 4;
/** Not a session: a network without any hears every site, and tells nobody. */
export const DIRECT = 5;

const asCustomer = (relation: number): boolean => relation >= CUSTOMER;

/** Local preference (RFC 4271 §5.1.5) where no policy says otherwise: a customer pays, a peer is free, a provider costs. */
export const preference = (relation: number): number => (asCustomer(relation) ? CUSTOMER : relation) * 100;

/** What policies call the one a route was learnt from; null: it is one's own. */
export function learntFrom(relation: number | null): Learnt {
  if (relation === null) return 'own';
  return asCustomer(relation) ? 'customer' : relation === PEER ? 'peer' : 'provider';
}

/**
 * Whether a route may be told over a session. `relation`: what the teller is to the hearer. `learnt`: what the one it was learnt from
 * is to the teller; null for what the teller announces itself. To peers and providers go one's own and one's customers' routes only:
 * nobody carries traffic between others for nothing.
 */
export function tells(relation: number, learnt: number | null): boolean {
  if (relation === DIRECT) return learnt === null;
  if (relation === PROVIDER || relation === SIBLING) return true;
  return learnt === null || asCustomer(learnt);
}
