/** Policies for routes: what their terms match, what they set, and that their order decides. */
import { expect, test } from 'vitest';
import { pathsOf } from '../support/routes.ts';
import { MINUTE, type Run, simulate } from '../support/scenario.ts';

/** A site with two transits, and eyes that buy from both: by name they go over a. `more`: policies, and what nodes and links say. */
const diamond = (policies: string, more: { eyes?: string; a?: string; ends?: string; rest?: string } = {}): string => `
policies: { ${policies} }
nodes:
  site: { kind: network }
  a: { kind: network${more.a ?? ''} }
  b: { kind: network }
  eyes: { kind: network${more.eyes ?? ''} }
links:
  site-a: { from: site, to: a, bgp: buys, delay: 10ms }
  site-b: { from: site, to: b, bgp: buys, delay: 10ms }
  eyes-a: { from: eyes, to: a, bgp: buys, delay: 10ms${more.ends ?? ''} }
  eyes-b: { from: eyes, to: b, bgp: buys, delay: 10ms }
prefixes: { p: { cidr: 192.0.2.0/24, from: site } }
${more.rest ?? ''}`;
const eyes = (text: string): string => pathsOf(text, 'p', ['eyes']).eyes as string;
const importing = (terms: string): string => eyes(diamond(`in: { ${terms} }`, { eyes: ', imports: in' }));
const NOT_OVER_A = 'b site';

test('without a policy the lower of two neighbours is taken', () => {
  expect(eyes(diamond(''))).toBe('a site');
});

test('terms are asked in their order: the first that accepts or refuses ends it', () => {
  expect(importing('one: { path: "a *", then: reject }, two: { then: accept }')).toBe(NOT_OVER_A);
  expect(importing('two: { within: 192.0.2.0/24, then: accept }, one: { path: "a *", then: reject }')).toBe('a site');
});

test('a term that only sets lets the next ones see what it has set', () => {
  const terms = (add: string) => `one: { path: "a *", add: ${add} }, two: { communities: [bad], then: reject }`;
  expect(importing(terms('bad'))).toBe(NOT_OVER_A);
  expect(
    importing(`zero: { path: "a *", add: bad }, one: { remove: bad }, two: { communities: bad, then: reject }`),
  ).toBe('a site');
});

test('a preference outranks length, and the last that is set counts', () => {
  expect(importing('one: { path: "b *", preference: 500 }')).toBe(NOT_OVER_A);
  expect(importing('one: { path: "b *", preference: 500 }, two: { preference: 70 }')).toBe('a site');
});

test('blocks are matched by where they lie and how long they are', () => {
  const refusing = (within: string): string => importing(`one: { within: ${within}, then: reject }`);
  expect(refusing('{ cidr: 192.0.2.0/24 }')).toBe('');
  expect(refusing('{ cidr: 192.0.0.0/16 }')).toBe('a site');
  expect(refusing('{ cidr: 192.0.0.0/16, from: 17, to: 24 }')).toBe('');
  expect(refusing('{ cidr: 192.0.0.0/16, from: 25, to: 32 }')).toBe('a site');
  expect(refusing('{ cidr: 0.0.0.0/0, from: 0, to: 23 }')).toBe('a site');
});

test('paths are matched from the neighbour to the origin, by their length, and by whom they were learnt from', () => {
  const refusing = (match: string): string => importing(`one: { ${match}, then: reject }`);
  expect(refusing('path: "a ?"')).toBe(NOT_OVER_A);
  expect(refusing('path: "* a *"')).toBe(NOT_OVER_A);
  expect(refusing('path: "? a"')).toBe('a site');
  expect(refusing('path: "site"')).toBe('a site');
  expect(refusing('path: [ "a site", "b site" ]')).toBe('');
  expect(refusing('length: 2')).toBe('');
  expect(refusing('length: { from: 3 }')).toBe('a site');
  expect(refusing('learnt: provider')).toBe('');
  expect(refusing('learnt: [customer, peer, own]')).toBe('a site');
});

test('what one prepends makes one less liked, on the session where one does', () => {
  expect(eyes(diamond('out: { one: { prepend: 1 } }', { a: ', exports: out' }))).toBe(NOT_OVER_A);
  const atSite = ', ends: { to: { exports: out } }';
  expect(eyes(diamond('out: { one: { prepend: 1 } }', { ends: atSite }))).toBe(NOT_OVER_A);
});

test('what an end says outranks what its node says', () => {
  const policies = 'no: { all: { then: reject } }, yes: { all: { then: accept } }';
  expect(eyes(diamond(policies, { eyes: ', imports: no' }))).toBe('');
  expect(eyes(diamond(policies, { eyes: ', imports: no', ends: ', ends: { from: { imports: yes } }' }))).toBe('a site');
});

test('a policy for one announcement leaves all others alone', () => {
  const text = diamond('in: { one: { prefixes: p, path: "a *", then: reject } }', {
    eyes: ', imports: in',
  }).replace('prefixes: {', 'prefixes: { q: { cidr: 198.51.100.0/24, from: site },');
  expect(pathsOf(text, 'p', ['eyes'])).toEqual({ eyes: NOT_OVER_A });
  expect(pathsOf(text, 'q', ['eyes'])).toEqual({ eyes: 'a site' });
});

/** A switch goes off after a minute and on after five. */
const SWITCHED = 'faults: { f: { at: 1m, to: switch, for: 4m } }';
const watched = (text: string): Run =>
  simulate(text.replace('nodes:', 'nodes:\n  switch: { kind: service }'), {
    asked: [
      ['path', 'eyes', 'p'],
      ['route', 'eyes', 'p'],
    ],
  });

test('R16: a term that comes with its condition makes the receiver judge anew what it heard, and that is the cause', () => {
  const run = watched(
    diamond('in: { one: { while: { not: { up: switch } }, path: "a *", then: reject } }', {
      eyes: ', imports: in',
      rest: SWITCHED,
    }),
  );
  expect(run.changes('path/eyes/p')).toEqual([
    [MINUTE, 'path/eyes/p', NOT_OVER_A],
    [5 * MINUTE, 'path/eyes/p', 'a site'],
  ]);
  expect(run.tippedBy(run.change('path/eyes/p'))).toBe('up/switch');
});

test('R16: one that tells makes the sender tell anew, and the news is under way', () => {
  const run = watched(
    diamond('out: { one: { while: { not: { up: switch } }, then: reject } }', {
      a: ', exports: out',
      rest: SWITCHED,
    }),
  );
  expect(run.changes('path/eyes/p')).toEqual([
    [MINUTE + 10, 'path/eyes/p', NOT_OVER_A],
    [5 * MINUTE + 10, 'path/eyes/p', 'a site'],
  ]);
  expect(run.tippedBy(run.change('path/eyes/p'))).toBe('up/switch');
  expect(run.ruleOf(run.change('path/eyes/p'))).toBe('message');
});

test('a route that no policy lets through is lost, and why is the policy', () => {
  const run = watched(
    diamond('in: { one: { while: { not: { up: switch } }, then: reject } }', {
      eyes: ', imports: in',
      rest: SWITCHED,
    }),
  );
  expect(run.times('route/eyes/p')).toEqual([MINUTE, 5 * MINUTE]);
});
