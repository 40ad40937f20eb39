/** The past of a change: what held just before it, and which changes made it hold. Read off plan and trace alone. */

import { type FactKind, rowOf } from '../model/facts.ts';
import { MINUTE, type Ms } from '../model/units.ts';
import { History } from '../trace/history.ts';
import { RULES, type Rule, type Trace } from '../trace/trace.ts';
import type { Plan } from './plan.ts';

/**
 * Rules of alarms: judged on the state before the phase in which they rang (R4), which is the state before the instant unless the
 * alarm was set in that very instant. Changes by other rules follow from what came before them, within the phase too.
 */
const BY_ALARM: ReadonlySet<string> = new Set(['hold', 'expiry', 'work', 'message']);
export class Past {
  readonly history: History;
  /** The change whose past this is, and the first change that is not part of it. */
  private id = 0;
  private cut = 0;
  /** When numbers are looked at: what crosses a limit in the instant of an alarm is not yet across for it. */
  private moment: Ms = 0;

  constructor(
    readonly plan: Plan,
    readonly trace: Trace,
  ) {
    this.history = new History(trace);
  }

  /** Turns to the past of change `id`. */
  of(id: number): void {
    const { at, phase, fact } = this.trace.columns;
    this.id = id;
    this.cut = id;
    this.moment = at[id] as number;
    const { arises } = rowOf(this.trace.facts.kinds[fact[id] as number] as FactKind);
    // What people do to the world is decided between phases, whatever the rule.
    if (!BY_ALARM.has(this.rule) && arises !== 'decided') return;
    this.cut = this.startOfPhase();
    if (phase[id] === 0) this.moment--;
  }

  /** Turns to a moment: everything up to it and in it is past, and no change is asked about. */
  at(moment: Ms): void {
    const { at } = this.trace.columns;
    let low = 0;
    let high = this.trace.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((at[middle] as number) <= moment) low = middle + 1;
      else high = middle;
    }
    this.id = -1;
    this.cut = low;
    this.moment = moment;
  }
  /** The moment at which this past ends. */
  get now(): Ms {
    return this.moment;
  }

  /** The first change of the phase of this change. */
  private startOfPhase(): number {
    const { at, phase } = this.trace.columns;
    let first = this.id;
    while (first > 0 && at[first - 1] === at[this.id] && phase[first - 1] === phase[this.id]) first--;
    return first;
  }

  /** The latest change of a fact in this past; -1 when it is as it was at time zero. */
  latest(fact: number): number {
    return this.history.lastBefore(fact, this.cut);
  }
  raw(fact: number): number {
    return this.history.rawAfter(fact, this.latest(fact));
  }
  /** The latest change in this past by which a fact became `to`; -1 when there is none. */
  latestTo(fact: number, to: number): number {
    let change = this.latest(fact);
    while (change >= 0 && this.trace.columns.to[change] !== to) change = this.history.lastBefore(fact, change);
    return change;
  }
  get tipped(): number {
    return this.trace.columns.tipped[this.id] as number;
  }
  get rule(): Rule {
    return RULES[this.trace.columns.rule[this.id] as number] as Rule;
  }
  get to(): number {
    return this.trace.columns.to[this.id] as number;
  }
  /** The latest change of a fact before the phase of this change. */
  latestBefore(fact: number): number {
    return this.history.lastBefore(fact, this.startOfPhase());
  }
  /** The latest change of a fact up to and in the instant of this change, but before it. */
  latestSoFar(fact: number): number {
    return this.history.lastBefore(fact, this.id);
  }

  /** Did the change that tipped this one have to do with the signal? */
  concerns(signal: number): boolean {
    const { circuit } = this.plan;
    const fact = this.tipped < 0 ? -1 : (this.trace.columns.fact[this.tipped] as number);
    const reads = (s: number): boolean =>
      s < circuit.tests
        ? circuit.testFact[s] === fact
        : circuit.inputsOf.items
            .subarray(circuit.inputsOf.start[s - circuit.tests], circuit.inputsOf.start[s - circuit.tests + 1])
            .some(reads);
    return reads(signal);
  }

  /** Was this signal true? */
  holds(signal: number): boolean {
    const { circuit } = this.plan;
    if (signal >= circuit.tests) {
      const gate = signal - circuit.tests;
      let count = 0;
      for (let i = circuit.inputsOf.start[gate] as number; i < (circuit.inputsOf.start[gate + 1] as number); i++)
        if (this.holds(circuit.inputsOf.items[i] as number)) count++;
      return count >= (circuit.gateNeed[gate] as number);
    }
    const fact = circuit.testFact[signal] as number;
    if (circuit.testNumber[signal] !== 0) return this.numberHolds(signal, fact);
    return (((circuit.testMask[signal] as number) >> this.raw(fact)) & 1) === 1;
  }

  /** The change by which a signal came to be what it is; -1 when it has been so from the start. */
  tip(signal: number): number {
    const { cut, moment } = this;
    const holds = this.holds(signal);
    const facts = this.factsOf(signal);
    let tipped = -1;
    for (;;) {
      tipped = -1;
      for (const fact of facts) tipped = Math.max(tipped, this.latest(fact));
      if (tipped < 0) break;
      this.cut = tipped;
      this.moment = this.trace.columns.at[tipped] as number;
      if (this.holds(signal) !== holds) break;
    }
    this.cut = cut;
    this.moment = moment;
    return tipped;
  }
  /** Since when a signal has been what it is: by a change, or as a number crossed a limit on its way; null: from the start. */
  since(signal: number): Ms | null {
    const holds = this.holds(signal);
    const tip = this.tip(signal);
    const tipped = tip < 0 ? null : (this.trace.columns.at[tip] as number);
    const crossed = this.crossings(signal).filter((at) => at > (tipped ?? 0) && at <= this.moment);
    return crossed.sort((a, b) => b - a).find((at) => this.heldAt(signal, at - 1) !== holds) ?? tipped;
  }
  private heldAt(signal: number, moment: Ms): boolean {
    const { id, cut, moment: now } = this;
    this.at(moment);
    const holds = this.holds(signal);
    [this.id, this.cut, this.moment] = [id, cut, now];
    return holds;
  }
  /** Moments at which a number that a signal reads may have come to be beyond a limit: the first whole millisecond (R1), give or take one. */
  private crossings(signal: number, found: Ms[] = []): Ms[] {
    const { tests, testFact, testNumber, testAbove, testBelow, inputsOf } = this.plan.circuit;
    if (signal >= tests) {
      const gate = signal - tests;
      for (let i = inputsOf.start[gate] as number; i < (inputsOf.start[gate + 1] as number); i++)
        this.crossings(inputsOf.items[i] as number, found);
    } else if (testNumber[signal] !== 0)
      for (const { at, raw, slope } of this.history.stretches(testFact[signal] as number))
        for (const limit of slope === 0 ? [] : [testAbove[signal] as number, testBelow[signal] as number]) {
          const takes = Math.floor(((limit - (this.trace.numbers[raw] as number)) / slope) * MINUTE);
          if (takes >= 0) found.push(at + takes, at + takes + 1);
        }
    return found;
  }

  /** The facts that a signal reads. */
  private factsOf(signal: number, found: Set<number> = new Set()): ReadonlySet<number> {
    const { tests, testFact, inputsOf } = this.plan.circuit;
    if (signal < tests) return found.add(testFact[signal] as number);
    const gate = signal - tests;
    for (let i = inputsOf.start[gate] as number; i < (inputsOf.start[gate + 1] as number); i++)
      this.factsOf(inputsOf.items[i] as number, found);
    return found;
  }

  /** Between the limits of a hysteresis a number is on the side from which it came: back to where it last was beyond one of them. */
  private numberHolds(test: number, fact: number): boolean {
    const { circuit } = this.plan;
    const { columns, numbers, facts } = this.trace;
    const [above, below] = [circuit.testAbove[test] as number, circuit.testBelow[test] as number];
    let side: boolean | null = null;
    let until = this.moment;
    for (let change = this.latest(fact); side === null; change = this.history.lastBefore(fact, change)) {
      const level = numbers[(change < 0 ? facts.initial[fact] : columns.to[change]) as number] as number;
      const slope = change < 0 ? 0 : (numbers[columns.slope[change] as number] as number);
      const since = change < 0 ? 0 : (columns.at[change] as number);
      for (const value of [level + (slope * (until - since)) / MINUTE, level])
        side ??= value >= above ? true : value < below ? false : null;
      until = since;
      if (change < 0) side ??= false;
    }
    return circuit.testNumber[test] === 1 ? side : !side;
  }

  /** The latest change of every input that had the deciding value: what made the signal what it was. */
  deciders(signal: number, found: Set<number> = new Set()): Set<number> {
    const { circuit } = this.plan;
    if (signal < circuit.tests) {
      const change = this.latest(circuit.testFact[signal] as number);
      if (change >= 0) found.add(change);
      return found;
    }
    const gate = signal - circuit.tests;
    const holds = this.holds(signal);
    for (let i = circuit.inputsOf.start[gate] as number; i < (circuit.inputsOf.start[gate + 1] as number); i++) {
      const input = circuit.inputsOf.items[i] as number;
      if (this.holds(input) === holds) this.deciders(input, found);
    }
    return found;
  }
}
