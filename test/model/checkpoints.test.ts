import { describe, expect, test } from 'vitest';
import type { Claim } from '../../sim/model/scenario.ts';
import { problems, scenario, short } from './reading.ts';

const NODES = `sources: { S: { title: t, basis: measured } }
parameters: { p: { value: 5m, because: x } }
nodes:
  a: { kind: router, startTakes: $p }
  b.{1..3}: { kind: network }
faults: { f: { at: 10m, to: a } }
prefixes:
  x: { from: b.1, count: 3 }
  y: { from: b.2 }
rates: { q: { rest: 1, to: 30, while: { not: a } } }
variants: { calm: { title: Calm, patch: { faults: { f: null } } } }
`;
const read = (line: string) => {
  const one = scenario(`${NODES}checkpoints:\n  k: ${line}\n`).checkpoints.get('k');
  if (!one) throw new Error('no checkpoint');
  return one;
};
const wrong = (line: string) =>
  problems(`${NODES}checkpoints:\n  k: ${line}\n`).map((one) => one.replace(/^\d+:\d+: checkpoints\./, ''));

describe('a claim', () => {
  const claim = (line: string): unknown => {
    const made = read(`{ says: x, ${line} }`).claim as Claim;
    return Object.fromEntries(
      Object.entries(made).map(([key, value]) => [
        key,
        key === 'claim' || typeof value !== 'object'
          ? value
          : Array.isArray(value)
            ? value.map((one) => (one.condition ? [short(one.condition), one.weight] : one.kind ? one : short(one)))
            : short(value),
      ]),
    );
  };

  test.each([
    ['first: { not: a }', { claim: 'first', of: 'not(up/a)' }],
    ['holds: a', { claim: 'always', of: 'up/a' }],
    ['lasts: { not: a }', { claim: 'lasts', of: 'not(up/a)' }],
    ['at: { when: 15:45Z, so: a }', { claim: 'at', of: 'up/a', moment: 900_000 }],
    ['lag: [ a, { not: a } ]', { claim: 'lag', from: 'up/a', to: 'not(up/a)' }],
    ['order: [ a, { not: a } ]', { claim: 'order', of: ['up/a', 'not(up/a)'] }],
    ['after: { so: a, checkpoint: k, within: 5m }', { claim: 'after', of: 'up/a', checkpoint: 'k', within: 300_000 }],
    ['peak: "route/*/x"', { claim: 'peak', facts: 'route/*/x', per: 60_000 }],
    ['max: q', { claim: 'max', numbers: [{ kind: 'rate', subjects: ['q'] }] }],
    ['ratio: { of: q, to: before }', { claim: 'ratio', numbers: [{ kind: 'rate', subjects: ['q'] }], to: 'before' }],
    [
      'share: { not: { route: each *, from: b.3 } }',
      {
        claim: 'share',
        of: [
          ['not(route/b.3/x)', 3],
          ['not(route/b.3/y)', 1],
        ],
      },
    ],
    [
      'share: { not: each b.* }',
      {
        claim: 'share',
        of: [
          ['not(up/b.1)', 1],
          ['not(up/b.2)', 1],
          ['not(up/b.3)', 1],
        ],
      },
    ],
  ])('%s', (line, meant) => {
    expect(claim(line)).toEqual(meant);
  });

  test.each([
    ['{ says: x }', 'k: this claims nothing; give it a claim (first, lasts, never…), or say why under `notModelled`'],
    ['{ says: x, first: a, never: a }', 'k.never: "first" and "never" are two claims in one; write two checkpoints'],
    ['{ says: x, lag: [ a ] }', 'k.lag: a lag is between two conditions, found 1'],
    ['{ says: x, order: [ a ] }', 'k.order: an order is of two conditions or more'],
    ['{ says: x, after: { so: a, checkpoint: j, within: 5m } }', 'k.after.checkpoint: there is no checkpoint "j"'],
    ['{ says: x, peak: "rout/*/x" }', 'k.peak: there is no kind of fact "rout"; did you mean "route"?'],
    ['{ says: x, max: qq }', 'k.max: there is no rate "qq"; did you mean "q"?'],
    [
      '{ says: x, share: a }',
      'k.share: a share says of what, by "each"; such as { route: each ns-*, from: cloudflare }',
    ],
    ['{ says: x, first: a, per: 1m }', 'k.per: "per" goes with "peak"'],
    ['{ says: x, first: a, notModelled: y }', 'k.notModelled: this has a claim, and so it is modelled'],
  ])('%s is refused', (line, problem) => {
    expect(wrong(line)).toEqual([problem]);
  });
});

describe('what was seen and what counts as the same', () => {
  const bounds = (line: string) => {
    const { seen, accept } = read(`{ says: x, ${line} }`);
    return [seen, accept?.from, accept?.to];
  };

  test.each([
    ['first: a, seen: 15:39Z, accept: ±2m', [540_000, 420_000, 660_000]],
    ['first: a, seen: 15:39Z, accept: +-2m', [540_000, 420_000, 660_000]],
    ['first: a, accept: 15:35Z..15:45Z', [null, 300_000, 900_000]],
    ['first: a, accept: ..15:45Z', [null, null, 900_000]],
    ['first: a, accept: 15:45Z..', [null, 900_000, null]],
    ['first: a, accept: never', [null, undefined, undefined]],
    ['lasts: a, seen: 330m, accept: ±15m', [19_800_000, 18_900_000, 20_700_000]],
    ['"lag": [ a, a ], accept: -10m..20m', [null, -600_000, 1_200_000]],
    ['max: q, seen: 30x, accept: 15x..60x', [30, 15, 60]],
    ['share: { up: each b.* }, seen: 50%, accept: ±10%', [0.5, 0.4, 0.6]],
  ])('%s', (line, meant) => {
    expect(bounds(line)).toEqual(meant);
  });

  test.each([
    [
      '{ says: x, first: a, accept: ±5m }',
      'k.accept: a tolerance of ± is around what was seen, and that is missing; add `seen`, or write both ends: a..b',
    ],
    ['{ says: x, never: a, accept: 1m..2m }', 'k.accept: "never" is so or not so: there is nothing to tolerate'],
    ['{ says: x, always: a, seen: 5m }', 'k.seen: "always" is so or not so: there is no number to be seen'],
    ['{ says: x, first: a, accept: 5m..1m }', 'k.accept: 5m..1m runs backwards'],
    ['{ says: x, first: a, accept: .. }', 'k.accept: both ends are open'],
    [
      '{ says: x, first: a, accept: 5m }',
      'k.accept: expected two ends with .. between, found "5m"; write a..b, a.. or ..b',
    ],
    [
      '{ says: x, first: a, seen: soon }',
      'k.seen: expected a moment such as 9m, 15:39Z or 2021-10-04T15:39:00Z, found "soon"',
    ],
  ])('%s is refused', (line, problem) => {
    expect(wrong(line)).toEqual([problem]);
  });
});

test('the rest of a checkpoint', () => {
  const line =
    '{ says: It falls, first: { not: a }, within: 15:30Z.., while: b.1, source: S, strength: A, group: g, fittedTo: [ p ], parts: calm, foil: calm, without: { faults: { f: null } } }';
  const one = read(line);
  expect(one).toMatchObject({
    id: 'k',
    says: 'It falls',
    within: { from: 0, to: null },
    source: 'S',
    strength: 'A',
    group: 'g',
    fittedTo: ['p'],
    parts: ['calm'],
    foil: 'calm',
    without: { faults: { f: null } },
  });
  expect(short(one.whileSo)).toBe('up/b.1');
  expect(read('{ says: x, notModelled: no phones here }')).toMatchObject({
    claim: null,
    notModelled: 'no phones here',
    strength: 'B',
  });
});

test.each([
  ['{ says: x, first: a, source: T }', 'k.source: there is no source "T"'],
  ['{ says: x, first: a, fittedTo: q }', 'k.fittedTo: there is no parameter "q"'],
  ['{ says: x, first: a, foil: clam }', 'k.foil: there is no variant "clam"; did you mean "calm"?'],
  ['{ says: x, first: a, parts: [ calm, clam ] }', 'k.parts[1]: there is no variant "clam"; did you mean "calm"?'],
  ['{ says: x, first: a, parts: [ calm, calm ] }', 'k.parts[1]: "calm" is named twice'],
  ['{ says: x, never: a, parts: calm }', 'k.parts: "never" is so or not so: there is nothing to take parts of'],
  ['{ says: x, first: a, strength: D }', 'k.strength: expected one of A, B, C, found "D"'],
  ['{ says: x, first: a, frist: a }', 'k.frist: there is no key "frist" here; did you mean "first"?'],
])('%s is refused', (line, problem) => {
  expect(wrong(line)).toEqual([problem]);
});

test('captions are told in the order they are written', () => {
  const text = `${NODES}story:\n  z: { at: 9m, says: Nine minutes in }\n  y: { first: { not: a }, says: It falls }\n`;
  expect(scenario(text).story.map(({ name, at, first, says }) => [name, at, short(first), says])).toEqual([
    ['z', 540_000, '-', 'Nine minutes in'],
    ['y', null, 'not(up/a)', 'It falls'],
  ]);
});
