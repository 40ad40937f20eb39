/** R17: every draw has a name, so that nothing which is added moves the luck of anything else. */
import { expect, test } from 'vitest';
import { hashName, Luck, quantile } from '../../sim/engine/luck.ts';
import { type Run, simulate } from '../support/scenario.ts';

const chancy = (more: { nodes?: string; faults?: string; x?: string; n?: string } = {}): string => `
nodes:
  "{x,y}": { kind: service }
  n: { kind: service, needs: [ x ${more.n ?? ''} ], downAfter: 1s..5m, upAfter: exp(1m) }
  m: { kind: service, needs: [ y ], downAfter: "${more.x ?? 'lognormal(1m, 0.5)'}" }
  ns: { kind: nameserver, needs: [ x ] }
  cache: { kind: resolver }
  crew: { kind: team }
  users: { kind: population, does: read, via: { cache: 100% } }
  ${more.nodes ?? ''}
zones: { z: { nameservers: ns, ttl: 10m } }
journeys: { read: [ { resolves: z } ] }
faults:
  f: { at: 1m, to: x, for: 5m..20m }
  g: { to: y, mtbf: exp(10m), mttr: exp(1m) }
  ${more.faults ?? ''}
tasks: { fix: { team: crew, after: { not: n }, takes: 1m..30m } }`;
/** Changes of what is in both scenarios, without what was added. */
const common = (run: Run) => run.changes().filter(([, fact]) => !fact.includes('extra'));

test('R17 named luck: an unrelated node with luck of its own moves no other draw', () => {
  const extra = simulate(
    chancy({
      nodes: 'extra.a: { kind: service, needs: [ extra.b ], downAfter: 1s..9m }\n  extra.b: { kind: service }',
      faults: 'extra: { to: extra.b, mtbf: exp(3m), mttr: exp(1m) }',
    }),
  );
  expect(extra.changes('up/extra.a').length).toBeGreaterThan(0);
  expect(common(extra)).toEqual(common(simulate(chancy())));
});

test('R17 named luck: another distribution moves the draws of its own subject only', () => {
  const others = (run: Run) => run.changes().filter(([, fact]) => fact !== 'up/m');
  const [a, b] = [simulate(chancy()), simulate(chancy({ x: 'normal(2m, 20s)' }))];
  expect(a.times('up/m')).not.toEqual(b.times('up/m'));
  expect(others(a)).toEqual(others(b));
});

test('R17 named luck: a clause more has its own luck, and moves that of no other', () => {
  const more = simulate(chancy({ n: ', { up: extra, downAfter: 1s..1m }', nodes: 'extra: { kind: service }' }));
  expect(common(more)).toEqual(common(simulate(chancy())));
});

test('R17 named luck: another seed is another world, and seeds are text', () => {
  const worlds = ['7', '07', '7 ', 'seven'].map((seed) => simulate(chancy(), { seed }).trace.digest);
  expect(new Set(worlds).size).toBe(4);
  expect(simulate(chancy(), { seed: '7' }).trace.digest).toBe(worlds[0]);
});

test('R17 named luck: a draw is one uniform, by inverse transform', () => {
  const luck = new Luck('1');
  const who = hashName('somebody');
  for (let occasion = 0; occasion < 100; occasion++) {
    const u = luck.uniform(1, who, occasion);
    const draw = luck.draw({ law: 'exponential', mean: 1e9 }, 1, who, occasion);
    expect(draw).toBe(Math.floor(quantile({ law: 'exponential', mean: 1e9 }, u) + 0.5));
  }
});

test('R17 named luck: purpose, subject and occasion all count, and what was drawn before does not', () => {
  const luck = new Luck('1');
  const first = luck.uniform(1, 2, 3);
  const others = [luck.uniform(2, 2, 3), luck.uniform(1, 3, 3), luck.uniform(1, 2, 4), new Luck('2').uniform(1, 2, 3)];
  expect(new Set([first, ...others]).size).toBe(5);
  expect(luck.uniform(1, 2, 3)).toBe(first);
});
