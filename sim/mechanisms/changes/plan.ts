/** Faults and changes, planned: every thing that may be hit, by whom, and what begins and ends it (R9, R13). */

import type { Engine } from '../../engine/engine.ts';
import { Items } from '../../engine/items.ts';
import type { FactRef, Mechanism, MechanismPlan, SignalRef } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Planner } from '../../engine/planner.ts';
import type { Turn } from '../../engine/turn.ts';
import { ROLLOUT } from '../../model/facts.ts';
import type { Change, Condition, Effect, Fault, Scenario } from '../../model/scenario.ts';
import { byName } from '../../model/units.ts';
import { changeBegins, changeEnds, faultBegins, faultEnds, isOut, mayBeOn, turnOfChange } from './otherwise.ts';
import { RunningChanges } from './run.ts';
import { ALARMS, CHANGE, FAULT } from './sorts.ts';

export interface PlannedFault {
  readonly item: number;
  readonly fault: Fault;
  /** The facts its tokens hold up. */
  readonly tokens: readonly FactRef[];
  readonly after: SignalRef | null;
  readonly until: SignalRef | null;
  /** Tasks that take it back when done. */
  readonly mends: readonly FactRef[];
}

export interface PlannedChange {
  readonly item: number;
  readonly change: Change;
  /** One a target, in canonical order of targets. */
  readonly tokens: readonly FactRef[];
  readonly after: SignalRef | null;
  readonly until: SignalRef | null;
  readonly halt: SignalRef | null;
  readonly guard: {
    readonly up: SignalRef;
    readonly sound: SignalRef;
    readonly asks: SignalRef;
    /** Nodes that the change takes down, for that is the effect itself and no consequence of it. */
    readonly falls: readonly FactRef[];
  } | null;
  readonly rollout: FactRef;
  readonly verdict: FactRef;
  readonly applied: FactRef;
  /** Tasks that begin it, and that take it back, when done. */
  readonly begins: readonly FactRef[];
  readonly mends: readonly FactRef[];
}

export const changes: Mechanism = {
  name: 'changes',
  owns: ['fault', 'config', 'applied', 'rollout', 'guard'],
  plan: (scenario, planner) => new ChangesPlan(scenario, planner),
};

export class ChangesPlan implements MechanismPlan {
  readonly supposes = false;
  readonly items = new Items();
  readonly faults: PlannedFault[] = [];
  readonly changes: PlannedChange[] = [];
  private readonly part: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
  ) {
    this.part = planner.partOf('changes');
    for (const fault of [...scenario.faults.values()].sort((a, b) => byName(a.name, b.name))) this.fault(fault);
    for (const change of [...scenario.changes.values()].sort((a, b) => byName(a.name, b.name))) this.change(change);
  }

  define(): string | null {
    return null;
  }

  private fault(fault: Fault): void {
    const item = this.items.add(FAULT, this.faults.length);
    this.faults.push({
      item,
      fault,
      tokens: this.tokens(fault.targets, fault.effect),
      after: this.heard(fault.after, item),
      until: this.heard(fault.untilSo, item),
      mends: this.tasks(item, (task) => task.reverts.includes(fault.name)),
    });
  }

  private change(change: Change): void {
    const { planner } = this;
    const item = this.items.add(CHANGE, this.changes.length);
    const { guard } = change;
    this.changes.push({
      item,
      change,
      tokens: this.tokens([...change.targets].sort(byName), change.effect),
      after: this.heard(change.after, item),
      until: this.heard(change.untilSo, item),
      halt: this.heard(change.rollout.halt, item),
      guard: guard && {
        up: planner.flag(planner.fact('up', guard.by)),
        sound: planner.flag(planner.fact('config', guard.by, 'bug'), false),
        asks: planner.condition(guard.asks),
        falls: ['down', 'off'].includes(change.effect.setting)
          ? change.targets.filter((name) => this.scenario.nodes.has(name)).map((name) => planner.fact('up', name))
          : [],
      },
      rollout: planner.fact('rollout', change.name),
      verdict: planner.fact('guard', change.name),
      applied: planner.fact('applied', change.name),
      begins: this.tasks(item, (task) => task.applies.includes(change.name)),
      mends: this.tasks(item, (task) => task.reverts.includes(change.name)),
    });
  }

  private tokens(targets: readonly string[], effect: Effect): FactRef[] {
    return targets.map((target) =>
      effect.setting === 'down'
        ? this.planner.fact('fault', target)
        : this.planner.fact('config', target, effect.setting, ...(effect.of ? [effect.of] : [])),
    );
  }

  private heard(condition: Condition | null, item: number): SignalRef | null {
    if (!condition) return null;
    const signal = this.planner.condition(condition);
    this.planner.hear(signal, this.part, item);
    return signal;
  }

  private tasks(
    item: number,
    does: (task: { applies: readonly string[]; reverts: readonly string[] }) => boolean,
  ): FactRef[] {
    const tasks = [...this.scenario.tasks.values()].filter(does);
    return tasks.map((task) => {
      const done = this.planner.fact('done', task.name);
      this.planner.hearFact(done, this.part, item);
      return done;
    });
  }

  /** A token follows from what laid or took it back; a begun change from all that called for it. */
  explain(fact: FactRef, past: Past): Iterable<number> {
    const found = new Set([past.tipped]);
    const change = this.changes.find((planned) => planned.rollout === fact || planned.verdict === fact);
    if (
      change?.after &&
      past.tipped >= 0 &&
      past.holds(change.after.id) &&
      past.deciders(change.after.id).has(past.tipped)
    )
      past.deciders(change.after.id, found);
    if (change && this.isAnew(change, past)) {
      // Called for while it was being taken back.
      for (const { id } of change.begins) if (past.raw(id) === 1) found.add(past.latest(id));
      if (change.after && past.holds(change.after.id)) past.deciders(change.after.id, found);
    }
    return found;
  }

  /** Whoever has a token on a thing takes back his own: all must, where there are several. */
  otherwise(fact: FactRef, past: Past): Turn | null {
    const change = this.changes.find((one) => [one.rollout, one.verdict, one.applied].includes(fact));
    if (change) return turnOfChange(change, fact, past);
    const faults = this.faults.filter(({ tokens }) => tokens.includes(fact));
    const changes = this.changes.filter(({ tokens }) => tokens.includes(fact));
    if (past.raw(fact.id) === 0)
      return {
        any: [...faults.map((one) => faultBegins(one, past)), ...changes.map((one) => changeBegins(one, past))],
      };
    const laid = [
      ...faults.filter((one) => mayBeOn(one, past)).map((one) => faultEnds(one, past)),
      ...changes.filter((one) => isOut(one, past)).map((one) => changeEnds(one, past)),
    ];
    return laid.length === 0 ? { any: [] } : { all: laid };
  }

  private isAnew({ rollout }: PlannedChange, { tipped, trace: { columns } }: Past): boolean {
    return columns.fact[tipped] === rollout.id && ROLLOUT[columns.to[tipped] as number] === 'reverted';
  }

  finish(): { items: number; alarms: number } {
    return { items: this.items.count, alarms: this.items.count * ALARMS + 1 };
  }

  create(engine: Engine): RunningChanges {
    return new RunningChanges(engine, engine.plan.parts[this.part] as PlannedPart, this);
  }
}
