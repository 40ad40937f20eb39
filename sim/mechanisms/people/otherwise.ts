/** What a task waits for: a call, what it needs, free hands, the task that it is a way of, and its own work (R14). */
import type { FactRef } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import { type Turn, YES } from '../../engine/turn.ts';
import { TASK } from '../../model/facts.ts';
import type { Scenario } from '../../model/scenario.ts';
import type { PlannedTask } from './plan.ts';

const bits = (...states: readonly (typeof TASK)[number][]): number =>
  states.reduce((mask, state) => mask | (1 << TASK.indexOf(state)), 0);
const WORKING = bits('working');
const OPEN = bits('waiting', 'working', 'paused');
const FAILED = bits('failed');
const RESTING = bits(...TASK) & ~WORKING;

export class Waits {
  constructor(
    private readonly scenario: Scenario,
    private readonly tasks: readonly PlannedTask[],
    private readonly past: Past,
  ) {}

  /** Of `task/x`, `done/x` and `busy/team`. */
  of(fact: FactRef): Turn {
    if (fact.kind === 'busy') return this.busy(fact);
    const planned = this.tasks.find(({ state, done }) => state === fact || done === fact) as PlannedTask;
    if (fact === planned.done) return this.past.raw(fact.id) === 0 ? this.done(planned) : this.called(planned);
    if (this.is(planned, WORKING)) return { any: [this.done(planned), ...this.stops(planned)] };
    return this.is(planned, OPEN) ? this.begun(planned) : this.called(planned);
  }

  private is({ state }: PlannedTask, among: number): boolean {
    return ((among >> this.past.raw(state.id)) & 1) === 1;
  }

  /**
   * What called for it and still holds calls for nothing more: it has to come true anew. Then a way is called for with its task; and a
   * task that failed for want of a way, with any way.
   */
  private called(planned: PlannedTask): Turn {
    const { after, task } = planned;
    if (!this.past.holds(after.id)) return { signal: after, to: true };
    const anew: Turn = { outside: `what calls for ${task.name} comes true anew` };
    const parent = this.parentOf(planned);
    const byTask: Turn[] =
      parent && !this.past.holds(parent.after.id) && !this.is(parent, OPEN) ? [{ signal: parent.after, to: true }] : [];
    const byWay: Turn[] = this.is(planned, FAILED)
      ? this.waysOf(planned).map(({ state: fact }) => ({ fact, among: OPEN }))
      : [];
    return { any: [anew, ...byTask, ...byWay] };
  }

  /** What ends work before it is done: what it needs is lost, or it is called off; of a task with ways, all of them rest. */
  private stops(planned: PlannedTask): readonly Turn[] {
    const { needs, until, ways } = planned;
    const atWork = this.waysOf(planned).filter((way) => this.is(way, WORKING));
    const lost: Turn =
      ways.length > 0
        ? { all: atWork.map(({ state: fact }) => ({ fact, among: RESTING })) }
        : { signal: needs, to: false };
    return until ? [lost, { signal: until, to: true }] : [lost];
  }

  private begun(planned: PlannedTask): Turn {
    if (planned.ways.length > 0)
      return { any: this.waysOf(planned).map(({ state: fact }) => ({ fact, among: WORKING })) };
    const parent = this.parentOf(planned);
    const within: Turn[] = parent && !this.is(parent, OPEN) ? [{ fact: parent.state, among: OPEN }] : [];
    return { all: [{ signal: planned.needs, to: true }, ...this.hands(planned), ...within] };
  }

  private done(planned: PlannedTask): Turn {
    const call: Turn[] = this.is(planned, OPEN) ? [] : [this.called(planned)];
    if (planned.ways.length > 0)
      return { all: [...call, { any: this.waysOf(planned).map(({ done: fact }) => ({ fact, among: YES })) }] };
    const needs: Turn = this.is(planned, WORKING) ? { signal: planned.needs, to: true } : this.begun(planned);
    return { once: { all: [...call, needs] }, rule: 'work', takes: planned.task.takes };
  }

  /** Hands that are busy elsewhere: whoever lets go of one. */
  private hands({ task }: PlannedTask): readonly Turn[] {
    return task.teams
      .filter(({ team, hands }) => this.free(team) < hands)
      .map(({ team }): Turn => ({ any: this.workOf(team).map(({ state: fact }) => ({ fact, among: RESTING })) }));
  }
  private free(team: string): number {
    const size = this.scenario.nodes.get(team)?.size ?? 0;
    return this.workOf(team).reduce(
      (left, { task }) => left - (task.teams.find((one) => one.team === team)?.hands ?? 0),
      size,
    );
  }
  private workOf(team: string): readonly PlannedTask[] {
    return this.ofTeam(team).filter((planned) => this.is(planned, WORKING));
  }
  private ofTeam(team: string): readonly PlannedTask[] {
    return this.tasks.filter(({ task, ways }) => ways.length === 0 && task.teams.some((one) => one.team === team));
  }
  private parentOf({ task: { parent } }: PlannedTask): PlannedTask | undefined {
    return this.tasks.find(({ task }) => task.name === parent);
  }
  private waysOf({ ways }: PlannedTask): readonly PlannedTask[] {
    return this.tasks.filter(({ task }) => ways.includes(task.name));
  }

  private busy(fact: FactRef): Turn {
    const team = fact.subjects[0] as string;
    const isBusy = this.past.raw(fact.id) === 1;
    const tasks = isBusy ? this.workOf(team) : this.ofTeam(team).filter((planned) => !this.is(planned, WORKING));
    return { any: tasks.map(({ state }) => ({ fact: state, among: isBusy ? RESTING : WORKING })) };
  }
}
