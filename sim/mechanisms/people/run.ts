/** People at work (R14): called for, waiting for a free hand and for what they need, working, done; all decided together, in order of name. */

import type { Engine } from '../../engine/engine.ts';
import type { RunningFollowers } from '../../engine/follower.ts';
import { hashName } from '../../engine/luck.ts';
import { CAUSE, type Part } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { TASK } from '../../model/facts.ts';
import type { Scenario } from '../../model/scenario.ts';
import type { Ms } from '../../model/units.ts';
import type { Rule } from '../../trace/trace.ts';
import type { PeoplePlan, PlannedTask } from './plan.ts';
import { FIRST_TASK_ALARM, TASK_ITEM } from './sorts.ts';

const TAKES = hashName('task takes');

type State = (typeof TASK)[number];

interface TaskState {
  readonly planned: PlannedTask;
  readonly alarm: number;
  readonly subject: number;
  state: State;
  /** `after` as last looked at; a rise calls for the task. */
  after: boolean;
  /** When it was called for, and by which change. */
  since: Ms;
  calledBy: number;
  occasion: number;
  /** Work left, and when the stretch of work in progress began. */
  left: Ms;
  began: Ms;
  /** The way of doing it that is worked on. */
  furthest: TaskState | null;
}

export class RunningPeople implements Part {
  private readonly tasks: readonly TaskState[];
  private readonly byName: ReadonlyMap<string, TaskState>;
  private readonly followers: RunningFollowers;
  private readonly hands = new Map<string, number>();
  /** The task that last freed a hand, as a fact; -1 before any. */
  private freedBy = -1;

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly plan: PeoplePlan,
    scenario: Scenario,
  ) {
    this.tasks = plan.tasks.map((planned, index) => ({
      planned,
      alarm: FIRST_TASK_ALARM + index,
      subject: engine.plan.hashes[planned.done.id] as number,
      state: 'idle',
      after: false,
      since: 0,
      calledBy: -1,
      occasion: 0,
      left: 0,
      began: 0,
      furthest: null,
    }));
    this.byName = new Map(this.tasks.map((task) => [task.planned.task.name, task]));
    for (const node of scenario.nodes.values()) if (node.kind === 'team') this.hands.set(node.name, node.size);
    this.followers = plan.followers.create(engine, part, FIRST_TASK_ALARM + this.tasks.length);
  }

  warm(): boolean {
    return this.followers.warm();
  }
  start(): void {
    this.followers.start();
    if (this.tasks.length > 0) this.decideSoon();
  }
  settle(item: number): void {
    if (this.plan.items.sortOf(item) !== TASK_ITEM) this.followers.settle(this.plan.items.indexOf(item));
  }
  act(item: number): void {
    if (this.plan.items.sortOf(item) !== TASK_ITEM) this.followers.act(this.plan.items.indexOf(item));
    else this.decideSoon();
  }
  private decideSoon(): void {
    this.engine.alarm(this.part, 0, this.engine.now);
  }

  ring(alarm: number): void {
    if (alarm === 0) return this.decide();
    if (alarm >= FIRST_TASK_ALARM + this.tasks.length)
      return this.followers.ring(alarm - FIRST_TASK_ALARM - this.tasks.length);
    const task = this.tasks[alarm - FIRST_TASK_ALARM] as TaskState;
    if (task.state === 'working') this.finish(task);
  }

  // ---- what people decide, on the state as settled ----

  private decide(): void {
    for (const task of this.tasks) this.call(task);
    for (const task of this.tasks) this.giveUp(task);
    // Whoever has waited longest comes first; then by name, which is the order of the list.
    const waiting = this.tasks.filter((task) => this.mayWork(task));
    for (const task of waiting.sort((a, b) => a.since - b.since)) this.begin(task);
    for (const task of this.tasks) this.followWays(task);
  }

  /** A rise of `after` calls for the task, and arms it again if it was over. */
  private call(task: TaskState): void {
    const { planned } = task;
    const after = this.engine.signal(planned.after.id);
    const rose = after && !task.after;
    task.after = after;
    if (!rose || task.state === 'waiting' || task.state === 'working' || task.state === 'paused') return;
    if (task.state === 'done') this.set(planned.done.id, 0, 'now', this.engine.tip(planned.after.id));
    task.occasion++;
    task.since = this.engine.now;
    task.calledBy = this.engine.tip(planned.after.id);
    task.left = this.engine.draw(planned.task.takes, TAKES, task.subject, task.occasion);
    this.become(task, 'waiting', 'now', task.calledBy);
  }

  private giveUp(task: TaskState): void {
    const { planned } = task;
    const { until } = planned;
    if (until && isOpen(task.state) && this.engine.signal(until.id))
      return this.stop(task, 'cancelled', Math.max(task.calledBy, this.engine.tip(until.id)));
    if (task.state !== 'working' || planned.task.ways.length > 0 || this.engine.signal(planned.needs.id)) return;
    const lost = this.engine.tip(planned.needs.id);
    if (planned.task.onLoss === 'fail') return this.stop(task, 'failed', lost);
    task.left =
      planned.task.onLoss === 'restart'
        ? this.engine.draw(planned.task.takes, TAKES, task.subject, task.occasion)
        : task.left - (this.engine.now - task.began);
    this.free(task);
    this.engine.cancel(this.part, task.alarm);
    this.become(task, 'paused', 'now', lost);
  }

  private mayWork(task: TaskState): boolean {
    const { planned } = task;
    if ((task.state !== 'waiting' && task.state !== 'paused') || planned.task.ways.length > 0) return false;
    const parent = planned.task.parent === null ? null : (this.byName.get(planned.task.parent) as TaskState);
    return this.engine.signal(planned.needs.id) && (parent === null || isOpen(parent.state));
  }

  private begin(task: TaskState): void {
    const { teams } = task.planned.task;
    if (!teams.every(({ team, hands }) => (this.hands.get(team) as number) >= hands)) return;
    for (const { team, hands } of teams) this.take(task, team, hands);
    task.began = this.engine.now;
    this.engine.alarm(this.part, task.alarm, this.engine.now + task.left);
    const waited = task.since < this.engine.now;
    const ready = Math.max(task.calledBy, this.engine.tip(task.planned.needs.id));
    const freed = waited && this.freedBy >= 0 ? this.engine.latest(this.freedBy) : -1;
    this.become(task, 'working', 'now', Math.max(ready, freed));
  }

  /** A task done in one of several ways is what its furthest way is. */
  private followWays(task: TaskState): void {
    const { ways } = task.planned.task;
    if (ways.length === 0 || !isOpen(task.state)) return;
    const states = ways.map((way) => this.byName.get(way) as TaskState);
    const busy = states.find((way) => way.state === 'working');
    if (busy && task.state !== 'working') this.become(task, 'working', 'now', busy.calledBy);
    else if (!busy && task.state === 'working' && task.furthest) {
      task.state = 'paused';
      const stopped = task.furthest.planned.state.id;
      this.engine.set(task.planned.state.id, TASK.indexOf('paused'), 'now', CAUSE.fact, stopped);
    }
    task.furthest = busy ?? null;
  }

  // ---- ends ----

  private finish(task: TaskState): void {
    const cause = this.engine.latest(task.planned.state.id);
    this.free(task);
    this.become(task, 'done', 'work', cause);
    this.set(task.planned.done.id, 1, 'work', cause);
    const parent = task.planned.task.parent === null ? null : (this.byName.get(task.planned.task.parent) as TaskState);
    if (parent && isOpen(parent.state)) {
      this.become(parent, 'done', 'now', cause);
      this.engine.set(parent.planned.done.id, 1, 'now', CAUSE.fact, task.planned.done.id);
      for (const way of parent.planned.task.ways) {
        const other = this.byName.get(way) as TaskState;
        if (other !== task && isOpen(other.state)) this.stop(other, 'cancelled', cause);
      }
    }
    this.decideSoon();
  }
  private stop(task: TaskState, state: 'cancelled' | 'failed', cause: number): void {
    if (task.state === 'working') this.free(task);
    this.engine.cancel(this.part, task.alarm);
    this.become(task, state, 'now', cause);
    for (const way of task.planned.task.ways) {
      const other = this.byName.get(way) as TaskState;
      if (isOpen(other.state)) this.stop(other, state, cause);
    }
  }

  // ---- hands ----

  private take(task: TaskState, team: string, hands: number): void {
    this.hands.set(team, (this.hands.get(team) as number) - hands);
    const busy = this.plan.busy.get(team);
    if (busy) this.engine.set(busy.id, this.hands.get(team) === 0 ? 1 : 0, 'now', CAUSE.fact, task.planned.state.id);
  }
  private free(task: TaskState): void {
    if (task.planned.task.ways.length > 0) return;
    for (const { team, hands } of task.planned.task.teams) this.take(task, team, -hands);
    this.freedBy = task.planned.state.id;
  }

  private become(task: TaskState, state: State, rule: Rule, cause: number): void {
    task.state = state;
    this.set(task.planned.state.id, TASK.indexOf(state), rule, cause);
  }
  private set(fact: number, value: number, rule: Rule, cause: number): void {
    this.engine.set(fact, value, rule, cause < 0 ? CAUSE.none : CAUSE.change, cause);
  }
}

const isOpen = (state: State): boolean => state === 'waiting' || state === 'working' || state === 'paused';
