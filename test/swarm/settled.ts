/** A run that has come to rest, judged: every fact must be what the rest of the world makes of it, and whatever may move must have moved. */
import type { FactKind } from '../../sim/model/facts.ts';
import type { Scenario, Task } from '../../sim/model/scenario.ts';
import { readValue, type Trace, type Value } from '../../sim/trace/trace.ts';
import { Rest } from './rest.ts';

/** What history leaves behind; the rest of the world follows from it and from which nodes are up. */
const HISTORY: readonly FactKind[] = [
  'fault',
  'config',
  'applied',
  'rollout',
  'guard',
  'task',
  'done',
  'starting',
  'over',
  'overloaded',
];
const OPEN: readonly Value[] = ['waiting', 'working', 'paused'];

/** Values of all facts at the end of a trace. */
function finalValues(trace: Trace): ReadonlyMap<string, Value> {
  const raw = Int32Array.from(trace.facts.initial);
  for (let id = 0; id < trace.count; id++) raw[trace.columns.fact[id] as number] = trace.columns.to[id] as number;
  return new Map(trace.facts.names.map((name, fact) => [name, readValue(trace, fact, raw[fact] as number)]));
}

/** The end of a run, and the same end with other nodes up. */
export class Settled {
  readonly values: ReadonlyMap<string, Value>;
  private readonly kept: ReadonlySet<string>;

  constructor(
    private readonly scenario: Scenario,
    private readonly trace: Trace,
  ) {
    this.values = finalValues(trace);
    const { names, kinds } = trace.facts;
    const history = names.filter((_, fact) => HISTORY.includes(kinds[fact] as FactKind));
    const forced = [...scenario.forces.values()]
      .filter(({ at, until }) => at <= trace.end && (until === null || until > trace.end))
      .map(({ question }) => [question.kind, ...question.subjects].join('/'));
    this.kept = new Set([...history, ...forced]);
  }

  private rest(isUp: (node: string) => boolean): Rest {
    return new Rest(this.scenario, isUp, (fact) => (this.kept.has(fact) ? this.values.get(fact) : undefined));
  }
  isUp(node: string): boolean {
    return this.values.get(`up/${node}`) === true;
  }

  /** What is not as it must be, as sentences. */
  findings(): string[] {
    const rest = this.rest((node) => this.isUp(node));
    return [...this.wrongValues(rest), ...this.wrongNodes(rest), ...this.wrongTasks(rest)];
  }

  private *wrongValues(rest: Rest): Generator<string> {
    const { names, kinds, subjects } = this.trace.facts;
    for (const [fact, name] of names.entries()) {
      const kind = kinds[fact] as FactKind;
      if (kind === 'up' || kind === 'claim' || this.kept.has(name)) continue;
      const should = rest.value(kind, subjects[fact] as readonly string[]);
      if (!isAlike(this.values.get(name), should))
        yield `${name} rests at ${this.values.get(name)} and should at ${should}`;
    }
  }

  private *wrongNodes(rest: Rest): Generator<string> {
    for (const node of this.scenario.nodes.values()) {
      if (this.kept.has(`up/${node.name}`)) continue;
      const up = this.isUp(node.name);
      if (up && !rest.sound(node)) yield `${node.name} is up although it is broken or a need of it does not hold`;
      if (!up && rest.sound(node) && rest.mayStart(node)) yield `${node.name} is down although nothing keeps it down`;
      if (this.values.get(`starting/${node.name}`) === true) yield `${node.name} starts for ever`;
    }
  }

  private *wrongTasks(rest: Rest): Generator<string> {
    for (const task of this.scenario.tasks.values()) {
      const state = this.values.get(`task/${task.name}`) as Value;
      if ((state === 'done') !== this.values.get(`done/${task.name}`))
        yield `${task.name} is ${state}, and done is not`;
      if (state === 'idle' && rest.holds(task.after)) yield `${task.name} is called for and nobody knows`;
      if (task.until && OPEN.includes(state) && rest.holds(task.until)) yield `${task.name} is not called off`;
      const ends = task.ways.map((way) => this.values.get(`task/${way}`) as Value);
      const noneLeft = ends.length > 0 && ends.every((end) => end === 'failed' || end === 'cancelled');
      if (noneLeft && OPEN.includes(state)) yield `${task.name} is ${state}, and no way of doing it is left`;
      if (task.ways.length > 0) continue;
      if (state === 'working') yield `${task.name} is worked on for ever`;
      if (OPEN.includes(state) && this.mayWork(rest, task)) yield `${task.name} is ${state} although it could be done`;
    }
    for (const change of this.scenario.changes.values()) {
      const state = this.values.get(`rollout/${change.name}`) as string;
      if (['starting', 'rolling', 'reverting'].includes(state)) yield `the change ${change.name} is ${state} for ever`;
    }
  }

  private mayWork(rest: Rest, task: Task): boolean {
    if (task.needs && !rest.holds(task.needs)) return false;
    if (task.parent !== null && !OPEN.includes(this.values.get(`task/${task.parent}`) as Value)) return false;
    return task.teams.every(({ team, hands }) => this.isUp(team) && rest.freeHands(team) >= hands);
  }

  /** Nodes that are down without a fault of their own and would run if only they were all started: each waits for another, or for a hand. */
  deadlocked(): string[] {
    const candidates = [...this.scenario.nodes.values()].filter(
      ({ name, standby }) => !this.isUp(name) && !standby && !this.kept.has(`up/${name}`),
    );
    let stuck = new Set(candidates.map(({ name }) => name));
    for (let more = true; more; ) {
      const rest = this.rest((node) => this.isUp(node) || stuck.has(node));
      const left = candidates.filter((node) => stuck.has(node.name) && rest.sound(node));
      more = left.length < stuck.size;
      stuck = new Set(left.map(({ name }) => name));
    }
    return [...stuck];
  }

  /** Why not everything is as it was before, in the world's own words: what is still done to it, who waits, what waits for itself. */
  remains(): { readonly [reason: string]: readonly string[] } {
    const names = [...this.values].filter(([, value]) => value === true).map(([name]) => name);
    const tasks = [...this.scenario.tasks.keys()];
    return {
      'still broken': names.filter((name) => /^(fault\/|config\/.*\/(off|drain|cut|withdraw)\b)/.test(name)),
      deadlock: this.deadlocked(),
      'stuck tasks': tasks.filter((name) => OPEN.includes(this.values.get(`task/${name}`) as Value)),
    };
  }
}

/** Numbers that two ways lead to differ in their last digits; one of a law that is drawn is not worked out at all. */
function isAlike(value: Value | undefined, should: Value): boolean {
  if (typeof value !== 'number' || typeof should !== 'number') return value === should;
  return Number.isNaN(should) || Math.abs(value - should) <= 1e-5 * Math.max(1, Math.abs(should));
}
