/**
 * Makes an Internet that is none, like the real one in what matters to routes: a clique at the top, providers chosen by those who
 * have customers already, so that few have very many; peering among networks of like size and with large ones; no ring of providers.
 *
 * Providers: the more customers, the more likely (Simon 1955; Barabási and Albert 1999). Of a hundred choices some fourteen go to
 * networks that are new among providers, so the number of customers falls off as k^-(1 + 1/(1 - 0.14)), about k^-2.1, which is the
 * law found by Faloutsos, Faloutsos and Faloutsos (SIGCOMM 1999). Most choose within their own region, which keeps paths as long as
 * they are seen to be. Some 85 % have no customer (Dimitropoulos et al., CCR 2007; Luckie et al., IMC 2013).
 */
import { hashName, NamedLuck } from '../named-luck.ts';
import { BUYS, type Internet, PEERS } from './internet.ts';
import { Links } from './links.ts';

export interface Made {
  /** How many networks. */
  readonly networks: number;
  /** Text: another seed, another Internet. */
  readonly seed: string;
  /** How many links; as many as an Internet of this size has, if not said. */
  readonly links?: number;
}

/** Private use (RFC 6996): the largest network has the first of these numbers. */
export const FIRST_NUMBER = 4_200_000_001;
/** RFC 6996 ends here; so many networks there can be. */
export const MOST_NETWORKS = 94_967_294;

/** Of the networks, how many would like customers; and the chance of one more provider, up to so many. */
const WOULD_SELL = 0.3;
const ONE_MORE = 0.47;
const MOST_PROVIDERS = 8;
/** How likely a provider is of one's own region: for those who sell, and for those who do not. */
const SELLER_NEAR = 0.5;
const STUB_NEAR = 0.9;
/** Of the networks, how many peer at all; and how much of the peering is among like sizes. */
const PEERING = 0.3;
const ALIKE = 0.5;

const LUCK = {
  region: hashName('region'),
  sells: hashName('sells'),
  more: hashName('one more provider'),
  near: hashName('near'),
  provider: hashName('provider'),
  alike: hashName('alike'),
  one: hashName('one peer'),
  other: hashName('other peer'),
};

/** The same for the same words, on every machine. */
export function generate({ networks, seed, links = usualLinks(networks) }: Made): Internet {
  const luck = new NamedLuck(seed);
  const top = topOf(networks);
  const made = new Links();
  for (let one = 0; one < top; one++) for (let other = one + 1; other < top; other++) made.add(one, other, PEERS);
  findProviders(made, luck, networks, top);
  const bySize = ranked(made.degrees(networks, BUYS, 'to'), top);
  findPeers(made, luck, bySize, top, links);
  // Numbered anew, the top first and then the most joined.
  const places = new Int32Array(networks);
  for (const [place, network] of ranked(made.degrees(networks), top).entries()) places[network] = place;
  return { asn: Uint32Array.from({ length: networks }, (_, place) => FIRST_NUMBER + place), ...made.columns(places) };
}

/** The clique grows as the logarithm: 16 of 75,000. */
function topOf(networks: number): number {
  let top = 0;
  for (let rest = networks; rest > 1; rest = Math.floor(rest / 2)) top++;
  return Math.max(1, top);
}

/** Peering has grown faster than the Internet: 2 links a network in 1998, between 6 and 7 in 2024, at 75,000. */
const usualLinks = (networks: number): number => Math.floor(networks * (1.8 + 4.8667 * Math.sqrt(networks / 75_000)));

/** Whoever comes later buys of who was there before: so nobody is a provider of his own. */
function findProviders(made: Links, luck: NamedLuck, networks: number, top: number): void {
  /** A network stands in these once, and once more for each customer. */
  const all: number[] = Array.from({ length: top }, (_, network) => network);
  const regions: number[][] = Array.from({ length: top * 2 }, () => []);
  const regionOf = new Int32Array(networks);
  for (let network = top; network < networks; network++) {
    const region = Math.floor(luck.uniform(LUCK.region, network, 0) * regions.length);
    const sells = luck.uniform(LUCK.sells, network, 0) < WOULD_SELL;
    const near = regions[region] as number[];
    const found: number[] = [];
    let wanted = 1;
    while (wanted < MOST_PROVIDERS && luck.uniform(LUCK.more, network, wanted) < ONE_MORE) wanted++;
    for (let k = 0; k < wanted; k++) {
      const isNear = near.length > 0 && luck.uniform(LUCK.near, network, k) < (sells ? SELLER_NEAR : STUB_NEAR);
      const from = isNear ? near : all;
      const provider = from[Math.floor(luck.uniform(LUCK.provider, network, k) * from.length)] as number;
      if (made.add(network, provider, BUYS) < 0) found.push(provider);
    }
    if (sells) found.push(network);
    regionOf[network] = region;
    for (const one of found) {
      all.push(one);
      if (one >= top) regions[regionOf[one] as number]?.push(one);
    }
  }
}

/**
 * The k-th largest peers in proportion to about k^-7/8: a uniform number to the eighth power has that density, and degrees that
 * fall so with rank are spread as d^-2.1.
 */
function findPeers(made: Links, luck: NamedLuck, bySize: Int32Array, top: number, links: number): void {
  const most = Math.min(bySize.length, Math.max(2, Math.floor(bySize.length * PEERING)));
  const rank = (purpose: number, attempt: number): number => {
    const u = luck.uniform(purpose, attempt, 0);
    const squared = u * u;
    const fourth = squared * squared;
    // The first few are alike: nobody peers with everybody.
    const flat = luck.uniform(purpose, attempt, 1) * 4 * top;
    return Math.min(bySize.length - 1, Math.floor(fourth * fourth * most + flat));
  };
  // Where nearly all that would peer do, more attempts find no more.
  for (let attempt = 0; made.count < links && attempt < links * 4; attempt++) {
    const one = rank(LUCK.one, attempt);
    const near = luck.uniform(LUCK.alike, attempt, 0) < ALIKE;
    const other = near
      ? Math.floor((one + 8) * (0.25 + 3.75 * luck.uniform(LUCK.other, attempt, 0)))
      : rank(LUCK.other, attempt);
    if (one === other || one >= bySize.length || other >= most) continue;
    made.add(bySize[one] as number, bySize[other] as number, PEERS);
  }
}

/** Networks by falling degree, those at the top first. */
function ranked(degrees: Int32Array, top: number): Int32Array {
  const place = (network: number): number => (network < top ? 0 : 1);
  return Int32Array.from(degrees.keys()).sort(
    (a, b) => place(a) - place(b) || (degrees[b] as number) - (degrees[a] as number) || a - b,
  );
}
