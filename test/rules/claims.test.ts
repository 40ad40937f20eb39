/** R22: what a checkpoint may observe of a trace. */
import { expect, test } from 'vitest';
import { checkFoils } from '../../sim/analysis/foils.ts';
import { score } from '../../sim/analysis/score.ts';
import { HEAD, type Options, problemsOf, scenarioOf, simulate } from '../support/scenario.ts';

const WORLD = `
nodes:
  x: { kind: service }
  y: { kind: service, needs: [ x ], downAfter: 30s, upAfter: 10s }
  pop.{1..4}: { kind: pop }
  net.{1..4}: { kind: network }
links: { session: { from: "net.{1..4}", to: pop.$1, bgp: peers } }
prefixes: { p: { from: pop.* } }
rates: { calls: { unit: calls, rest: 10, while: { not: x }, to: 40, over: 3m, back: 1m } }
faults:
  f: { at: 10m, to: x, for: 2m }
  g: { at: 20m, to: x, for: 1m }
  h: { at: 30m, to: [ pop.1, pop.2, pop.3 ], for: 1m }
variants: { calm: { title: Nothing fails, patch: { faults: { f: null, g: null, h: null } } } }`;
/** What the run finds for a claim, and whether that holds. */
const found = (claim: string, options: Options = {}) => {
  const run = simulate(`${WORLD}\ncheckpoints: { k: { says: So, ${claim} } }`, options);
  const [result] = score(run.scenario, run.trace);
  return [result?.simulated, result?.held];
};

test.each<[string, string, string]>([
  ['first', 'first: { not: y }, accept: 15:40Z..15:41Z', '15:40:30'],
  ['last', 'last: { not: y }, seen: 15:50:30Z', '15:50:30'],
  ['back', 'back: x, seen: 15:42Z', '15:42:00'],
  ['lasts', 'lasts: { not: x }, seen: 3m', '3m'],
  ['count', 'count: { not: x }, seen: 2', '2'],
  ['lag', 'lag: [ { not: x }, { not: y } ], seen: 30s', '30s'],
  ['peak', 'peak: up/pop.*, per: 1m, accept: 15:59Z..16:01Z', '16:00:30'],
  ['max', 'max: calls, accept: 29..31', '30'],
  ['ratio', 'ratio: { of: calls, to: before }, seen: 3x', '3x'],
  ['share', 'share: { not: { route: p, from: each net.* } }, seen: 75%', '75%'],
  ['at', 'at: { when: 15:41Z, so: { not: y } }', 'yes'],
  ['always', 'always: { up: any pop.* }', 'yes'],
  ['never', 'never: { not: pop.4 }', 'yes'],
  ['order', 'order: [ { not: x }, { not: y }, { not: pop.1 } ]', 'yes'],
])('R22 observations: %s', (_, claim, simulated) => {
  expect(found(claim)).toEqual([simulated, true]);
});

test('R22 observations: within a window, and while a condition holds', () => {
  expect(found('first: { not: x }, within: 15:45Z.., seen: 15:50Z')).toEqual(['15:50:00', true]);
  expect(found('never: y, while: { not: x }')).toEqual(['no', false]);
});

test('R22 observations: after another checkpoint', () => {
  const text = `${WORLD}\ncheckpoints:
  cause: { says: First, first: { not: x }, seen: 15:40Z }
  k: { says: Then, after: { so: { not: y }, checkpoint: cause, within: 1m } }
  late: { says: Too late, after: { so: { not: y }, checkpoint: cause, within: 20s } }`;
  const run = simulate(text);
  expect(score(run.scenario, run.trace).map(({ held }) => held)).toEqual([true, true, false]);
});

test('R22 observations: a peak over facts that nobody asks for could find nothing, and is refused', () => {
  const peak = (glob: string, more = '') => `${WORLD}\ncheckpoints: { k: { says: So, peak: "${glob}" } }${more}`;
  expect(problemsOf(peak('announces/pop.*/p'))).toEqual([
    'no fact of this scenario is like "announces/pop.*/p" (only what something asks for is a fact)',
  ]);
  expect(problemsOf(peak('up/pup.*'))).toEqual(['no fact of this scenario is like "up/pup.*" (such as up/net.1)']);
  // A claim that asks for them makes them facts.
  const asked = peak('announces/pop.*/p').replace(
    'checkpoints: {',
    'checkpoints: { j: { first: { announces: p, at: pop.1 } },',
  );
  expect(problemsOf(asked)).toEqual([]);
  // Checkpoints are about the base: a variant in which nobody asks is no mistake.
  expect(problemsOf(peak('announces/pop.*/p'), { variant: 'calm' })).toEqual([]);
});

test('R22 observations: without a patch the statement must become false', () => {
  const claim = (without: string) =>
    `${WORLD}\ncheckpoints: { k: { says: It fails, first: { not: y }, accept: ..16:00Z, foil: calm, without: ${without} } }`;
  const verdict = (without: string) => {
    const text = claim(without);
    const run = simulate(text);
    const rerun = (options: Options) => {
      const scenario = scenarioOf(text, options);
      return { scenario, trace: simulate(scenario).trace };
    };
    const verdicts = checkFoils(
      run.scenario,
      score(run.scenario, run.trace),
      (variant) => rerun({ variant }),
      (patch) => rerun({ patch }),
    );
    return verdicts.get('k')?.earns;
  };
  expect(verdict('{ faults: { f: null, g: null } }')).toBe(true);
  expect(verdict('{ faults: { h: null } }')).toBe(false);
});

test('R22 vantage points: paths lost is a statement about observers, who are declared', () => {
  const viewed = `${HEAD}views: { ris: net.* }${WORLD}\ncheckpoints: { k: { says: So, first: { not: { route: p, from: all ris } }, seen: 16:01Z } }`;
  const run = simulate(viewed);
  expect(score(run.scenario, run.trace)[0]?.held).toBe(true);
});
