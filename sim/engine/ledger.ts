/** The ledger: writes settled changes down, each after the change that tipped it (R16), and keeps the circuit as it was settled. */
import { MINUTE, type Ms } from '../model/units.ts';
import { Recorder } from '../trace/recorder.ts';
import type { Board } from './board.ts';
import { Signals } from './circuit.ts';
import { CAUSE } from './mechanism.ts';
import type { Plan } from './plan.ts';

const NONE: ReadonlySet<number> = new Set();
/** Of a signal in this phase: not flipped, an odd number of times, an even one. */
const ODD = 1;
const EVEN = 2;

export class Ledger {
  /** Signals after the last change written. */
  readonly settled: Signals;
  readonly recorder = new Recorder();
  /** Id of the latest change of each fact; -1 before any. */
  readonly latest: Int32Array;
  /** The change after which each signal last became what it is, without a break; -1 from the start. */
  readonly tips: Int32Array;
  /** Changes whose cause had to be guessed: a defect, counted so that tests can demand none. */
  unexplained = 0;

  private writing = -1;
  /** Changed in this phase and not yet written, by fact. */
  private readonly unwritten: Uint8Array;
  /** Signals that flipped in this phase, each once; how often, as odd or even; and what had tipped it before. */
  private readonly flipped: number[] = [];
  private readonly parity: Uint8Array;
  private readonly tipBefore: Int32Array;

  constructor(
    private readonly plan: Plan,
    private readonly board: Board,
    private readonly schedule: (test: number, at: Ms | null) => void,
    private readonly act: (item: number) => void,
  ) {
    this.settled = new Signals(plan.circuit);
    this.latest = new Int32Array(plan.circuit.facts).fill(-1);
    const signals = plan.circuit.tests + plan.circuit.gates;
    this.tips = new Int32Array(signals).fill(-1);
    this.unwritten = new Uint8Array(plan.circuit.facts);
    this.parity = new Uint8Array(signals);
    this.tipBefore = new Int32Array(signals);
  }

  /** Takes the warm state as settled. */
  open(): Int32Array {
    this.settled.copyFrom(this.board.live);
    const initial = this.board.value.slice();
    for (let fact = 0; fact < initial.length; fact++)
      if (this.board.isNumber[fact] === 1) initial[fact] = this.recorder.number(this.board.level[fact] as number);
    return initial;
  }

  /**
   * Writes what a phase has settled. `crossed`: number tests whose limit was crossed at its beginning. `racing`: facts that never
   * settled; they are left out, with what hangs on them alone.
   */
  write(phase: number, crossed: readonly number[], racing: ReadonlySet<number> = NONE): void {
    const { board } = this;
    for (const test of crossed) this.crossing(test);
    const changed = board.touched.filter((fact) => board.changedInPhase(fact) && !racing.has(fact));
    changed.sort((a, b) => (board.round[a] as number) - (board.round[b] as number) || a - b);
    for (const fact of changed) this.unwritten[fact] = 1;
    for (const fact of racing) this.unwritten[fact] = 1;
    let waiting: number[] = [];
    let round = 0;
    for (let k = 0; k < changed.length; k++) {
      const fact = changed[k] as number;
      const next = changed[k + 1];
      waiting.push(fact);
      round = board.round[fact] as number;
      if (next === undefined || board.round[next] !== round) waiting = this.writeRound(waiting, phase, round);
    }
    while (waiting.length > 0 && racing.size === 0) {
      this.unexplained++;
      this.writeOne(waiting.shift() as number, phase, round, this.recorder.count - 1);
      waiting = this.writeRound(waiting, phase, round);
    }
    this.tellFlipped();
  }

  /**
   * Writes the changes of a round, each after its cause; returns those whose cause is not written yet. Such a cause changed once
   * more in a later round, and what it made so counts as made so there.
   */
  private writeRound(facts: number[], phase: number, round: number): number[] {
    let waiting = facts;
    for (let more = true; more; ) {
      const later: number[] = [];
      for (const fact of waiting) {
        const tipped = this.tippedBy(fact);
        if (tipped === null) later.push(fact);
        else this.writeOne(fact, phase, round, tipped);
      }
      more = later.length > 0 && later.length < waiting.length;
      waiting = later;
    }
    return waiting;
  }

  /** The change that tipped a fact; null while that change itself is still to be written. */
  private tippedBy(fact: number): number | null {
    const cause = this.board.causeOf(fact);
    const ref = cause.ref[fact] as number;
    switch (cause.kind[fact]) {
      case CAUSE.signal:
        return this.settled.value[ref] === this.board.live.value[ref] ? (this.tips[ref] as number) : null;
      case CAUSE.fact:
        return this.unwritten[ref] === 1 ? null : (this.latest[ref] as number);
      case CAUSE.change:
        return ref;
      default:
        return -1;
    }
  }

  private writeOne(fact: number, phase: number, round: number, tipped: number): void {
    const { board, recorder } = this;
    const number = board.isNumber[fact] === 1;
    const from = number ? recorder.number(board.beforeLevel[fact] as number) : (board.before[fact] as number);
    const to = number ? recorder.number(board.level[fact] as number) : (board.value[fact] as number);
    const slope = number ? recorder.number(board.slope[fact] as number) : 0;
    const rule = board.causeOf(fact).rule[fact] as number;
    this.writing = recorder.add(board.now, phase, round, fact, from, to, slope, tipped, rule);
    this.latest[fact] = this.writing;
    this.unwritten[fact] = 0;
    board.judge(fact, this.settled, this.noteFlip);
    if (number) this.watchCrossings(fact);
    const { start, items } = this.plan.circuit.hearFact;
    const end = start[fact + 1] as number;
    for (let i = start[fact] as number; i < end; i++) this.act(items[i] as number);
  }

  private readonly noteFlip = (signal: number): void => {
    if (this.parity[signal] === 0) {
      this.flipped.push(signal);
      this.tipBefore[signal] = this.tips[signal] as number;
    }
    this.parity[signal] = this.parity[signal] === ODD ? EVEN : ODD;
    this.tips[signal] = this.writing;
  };

  /** Whoever hears of a signal that is not what it was before the phase may act. One that came back was never broken. */
  private tellFlipped(): void {
    const { start, items } = this.plan.circuit.hearSignal;
    for (const signal of this.flipped) {
      const cameBack = this.parity[signal] === EVEN;
      this.parity[signal] = 0;
      if (cameBack) {
        this.tips[signal] = this.tipBefore[signal] as number;
        continue;
      }
      const end = start[signal + 1] as number;
      for (let i = start[signal] as number; i < end; i++) this.act(items[i] as number);
    }
    this.flipped.length = 0;
  }

  // ---- numbers against limits ----

  private crossing(test: number): void {
    const fact = this.plan.circuit.testFact[test] as number;
    if (this.settled.value[test] !== this.board.live.value[test]) {
      this.writing = this.latest[fact] as number;
      this.settled.flip(test, this.noteFlip);
    }
    this.watchCrossings(fact);
  }

  /** Sets the alarm of each test of a number for its next crossing: the first whole millisecond at or after it (R1). */
  watchCrossings(fact: number): void {
    const { testsOf, testAbove, testBelow, testNumber } = this.plan.circuit;
    const level = this.board.level[fact] as number;
    const slope = this.board.slope[fact] as number;
    const since = this.board.since[fact] as number;
    for (let i = testsOf.start[fact] as number; i < (testsOf.start[fact + 1] as number); i++) {
      const test = testsOf.items[i] as number;
      const above = this.settled.value[test] === (testNumber[test] === 1 ? 1 : 0);
      const limit = (above ? testBelow[test] : testAbove[test]) as number;
      if (above ? slope >= 0 : slope <= 0) {
        this.schedule(test, null);
        continue;
      }
      const beyond = (at: Ms): boolean => {
        const then = level + (slope * (at - since)) / MINUTE;
        return above ? then < limit : then >= limit;
      };
      let at = Math.max(this.board.now, since + Math.max(0, Math.floor(((limit - level) / slope) * MINUTE)));
      while (!beyond(at)) at++;
      this.schedule(test, at);
    }
  }
}
