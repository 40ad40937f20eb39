/** Dependency at work: clauses with their delays (R7), starting as work (R8), starts by hand (R9). */

import type { Engine } from '../../engine/engine.ts';
import type { RunningFollowers } from '../../engine/follower.ts';
import { hashName, isZero } from '../../engine/luck.ts';
import { CAUSE, type Part } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Ms } from '../../model/units.ts';
import type { DependencyPlan, NodeClause, PlannedNode } from './plan.ts';
import { NODE } from './sorts.ts';

const FALL = hashName('down after');
const RISE = hashName('up after');
const START = hashName('start takes');

/** What one clause of one node remembers between instants. */
interface ClauseState {
  readonly clause: NodeClause;
  /** Its gate as last settled. */
  heard: boolean;
  /** True without a break for `upAfter`. */
  ripe: boolean;
  /** The change that tipped its gate when its alarm was set. */
  tip: number;
  /** Rang in this phase: fell due, or ripened. */
  rang: 'fall' | 'rise' | null;
}

interface NodeState {
  readonly planned: PlannedNode;
  readonly clauses: readonly ClauseState[];
  readonly subject: number;
  readonly starting: number;
  /** Up, as settled before this phase. */
  was: boolean;
  /** The change by which it became ready to start, while it starts; -2 while it does not. */
  startTip: number;
  started: boolean;
  /** A hand has started it: `starts` is waived until it is up. */
  waived: boolean;
  occasion: number;
}

export class RunningNodes implements Part {
  private readonly states: readonly NodeState[];
  private readonly followers: RunningFollowers;
  private readonly firstStart: number;
  private readonly alarmOwner: readonly (readonly [node: number, clause: number])[];
  private readonly firstClause: Int32Array;
  private begun = false;

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly plan: DependencyPlan,
  ) {
    this.states = plan.nodes.map((planned) => ({
      planned,
      subject: engine.plan.hashes[planned.up.id] as number,
      starting: plan.starting.get(planned.node.name)?.id ?? -1,
      clauses: planned.clauses.map((clause) => ({ clause, heard: false, ripe: false, tip: -1, rang: null })),
      was: false,
      startTip: -2,
      started: false,
      waived: false,
      occasion: 0,
    }));
    this.alarmOwner = plan.nodes.flatMap((planned, node) =>
      planned.clauses.map((_, clause) => [node, clause] as const),
    );
    this.firstClause = new Int32Array(plan.nodes.length);
    for (let node = 1; node < plan.nodes.length; node++)
      this.firstClause[node] =
        (this.firstClause[node - 1] as number) + (plan.nodes[node - 1] as PlannedNode).clauses.length;
    this.firstStart = this.alarmOwner.length * 2;
    this.followers = plan.followers.create(engine, part, this.firstStart + this.states.length * 2);
  }

  warm(): boolean {
    let moved = false;
    if (!this.begun)
      for (const { planned } of this.states)
        moved = this.engine.board.put(planned.up.id, planned.offAtFirst ? 0 : 1) || moved;
    this.begun = true;
    return this.followers.warm() || moved;
  }

  drop(): boolean {
    let dropped = false;
    for (const { planned, clauses } of this.states) {
      const fails = clauses.some(({ clause }) => clause.keeps && !this.engine.signal(clause.signal.id));
      if (fails) dropped = this.engine.board.put(planned.up.id, 0) || dropped;
    }
    return dropped;
  }

  start(): void {
    this.followers.start();
    for (const state of this.states) {
      state.was = this.engine.board.value[state.planned.up.id] === 1;
      for (const c of state.clauses) {
        c.heard = this.engine.signal(c.clause.signal.id);
        c.ripe = c.heard;
      }
      if (!state.was) this.again(state);
    }
  }

  // ---- settle ----

  settle(item: number): void {
    const index = this.plan.items.indexOf(item);
    if (this.plan.items.sortOf(item) !== NODE) return this.followers.settle(index);
    const state = this.states[index] as NodeState;
    if (state.was) this.mayFall(state);
    else this.mayRise(state);
    if (state.starting >= 0) {
      const tip = state.startTip;
      this.engine.set(
        state.starting,
        tip > -2 && !state.started ? 1 : 0,
        'now',
        tip >= 0 ? CAUSE.change : CAUSE.fact,
        tip >= 0 ? tip : state.planned.up.id,
      );
    }
  }

  private mayFall(state: NodeState): void {
    const up = state.planned.up.id;
    for (const c of state.clauses) {
      if (!c.clause.keeps) continue;
      if (c.rang === 'fall') return this.engine.set(up, 0, 'hold', c.tip < 0 ? CAUSE.none : CAUSE.change, c.tip);
      if (!this.engine.signal(c.clause.signal.id) && isZero(c.clause.downAfter))
        return this.engine.set(up, 0, 'now', CAUSE.signal, c.clause.signal.id);
    }
    this.engine.set(up, 1, 'now', CAUSE.signal, state.planned.ready.id);
  }

  private mayRise(state: NodeState): void {
    const { ready, node } = state.planned;
    const up = state.planned.up.id;
    if (state.started)
      return this.engine.set(up, 1, 'work', state.startTip < 0 ? CAUSE.none : CAUSE.change, state.startTip);
    if (isZero(node.startTakes) && this.isReady(state)) {
      const ripened = state.clauses.find((c) => c.rang === 'rise');
      if (ripened) return this.engine.set(up, 1, 'hold', ripened.tip < 0 ? CAUSE.none : CAUSE.change, ripened.tip);
      if (state.waived && state.planned.byHand)
        return this.engine.set(up, 1, 'now', CAUSE.fact, state.planned.byHand.id);
      return this.engine.set(up, 1, 'now', CAUSE.signal, ready.id);
    }
    this.engine.set(up, 0, 'now', CAUSE.signal, ready.id);
  }

  /** Every clause true, and for its own `upAfter`. One that rang was so up to this instant (R4). */
  private isReady(state: NodeState): boolean {
    return state.clauses.every((c) => {
      if (!c.clause.keeps && state.waived) return true;
      if (c.rang === 'rise') return true;
      return this.engine.signal(c.clause.signal.id) && (c.ripe || isZero(c.clause.upAfter));
    });
  }

  // ---- alarms ----

  ring(alarm: number): void {
    if (alarm >= this.firstStart + this.states.length * 2)
      return this.followers.ring(alarm - this.firstStart - this.states.length * 2);
    if (alarm >= this.firstStart) {
      const state = this.states[(alarm - this.firstStart) >> 1] as NodeState;
      if ((alarm - this.firstStart) % 2 === 0) state.started = true;
      this.wake(state);
      return;
    }
    const [node, clause] = this.alarmOwner[alarm >> 1] as readonly [number, number];
    const state = this.states[node] as NodeState;
    const c = state.clauses[clause] as ClauseState;
    c.rang = alarm % 2 === 0 ? 'fall' : 'rise';
    if (c.rang === 'rise') c.ripe = true;
    this.wake(state);
  }

  private wake(state: NodeState): void {
    this.engine.touch(this.part, state.planned.item);
    this.engine.actLater(this.part, state.planned.item);
  }

  // ---- act ----

  act(item: number): void {
    const index = this.plan.items.indexOf(item);
    if (this.plan.items.sortOf(item) !== NODE) return this.followers.act(index);
    const state = this.states[index] as NodeState;
    const up = this.engine.board.own(state.planned.up.id) === 1;
    state.was = up;
    const base = this.firstClause[index] as number;
    for (const [k, c] of state.clauses.entries()) this.hearClause(state, c, (base + k) * 2);
    const byHand = state.planned.byHand;
    if (byHand) state.waived = !up && (state.waived || this.engine.board.value[byHand.id] === 1);
    this.work(state, index, up);
  }

  /** A clause's gate has a new settled value: the clock that ran for the old one stops, the one for the new begins. */
  private hearClause(state: NodeState, c: ClauseState, alarm: number): void {
    c.rang = null;
    const holds = this.engine.signal(c.clause.signal.id);
    if (holds === c.heard) return;
    c.heard = holds;
    c.ripe = false;
    c.tip = this.engine.tip(c.clause.signal.id);
    this.engine.cancel(this.part, alarm);
    this.engine.cancel(this.part, alarm + 1);
    const delay = holds ? c.clause.upAfter : c.clause.downAfter;
    if (isZero(delay)) c.ripe = holds;
    else if (holds || c.clause.keeps)
      this.engine.alarm(this.part, holds ? alarm + 1 : alarm, this.draw(state, delay, holds ? RISE : FALL));
  }

  /** Starting is work (R8): it begins when all clauses hold at once while the node is down, and from nothing if one breaks. */
  private work(state: NodeState, index: number, up: boolean): void {
    const alarm = this.firstStart + index * 2;
    const { node } = state.planned;
    state.started = false;
    const ready = this.isReady(state);
    if (up || !ready) {
      if (state.startTip > -2) {
        state.startTip = -2;
        this.engine.cancel(this.part, alarm);
        if (state.starting >= 0) this.again(state);
      }
      // Fell by an alarm while its need came back, or rose while one broke: judged again in the next phase.
      if (
        up &&
        state.clauses.some(
          (c) => c.clause.keeps && !this.engine.signal(c.clause.signal.id) && isZero(c.clause.downAfter),
        )
      )
        this.again(state);
      return;
    }
    if (isZero(node.startTakes)) return this.again(state);
    if (state.startTip > -2) return;
    const last = state.clauses.reduce((latest, c) => Math.max(latest, c.tip), -1);
    state.startTip =
      state.waived && state.planned.byHand
        ? this.engine.latest(state.planned.byHand.id)
        : Math.max(last, this.engine.tip(state.planned.ready.id));
    this.engine.alarm(this.part, alarm, this.draw(state, node.startTakes, START));
    if (state.starting >= 0) this.again(state);
  }

  private again(state: NodeState): void {
    this.engine.alarm(
      this.part,
      this.firstStart + this.plan.items.indexOf(state.planned.item) * 2 + 1,
      this.engine.now,
    );
  }

  private draw(state: NodeState, delay: NodeClause['downAfter'], purpose: number): Ms {
    return this.engine.now + this.engine.draw(delay, purpose, state.subject, state.occasion++);
  }
}
