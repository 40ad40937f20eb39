/** The rest of the Internet: what its networks do with what they hear, each of a share of them. */
import { expect, test } from 'vitest';
import { load } from '../../sim/model/load.ts';
import { formatProblem } from '../../sim/model/problems.ts';
import type { Scenario } from '../../sim/model/scenario.ts';
import { MINUTE, simulate } from '../support/scenario.ts';

/** An Internet in which some take nothing longer than a /24, and somebody announces a /25. */
const world = (imports: string, more = ''): string => `
internet: { generate: { networks: 1500, seed: a }, imports: { ${imports} } }
nodes:
  "{victim,thief}": { kind: network }
  eyes.{1300..1419}: { kind: network, asn: 420000$1 }
  big.{1..2}: { kind: network, asn: 420000000$1 }
  ${more}
links: { up: { from: "{victim,thief}", to: big.*, bgp: buys } }
policies: { no-parts: { parts: { within: { cidr: 0.0.0.0/0, from: 25, to: 32 }, then: reject } } }
prefixes:
  whole: { cidr: 198.51.100.0/24, from: victim }
  half: { cidr: 198.51.100.0/25, from: thief, while: { fault: trouble } }
faults: { theft: { at: 1m, to: trouble } }`;
const HEAD = 'netfall: 1\nid: x\ntitle: x\nclock: { start: 2026-01-01T00:00:00Z, run: 1h }\n';
const TROUBLE = 'trouble: { kind: service }';

function read(text: string): Scenario {
  const scenario = load(HEAD + text, { file: 'x.yaml' });
  if (!scenario.ok) throw new Error(scenario.problems.map(formatProblem).join('\n'));
  return scenario.value;
}
const refused = (text: string): readonly string[] => {
  const scenario = load(HEAD + text, { file: 'x.yaml' });
  return scenario.ok ? [] : scenario.problems.map(({ says }) => says);
};

test('policies of an Internet are had by their share, whether a network is declared or not', () => {
  const { internet } = read(world('no-parts: 60%', TROUBLE));
  const having = new Set(internet?.names.filter((_, place) => internet.ends[place]?.imports !== null));
  const share = having.size / (internet?.names.length ?? 1);
  expect(Math.abs(share - 0.6)).toBeLessThan(4 * Math.sqrt((0.6 * 0.4) / (internet?.names.length ?? 1)));
  const more = read(world('no-parts: 60%', `${TROUBLE}\n  one: { kind: network, asn: 4200000007 }`)).internet;
  const numbers = new Map(internet?.names.map((name, place) => [internet.asn[place], having.has(name)]));
  for (const [place, asn] of more?.asn.entries() ?? [])
    if (numbers.has(asn)) expect(more?.ends[place]?.imports !== null, `${asn}`).toBe(numbers.get(asn));
});

test('a declared network may say its own', () => {
  const { internet } = read(
    world('no-parts: 100%', `${TROUBLE}\n  eyes.1300: { imports: all }`).replace('policies: {', 'policies: { all: {},'),
  );
  const place = internet?.names.indexOf('eyes.1300') ?? -1;
  expect(internet?.ends[place]?.imports?.name).toBe('all');
});

test('what few take does not get far: the share that hears of part of a block falls with the share that refuses it', () => {
  const heard = (imports: string): number => {
    const asked = Array.from({ length: 120 }, (_, k) => ['route', `eyes.${1300 + k}`, 'half'] as const);
    const run = simulate(world(imports, TROUBLE), { asked });
    return asked.filter(([, eyes]) => run.at(`route/${eyes}/half`, 30 * MINUTE) === true).length;
  };
  const [all, some, none] = [heard('no-parts: 0%'), heard('no-parts: 40%'), heard('no-parts: 100%')];
  expect([all, none]).toEqual([120, 0]);
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(120 * 0.6 + 1);
});

test('what cannot be is said', () => {
  expect(refused(world('no-parts: 60%, deaf: 20%', TROUBLE))).toContain('there is no policy "deaf"');
  expect(refused(world('no-parts: 120%', TROUBLE))).toHaveLength(1);
});
