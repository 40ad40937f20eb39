/** Packets of one box to one address, on the kernels of a small internet: what becomes of a real one, and the way it goes. */
import type { Lab } from '../../support/lab.ts';
import type { Home } from './home.ts';

export type Outcome = 'delivered' | 'no route' | 'black hole' | 'loop' | 'filtered';

/** What `ping` is told, and by it the sender; what nothing is told of has fallen into a black hole. */
const TOLD: readonly (readonly [says: RegExp, Outcome])[] = [
  [/ 0% packet loss/, 'delivered'],
  [/Time to live exceeded/, 'loop'],
  [/Packet filtered/, 'filtered'],
  [/Net Unreachable/, 'no route'],
];

export async function sent(lab: Lab, home: Home, from: string, address: string): Promise<Outcome> {
  const says = await home.ping(lab, from, address);
  return TOLD.find(([told]) => told.test(says))?.[1] ?? 'black hole';
}

/** What `ip route get` says where a packet ends. */
const ENDS: readonly (readonly [says: RegExp, Outcome])[] = [
  [/ dev servers /, 'delivered'],
  [/Permission denied/, 'filtered'],
  [/Network is unreachable/, 'no route'],
  [/Invalid argument/, 'black hole'],
];

/** Hop by hop, as each kernel would send it; the boxes it comes to, each once. `beyond`: who is at the other end of an interface. */
export async function followed(
  lab: Lab,
  from: string,
  address: string,
  beyond: (space: string, device: string) => string,
): Promise<{ readonly outcome: Outcome; readonly hops: readonly string[] }> {
  const hops: string[] = [];
  for (let at = from; ; ) {
    if (hops.includes(at)) return { outcome: 'loop', hops };
    hops.push(at);
    const says = await lab.hearIp(at, ['route', 'get', address]);
    const end = ENDS.find(([told]) => told.test(says));
    if (end) return { outcome: end[1], hops };
    const [, device] = / dev (w\d+) /.exec(says) ?? [];
    if (device === undefined) throw new Error(`${at} says of ${address}: ${says}`);
    at = beyond(at, device);
  }
}
