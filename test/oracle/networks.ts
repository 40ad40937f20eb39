/** Networks for the tests of routing: small scenarios made from tables, their runs, and random hierarchies of providers. */
import { type Asked, run } from '../../sim/compile.ts';
import { load } from '../../sim/model/load.ts';
import { formatProblem } from '../../sim/model/problems.ts';
import type { Scenario } from '../../sim/model/scenario.ts';
import { History } from '../../sim/trace/history.ts';
import type { Trace } from '../../sim/trace/trace.ts';
import { checkedRun } from '../support/invariants.ts';
import { planOf } from '../support/scenario.ts';

export interface Sketch {
  readonly run?: string;
  readonly nodes: Record<string, object>;
  readonly links?: Record<string, object>;
  readonly prefixes: Record<string, object>;
  readonly faults?: Record<string, object>;
  readonly changes?: Record<string, object>;
  readonly defaults?: object;
}

/** The scenario of a sketch, by way of its text. */
export function scenarioOf({ run: length = '1h', ...sketch }: Sketch): Scenario {
  const head = { netfall: 1, id: 'sketch', title: 'Sketch', clock: { start: '2021-10-04T15:30:00Z', run: length } };
  const read = load(JSON.stringify({ ...head, ...sketch }), { file: 'sketch.yaml' });
  if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
  return read.value;
}

export interface Ran {
  readonly trace: Trace;
  readonly history: History;
}

/** Every run made here has passed the invariants of all traces. */
export function runOf(scenario: Scenario, asked: readonly Asked[], seed = '1'): Ran {
  const trace = checkedRun(planOf(scenario, asked), seed, scenario.run);
  return { trace, history: new History(trace) };
}

/** A run whose trace nobody has looked at. */
export function plainRunOf(scenario: Scenario, asked: readonly Asked[], seed = '1'): Ran {
  const trace = run(planOf(scenario, asked), { seed });
  return { trace, history: new History(trace) };
}

/** What a fact is at a moment. */
export function valueAt({ history }: Ran, fact: string, at: number): boolean | string | number {
  const id = history.fact(fact);
  if (id === undefined) throw new Error(`nobody asked for ${fact}`);
  return history.valueAt(id, at);
}

/** When a fact changed, and to what. */
export function changesOf(ran: Ran, fact: string): readonly (readonly [at: number, to: boolean | string | number])[] {
  const id = ran.history.fact(fact) as number;
  return ran.history.changesOf(id).map((change) => {
    const at = ran.trace.columns.at[change] as number;
    return [at, valueAt(ran, fact, at)] as const;
  });
}

/** A prefix announced from a site while a switch is on; the switch is off from the start until `on`, and from `off` to the end. */
export function switched(site: string, on: string | null, off?: string) {
  const name = `switch.${site}`;
  return {
    node: { [name]: { kind: 'service' } },
    faults: {
      ...(on === null ? {} : { [`before.${site}`]: { before: true, to: name, until: on } }),
      ...(off === undefined ? {} : { [`after.${site}`]: { at: off, to: name } }),
    },
    holds: { up: name },
  };
}

/** A site that announces a prefix from `on` (null: from before the start) to `off`, told by changes, for prefixes with several sites. */
export function timed(site: string, prefix: string, on: string | null, off: string | null) {
  const clock = `clock.${site}.${prefix}`;
  const effect = { withdraw: prefix };
  return {
    nodes: on === null ? {} : { [clock]: { kind: 'service' } },
    faults: on === null ? {} : { [clock]: { before: true, to: clock, until: on } },
    changes: {
      ...(on === null ? {} : { [`on.${site}.${prefix}`]: { before: true, to: site, effect, until: { up: clock } } }),
      ...(off === null ? {} : { [`off.${site}.${prefix}`]: { at: off, to: site, effect } }),
    },
  };
}

/** A generator of numbers for tests: the same for the same seed (mulberry32). */
export function dice(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

export interface Hierarchy {
  readonly names: readonly string[];
  readonly links: Record<string, object>;
}

/** Providers have lower numbers than their customers, so nobody is its own provider; some pairs peer. */
export function hierarchy(seed: number, count: number, delay = '10ms'): Hierarchy {
  const roll = dice(seed);
  const names = Array.from({ length: count }, (_, i) => `as.${String(i).padStart(2, '0')}`);
  const links: Record<string, object> = {};
  const joined = new Set<string>();
  const join = (from: number, to: number, bgp: string): void => {
    const key = from < to ? `${from} ${to}` : `${to} ${from}`;
    if (from === to || joined.has(key)) return;
    joined.add(key);
    links[`l.${from}.${to}`] = { from: names[from], to: names[to], bgp, delay };
  };
  for (let i = 1; i < count; i++)
    for (let k = 1 + roll(3); k > 0; k--) join(i, roll(Math.min(i, 1 + Math.floor(i * 0.7))), 'buys');
  for (let k = count; k > 0; k--) join(roll(count), roll(count), 'peers');
  return { names, links };
}

export const networks = (names: readonly string[]): Record<string, object> =>
  Object.fromEntries(names.map((name) => [name, { kind: 'network' }]));
