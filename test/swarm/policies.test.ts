/** Random networks with random policies, roles, rivals and parts of a block: every law of traces holds, and what is quiet rests. */
import { expect, test } from 'vitest';
import { changesOf, dice, hierarchy, networks, runOf, scenarioOf, valueAt } from '../oracle/networks.ts';
import { SlowRoutes } from '../oracle/slow-routes.ts';

const CIDR = '198.51.100.0/24';

/** A policy of one to three terms, each about something else; some come and go with a switch. Only on the way in it may prefer. */
function policy(roll: (below: number) => number, names: readonly string[], way: 'in' | 'out'): object {
  const name = (): string => names[roll(names.length)] as string;
  const matches = [
    () => ({}),
    () => ({ path: `* ${name()} *` }),
    () => ({ path: `${name()} *` }),
    () => ({ communities: 'red' }),
    () => ({ validity: 'invalid' }),
    () => ({ learnt: ['own', 'customer', 'peer', 'provider'][roll(4)] }),
    () => ({ length: { from: 3 } }),
    () => ({ within: { cidr: '198.51.0.0/16', from: 24, to: 25 } }),
    () => ({ prefixes: 'rival' }),
  ];
  const sets = [
    () => ({ med: roll(3) }),
    () => ({ prepend: 1 + roll(2) }),
    () => ({ add: ['red', 'no-export', 'blackhole'][roll(3)] }),
    () => ({ remove: 'red' }),
    ...(way === 'in' ? [() => ({ preference: 50 + 100 * roll(4) })] : []),
    () => ({ then: roll(2) === 0 ? 'accept' : 'reject' }),
  ];
  const term = (index: number): [string, object] => [
    `t${index}`,
    {
      ...matches[roll(matches.length)]?.(),
      ...sets[roll(sets.length)]?.(),
      ...(roll(3) === 0 ? { while: { not: { up: `switch.${roll(2)}` } } } : {}),
    },
  ];
  const terms = Array.from({ length: 1 + roll(3) }, (_, index) => term(index));
  // What ends all is the last.
  const last = terms.findIndex(([, one]) => 'then' in one && Object.keys(one).length === 1);
  return Object.fromEntries(last < 0 ? terms : terms.slice(0, last + 1));
}

function world(seed: number) {
  const roll = dice(seed);
  const { names, links } = hierarchy(seed, 8 + roll(6), '1ms..200ms');
  const policies = Object.fromEntries(
    [0, 1, 2, 3].flatMap((index) =>
      (['in', 'out'] as const).map((way) => [`${way}.${index}`, policy(roll, names, way)]),
    ),
  );
  const real = names[roll(names.length)] as string;
  const others = names.filter((name) => name !== real);
  const [rival, part] = [others[roll(others.length)] as string, others[roll(others.length)] as string];
  const nodes = Object.fromEntries(
    names.map((name) => [
      name,
      {
        kind: 'network',
        roles: roll(4) === 0,
        ...(roll(3) === 0 ? { imports: `in.${roll(4)}` } : {}),
        ...(roll(3) === 0 ? { exports: `out.${roll(4)}` } : {}),
      },
    ]),
  );
  const away = (minute: number, target: string) => ({ at: `${minute}m`, to: target, for: '4m' });
  const link = Object.keys(links)[roll(Object.keys(links).length)] as string;
  return {
    names,
    scenario: scenarioOf({
      run: '30m',
      nodes: { ...networks(names), ...nodes, 'switch.{0,1}': { kind: 'service' } },
      links,
      prefixes: {
        real: { cidr: CIDR, from: real, communities: ['red'] },
        part: { cidr: '198.51.100.0/25', from: part, traffic: 'on', while: { up: 'switch.1' } },
        rival: { cidr: CIDR, from: rival, traffic: 'drop', while: { up: 'switch.0' } },
      },
      faults: {
        f0: away(2, 'switch.0'),
        f1: away(4, 'switch.1'),
        f2: away(9, link),
        f3: away(14, real),
        f4: away(20, 'switch.0'),
      },
      policies,
      authorisations: { roa: { cidr: CIDR, origin: real, longest: 24 } },
    } as Parameters<typeof scenarioOf>[0]),
  };
}

/** When everything that has happened has been told. */
const QUIET = [0, 3.9, 5.9, 7.9, 12.9, 17.9, 23.9, 29.9].map((minute) => minute * 60_000);

test('80 random worlds of policies keep every law of traces, and whenever they are quiet everybody uses what it would choose', () => {
  let [moved, rested] = [0, 0];
  for (let seed = 0; seed < 80; seed++) {
    const { names, scenario } = world(seed);
    const asked = names.flatMap((name) => [
      ...['real', 'rival', 'part'].map((prefix) => ['path', name, prefix] as const),
      ['route', name, 'real'] as const,
      ['forwards', name, '198.51.100.7'] as const,
      ['passes', name, '198.51.100.7', names[0] as string] as const,
    ]);
    const ran = runOf(scenario, asked, String(seed));
    if (ran.trace.disputes.length > 0) continue;
    moved += asked.reduce((sum, question) => sum + changesOf(ran, question.join('/')).length, 0);
    for (const at of QUIET)
      for (const block of [['real', 'rival'], ['part']]) {
        const used = (network: string) => {
          const announcement = block.find((one) => valueAt(ran, `path/${network}/${one}`, at) !== '');
          if (announcement === undefined) return null;
          const path = String(valueAt(ran, `path/${network}/${announcement}`, at));
          return { announcement, path: path === 'local' ? [] : path.split(' ') };
        };
        const holds = (kind: string, subject: string): boolean => {
          const fact = `${kind}/${subject}`;
          return ran.history.fact(fact) === undefined || valueAt(ran, fact, at) === true;
        };
        const slow = new SlowRoutes(scenario, { used, holds });
        expect(slow.restless(names), `${block[0]} of ${seed} at ${at}`).toEqual([]);
        rested++;
      }
  }
  expect(moved).toBeGreaterThan(1000);
  expect(rested).toBeGreaterThan(1000);
}, 120_000);
