/** A whole Internet for the benchmarks: as columns for the simulator, and as a file for peers in other languages. */
import { NO_HALF, OWN } from '../../sim/mechanisms/routing/static.ts';
import { type Topology, topologyOf } from '../../sim/mechanisms/routing/topology.ts';
import type { Internet } from '../../sim/model/internet/internet.ts';
import { nameOf } from '../../sim/model/internet/internet.ts';
import { PLAIN_END, type Rest } from '../../sim/model/internet/rest.ts';
import type { Draw } from '../../sim/model/luck.ts';
import { fixed } from '../../sim/model/luck.ts';
import type { Prefix } from '../../sim/model/scenario.ts';

/** All of it, of which nothing is declared. */
export function wholeOf({ asn, from, to, relation }: Internet, delay: Draw, mrai: Draw): Rest {
  return {
    asn,
    names: Array.from(asn, nameOf),
    declared: new Uint8Array(asn.length),
    from,
    to,
    relation,
    session: { delay, mrai, hold: fixed(90_000), graceful: 0 },
    ends: Array.from(asn, () => PLAIN_END),
  };
}

export const topologyOfWhole = (whole: Rest): Topology => topologyOf(new Map(), [], [], [], [], whole);

/** A block of which nothing is said. */
export const PREFIX: Prefix = {
  name: 'p',
  cidr: null,
  count: 1,
  sites: [],
  withdrawAfter: fixed(0),
  announceAfter: fixed(0),
  tail: [],
  communities: [],
  traffic: 'here',
  withdrawLag: fixed(0),
  announceLag: fixed(0),
  capacity: null,
  recovers: 1,
};

/** For peers: networks, links, origins; then the columns, each number in four bytes. */
export function packInternet({ asn, from, to, relation }: Internet, origins: readonly number[]): Int32Array {
  const columns = [Int32Array.of(asn.length, from.length, origins.length), from, to, relation, origins];
  return Int32Array.from(columns.flatMap((column) => [...column]));
}

/** Folds whom each hears its route from, and how long that is, into a number. */
export function hashRoutes(
  before: number,
  { speakers, from }: Topology,
  half: Int32Array,
  lengthOf: (speaker: number) => number,
): number {
  let hash = before;
  for (let speaker = 0; speaker < speakers.length; speaker++) {
    const over = half[speaker] as number;
    const next = over === OWN ? speaker : over === NO_HALF ? -1 : (from[over] as number);
    hash = (Math.imul(hash, 31) + next + (over < 0 ? 0 : lengthOf(speaker)) * 7) | 0;
  }
  return hash;
}
