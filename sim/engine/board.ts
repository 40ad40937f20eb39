/** The board: what every fact is as of the last round, and what the round in progress is about to make of it. */
import { rowOf } from '../model/facts.ts';
import { MINUTE, type Ms, round9 } from '../model/units.ts';
import { RULES, type Rule } from '../trace/trace.ts';
import { Signals } from './circuit.ts';
import { CAUSE } from './mechanism.ts';
import type { Plan } from './plan.ts';

/** A fact may change this often inside one instant; more is a race (R6). */
const RACE = 64;
const RULE_NUMBER = Object.fromEntries(RULES.map((rule, index) => [rule, index])) as Readonly<Record<Rule, number>>;

/** Where a setting came from: one row a fact. */
class Causes {
  readonly rule: Uint8Array;
  readonly kind: Uint8Array;
  readonly ref: Int32Array;
  /** For a signal: what it was when the setting was made. */
  readonly value: Uint8Array;

  constructor(facts: number) {
    this.rule = new Uint8Array(facts);
    this.kind = new Uint8Array(facts);
    this.ref = new Int32Array(facts);
    this.value = new Uint8Array(facts);
  }
  copy(fact: number, from: Causes): void {
    this.rule[fact] = from.rule[fact] as number;
    this.kind[fact] = from.kind[fact] as number;
    this.ref[fact] = from.ref[fact] as number;
    this.value[fact] = from.value[fact] as number;
  }
}

export class Board {
  now: Ms = 0;
  /** Signals as of the last round. */
  readonly live: Signals;
  /** Flags as 0 and 1, words by index. */
  readonly value: Int32Array;
  readonly isNumber: Uint8Array;
  readonly isText: Uint8Array;
  /** Numbers: level at the last break, slope per minute from there. */
  readonly level: Float64Array;
  readonly slope: Float64Array;
  readonly since: Float64Array;

  /** Settings of the round in progress. */
  private pending: number[] = [];
  private readonly isPending: Uint8Array;
  private readonly next: Int32Array;
  private readonly nextLevel: Float64Array;
  private readonly nextSlope: Float64Array;
  private readonly nextCause: Causes;
  private readonly asideCause: Causes;

  /** Facts that changed in this phase, and what they were before it. */
  readonly touched: number[] = [];
  private readonly isTouched: Uint8Array;
  readonly before: Int32Array;
  readonly beforeLevel: Float64Array;
  private readonly beforeSlope: Float64Array;
  /** Numbers: where the line began on which they were before it. */
  private readonly beganLevel: Float64Array;
  private readonly beganAt: Float64Array;
  /** Round of the last change, its cause, and a cause that would do as well should that one turn out a glitch. */
  readonly round: Int32Array;
  readonly causes: Causes;
  private readonly otherCauses: Causes;

  /** The owner's value under a force. */
  private readonly forced: Uint8Array;
  private readonly owned: Int32Array;

  private readonly flips: Int32Array;
  private readonly flipped: number[] = [];
  /** The facts that raced; empty while none does. */
  racing: ReadonlySet<number> = new Set();

  constructor(
    private readonly plan: Plan,
    private readonly hear: (item: number) => void,
  ) {
    const { circuit, facts } = plan;
    const n = circuit.facts;
    this.live = new Signals(circuit);
    this.value = new Int32Array(n);
    this.isNumber = Uint8Array.from(facts, (fact) => Number(rowOf(fact.kind).domain.is === 'number'));
    this.isText = Uint8Array.from(facts, (fact) => Number(rowOf(fact.kind).domain.is === 'opaque'));
    this.level = new Float64Array(n);
    this.slope = new Float64Array(n);
    this.since = new Float64Array(n);
    this.isPending = new Uint8Array(n);
    this.next = new Int32Array(n);
    this.nextLevel = new Float64Array(n);
    this.nextSlope = new Float64Array(n);
    this.nextCause = new Causes(n);
    this.asideCause = new Causes(n);
    this.isTouched = new Uint8Array(n);
    this.before = new Int32Array(n);
    this.beforeLevel = new Float64Array(n);
    this.beforeSlope = new Float64Array(n);
    this.beganLevel = new Float64Array(n);
    this.beganAt = new Float64Array(n);
    this.round = new Int32Array(n);
    this.causes = new Causes(n);
    this.otherCauses = new Causes(n);
    this.forced = new Uint8Array(n);
    this.owned = new Int32Array(n);
    this.flips = new Int32Array(n);
    this.live.reset();
    // A number between its limits that was never above them is not above.
    for (let test = 0; test < circuit.tests; test++) if (circuit.testNumber[test] === -1) this.live.flip(test, null);
    for (let fact = 0; fact < n; fact++) this.judge(fact, this.live, null);
  }

  // ---- reading ----

  own(fact: number): number {
    return (this.forced[fact] === 1 ? this.owned[fact] : this.value[fact]) as number;
  }
  levelNow(fact: number): number {
    return (
      (this.level[fact] as number) + ((this.slope[fact] as number) * (this.now - (this.since[fact] as number))) / MINUTE
    );
  }
  /** Where a number would be now, and its slope, had nothing changed it in this phase. */
  lineBefore(fact: number): { readonly level: number; readonly slope: number } {
    const touched = this.isTouched[fact] === 1;
    return {
      level: touched ? (this.beforeLevel[fact] as number) : this.levelNow(fact),
      slope: (touched ? this.beforeSlope : this.slope)[fact] as number,
    };
  }
  changedInPhase(fact: number): boolean {
    if (this.isTouched[fact] === 0) return false;
    if (this.isNumber[fact] === 0) return this.before[fact] !== this.value[fact];
    return this.beforeLevel[fact] !== this.levelNow(fact) || this.beforeSlope[fact] !== this.slope[fact];
  }
  /** Where a fact's last setting came from; if that was a glitch, what would do as well. */
  causeOf(fact: number): Causes {
    const { kind, ref, value } = this.causes;
    const other = this.otherCauses;
    const glitch =
      kind[fact] === CAUSE.signal
        ? this.live.value[ref[fact] as number] !== value[fact]
        : kind[fact] === CAUSE.fact &&
          !this.changedInPhase(ref[fact] as number) &&
          other.kind[fact] === CAUSE.fact &&
          this.changedInPhase(other.ref[fact] as number);
    return glitch ? other : this.causes;
  }

  // ---- setting ----

  set(fact: number, value: number, rule: Rule, kind: number, ref: number): void {
    if (this.forced[fact] === 1) {
      this.owned[fact] = value;
      return;
    }
    this.next[fact] = value;
    this.note(fact, rule, kind, ref);
  }
  setLevel(fact: number, level: number, slope: number, rule: Rule, kind: number, ref: number): void {
    this.nextLevel[fact] = round9(level);
    this.nextSlope[fact] = round9(slope);
    this.note(fact, rule, kind, ref);
  }
  /** Pins a fact (R9); its owner's settings go on underneath. */
  pin(fact: number, value: number): void {
    const free = this.forced[fact] === 0 && this.isPending[fact] === 1;
    // What its owner has set in this very round is his too.
    const own = free ? (this.next[fact] as number) : this.own(fact);
    this.next[fact] = value;
    this.note(fact, 'forced', CAUSE.none, 0);
    this.owned[fact] = own;
    this.forced[fact] = 1;
  }
  release(fact: number): void {
    if (this.forced[fact] === 0) return;
    this.forced[fact] = 0;
    this.next[fact] = this.owned[fact] as number;
    this.note(fact, 'released', CAUSE.none, 0);
  }

  private note(fact: number, rule: Rule, kind: number, ref: number): void {
    const cause = this.nextCause;
    cause.rule[fact] = RULE_NUMBER[rule];
    cause.kind[fact] = kind;
    cause.ref[fact] = ref;
    cause.value[fact] = kind === CAUSE.signal ? (this.live.value[ref] as number) : 0;
    if (this.isPending[fact] === 1) return;
    this.isPending[fact] = 1;
    this.pending.push(fact);
  }

  // ---- rounds ----

  beginInstant(at: Ms): void {
    this.now = at;
    for (const fact of this.flipped) this.flips[fact] = 0;
    this.flipped.length = 0;
  }

  get busy(): boolean {
    return this.pending.length > 0;
  }

  /** Makes the settings of a round hold, all together. False when a fact races. */
  commit(round: number): boolean {
    const settings = this.pending;
    this.pending = [];
    for (const fact of settings) {
      this.isPending[fact] = 0;
      if (!this.moves(fact)) {
        if (this.isTouched[fact] === 1) this.otherCauses.copy(fact, this.nextCause);
        continue;
      }
      this.touch(fact);
      this.round[fact] = round;
      this.causes.copy(fact, this.nextCause);
      this.otherCauses.copy(fact, this.nextCause);
      if (this.isNumber[fact] === 1) {
        const back = this.isBack(fact);
        this.level[fact] = (back ? this.beganLevel : this.nextLevel)[fact] as number;
        this.slope[fact] = this.nextSlope[fact] as number;
        this.since[fact] = back ? (this.beganAt[fact] as number) : this.now;
      } else this.value[fact] = this.next[fact] as number;
      this.tell(fact);
      if (this.races(fact)) return false;
    }
    return true;
  }

  /** The phase is over: what changed is settled. */
  endPhase(): void {
    for (const fact of this.touched) this.isTouched[fact] = 0;
    this.touched.length = 0;
  }

  private moves(fact: number): boolean {
    if (this.isNumber[fact] === 1)
      return this.nextLevel[fact] !== round9(this.levelNow(fact)) || this.nextSlope[fact] !== this.slope[fact];
    return this.next[fact] !== this.value[fact];
  }
  /** A number that is on its line of before this phase again: it never left it. */
  private isBack(fact: number): boolean {
    return (
      this.nextLevel[fact] === round9(this.beforeLevel[fact] as number) &&
      this.nextSlope[fact] === this.beforeSlope[fact]
    );
  }
  private touch(fact: number): void {
    if (this.isTouched[fact] === 1) return;
    this.isTouched[fact] = 1;
    this.touched.push(fact);
    this.before[fact] = this.value[fact] as number;
    this.beforeLevel[fact] = this.levelNow(fact);
    this.beforeSlope[fact] = this.slope[fact] as number;
    this.beganLevel[fact] = this.level[fact] as number;
    this.beganAt[fact] = this.since[fact] as number;
  }
  private races(fact: number): boolean {
    if (this.flips[fact] === 0) this.flipped.push(fact);
    this.flips[fact] = (this.flips[fact] as number) + 1;
    if ((this.flips[fact] as number) <= RACE) return false;
    const often = this.flipped.filter((f) => (this.flips[f] as number) > RACE / 2).sort((a, b) => a - b);
    this.racing = new Set(often);
    return true;
  }

  // ---- telling the circuit ----

  /** Brings the tests of a fact up to date in `signals`. */
  judge(fact: number, signals: Signals, heard: ((signal: number) => void) | null): void {
    const { testsOf, testMask } = this.plan.circuit;
    const number = this.isNumber[fact] === 1;
    const end = testsOf.start[fact + 1] as number;
    for (let i = testsOf.start[fact] as number; i < end; i++) {
      const test = testsOf.items[i] as number;
      const was = signals.value[test] as number;
      const is = number
        ? this.numberHolds(test, was)
        : ((testMask[test] as number) >> (this.value[fact] as number)) & 1;
      if (is !== was) signals.flip(test, heard);
    }
  }

  /** A number test with hysteresis: true from `above` on, until below `below`. */
  private numberHolds(test: number, was: number): number {
    const { testFact, testAbove, testBelow, testNumber } = this.plan.circuit;
    const level = this.levelNow(testFact[test] as number);
    const positive = testNumber[test] === 1;
    const wasAbove = positive ? was : 1 - was;
    const above = level >= (testAbove[test] as number) ? 1 : level < (testBelow[test] as number) ? 0 : wasAbove;
    return positive ? above : 1 - above;
  }

  /** A number crosses the limit of a test. */
  cross(test: number): void {
    this.live.flip(test, this.tellSignal);
  }

  private tell(fact: number): void {
    this.judge(fact, this.live, this.tellSignal);
    const { start, items } = this.plan.circuit.hearFact;
    const end = start[fact + 1] as number;
    for (let i = start[fact] as number; i < end; i++) this.hear(items[i] as number);
  }
  private readonly tellSignal = (signal: number): void => {
    const { start, items } = this.plan.circuit.hearSignal;
    const end = start[signal + 1] as number;
    for (let i = start[signal] as number; i < end; i++) this.hear(items[i] as number);
  };

  // ---- outside of time ----

  /** Before time zero: makes a fact so; true when it was not. */
  put(fact: number, value: number): boolean {
    if (this.value[fact] === value) return false;
    this.value[fact] = value;
    this.judge(fact, this.live, null);
    return true;
  }
  putLevel(fact: number, level: number): boolean {
    const rounded = round9(level);
    if (this.level[fact] === rounded) return false;
    this.level[fact] = rounded;
    this.judge(fact, this.live, null);
    return true;
  }

  /** Runs `settle` on a board in which these facts have these values, asks `verdict`, and puts everything back. */
  suppose(facts: readonly number[], values: readonly number[], settle: () => void, verdict: () => boolean): boolean {
    // What this round was about to make so waits aside, and comes back as it was.
    const waiting = this.pending.map(
      (fact) => [fact, this.next[fact], this.nextLevel[fact], this.nextSlope[fact]] as const,
    );
    for (const fact of this.pending) this.asideCause.copy(fact, this.nextCause);
    for (const fact of this.pending) this.isPending[fact] = 0;
    this.pending = [];
    const owned = this.owned.slice();
    const undo: (readonly [fact: number, value: number])[] = [];
    for (const [i, fact] of facts.entries()) this.set(fact, values[i] as number, 'now', CAUSE.none, 0);
    while (this.pending.length > 0) {
      const settings = this.pending;
      this.pending = [];
      for (const fact of settings) {
        this.isPending[fact] = 0;
        if (this.next[fact] === this.value[fact]) continue;
        undo.push([fact, this.value[fact] as number]);
        this.value[fact] = this.next[fact] as number;
        this.tell(fact);
      }
      settle();
    }
    const answer = verdict();
    for (const [fact, value] of undo.reverse()) {
      this.value[fact] = value;
      this.judge(fact, this.live, null);
    }
    this.owned.set(owned);
    for (const [fact, next, level, slope] of waiting) {
      this.next[fact] = next as number;
      this.nextLevel[fact] = level as number;
      this.nextSlope[fact] = slope as number;
      this.nextCause.copy(fact, this.asideCause);
      this.isPending[fact] = 1;
      this.pending.push(fact);
    }
    return answer;
  }
}
