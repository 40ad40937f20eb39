/** How much of what is measured each cause makes up. */
import { describe, expect, test } from 'vitest';
import { Parts } from '../../sim/analysis/parts.ts';
import { make, runOf, scenarioOf } from './made.ts';

const WORLD = `
parameters: { first: { value: 10s, because: the test says so }, second: { value: 20s, because: the test says so } }
nodes:
  base: { kind: service }
  shop: { kind: service, needs: [ { up: base, downAfter: $first } ] }
  till: { kind: service, needs: [ { up: shop, downAfter: $second } ] }
faults: { break: { at: 1m, to: base, until: 4m } }
variants:
  quick-shop: { title: The shop falls at once, patch: { parameters: { first: { value: 0s } } } }
  quick-till: { title: The till falls at once, patch: { parameters: { second: { value: 0s } } } }
  calm:       { title: Nothing breaks, patch: { faults: { break: null } } }
checkpoints:
  falls: { says: The till falls, first: { not: till }, accept: ..2m, parts: [ quick-till, quick-shop, calm ] }
  takes: { says: How long that takes, lag: [ { not: base }, { not: till } ], accept: ..2m, parts: [ quick-till, quick-shop ] }
  dark:  { says: In the dark, lasts: { not: till }, accept: ..5m, parts: quick-till }
  often: { says: How often, count: { not: base }, accept: 0..3, parts: calm }
  share: { says: How many, share: { not: { up: "each {base,shop,till}" } }, accept: 0%..100%, parts: calm }
  plain: { says: No parts, first: { not: base }, accept: ..2m }
`;

/** The parts of each checkpoint, over so many seeds. */
function partsOf(text: string, seeds: readonly string[] = ['1']) {
  const base = scenarioOf(text);
  const parts = new Parts(base);
  const variants = parts.variants.map((variant) => [variant, scenarioOf(text, { variant })] as const);
  for (const seed of seeds) {
    parts.take(null, base, runOf(base, seed));
    for (const [variant, scenario] of variants) parts.take(variant, scenario, runOf(scenario, seed));
  }
  return {
    variants: parts.variants,
    of: (id: string) => parts.of(id),
    short: (id: string) => parts.of(id).map(({ variant, simulated, change }) => [variant, simulated, change]),
  };
}

describe('parts of a checkpoint', () => {
  const { variants, of, short } = partsOf(WORLD);

  test('each variant once, whoever names it', () => {
    expect(variants).toEqual(['quick-till', 'quick-shop', 'calm']);
  });
  test('of a moment: the moment without the cause, and how much earlier that is; or never', () => {
    expect(short('falls')).toEqual([
      ['quick-till', '15:31:10', '-20s'],
      ['quick-shop', '15:31:20', '-10s'],
      ['calm', null, null],
    ]);
  });
  test('of spans, counts and shares, in their own words', () => {
    expect(short('takes')).toEqual([
      ['quick-till', '10s', '-20s'],
      ['quick-shop', '20s', '-10s'],
    ]);
    expect(short('dark')).toEqual([['quick-till', '2m50s', '+20s']]);
    expect(short('often')).toEqual([['calm', '0', '-1']]);
    expect(short('share')).toEqual([['calm', '0%', '-100%']]);
  });
  test('none where none is named', () => {
    expect(of('plain')).toEqual([]);
    expect(of('nobody')).toEqual([]);
  });
  test('with one seed there is no range', () => {
    expect(of('falls')[0]).toMatchObject({ title: 'The till falls at once', range: null, compared: 1, runs: 1 });
  });
});

test('over several seeds: the middle, and from the least to the most', () => {
  const lucky = WORLD.replace('downAfter: $first', 'downAfter: 0s..$first');
  const seeds = Array.from({ length: 9 }, (_, k) => String(k));
  const [till, shop] = partsOf(lucky, seeds).of('falls');
  // The same luck with the cause and without: the till makes up the same in every run.
  expect(till).toMatchObject({ change: '-20s', range: ['-20s', '-20s'], compared: 9, runs: 9 });
  // What luck gave the shop it gives up, each time another time between none and ten seconds.
  const [least, most] = (shop?.range ?? []).map((text) => Number(/^-(\d+)s/.exec(text)?.[1] ?? 0));
  expect(least).toBeGreaterThan(5);
  expect(most).toBeLessThan(5);
});

test('what happens in some runs only is compared in those', () => {
  const rare = WORLD.replace('until: 4m', 'for: 25s..45s').replace('first: { value: 10s', 'first: { value: 15s');
  const seeds = Array.from({ length: 20 }, (_, k) => String(k));
  const [till] = partsOf(rare, seeds).of('falls');
  expect(till).toMatchObject({ runs: 20, change: '-20s' });
  expect(till?.compared).toBeGreaterThan(2);
  expect(till?.compared).toBeLessThan(18);
});

test('a variant that no longer has the checkpoint has nothing to compare', () => {
  const gone = WORLD.replace('patch: { faults: { break: null } }', 'patch: { checkpoints: { falls: null } }');
  expect(partsOf(gone).short('falls')[2]).toEqual(['calm', null, null]);
});

test('parts move nothing: no digest, no score', () => {
  const without = WORLD.replaceAll(/, parts: (\[.*?\]|[\w-]+)/g, '').replace('says: No parts', 'says: None');
  expect(without).not.toContain('parts');
  expect(make(WORLD).trace.digest).toBe(make(without).trace.digest);
});
