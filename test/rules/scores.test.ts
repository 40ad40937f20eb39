/** R23: a score that cannot fail is none. */
import { expect, test } from 'vitest';
import { checkFoils } from '../../sim/analysis/foils.ts';
import { score } from '../../sim/analysis/score.ts';
import { summarise } from '../../sim/analysis/score-summary.ts';
import { type Options, scenarioOf, simulate } from '../support/scenario.ts';

const text = (at = '15:40Z', delay = '30s'): string => `
parameters: { patience: { value: ${delay}, range: 10s..5m, because: not published }, other: { value: 1m, range: 30s..2m, because: not published } }
nodes:
  x: { kind: service }
  y: { kind: service, needs: [ x ], downAfter: $patience }
  z: { kind: service, needs: [ y ], downAfter: $other }
changes: { c: { at: ${at}, to: x, effect: off } }
variants: { undone: { title: No change, patch: { changes: { c: null } } }, apart: { title: z stands alone, patch: { nodes: { z: { needs: [] } } } } }
checkpoints:
  fit:   { says: y falls, first: { not: y }, seen: 15:40:30Z, accept: ±10s, fittedTo: [ patience ], foil: undone }
  held:  { says: z falls after y, order: [ { not: y }, { not: z } ], foil: apart }
  cheap: { says: x is never well again, last: { not: x }, accept: 15:31Z.. }
  wrong: { says: z falls at once, lag: [ { not: y }, { not: z } ], accept: ..5s, foil: undone }
  aside: { says: Phones rang, notModelled: phones }`;
const summary = (written: string) => {
  const run = simulate(written);
  const results = score(run.scenario, run.trace);
  const rerun = (options: Options) => {
    const scenario = scenarioOf(written, options);
    return { scenario, trace: simulate(scenario).trace };
  };
  const verdicts = checkFoils(
    run.scenario,
    results,
    (variant) => rerun({ variant }),
    (patch) => rerun({ patch }),
  );
  return { results, columns: summarise(results, verdicts) };
};

test('R23 scores: three columns, no foil no point, and what is not modelled is not counted', () => {
  expect(summary(text()).columns).toEqual({ held: 1, fitted: 1, missed: 1, withoutFoil: 1, notModelled: 1 });
});

test('R23 scores: moving the change by an hour moves every moment that hangs on no calendar by an hour', () => {
  const [now, later] = [simulate(text()), simulate(text('16:20Z'))];
  expect(later.changes().map(([at, ...rest]) => [at - 40 * 60_000, ...rest])).toEqual(now.changes());
});

test('R23 scores: removing the change, nothing goes wrong', () => {
  expect(simulate(text(), { variant: 'undone' }).changes()).toEqual([]);
});

test('R23 scores: doubling a fitted parameter misses its checkpoint', () => {
  const held = (delay: string) => summary(text('15:40Z', delay)).results.find(({ id }) => id === 'fit')?.held;
  expect([held('30s'), held('60s')]).toEqual([true, false]);
});
