/** Announcements of blocks: rivals for one, parts of another, forged ones, and what becomes of the packets. */
import { expect, test } from 'vitest';
import { type Asked, compile } from '../../sim/compile.ts';
import { pathsOf } from '../support/routes.ts';
import { MINUTE, type Run, scenarioOf, simulate } from '../support/scenario.ts';

/** A victim behind one transit, a hijacker behind another; near and far are customers of each. */
const world = (hijack: string, more = ''): string => `
nodes: { "{victim,thief,t1,t2,near,far}": { kind: network }, switch: { kind: service } }
links:
  v: { from: victim, to: t1, bgp: buys, delay: 10ms }
  h: { from: thief, to: t2, bgp: buys, delay: 10ms }
  t: { from: t1, to: t2, bgp: peers, delay: 10ms }
  n: { from: near, to: t1, bgp: buys, delay: 10ms }
  f: { from: far, to: t2, bgp: buys, delay: 10ms }
prefixes:
  real: { cidr: 208.65.152.0/22, from: victim }
  stolen: { ${hijack} }
${more}`;
const ADDRESS = '208.65.153.238';
const asking = (text: string): Run =>
  simulate(text, {
    asked: ['near', 'far'].flatMap((who) => [
      ['path', who, 'real'] as const,
      ['path', who, 'stolen'] as const,
      ['route', who, 'real'] as const,
      ['route', who, 'stolen'] as const,
      ['forwards', who, 'real'] as const,
      ['forwards', who, ADDRESS] as const,
      ['passes', who, ADDRESS, 'thief'] as const,
    ]),
  });
const facts = (run: Run, at: number, ...names: readonly string[]) => names.map((name) => run.at(name, at));

test('a more specific block wins, however long its path', () => {
  const run = asking(world('cidr: 208.65.153.0/24, from: thief, traffic: drop, tail: [far, victim]'));
  expect(run.at('path/near/real', 0)).toBe('t1 victim');
  expect(run.at('path/near/stolen', 0)).toBe('t1 t2 thief far victim');
  expect(facts(run, 0, `forwards/near/${ADDRESS}`, `passes/near/${ADDRESS}/thief`)).toEqual(['filtered', true]);
  // The rest of the block arrives.
  expect(run.at('forwards/near/real', 0)).toBe('delivered');
});

test('whoever stands in a path does not take it: so a tail can spare one (RFC 4271 §9.1.2)', () => {
  const run = asking(world('cidr: 208.65.153.0/24, from: thief, traffic: drop, tail: [far]'));
  expect(run.at('path/far/stolen', 0)).toBe('');
  expect(run.at('path/near/stolen', 0)).toBe('t1 t2 thief far');
});

test('announcements of one block share the networks among them by preference and length of path', () => {
  const run = asking(world('cidr: 208.65.152.0/22, from: thief'));
  expect(facts(run, 0, 'route/near/real', 'route/near/stolen')).toEqual([true, false]);
  expect(facts(run, 0, 'route/far/real', 'route/far/stolen')).toEqual([false, true]);
  expect(facts(run, 0, 'path/far/real', 'path/far/stolen')).toEqual(['', 't2 thief']);
  // Whoever is led to the thief does not reach the victim: it has arrived, and is not served.
  expect(facts(run, 0, 'forwards/near/real', 'forwards/far/real')).toEqual(['delivered', 'black hole']);
});

test('R16: a rival that comes is the cause of the route that is lost, and of its return when it goes', () => {
  const run = asking(
    world(
      'cidr: 208.65.152.0/22, from: thief, while: { not: { up: switch } }',
      'faults: { f: { at: 1m, to: switch, for: 4m } }',
    ),
  );
  expect(run.changes('route/far/real')).toEqual([
    [MINUTE + 20, 'route/far/real', false],
    [5 * MINUTE + 20, 'route/far/real', true],
  ]);
  for (const at of [2, 6])
    expect(run.tippedBy(run.change('route/far/real', at * MINUTE))).toBe('announces/thief/stolen');
  expect(run.times('route/near/real')).toEqual([]);
});

test('a site that announces for others sends their packets on by the next wider block', () => {
  const run = asking(
    world('cidr: 208.65.153.0/24, from: thief, traffic: on, tail: [t1, victim]').replace(
      '  h: {',
      '  x: { from: thief, to: t1, bgp: buys }\n  h: {',
    ),
  );
  expect(facts(run, 0, `forwards/far/${ADDRESS}`, `passes/far/${ADDRESS}/thief`)).toEqual(['delivered', true]);
});

test('when both ends of the detour want each other packets go round in a loop', () => {
  const run = asking(world('cidr: 208.65.153.0/24, from: thief, traffic: on'));
  expect(facts(run, 0, `forwards/far/${ADDRESS}`, `passes/far/${ADDRESS}/thief`)).toEqual(['loop', true]);
});

test('an address is where the longest of all blocks around it leads, as they come and go', () => {
  const run = asking(
    world(
      'cidr: 208.65.153.0/24, from: thief, traffic: drop, while: { up: switch }',
      'faults: { f: { at: 1m, to: switch } }',
    ),
  );
  expect(run.at(`forwards/near/${ADDRESS}`, 0)).toBe('filtered');
  expect(run.at(`forwards/near/${ADDRESS}`, 2 * MINUTE)).toBe('delivered');
  expect(run.at(`passes/near/${ADDRESS}/thief`, 2 * MINUTE)).toBe(false);
});

test('an address lives where it did on an ordinary day: a part of a block that is withdrawn is lost behind the rest of it', () => {
  const run = simulate(
    `nodes: { home: { kind: network }, me: { kind: network }, switch: { kind: service } }
links: { up: { from: home, to: me, bgp: buys } }
prefixes:
  wide: { cidr: 198.51.100.0/22, from: home }
  names: { cidr: 198.51.100.0/24, from: home, while: { up: switch } }
  counter: { cidr: 198.51.100.0/25, from: home, while: { not: { up: switch } } }
faults: { f: { at: 1m, to: switch } }`,
    {
      asked: [
        ['forwards', 'me', '198.51.100.200'],
        ['forwards', 'me', '198.51.100.1'],
        ['forwards', 'me', '198.51.101.1'],
      ],
    },
  );
  const at = (address: string) => [0, 2].map((minute) => run.at(`forwards/me/${address}`, minute * MINUTE));
  expect(at('198.51.100.200')).toEqual(['delivered', 'black hole']);
  // What was never so on an ordinary day is announced because it leads there.
  expect(at('198.51.100.1')).toEqual(['delivered', 'delivered']);
  expect(at('198.51.101.1')).toEqual(['delivered', 'delivered']);
});

test('a network keeps its own addresses, whatever another has said of a part of them from the beginning', () => {
  const run = simulate(
    `nodes: { "{home,thief,t}": { kind: network }, home: { imports: own } }
links: { up: { from: "{home,thief}", to: t, bgp: buys } }
policies: { own: { mine: { within: { cidr: 198.51.100.0/24, to: 32 }, then: reject } } }
prefixes:
  wide: { cidr: 198.51.100.0/24, from: home }
  part: { cidr: 198.51.100.0/25, from: thief }`,
    {
      asked: [
        ['forwards', 'home', '198.51.100.1'],
        ['passes', 't', '198.51.100.1', 'thief'],
      ],
    },
  );
  expect(facts(run, 0, 'forwards/home/198.51.100.1', 'passes/t/198.51.100.1/thief')).toEqual(['delivered', true]);
});

test('addresses of IPv6 are held by blocks of IPv6 only', () => {
  const run = simulate(
    `nodes: { "{a,b,me}": { kind: network } }
links: { up: { from: me, to: "{a,b}", bgp: buys } }
prefixes: { six: { cidr: 2001:db8::/32, from: a }, part: { cidr: "2001:db8:f::/48", from: b }, all: { cidr: 0.0.0.0/0, from: b } }`,
    {
      asked: [
        ['passes', 'me', '2001:db8::1', 'a'],
        ['passes', 'me', '2001:db8:f::1', 'a'],
        ['passes', 'me', '2001:db8:f::1', 'b'],
        ['forwards', 'me', '198.51.100.1'],
      ],
    },
  );
  expect(facts(run, 0, 'passes/me/2001:db8::1/a', 'passes/me/2001:db8:f::1/a', 'passes/me/2001:db8:f::1/b')).toEqual([
    true,
    false,
    true,
  ]);
  expect(run.at('forwards/me/198.51.100.1', 0)).toBe('delivered');
});

test('what nobody announces or is no address cannot be asked for, and why is said', () => {
  const wrong = (...asked: Asked): string => {
    const made = compile(scenarioOf(world('cidr: 208.65.153.0/24, from: thief')), { asked: [asked] });
    return made.ok ? '' : (made.problems[0]?.says ?? '');
  };
  expect(wrong('forwards', 'near', '203.0.113.9')).toMatch('no block that is announced holds 203.0.113.9');
  expect(wrong('forwards', 'near', '1.2.3')).toMatch('there is no such prefix');
  expect(wrong('route', 'near', ADDRESS)).toMatch('there is no such prefix');
  expect(wrong('passes', 'near', 'real', 'nobody')).toMatch('there is no network nobody');
  expect(wrong('passes', 'near', 'real', 'thief')).toBe('');
});

/** A chain of customers, and what each does with what it is told. */
const chain = (communities: string, more = ''): string => `
nodes: { "{n1,n2,n3,n4}": { kind: network } }
links:
  a: { from: n1, to: n2, bgp: buys, delay: 10ms }
  b: { from: n2, to: n3, bgp: buys, delay: 10ms }
  c: { from: n3, to: n4, bgp: buys, delay: 10ms }
prefixes: { p: { cidr: 192.0.2.1/32, from: n1, communities: [${communities}] } }
${more}`;
const CHAIN = ['n2', 'n3', 'n4'];

test('no-export stops after one hop, whatever a policy says (RFC 1997)', () => {
  expect(pathsOf(chain(''), 'p', CHAIN)).toEqual({ n2: 'n1', n3: 'n2 n1', n4: 'n3 n2 n1' });
  expect(pathsOf(chain('no-export'), 'p', CHAIN)).toEqual({ n2: 'n1', n3: '', n4: '' });
  expect(pathsOf(chain('65535:65281'), 'p', CHAIN)).toEqual({ n2: 'n1', n3: '', n4: '' });
  expect(pathsOf(chain('no-advertise'), 'p', CHAIN)).toEqual({ n2: 'n1', n3: '', n4: '' });
  const forced = chain('no-export', 'policies: { all: { one: { then: accept } } }').replace(
    '"{n1,n2,n3,n4}": { kind: network }',
    '"{n1,n3,n4}": { kind: network }, n2: { kind: network, exports: all }',
  );
  expect(pathsOf(forced, 'p', CHAIN)).toEqual({ n2: 'n1', n3: '', n4: '' });
});

test('blackhole: who hears it drops the packets, also those of who sends them by a wider block (RFC 7999)', () => {
  const prefixes = 'prefixes: { wide: { cidr: 192.0.2.0/24, from: n1 }, ';
  const run = simulate(chain('blackhole, no-export').replace('prefixes: { ', prefixes), {
    asked: ['n1', 'n2', 'n3', 'n4'].flatMap((who) => [
      ['forwards', who, 'p'] as const,
      ['forwards', who, 'wide'] as const,
    ]),
  });
  const ends = (prefix: string) => ['n1', 'n2', 'n3', 'n4'].map((who) => run.at(`forwards/${who}/${prefix}`, 0));
  expect(ends('p')).toEqual(['delivered', 'filtered', 'filtered', 'filtered']);
  expect(ends('wide')).toEqual(['delivered', 'delivered', 'delivered', 'delivered']);
});

/** Origin validation at one network, of an announcement of part of a block. */
const validated = (stolen: string, longest: string): string =>
  `${world(stolen, `authorisations: { v: { cidr: 208.65.152.0/22, origin: victim${longest} } }`)}
policies: { rov: { forged: { validity: invalid, then: reject } } }`
    .replace('victim,thief,t1,t2', 'victim,thief,t2')
    .replace('switch: {', 't1: { kind: network, imports: rov }, switch: {');

test('origin validation refuses another origin and too long a block, and leaves the rest alone (RFC 6811)', () => {
  const near = (stolen: string, longest = ''): readonly unknown[] => {
    const run = asking(validated(stolen, longest));
    return facts(run, 0, 'path/near/real', 'path/near/stolen');
  };
  expect(near('cidr: 208.65.153.0/24, from: thief')).toEqual(['t1 victim', '']);
  // A forged origin is the right origin; what betrays it is the length.
  expect(near('cidr: 208.65.153.0/24, from: thief, tail: [victim]')).toEqual(['t1 victim', '']);
  expect(near('cidr: 208.65.153.0/24, from: thief, tail: [victim]', ', longest: 24')).toEqual([
    't1 victim',
    't1 t2 thief victim',
  ]);
  // Disavowed is what nobody may announce, but for whom another authorisation allows it (RFC 6483 §4).
  const disavowed = asking(
    validated('cidr: 208.65.153.0/24, from: thief', ' }, w: { cidr: 0.0.0.0/0, longest: 32, origin: none'),
  );
  expect(facts(disavowed, 0, 'path/near/real', 'path/near/stolen')).toEqual(['t1 victim', '']);
  const empty = asking(validated('cidr: 198.51.100.0/24, from: thief', ' }, w: { cidr: 198.51.100.0/24, origin: none'));
  expect(facts(empty, 0, 'path/near/real', 'path/near/stolen')).toEqual(['t1 victim', '']);
  // Nobody has said who may announce this.
  expect(near('cidr: 198.51.100.0/24, from: thief')).toEqual(['t1 victim', 't1 t2 thief']);
});
