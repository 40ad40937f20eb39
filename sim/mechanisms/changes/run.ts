/** Faults and changes at work: what begins and ends each, and the tokens they lay. */

import type { Engine } from '../../engine/engine.ts';
import { hashName } from '../../engine/luck.ts';
import type { Part, SignalRef } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Draw } from '../../model/luck.ts';
import type { Ms } from '../../model/units.ts';
import type { Rule } from '../../trace/trace.ts';
import type { ChangesPlan, PlannedChange, PlannedFault } from './plan.ts';
import { Rollout } from './rollout.ts';
import { ALARMS, CHANGE, FAULT } from './sorts.ts';
import { because, Tokens } from './tokens.ts';

const LASTS = hashName('fault lasts');
const FAILS = hashName('time to failure');
const MENDS = hashName('time to repair');

interface FaultState {
  readonly planned: PlannedFault;
  on: boolean;
  occasion: number;
  /** Conditions as last settled. */
  after: boolean;
  until: boolean;
  mended: boolean[];
}
interface ChangeState {
  readonly planned: PlannedChange;
  readonly rollout: Rollout;
  after: boolean;
  until: boolean;
  begun: boolean[];
  mended: boolean[];
}
/** What an act decided; done in the next phase of the same instant. */
interface Order {
  readonly what: 'begin' | 'halt' | 'end';
  readonly cause: number;
}
/** Alarms of an item: it begins as scheduled; an order is to be carried out; it goes on or ends by its own clock. */
const BEGIN = 0;
const ORDER = 1;
const CLOCK = 2;

export class RunningChanges implements Part {
  private readonly tokens: Tokens;
  private readonly faults: readonly FaultState[];
  private readonly changes: readonly ChangeState[];
  private readonly orders = new Map<number, Order[]>();

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly plan: ChangesPlan,
  ) {
    const raise = plan.items.count * ALARMS;
    this.tokens = new Tokens(engine, () => engine.alarm(part, raise, engine.now));
    this.faults = plan.faults.map((planned) => ({
      planned,
      on: planned.fault.before,
      occasion: 0,
      after: false,
      until: false,
      mended: planned.mends.map(() => false),
    }));
    this.changes = plan.changes.map((planned) => ({
      planned,
      rollout: new Rollout(engine, part, planned, planned.item * ALARMS + CLOCK, this.tokens),
      after: false,
      until: false,
      begun: planned.begins.map(() => false),
      mended: planned.mends.map(() => false),
    }));
    for (const { planned } of this.faults)
      if (planned.fault.before) for (const token of planned.tokens) this.tokens.lay(token);
    for (const { planned, rollout } of this.changes) if (planned.change.before) rollout.lay();
  }

  warm(): boolean {
    let moved = this.tokens.warm();
    for (const { rollout } of this.changes) moved = rollout.warm() || moved;
    return moved;
  }

  start(): void {
    for (const state of this.faults) {
      const { fault, item } = state.planned;
      if (fault.at !== null) this.alarm(item, BEGIN, fault.at);
      if (fault.mtbf !== null) this.alarm(item, BEGIN, this.drawn(state, FAILS));
      if (fault.until !== null) this.alarm(item, CLOCK, fault.until);
      else if (fault.before && fault.lasts !== null) this.alarm(item, CLOCK, this.drawn(state, LASTS));
      // What holds from the start counts as having come true then.
      this.act(item);
    }
    for (const { planned } of this.changes) {
      if (planned.change.at !== null) this.alarm(planned.item, BEGIN, planned.change.at);
      this.act(planned.item);
    }
  }

  settle(): void {}

  ring(alarm: number): void {
    const item = Math.floor(alarm / ALARMS);
    if (item === this.plan.items.count) return this.tokens.raise();
    const index = this.plan.items.indexOf(item);
    const orders = this.orders.get(item) ?? [];
    if (alarm % ALARMS === ORDER) this.orders.delete(item);
    if (this.plan.items.sortOf(item) === FAULT) {
      const state = this.faults[index] as FaultState;
      if (alarm % ALARMS === BEGIN) this.beginFault(state, null);
      else if (alarm % ALARMS === CLOCK) this.endFault(state, null);
      else
        for (const order of orders)
          order.what === 'begin' ? this.beginFault(state, order) : this.endFault(state, order);
      return;
    }
    const { rollout } = this.changes[index] as ChangeState;
    if (alarm % ALARMS === BEGIN) rollout.begin(because('schedule', -1));
    else if (alarm % ALARMS === CLOCK) rollout.ring();
    else
      for (const { what, cause } of orders)
        what === 'begin'
          ? rollout.begin(because('now', cause))
          : what === 'halt'
            ? rollout.halt(because('now', cause))
            : rollout.revert(because('now', cause));
  }

  private beginFault(state: FaultState, order: Order | null): void {
    const { fault, tokens, item } = state.planned;
    if (state.on || (fault.until !== null && fault.until <= this.engine.now)) return;
    state.on = true;
    const rule: Rule = order ? 'now' : fault.mtbf !== null ? 'luck' : 'schedule';
    for (const token of tokens) this.tokens.move(token, 1, because(rule, order?.cause ?? -1));
    state.occasion++;
    if (fault.until !== null) this.alarm(item, CLOCK, fault.until);
    else if (fault.lasts !== null) this.alarm(item, CLOCK, this.drawn(state, LASTS));
    else if (fault.mttr !== null) this.alarm(item, CLOCK, this.drawn(state, MENDS));
  }

  private endFault(state: FaultState, order: Order | null): void {
    if (!state.on) return;
    const { fault, tokens, item } = state.planned;
    state.on = false;
    const rule: Rule = order ? 'now' : fault.mttr !== null ? 'luck' : 'schedule';
    for (const token of tokens) this.tokens.move(token, -1, because(rule, order?.cause ?? -1));
    this.engine.cancel(this.part, item * ALARMS + CLOCK);
    if (fault.mtbf !== null) this.alarm(item, BEGIN, this.drawn(state, FAILS));
  }

  private alarm(item: number, which: number, at: Ms): void {
    this.engine.alarm(this.part, item * ALARMS + which, at);
  }

  private drawn(state: FaultState, purpose: number): Ms {
    const { fault } = state.planned;
    const law = purpose === FAILS ? fault.mtbf : purpose === MENDS ? fault.mttr : fault.lasts;
    return this.engine.now + Math.max(1, this.engine.draw(law as Draw, purpose, hashName(fault.name), state.occasion));
  }

  act(item: number): void {
    const index = this.plan.items.indexOf(item);
    if (this.plan.items.sortOf(item) === CHANGE) return this.actOnChange(this.changes[index] as ChangeState);
    const state = this.faults[index] as FaultState;
    const { planned } = state;
    const began = this.rose(planned.after, state.after);
    const ended = this.rose(planned.until, state.until);
    state.after = this.holds(planned.after);
    state.until = this.holds(planned.until);
    const mended = this.newlyDone(planned.mends, state.mended);
    if (began) this.order(item, 'begin', this.tip(planned.after));
    if (ended) this.order(item, 'end', this.tip(planned.until));
    else if (mended >= 0) this.order(item, 'end', mended);
  }

  private actOnChange(state: ChangeState): void {
    const { planned, rollout } = state;
    const began = this.rose(planned.after, state.after);
    const ended = this.rose(planned.until, state.until);
    state.after = this.holds(planned.after);
    state.until = this.holds(planned.until);
    const begun = this.newlyDone(planned.begins, state.begun);
    const mended = this.newlyDone(planned.mends, state.mended);
    if (began) this.order(planned.item, 'begin', this.tip(planned.after));
    else if (begun >= 0) this.order(planned.item, 'begin', begun);
    if (rollout.rolling && this.holds(planned.halt)) this.order(planned.item, 'halt', this.tip(planned.halt));
    if (ended) this.order(planned.item, 'end', this.tip(planned.until));
    else if (mended >= 0) this.order(planned.item, 'end', mended);
  }

  private holds(signal: SignalRef | null): boolean {
    return signal !== null && this.engine.signal(signal.id);
  }
  private rose(signal: SignalRef | null, before: boolean): boolean {
    return !before && this.holds(signal);
  }
  /** The change by which one of these tasks was newly done; -1 when none was. */
  private newlyDone(tasks: readonly { readonly id: number }[], known: boolean[]): number {
    let change = -1;
    for (const [k, task] of tasks.entries()) {
      const done = this.engine.board.value[task.id] === 1;
      if (done && !known[k]) change = Math.max(change, this.engine.latest(task.id));
      known[k] = done;
    }
    return change;
  }
  private tip(signal: SignalRef | null): number {
    return signal ? this.engine.tip(signal.id) : -1;
  }
  private order(item: number, what: Order['what'], cause: number): void {
    const orders = this.orders.get(item);
    if (orders) orders.push({ what, cause });
    else this.orders.set(item, [{ what, cause }]);
    this.alarm(item, ORDER, this.engine.now);
  }
}
