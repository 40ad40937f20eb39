/** How much a line matters to a reader in a hurry, from 0 to 100: people first, then what they see, then what is behind it. */
import type { FactKind } from '../model/facts.ts';
import type { Scenario } from '../model/scenario.ts';
import { MINUTE } from '../model/units.ts';
import type { Line } from './story-fold.ts';
import { isGood } from './story-tale.ts';

/** Lines below this are left out of a short story. */
export const NOISE = 30;

const BY_KIND: { readonly [K in FactKind]?: number } = {
  fault: 85,
  sees: 68,
  alone: 67,
  serves: 60,
  stuck: 70,
  announces: 62,
  route: 56,
  reach: 66,
  config: 50,
  rate: 45,
  queries: 44,
  load: 43,
  stopped: 70,
  delegated: 40,
  well: 42,
  carries: 20,
  session: 54,
  limited: 64,
  answers: 15,
  starting: 15,
  busy: 10,
};
const BY_VALUE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  applied: { yes: 90, no: 66 },
  guard: { blocks: 88, 'broken-open': 92, 'broken-closed': 92, passes: 40 },
  rollout: { blocked: 86, halted: 84, reverting: 74, complete: 52, reverted: 52 },
  resolves: { stale: 55 },
  over: { yes: 70, no: 45 },
  overloaded: { yes: 76, no: 45 },
  task: { waiting: 72, failed: 72, done: 66, working: 58, paused: 58, cancelled: 20 },
  sees: { no: 40 },
};
const BY_NODE: Readonly<Record<string, number>> = {
  datacenter: 72,
  power: 72,
  access: 68,
  tool: 68,
  resolver: 62,
  nameserver: 60,
  service: 58,
  pop: 58,
};
const RESULTS: ReadonlySet<string> = new Set(['working', 'done', 'failed']);
const RETURNING = 6;
const FLAPPING = 10;

export function weigh(scenario: Scenario, { kind, value, turn, subjects, away }: Line): number {
  // More of the same matters more, up to a point.
  const size = Math.min(8, Math.floor(subjects.reduce((product, set) => product * set.length, 1) / 4));
  if (kind === 'works') return turn !== 'changes' ? 80 + size : isGood(kind, value) ? 64 : 46;
  // Who finds an answer for some seconds, and then none as before, is no news.
  const flaps = away !== null && (turn === 'begins' || away.most < MINUTE) ? FLAPPING : 0;
  if (kind === 'resolves') return (BY_VALUE.resolves?.[value] ?? 66) + size - flaps;
  const [name = ''] = subjects[0] ?? [];
  // Work that puts a change or a fault right is what everybody waits for.
  const task = kind === 'task' && RESULTS.has(value) ? scenario.tasks.get(name) : undefined;
  if (task && task.reverts.length + task.applies.length > 0) return 76;
  const said = BY_VALUE[kind]?.[value] ?? BY_KIND[kind];
  // What is lost explains what comes; what is back mostly follows from what was told already.
  const back = (kind === 'up' || kind === 'reach') && value === 'yes' ? RETURNING : 0;
  if (said !== undefined) return said + size - back;
  if (kind !== 'up') return 25;
  return (BY_NODE[scenario.nodes.get(name)?.kind ?? ''] ?? 50) + size - back;
}
