/** The gadgets of Griffin, Shepherd and Wilfong (2002): stable states, periods, and disputes reported as such. */
import { expect, test } from 'vitest';
import type { Scenario } from '../../sim/model/scenario.ts';
import { BAD3, BAD4, DISAGREE, type Gadget, GOOD, internetOf } from './gadgets.ts';
import type { Block } from './internet.ts';
import { changesOf, runOf, scenarioOf, switched, valueAt } from './networks.ts';
import { stableStates } from './stable.ts';

const ALL = [DISAGREE, BAD3, BAD4, GOOD];

/** A gadget as a scenario; node 0 announces from ten seconds on, or, without `on`, from before the start. */
function scenarioFor(gadget: Gadget, delay: string, on: string | null = '10s', run = '10m'): Scenario {
  const { node, faults, holds } = switched('n0', on);
  const nodes: Record<string, object> = { n0: { kind: 'network' }, ...node };
  const links: Record<string, object> = {};
  for (const [name, paths] of Object.entries(gadget)) {
    nodes[`n${name}`] = {
      kind: 'network',
      prefer: paths.map((path) => [...path.slice(1)].map((n) => `n${n}`).join(' ')),
    };
    for (const path of paths) {
      for (let i = 0; i + 1 < path.length; i++) {
        const [from, to] = [path[i] as string, path[i + 1] as string].sort() as [string, string];
        links[`s${from}${to}`] = { from: `n${from}`, to: `n${to}`, bgp: 'siblings', delay };
      }
    }
  }
  return scenarioOf({ run, nodes, links, faults, prefixes: { p: { from: 'n0', while: holds } } });
}
const asking = (gadget: Gadget) => Object.keys(gadget).map((name) => ['path', `n${name}`, 'p'] as const);

/** In how many states the routes of a gadget can rest. */
function stable(gadget: Gadget): number {
  const internet = internetOf(gadget);
  return stableStates(internet, internet.blocks[0] as Block, { withdrawn: new Set(), cut: new Set() }).length;
}

test('f1: DISAGREE has two stable states, the bad gadgets none, the good one one', () => {
  expect(ALL.map(stable)).toEqual([2, 0, 0, 1]);
});

test('f2: when all hear and choose at once the periods are 2, 2, 8 and none', () => {
  const periods = ALL.map((gadget) => {
    const { trace } = runOf(scenarioFor(gadget, '10ms'), asking(gadget));
    expect(trace.reason).not.toBe('race');
    const [dispute] = trace.disputes;
    expect(trace.disputes.length).toBeLessThanOrEqual(1);
    if (dispute) expect(dispute.exact).toBe(true);
    return dispute ? dispute.period / 10 : 1;
  });
  expect(periods).toEqual([2, 2, 8, 1]);
});

test('a dispute names its members and when it was found, and its messages stop in the end', () => {
  const { trace } = runOf(scenarioFor(BAD3, '10ms'), asking(BAD3));
  expect(trace.disputes).toHaveLength(1);
  const [dispute] = trace.disputes;
  expect(dispute?.prefix).toBe('p');
  expect(dispute?.members).toEqual(['n1', 'n2', 'n3']);
  // Announced at 10 s, heard after 10 ms, and then back at the first choice every 20 ms: the ninth return is the first too many.
  expect(dispute?.at).toBe(10_000 + 10 + 9 * 20);
  expect(dispute?.stopped).toBe(10_000 + 10 + 1001 * 20);
});

test('a slow dispute goes on to the end of the run', () => {
  const scenario = scenarioFor(BAD3, '10s', '10s', '20m');
  const ran = runOf(scenario, asking(BAD3));
  expect(ran.trace.disputes[0]?.stopped).toBeNull();
  expect(changesOf(ran, 'path/n1/p').at(-1)?.[0]).toBeGreaterThan(1_180_000);
});

test('even without any delay an oscillation ends', () => {
  const { trace } = runOf(scenarioFor(BAD3, '0s'), asking(BAD3));
  expect(trace.disputes[0]?.period).toBe(2);
  expect(trace.reason).not.toBe('race');
});

test('when something outside changes, what was stopped goes on, and no stale route stays', () => {
  const { node, faults, holds } = switched('n0', '10s', '5m');
  const base = scenarioFor(BAD3, '10ms');
  expect(base.nodes.size).toBeGreaterThan(3);
  const nodes: Record<string, object> = { n0: { kind: 'network' }, ...node };
  for (const [name, paths] of Object.entries(BAD3))
    nodes[`n${name}`] = {
      kind: 'network',
      prefer: paths.map((path) => [...path.slice(1)].map((n) => `n${n}`).join(' ')),
    };
  const link = (from: string, to: string) => ({ from, to, bgp: 'siblings' });
  const links = {
    a: link('n0', 'n1'),
    b: link('n0', 'n2'),
    c: link('n0', 'n3'),
    d: link('n1', 'n2'),
    e: link('n2', 'n3'),
    f: link('n1', 'n3'),
  };
  const scenario = scenarioOf({ nodes, links, faults, prefixes: { p: { from: 'n0', while: holds } } });
  const ran = runOf(scenario, asking(BAD3));
  expect(ran.trace.disputes).toHaveLength(1);
  for (const name of ['n1', 'n2', 'n3']) expect(valueAt(ran, `path/${name}/p`, 400_000)).toBe('');
});

test('DISAGREE: the same seed has the same outcome, different seeds have both', () => {
  const scenario = scenarioFor(DISAGREE, '1ms..1s');
  const outcome = (seed: string): string => {
    const ran = runOf(scenario, asking(DISAGREE), seed);
    expect(ran.trace.disputes).toEqual([]);
    return ['n1', 'n2'].map((name) => valueAt(ran, `path/${name}/p`, 600_000)).join(' | ');
  };
  const outcomes = Array.from({ length: 40 }, (_, k) => outcome(String(k)));
  expect(new Set(outcomes)).toEqual(new Set(['n2 n0 | n0', 'n0 | n1 n0']));
  for (const k of [0, 7, 39]) expect(outcome(String(k))).toBe(outcomes[k]);
});

test('routes that never settle before the start are reported, and the run goes on', () => {
  const scenario = scenarioFor(BAD3, '10s', null, '20m');
  const ran = runOf(scenario, asking(BAD3));
  expect(ran.trace.disputes).toHaveLength(1);
  expect(ran.trace.disputes[0]?.members).toEqual(['n1', 'n2', 'n3']);
});

test('routes before the start follow the seed where order decides', () => {
  const scenario = scenarioFor(DISAGREE, '1ms..1s', null);
  const first = Array.from({ length: 30 }, (_, k) =>
    valueAt(runOf(scenario, asking(DISAGREE), String(k)), 'path/n1/p', 0),
  );
  expect(new Set(first)).toEqual(new Set(['n2 n0', 'n0']));
});
