/** The gadgets of Griffin, Shepherd and Wilfong (2002), and others drawn from a seed: every speaker ranks the paths it takes. */
import { type Internet, PLAIN, type Session } from './internet.ts';
import { dice } from './networks.ts';

/** By speaker the paths it takes, best first, as the papers write them: from itself to the origin, which is 0. */
export type Gadget = Readonly<Record<string, readonly string[]>>;
export const DISAGREE: Gadget = { 1: ['120', '10'], 2: ['210', '20'] };
export const BAD3: Gadget = { 1: ['120', '10'], 2: ['230', '20'], 3: ['310', '30'] };
export const BAD4: Gadget = { 1: ['130', '10'], 2: ['210', '20'], 3: ['3420', '30'], 4: ['420', '430'] };
export const GOOD: Gadget = { ...BAD4, 3: ['30'], 4: ['430', '420'] };

/** The gadget among routers of which each gives all others transit. */
export function internetOf(gadget: Gadget): Internet {
  const name = (digit: string): string => `n${digit}`;
  const number = (digit: string): number => 65000 + Number(digit);
  const sessions = new Map<string, Session>();
  for (const path of Object.values(gadget).flat()) {
    for (let i = 0; i + 1 < path.length; i++) {
      const [from, to] = [path[i] as string, path[i + 1] as string].sort() as [string, string];
      const ends = { from: PLAIN, to: PLAIN };
      sessions.set(from + to, { name: `s${from}${to}`, from: name(from), to: name(to), bgp: 'siblings', ends });
    }
  }
  const speakers = ['0', ...Object.keys(gadget)].map((digit) => ({
    name: name(digit),
    number: number(digit),
    prepend: 0,
    ranked: gadget[digit]?.map((path) => [...path.slice(1)].map(number)) ?? null,
  }));
  return { speakers, sessions: [...sessions.values()], blocks: [{ name: 'p', cidr: '10.1.0.0/16', sites: ['n0'] }] };
}

/** Speakers that rank some of the paths over at most one other by lot: with one stable state, several, or none. */
export function drawGadget(seed: number): Gadget {
  const roll = dice(seed);
  const names = Array.from({ length: 3 + roll(3) }, (_, i) => String(i + 1));
  return Object.fromEntries(
    names.map((name) => {
      const others = names.filter((other) => other !== name).map((other) => `${name}${other}0`);
      const paths = [others.splice(roll(others.length), 1)[0] as string, others[roll(others.length)] as string];
      paths.splice(roll(paths.length + 1), 0, `${name}0`);
      return [name, [...new Set(paths)]];
    }),
  );
}
