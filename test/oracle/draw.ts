/** Small internets drawn from a seed: a hierarchy of providers and customers with peers between, some of it with policies of its own. */
import { type Block, type End, type Internet, PLAIN, type Session, type Speaker } from './internet.ts';
import { dice } from './networks.ts';

/** Four blocks: of one site, of two, and one inside another. */
const CIDRS = { one: '10.1.0.0/16', two: '10.2.0.0/16', wide: '10.3.0.0/16', deep: '10.3.8.0/24' };

/** Customers pay, peers do not, and nobody is its own provider: one stable state (Gao and Rexford 2001). */
export function drawInternet(seed: number): Internet {
  const roll = dice(seed);
  const count = 4 + roll(9);
  // Who stands above whom has nothing to do with the names, which break ties.
  const names = shuffled(
    Array.from({ length: count }, (_, i) => `r${String(i + 1).padStart(2, '0')}`),
    roll,
  );
  const speakers = names.map((name, index): Speaker => {
    const prepend = roll(4) === 0 ? 1 + roll(2) : 0;
    return { name, number: 65001 + index, prepend, ranked: null };
  });
  const sessions = new Map<string, Session>();
  const join = (from: number, to: number, bgp: Session['bgp']): void => {
    const key = from < to ? `${from} ${to}` : `${to} ${from}`;
    if (from === to || sessions.has(key)) return;
    const ends: { from: End; to: End } = { from: PLAIN, to: PLAIN };
    sessions.set(key, {
      name: `${names[from]}-${names[to]}`,
      from: names[from] as string,
      to: names[to] as string,
      bgp,
      ends,
    });
  };
  for (let i = 1; i < count; i++) for (let k = 1 + roll(2); k > 0; k--) join(i, roll(i), 'buys');
  for (let k = 1 + roll(count); k > 0; k--) join(roll(count), roll(count), 'peers');
  const site = (): string => names[roll(count)] as string;
  const blocks = Object.entries(CIDRS).map(([name, cidr]): Block => {
    const sites = [site()];
    if (name === 'two') sites.push(names.filter((one) => one !== sites[0])[roll(count - 1)] as string);
    return { name, cidr, sites };
  });
  return { speakers, sessions: [...sessions.values()], blocks };
}

function shuffled<T>(items: readonly T[], roll: (below: number) => number): T[] {
  const left = [...items];
  return items.map(() => left.splice(roll(left.length), 1)[0] as T);
}
