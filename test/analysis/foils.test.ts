import { describe, expect, test } from 'vitest';
import { checkFoils } from '../../sim/analysis/foils.ts';
import { score } from '../../sim/analysis/score.ts';
import { summarise } from '../../sim/analysis/score-summary.ts';
import { make } from './made.ts';

const WORLD = `
nodes:
  base: { kind: service }
  shop: { kind: service, needs: [ base ], downAfter: $lag }
faults: { break: { at: 1m, to: base, until: 2m } }
parameters: { lag: { value: 0s, because: the test says so } }
variants:
  calm:        { title: Nothing breaks, patch: { faults: { break: null } } }
  independent: { title: The shop needs nothing, patch: { nodes: { shop: { needs: [] } } } }
checkpoints:
  falls:   { first: { not: shop }, accept: ..2m, foil: calm }
  both:    { first: { not: shop }, accept: ..2m, foil: calm, without: { nodes: { shop: { needs: [] } } } }
  stays:   { always: base, within: "..59s", foil: independent }
  proves:  { first: { not: base }, accept: ..2m, foil: calm, without: { nodes: { shop: { needs: [] } } } }
  tuned:   { first: { not: base }, accept: ..2m, fittedTo: [ lag ], foil: calm }
  bare:    { first: { not: base }, accept: ..2m }
  wrong:   { first: { not: base }, accept: 5m.., foil: calm }
  money:   { says: Money, notModelled: money }
`;
const base = make(WORLD);
const results = score(base.scenario, base.trace);

function checked() {
  const asked: string[] = [];
  const verdicts = checkFoils(
    base.scenario,
    results,
    (variant) => {
      asked.push(variant);
      return make(WORLD, { variant });
    },
    (patch) => {
      asked.push('patch');
      return make(WORLD, { patch });
    },
  );
  return { verdicts, asked };
}

describe('a foil', () => {
  const { verdicts, asked } = checked();

  test('that misses the checkpoint earns the point', () => {
    expect(verdicts.get('falls')).toMatchObject({ missed: true, failsWithout: null, earns: true });
  });
  test('that holds it too earns nothing', () => {
    expect(verdicts.get('stays')).toMatchObject({ missed: false, earns: false });
  });
  test('goes with a patch in which the claim must fail as well', () => {
    expect(verdicts.get('both')).toMatchObject({ missed: true, failsWithout: true, earns: true });
    expect(verdicts.get('proves')).toMatchObject({ missed: true, failsWithout: false, earns: false });
  });
  test('is run once for all checkpoints that name it', () => {
    expect([...asked].sort()).toEqual(['calm', 'independent', 'patch']);
  });
  test('is not run for what did not hold', () => {
    expect(verdicts.has('wrong')).toBe(false);
    expect(verdicts.has('money')).toBe(false);
  });
  test('that cannot be run proves nothing', () => {
    const none = checkFoils(
      base.scenario,
      results,
      () => null,
      () => null,
    );
    expect(none.get('falls')).toMatchObject({ missed: null, earns: false });
  });
});

describe('the score', () => {
  test('counts what held and was not fitted, what was fitted, what was missed', () => {
    expect(summarise(results)).toEqual({ held: 4, fitted: 1, missed: 1, withoutFoil: 1, notModelled: 1 });
  });
  test('gives no point for a foil that does not miss', () => {
    expect(summarise(results, checked().verdicts)).toEqual({
      held: 2,
      fitted: 1,
      missed: 1,
      withoutFoil: 3,
      notModelled: 1,
    });
  });
});
