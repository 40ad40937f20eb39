/** Dependency at work: clauses with their delays (R7), starting as work (R8), starts by hand (R9). */

import type { Engine } from '../../engine/engine.ts';
import type { RunningFollowers } from '../../engine/follower.ts';
import { hashName } from '../../engine/luck.ts';
import { CAUSE, type Part } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { isZero } from '../../model/luck.ts';
import type { DependencyPlan, NodeClause, PlannedNode } from './plan.ts';
import { NODE } from './sorts.ts';

const FALL = hashName('down after');
const RISE = hashName('up after');
const START = hashName('start takes');

/** What one clause of one node remembers between instants. */
interface ClauseState {
  readonly clause: NodeClause;
  readonly node: NodeState;
  /** The alarm by which it falls due; the one after it is that by which it ripens. */
  readonly alarm: number;
  /** Its gate as last settled. */
  heard: boolean;
  /** True without a break for `upAfter`. */
  ripe: boolean;
  /** The change that tipped its gate when its alarm was set. */
  tip: number;
  /** Rang in this phase: fell due, or ripened. */
  rang: 'fall' | 'rise' | null;
  occasion: number;
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
  /** The change by which it began to start broke off. */
  brokenBy: number;
  /** Somebody has laid a hand on it, as last settled; while it was down: `starts` is waived, once, until it is up. */
  hand: boolean;
  waived: boolean;
  occasion: number;
}

export class RunningNodes implements Part {
  private readonly states: readonly NodeState[];
  private readonly followers: RunningFollowers;
  /** The clauses of all nodes; each has two alarms. */
  private readonly clauses: ClauseState[] = [];
  private readonly firstStart: number;
  private begun = false;

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly plan: DependencyPlan,
  ) {
    this.states = plan.nodes.map((planned) => this.stateOf(planned));
    this.firstStart = this.clauses.length * 2;
    this.followers = plan.followers.create(engine, part, this.firstStart + this.states.length * 2);
  }

  private stateOf(planned: PlannedNode): NodeState {
    const clauses: ClauseState[] = [];
    const node: NodeState = {
      planned,
      subject: this.engine.plan.hashes[planned.up.id] as number,
      starting: this.plan.starting.get(planned.node.name)?.id ?? -1,
      clauses,
      was: false,
      startTip: -2,
      started: false,
      brokenBy: -1,
      hand: false,
      waived: false,
      occasion: 0,
    };
    for (const clause of planned.clauses) {
      const alarm = this.clauses.length * 2;
      const state: ClauseState = { clause, node, alarm, heard: false, ripe: false, tip: -1, rang: null, occasion: 0 };
      clauses.push(state);
      this.clauses.push(state);
    }
    return node;
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
      const { byHand } = state.planned;
      state.hand = state.was && byHand !== null && this.engine.board.value[byHand.id] === 1;
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
    if (state.starting >= 0) this.settleStarting(state);
  }

  private settleStarting({ starting, startTip, started, brokenBy, planned }: NodeState): void {
    const { engine } = this;
    if (startTip > -2 && !started) engine.set(starting, 1, 'now', startTip < 0 ? CAUSE.none : CAUSE.change, startTip);
    else if (started || engine.board.own(planned.up.id) === 1)
      engine.set(starting, 0, 'now', CAUSE.fact, planned.up.id);
    else engine.set(starting, 0, 'now', brokenBy < 0 ? CAUSE.none : CAUSE.change, brokenBy);
  }

  private mayFall(state: NodeState): void {
    const up = state.planned.up.id;
    const due = latestOf(state.clauses, 'fall');
    if (due) return this.engine.set(up, 0, 'hold', due.tip < 0 ? CAUSE.none : CAUSE.change, due.tip);
    for (const { clause } of state.clauses)
      if (clause.keeps && !this.engine.signal(clause.signal.id) && isZero(clause.downAfter))
        return this.engine.set(up, 0, 'now', CAUSE.signal, clause.signal.id);
    this.engine.set(up, 1, 'now', CAUSE.signal, state.planned.ready.id);
  }

  private mayRise(state: NodeState): void {
    const { ready, byHand, startedByHand, node } = state.planned;
    const up = state.planned.up.id;
    if (state.started)
      return this.engine.set(up, 1, 'work', state.startTip < 0 ? CAUSE.none : CAUSE.change, state.startTip);
    if (!isZero(node.startTakes)) return this.engine.set(up, 0, 'now', CAUSE.signal, ready.id);
    const ripened = latestOf(state.clauses, 'rise');
    if (ripened && this.wasReady(state))
      return this.engine.set(up, 1, 'hold', ripened.tip < 0 ? CAUSE.none : CAUSE.change, ripened.tip);
    if (!this.isReady(state)) return this.engine.set(up, 0, 'now', CAUSE.signal, ready.id);
    if (this.engine.signal(ready.id) || !byHand || !startedByHand)
      return this.engine.set(up, 1, 'now', CAUSE.signal, ready.id);
    if (this.engine.signal(startedByHand.id)) return this.engine.set(up, 1, 'now', CAUSE.signal, startedByHand.id);
    this.engine.set(up, 1, 'now', CAUSE.fact, byHand.id);
  }

  /** What it must have to rise: everything, but `starts` when a hand has started it. */
  private wanted({ clauses, waived }: NodeState): readonly ClauseState[] {
    return waived ? clauses.filter(({ clause }) => clause.keeps) : clauses;
  }
  /** Every clause true, and for its own `upAfter`. */
  private isReady(state: NodeState): boolean {
    return this.wanted(state).every(
      ({ clause, ripe }) => this.engine.signal(clause.signal.id) && (ripe || isZero(clause.upAfter)),
    );
  }
  /** The same of the state before this instant, on which alarms are judged (R4). */
  private wasReady(state: NodeState): boolean {
    return this.wanted(state).every(({ heard, ripe }) => heard && ripe);
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
    const c = this.clauses[alarm >> 1] as ClauseState;
    c.rang = alarm === c.alarm ? 'fall' : 'rise';
    if (c.rang === 'rise') c.ripe = true;
    this.wake(c.node);
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
    for (const c of state.clauses) this.hearClause(c);
    const byHand = state.planned.byHand;
    if (byHand) {
      const hand = this.engine.board.value[byHand.id] === 1;
      state.waived = !up && (state.waived || (hand && !state.hand));
      state.hand = hand;
    }
    this.work(state, index, up);
  }

  /** A clause's gate has a new settled value: the clock that ran for the old one stops, the one for the new begins. */
  private hearClause(c: ClauseState): void {
    c.rang = null;
    const holds = this.engine.signal(c.clause.signal.id);
    if (holds === c.heard) return;
    c.heard = holds;
    c.ripe = false;
    c.tip = this.engine.tip(c.clause.signal.id);
    this.engine.cancel(this.part, c.alarm);
    this.engine.cancel(this.part, c.alarm + 1);
    const delay = holds ? c.clause.upAfter : c.clause.downAfter;
    if (isZero(delay)) c.ripe = holds;
    else if (holds || c.clause.keeps)
      this.engine.alarm(
        this.part,
        holds ? c.alarm + 1 : c.alarm,
        this.engine.now + this.engine.draw(delay, holds ? RISE : FALL, c.clause.luck, c.occasion++),
      );
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
        state.brokenBy = this.wanted(state).reduce((last, c) => (c.heard ? last : Math.max(last, c.tip)), -1);
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
    const last = this.wanted(state).reduce((latest, c) => Math.max(latest, c.tip), -1);
    const { byHand } = state.planned;
    state.startTip = state.waived && byHand ? Math.max(last, this.engine.latest(byHand.id)) : last;
    const takes = this.engine.draw(node.startTakes, START, state.subject, state.occasion++);
    this.engine.alarm(this.part, alarm, this.engine.now + takes);
    if (state.starting >= 0) this.again(state);
  }

  private again(state: NodeState): void {
    this.engine.alarm(
      this.part,
      this.firstStart + this.plan.items.indexOf(state.planned.item) * 2 + 1,
      this.engine.now,
    );
  }
}

/** Of the clauses that rang so the one that was tipped last. */
function latestOf(clauses: readonly ClauseState[], rang: 'fall' | 'rise'): ClauseState | null {
  let latest: ClauseState | null = null;
  for (const c of clauses) if (c.rang === rang && (!latest || c.tip > latest.tip)) latest = c;
  return latest;
}
