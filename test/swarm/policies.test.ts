/** Random networks with random policies, roles, rivals and forged paths: every law of traces holds, and the state is one that rests. */
import { expect, test } from 'vitest';
import { changesOf, dice, hierarchy, networks, runOf, scenarioOf, valueAt } from '../oracle/networks.ts';

const CIDR = '198.51.100.0/24';

/** A policy of one to three terms, each about something else; some come and go with a switch. */
function policy(roll: (below: number) => number, names: readonly string[]): object {
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
    // Leaks and refusals, but no preference: so what there is settles.
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
  const policies = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`p${index}`, policy(roll, names)]));
  const [real, rival, part] = [0, 1, 2].map((k) => names[(roll(names.length) + k) % names.length] as string) as [
    string,
    string,
    string,
  ];
  const nodes = Object.fromEntries(
    names.map((name) => [
      name,
      {
        kind: 'network',
        roles: roll(4) === 0,
        ...(roll(3) === 0 ? { imports: `p${roll(5)}` } : {}),
        ...(roll(3) === 0 ? { exports: `p${roll(5)}` } : {}),
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
        ...(rival === real ? {} : { rival: { cidr: CIDR, from: rival, traffic: 'drop', while: { up: 'switch.0' } } }),
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

test('60 random worlds of policies keep every law of traces, and what changed back is back', () => {
  let moved = 0;
  for (let seed = 0; seed < 60; seed++) {
    const { names, scenario } = world(seed);
    const asked = names.flatMap((name) => [
      ['path', name, 'real'] as const,
      ['route', name, 'real'] as const,
      ['path', name, 'part'] as const,
      ['forwards', name, '198.51.100.7'] as const,
      ['passes', name, '198.51.100.7', names[0] as string] as const,
    ]);
    const ran = runOf(scenario, asked, String(seed));
    if (ran.trace.disputes.length > 0) continue;
    for (const [, name, prefix] of asked.filter(([kind]) => kind === 'path')) {
      const fact = `path/${name}/${prefix}`;
      moved += changesOf(ran, fact).length;
      expect(valueAt(ran, fact, 30 * 60_000), `${fact} of ${seed}`).toBe(valueAt(ran, fact, 0));
    }
  }
  expect(moved).toBeGreaterThan(500);
}, 120_000);
