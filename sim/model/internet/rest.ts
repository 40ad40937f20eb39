/**
 * Of a whole Internet the part that can matter to the routes of a scenario, beside what the scenario declares.
 *
 * Routes go up to providers, over one peer at most, and down to customers (Gao and Rexford 2001). So a network without a customer, a
 * customer's customer and so on that announces anything tells its peers and providers of nothing, and one that is no provider,
 * provider's provider and so on of a declared one is heard by none of these. What is left: the providers, however far up, of those
 * whose routes begin (sites of prefixes; ends of sessions with export policies, which may tell what others would not; siblings, whose
 * word counts as a customer's wherever it is from), and of all declared networks; between them every sale, and those peerings over which a route that began can be told. Everything in this part
 * hears and tells there just what it would in the whole, message by message.
 */
import type { Link, SessionEnd } from '../scenario.ts';
import { type Internet, nameOf, PEERS, SIBLINGS } from './internet.ts';

/** Networks by number, rising, with their links; the declared ones among them under their own names. */
export interface Rest {
  readonly asn: Uint32Array;
  readonly names: readonly string[];
  readonly declared: Uint8Array;
  /** Ends by their place, as of an Internet; sorted by both. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly relation: Uint8Array;
  /** How all its sessions are, and what each network does with what it hears and tells over its own. */
  readonly session: Pick<Link, 'delay' | 'mrai' | 'hold' | 'graceful'>;
  readonly ends: readonly SessionEnd[];
}

/** An end that does what the relation says, and no more. */
export const PLAIN_END: SessionEnd = { imports: null, exports: null, limit: null };

/** What a scenario says. */
export interface Said {
  /** The declared networks that are of the Internet, by name: their places there, and how they end the sessions it gives them. */
  readonly own: ReadonlyMap<string, number>;
  readonly endOf: (name: string) => SessionEnd;
  /** How the others end theirs. */
  readonly otherEnd: (asn: number) => SessionEnd;
  readonly session: Rest['session'];
  /** Its own sessions, and who announces something. */
  readonly sessions: readonly Link[];
  readonly sites: Iterable<string>;
}

export function restOf(internet: Internet, said: Said): Rest {
  const { own, sessions } = said;
  const whole = new Whole(internet, own, sessions);
  const telling = [...own.keys()].filter((name) => said.endOf(name).exports);
  const begins = whole.above(
    [
      ...said.sites,
      ...telling,
      ...sessions.flatMap(({ from, to, ends }) => [
        ...(ends.from.exports ? [from] : []),
        ...(ends.to.exports ? [to] : []),
      ]),
    ],
    whole.siblings,
  );
  const kept = whole.above([...own.keys(), ...sessions.flatMap(({ from, to }) => [from, to])], [], begins);
  return part(internet, said, begins, kept);
}

/** The Internet and the sessions a scenario declares, as one: declared ends that are none of its networks come after these. */
class Whole {
  private readonly numbers = new Map<string, number>();
  private readonly count: number;
  /** The providers and siblings of each: `ups[first[network] .. first[network + 1]]`. */
  private readonly first: Int32Array;
  private readonly ups: Int32Array;
  readonly siblings: number[] = [];

  constructor({ asn, from, to, relation }: Internet, own: ReadonlyMap<string, number>, sessions: readonly Link[]) {
    for (const [name, place] of own) this.numbers.set(name, place);
    let count = asn.length;
    for (const { from: one, to: other } of sessions)
      for (const name of [one, other]) if (!this.numbers.has(name)) this.numbers.set(name, count++);
    this.count = count;
    const each = (up: (below: number, above: number) => void): void => {
      for (let link = 0; link < from.length; link++) {
        if (relation[link] === PEERS) continue;
        up(from[link] as number, to[link] as number);
        if (relation[link] === SIBLINGS) up(to[link] as number, from[link] as number);
      }
      for (const { from: one, to: other, bgp } of sessions) {
        if (bgp === 'peers') continue;
        const ends = [this.numbers.get(one) as number, this.numbers.get(other) as number] as const;
        up(ends[0], ends[1]);
        if (bgp === 'siblings') up(ends[1], ends[0]);
      }
    };
    const first = new Int32Array(count + 2);
    each((below) => {
      first[below + 2] = (first[below + 2] as number) + 1;
    });
    for (let i = 2; i < first.length; i++) first[i] = (first[i] as number) + (first[i - 1] as number);
    this.ups = new Int32Array(first[count + 1] as number);
    each((below, above) => {
      const place = first[below + 1] as number;
      this.ups[place] = above;
      first[below + 1] = place + 1;
    });
    this.first = first;
    for (const [link, kind] of relation.entries())
      if (kind === SIBLINGS) this.siblings.push(from[link] as number, to[link] as number);
    for (const { from: one, to: other, bgp } of sessions)
      if (bgp === 'siblings') this.siblings.push(this.numbers.get(one) as number, this.numbers.get(other) as number);
  }

  /** These and all that are above them, besides those of `known`. What has no session is joined to nothing. */
  above(names: readonly string[], more: readonly number[], known?: Uint8Array): Uint8Array {
    const found = known?.slice() ?? new Uint8Array(this.count);
    const open = [...more, ...names.flatMap((name) => this.numbers.get(name) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found[next] === 1) continue;
      found[next] = 1;
      for (let i = this.first[next] as number; i < (this.first[next + 1] as number); i++)
        open.push(this.ups[i] as number);
    }
    return found;
  }
}

function part(
  { asn, from, to, relation }: Internet,
  { own, endOf, otherEnd, session, sessions }: Said,
  begins: Uint8Array,
  kept: Uint8Array,
): Rest {
  const names = new Map([...own].map(([name, place]) => [place, name]));
  const networks = Int32Array.from([...asn.keys()].filter((place) => kept[place] === 1));
  const placeIn = new Int32Array(asn.length).fill(-1);
  for (const [place, network] of networks.entries()) placeIn[network] = place;
  // A session that is declared stands for what the Internet says of its two ends.
  const joined = new Set(sessions.flatMap((link) => [`${link.from}\n${link.to}`, `${link.to}\n${link.from}`]));
  const links: number[] = [];
  for (let link = 0; link < from.length; link++) {
    const [one, other] = [from[link] as number, to[link] as number];
    if (kept[one] === 0 || kept[other] === 0) continue;
    if (relation[link] === PEERS && begins[one] === 0 && begins[other] === 0) continue;
    if (names.has(one) && names.has(other) && joined.has(`${names.get(one)}\n${names.get(other)}`)) continue;
    links.push(link);
  }
  links.sort((a, b) => (from[a] as number) - (from[b] as number) || (to[a] as number) - (to[b] as number));
  const numbers = Uint32Array.from(networks, (network) => asn[network] as number);
  const ends = (column: Int32Array): Int32Array =>
    Int32Array.from(links, (link) => placeIn[column[link] as number] as number);
  return {
    asn: numbers,
    names: [...networks].map((network, place) => names.get(network) ?? nameOf(numbers[place] as number)),
    declared: Uint8Array.from(networks, (network) => Number(names.has(network))),
    from: ends(from),
    to: ends(to),
    relation: Uint8Array.from(links, (link) => relation[link] as number),
    session,
    ends: [...networks].map((network) => {
      const name = names.get(network);
      return name === undefined ? otherEnd(asn[network] as number) : endOf(name);
    }),
  };
}
