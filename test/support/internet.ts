/** What is measured of an Internet: degrees, the law they fall off by, and lengths of paths by the policies of Gao and Rexford. */
import { BUYS, type Internet } from '../../sim/model/internet/internet.ts';

export function degreesOf({ asn, from, to }: Internet): Int32Array {
  const degrees = new Int32Array(asn.length);
  for (const ends of [from, to]) for (const end of ends) degrees[end] = (degrees[end] as number) + 1;
  return degrees;
}

export function customersOf({ asn, to, relation }: Internet): Int32Array {
  const customers = new Int32Array(asn.length);
  for (const [link, end] of to.entries()) if (relation[link] === BUYS) customers[end] = (customers[end] as number) + 1;
  return customers;
}

/** By least squares over how many have at least so many links, at degrees each 1.3 times the last, down to five networks. */
export function exponentOf(degrees: Int32Array): number {
  const sorted = [...degrees].sort((a, b) => a - b);
  const points: [number, number][] = [];
  let below = 0;
  for (let degree = 1; ; degree = Math.ceil(degree * 1.3)) {
    while (below < sorted.length && (sorted[below] as number) < degree) below++;
    const least = sorted.length - below;
    if (least < 5) break;
    points.push([Math.log(degree), Math.log(least)]);
  }
  const mean = (k: 0 | 1): number => points.reduce((sum, point) => sum + point[k], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const slope =
    points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) /
    points.reduce((sum, point) => sum + (point[0] - x) * (point[0] - x), 0);
  return 1 - slope;
}

/** Hops of the routes of everybody to some networks, evenly spaced: customers' routes first, then peers', then providers'. */
export function meanPathLength({ asn, from, to, relation }: Internet, origins: number): number {
  const lists = (): number[][] => Array.from({ length: asn.length }, () => []);
  const [above, beside, below] = [lists(), lists(), lists()];
  for (const [link, one] of from.entries()) {
    const other = to[link] as number;
    (relation[link] === BUYS ? above : beside)[one]?.push(other);
    (relation[link] === BUYS ? below : beside)[other]?.push(one);
  }
  let [sum, count] = [0, 0];
  for (let k = 0; k < origins; k++) {
    const origin = Math.floor(((k + 0.5) * asn.length) / origins);
    const hops = new Map([[origin, 0]]);
    for (const [network, length] of hops)
      for (const next of above[network] as number[]) if (!hops.has(next)) hops.set(next, length + 1);
    // In the order they were found in, nearest first; what came over a peer is told to no other.
    for (const [network, length] of [...hops])
      for (const next of beside[network] as number[]) if (!hops.has(next)) hops.set(next, length + 1);
    const byLength: number[][] = [];
    for (const [network, length] of hops) {
      byLength[length] ??= [];
      byLength[length]?.push(network);
    }
    for (let length = 0; length < byLength.length; length++)
      for (const network of byLength[length] ?? [])
        for (const next of below[network] as number[]) {
          if (hops.has(next)) continue;
          hops.set(next, length + 1);
          byLength[length + 1] ??= [];
          byLength[length + 1]?.push(next);
        }
    for (const [network, length] of hops) {
      if (network === origin) continue;
      sum += length;
      count++;
    }
  }
  return sum / count;
}
