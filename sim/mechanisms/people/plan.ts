/** People, planned: tasks and their ways, the hands they need, and monitors that tell them (R14, R15). */

import type { Engine } from '../../engine/engine.ts';
import { Followers } from '../../engine/follower.ts';
import { Items } from '../../engine/items.ts';
import type { FactRef, Mechanism, MechanismPlan, SignalRef } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Planner } from '../../engine/planner.ts';
import type { Turn } from '../../engine/turn.ts';
import { TASK } from '../../model/facts.ts';
import { type Draw, fixed } from '../../model/luck.ts';
import type { Condition, Scenario, Task } from '../../model/scenario.ts';
import { byName, parseDuration } from '../../model/units.ts';
import { Waits } from './otherwise.ts';
import { RunningPeople } from './run.ts';
import { FIRST_TASK_ALARM, FOLLOWER, TASK_ITEM } from './sorts.ts';

export interface PlannedTask {
  readonly item: number;
  readonly task: Task;
  readonly state: FactRef;
  readonly done: FactRef;
  readonly after: SignalRef;
  /** Its needs, with the teams it takes being fit to work. */
  readonly needs: SignalRef;
  readonly until: SignalRef | null;
  /** Its ways, by name and not as the file has them. */
  readonly ways: readonly string[];
}

export const people: Mechanism = {
  name: 'people',
  owns: ['task', 'done', 'stuck', 'busy', 'sees'],
  plan: (scenario, planner) => new PeoplePlan(scenario, planner),
};

/** Words for a way that is none any more. */
const ENDS: ReadonlySet<number> = new Set([TASK.indexOf('failed'), TASK.indexOf('cancelled')]);

export class PeoplePlan implements MechanismPlan {
  readonly supposes = false;
  readonly items = new Items();
  readonly tasks: PlannedTask[] = [];
  readonly busy = new Map<string, FactRef>();
  readonly followers: Followers;
  private readonly part: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
  ) {
    this.part = planner.partOf('people');
    this.followers = new Followers(planner, this.part, this.items, FOLLOWER);
    for (const task of [...scenario.tasks.values()].sort((a, b) => byName(a.name, b.name))) this.task(task);
  }

  private task(task: Task): void {
    const { planner } = this;
    const item = this.items.add(TASK_ITEM, this.tasks.length);
    const fit = task.teams.map(({ team }) => planner.flag(planner.fact('up', team)));
    const needs = planner.all([...fit, ...(task.needs ? [planner.condition(task.needs)] : [])]);
    const after = planner.condition(task.after);
    const until = task.until && planner.condition(task.until);
    for (const signal of [after, needs, ...(until ? [until] : [])]) planner.hear(signal, this.part, item);
    this.tasks.push({
      item,
      task,
      state: planner.fact('task', task.name),
      done: planner.fact('done', task.name),
      after,
      needs,
      until,
      ways: [...task.ways].sort(byName),
    });
  }

  define(fact: FactRef): string | null {
    const { planner, scenario } = this;
    const name = fact.subjects[0] as string;
    const follow = (condition: SignalRef, upAfter: Draw): null => {
      this.followers.add(fact, condition, fixed(0), upAfter);
      return null;
    };
    if (fact.kind === 'busy') {
      this.busy.set(name, fact);
      return scenario.nodes.get(name)?.kind === 'team' ? null : 'there is no such team';
    }
    if (fact.kind === 'sees') {
      const monitor = scenario.nodes.get(name);
      if (!monitor?.watches) return 'it watches nothing';
      const watches: Condition = monitor.watches.condition;
      return follow(
        planner.all([planner.flag(planner.fact('up', name)), planner.condition(watches)]),
        monitor.watches.upAfter,
      );
    }
    if (!scenario.tasks.has(name)) return 'there is no such task';
    if (fact.kind === 'stuck')
      return follow(
        planner.word(planner.fact('task', name), ['waiting', 'paused']),
        fixed(parseDuration(fact.subjects[1] as string) ?? 0),
      );
    return null;
  }

  /** A call follows from what called; work from the call and from all it needs; an end from the work. */
  explain(fact: FactRef, past: Past): Iterable<number> {
    const follows = this.followers.signalOf(fact);
    if (follows) return past.deciders(follows.id);
    const planned = this.tasks.find(({ state, done }) => state === fact || done === fact);
    const found = new Set([past.tipped]);
    if (!planned) return found;
    const state = TASK[past.to];
    const isState = fact === planned.state;
    // A way is called for by what calls for it, and called for anew by what calls for its task.
    const calls = [planned, this.tasks.find(({ task }) => task.name === planned.task.parent)];
    if (isState ? state === 'waiting' || state === 'idle' : past.to === 0)
      for (const call of calls) if (call && past.holds(call.after.id)) past.deciders(call.after.id, found);
    // It failed for want of a way, and one was called for again.
    if (isState && state === 'waiting' && TASK[past.raw(fact.id)] === 'failed')
      for (const { after } of this.waysOf(planned))
        if (past.holds(after.id) && past.deciders(after.id).has(past.tipped)) past.deciders(after.id, found);
    // What it lacks keeps it waiting as much as what called for it.
    if (isState && state === 'waiting' && !past.holds(planned.needs.id)) past.deciders(planned.needs.id, found);
    if (isState && state === 'working') past.deciders(planned.needs.id, found).add(past.latest(fact.id));
    if (isState && (state === 'paused' || state === 'failed') && !past.holds(planned.needs.id))
      past.deciders(planned.needs.id, found);
    if (isState && state === 'failed')
      for (const way of this.waysOf(planned)) {
        const change = past.latestSoFar(way.state.id);
        if (change >= 0 && ENDS.has(past.trace.columns.to[change] as number)) found.add(change);
      }
    if (isState && state === 'cancelled') {
      // What calls off a task takes its ways along.
      const off = calls.find((call) => call?.until && past.holds(call.until.id))?.until;
      if (off) past.deciders(off.id, found);
    }
    return found;
  }

  private waysOf({ ways }: PlannedTask): readonly PlannedTask[] {
    return this.tasks.filter(({ task }) => ways.includes(task.name));
  }

  otherwise(fact: FactRef, past: Past): Turn | null {
    return this.followers.otherwise(fact, past) ?? new Waits(this.scenario, this.tasks, past).of(fact);
  }

  finish(): { items: number; alarms: number } {
    return { items: this.items.count, alarms: FIRST_TASK_ALARM + this.tasks.length + this.followers.count };
  }
  create(engine: Engine): RunningPeople {
    return new RunningPeople(engine, engine.plan.parts[this.part] as PlannedPart, this, this.scenario);
  }
}
