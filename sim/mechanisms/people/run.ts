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

/** Where a decision comes from, as the engine takes it. */
interface Cause {
  readonly kind: number;
  readonly ref: number;
}
const byChange = (id: number): Cause => ({ kind: id < 0 ? CAUSE.none : CAUSE.change, ref: id });
const byFact = (fact: number): Cause => ({ kind: CAUSE.fact, ref: fact });

interface TaskState {
  readonly planned: PlannedTask;
  readonly alarm: number;
  readonly subject: number;
  state: State;
  /** `after` as last looked at; a rise calls for the task. */
  after: boolean;
  /** The change that called for it. */
  calledBy: number;
  /** Since when it could be worked on if there were hands; null while it could not. */
  ready: Ms | null;
  /** There was no free hand when it could have begun. */
  lacksHands: boolean;
  occasion: number;
  /** Work left, and when the stretch of work in progress began. */
  left: Ms;
  began: Ms;
  /** The way of doing it that is worked on. */
  furthest: TaskState | null;
  /** The decision in which it last failed or was called off, by number. */
  ended: number;
}

export class RunningPeople implements Part {
  private readonly tasks: readonly TaskState[];
  private readonly byName: ReadonlyMap<string, TaskState>;
  private readonly followers: RunningFollowers;
  private readonly hands = new Map<string, number>();
  /** How often people have decided. */
  private decisions = 0;
  /** By team: the state of the task that last freed a hand, and its latest change before it did. */
  private readonly freed = new Map<string, { readonly state: number; readonly before: number }>();

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
      calledBy: -1,
      ready: null,
      lacksHands: false,
      occasion: 0,
      left: 0,
      began: 0,
      furthest: null,
      ended: 0,
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
    this.decisions++;
    for (const task of this.tasks) this.call(task);
    for (const task of this.tasks) this.giveUp(task);
    for (const task of this.tasks) task.ready = this.mayWork(task) ? (task.ready ?? this.engine.now) : null;
    // Whoever has been ready longest comes first; then by name, which is the order of the list.
    const waiting = this.tasks.filter((task) => task.ready !== null);
    for (const task of waiting.sort((a, b) => (a.ready as Ms) - (b.ready as Ms))) this.begin(task);
    for (const task of this.tasks) this.followWays(task);
  }

  /** A rise of `after` calls for the task, and arms it again if it was over. */
  private call(task: TaskState): void {
    const { planned } = task;
    const after = this.engine.signal(planned.after.id);
    const rose = after && !task.after;
    task.after = after;
    if (!rose || isOpen(task.state)) return;
    task.occasion++;
    task.calledBy = Math.max(this.engine.tip(planned.after.id), this.parentOf(task)?.calledBy ?? -1);
    task.left = this.engine.draw(planned.task.takes, TAKES, task.subject, task.occasion);
    this.become(task, 'waiting', 'now', byChange(task.calledBy));
    for (const way of this.waysOf(task)) this.callAnew(way, task.calledBy);
    this.reopen(task);
  }

  /** A way that is called for again is a way again: its task, if it failed for want of one and is still called for, goes on. */
  private reopen(way: TaskState): void {
    const task = this.parentOf(way);
    if (task?.state !== 'failed' || !this.engine.signal(task.planned.after.id)) return;
    task.occasion++;
    task.calledBy = way.calledBy;
    this.become(task, 'waiting', 'now', byChange(way.calledBy));
  }

  /** A way of a task that is called for again: what it did before is over, and what still calls for it calls anew. */
  private callAnew(way: TaskState, cause: number): void {
    if (isOpen(way.state)) return;
    way.after = false;
    if (way.state !== 'idle') this.become(way, 'idle', 'now', byChange(cause));
  }

  private giveUp(task: TaskState): void {
    const { planned } = task;
    const { until } = planned;
    if (until && isOpen(task.state) && this.engine.signal(until.id))
      return this.stop(task, 'cancelled', byChange(Math.max(task.calledBy, this.engine.tip(until.id))));
    if (task.state !== 'working' || planned.task.ways.length > 0 || this.engine.signal(planned.needs.id)) return;
    const lost = byChange(this.engine.tip(planned.needs.id));
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
    const parent = this.parentOf(task);
    return this.engine.signal(planned.needs.id) && (parent === null || isOpen(parent.state));
  }

  private begin(task: TaskState): void {
    const { teams } = task.planned.task;
    if (!teams.every(({ team, hands }) => (this.hands.get(team) as number) >= hands)) {
      task.lacksHands = true;
      return;
    }
    const cause = this.causeOfWork(task);
    for (const { team, hands } of teams) this.take(task, team, hands);
    task.lacksHands = false;
    task.ready = null;
    task.began = this.engine.now;
    this.engine.alarm(this.part, task.alarm, this.engine.now + task.left);
    this.become(task, 'working', 'now', cause);
  }

  /** The last of what it waited for: the call, the task it is a way of, what it needs, hands. */
  private causeOfWork(task: TaskState): Cause {
    const {
      task: { teams },
      needs,
    } = task.planned;
    let last = Math.max(task.calledBy, this.parentOf(task)?.calledBy ?? -1, this.engine.tip(needs.id));
    for (const { team } of teams) {
      const freed = this.freed.get(team);
      if (!freed) continue;
      const change = this.engine.latest(freed.state);
      // Freed in this very round: its change is not written yet.
      if (change === freed.before) return byFact(freed.state);
      if (task.lacksHands) last = Math.max(last, change);
    }
    return byChange(last);
  }

  /** A task done in one of several ways is what its furthest way is. */
  private followWays(task: TaskState): void {
    const ways = this.waysOf(task);
    if (ways.length === 0 || !isOpen(task.state) || this.failWithoutWays(task, ways)) return;
    const busy = ways.find((way) => way.state === 'working') ?? null;
    if (busy && task.state !== 'working') this.become(task, 'working', 'now', byFact(busy.planned.state.id));
    else if (!busy && task.state === 'working' && task.furthest)
      this.become(task, 'paused', 'now', byFact(task.furthest.planned.state.id));
    task.furthest = busy;
  }

  /** Every way has failed or was called off, and none is left that might be called for. */
  private failWithoutWays(task: TaskState, ways: readonly TaskState[]): boolean {
    if (!ways.every(({ state }) => state === 'failed' || state === 'cancelled')) return false;
    const last = ways.find(({ ended }) => ended === this.decisions) as TaskState;
    this.stop(task, 'failed', byFact(last.planned.state.id));
    return true;
  }

  // ---- ends ----

  private finish(task: TaskState): void {
    const cause = byChange(this.engine.latest(task.planned.state.id));
    this.free(task);
    this.become(task, 'done', 'work', cause);
    const parent = this.parentOf(task);
    if (parent && isOpen(parent.state)) {
      const bySuch = byFact(task.planned.done.id);
      this.become(parent, 'done', 'now', bySuch);
      for (const other of this.waysOf(parent)) if (isOpen(other.state)) this.stop(other, 'cancelled', bySuch);
    }
    this.decideSoon();
  }
  private stop(task: TaskState, state: 'cancelled' | 'failed', cause: Cause): void {
    if (task.state === 'working') this.free(task);
    this.engine.cancel(this.part, task.alarm);
    task.ended = this.decisions;
    this.become(task, state, 'now', cause);
    for (const way of this.waysOf(task)) if (isOpen(way.state)) this.stop(way, state, cause);
  }

  // ---- hands ----

  private take(task: TaskState, team: string, hands: number): void {
    this.hands.set(team, (this.hands.get(team) as number) - hands);
    const busy = this.plan.busy.get(team);
    if (busy) this.engine.set(busy.id, this.hands.get(team) === 0 ? 1 : 0, 'now', CAUSE.fact, task.planned.state.id);
  }
  private free(task: TaskState): void {
    const { ways, teams } = task.planned.task;
    if (ways.length > 0) return;
    const state = task.planned.state.id;
    for (const { team, hands } of teams) {
      this.take(task, team, -hands);
      this.freed.set(team, { state, before: this.engine.latest(state) });
    }
  }

  // ---- small things ----

  private parentOf({ planned }: TaskState): TaskState | null {
    return planned.task.parent === null ? null : (this.byName.get(planned.task.parent) as TaskState);
  }
  private waysOf({ planned }: TaskState): readonly TaskState[] {
    return planned.ways.map((way) => this.byName.get(way) as TaskState);
  }

  /** A task comes to a state; it has been done from its end until it is called for again. */
  private become(task: TaskState, state: State, rule: Rule, cause: Cause): void {
    const { state: fact, done } = task.planned;
    if ((task.state === 'done') !== (state === 'done'))
      this.engine.set(done.id, state === 'done' ? 1 : 0, rule, cause.kind, cause.ref);
    task.state = state;
    this.engine.set(fact.id, TASK.indexOf(state), rule, cause.kind, cause.ref);
  }
}

const isOpen = (state: State): boolean => state === 'waiting' || state === 'working' || state === 'paused';
