/** One run: alarms ring, rounds of consequences settle, acts follow; until the end of time or of change. */
import { factName, rowOf } from '../model/facts.ts';
import type { Look, Told } from '../model/looks.ts';
import type { Draw } from '../model/luck.ts';
import type { Force } from '../model/scenario.ts';
import type { Ms } from '../model/units.ts';
import type { Reason, Rule, Trace } from '../trace/trace.ts';
import { Board } from './board.ts';
import { Ledger } from './ledger.ts';
import { Luck } from './luck.ts';
import type { Complaint, Part } from './mechanism.ts';
import type { Plan, PlannedPart } from './plan.ts';
import { Queue } from './queue.ts';

/**
 * Drives the parts of a plan through time. An instant is one or more phases; a phase is settle, then act (R3).
 * Parts see it as their only way to read the board, set their own facts, and set alarms.
 */
export class Engine {
  readonly board: Board;
  readonly ledger: Ledger;
  readonly luck: Luck;
  private readonly parts: readonly Part[];
  private readonly queue = new Queue();
  /** When each alarm is due, or -1. Alarms of parts, then two a force, then one a test. */
  private readonly due: Float64Array;
  private readonly partOfAlarm: Int16Array;
  private readonly partOfItem: Int16Array;
  private readonly forces: readonly Force[];
  /** The forces on each fact, in the order they began. */
  private readonly forced = new Map<number, readonly Force[]>();
  private readonly firstForce: number;
  private readonly firstTest: number;

  private dirty: number[] = [];
  private readonly isDirty: Uint8Array;
  private acting: number[] = [];
  private readonly isActing: Uint8Array;
  private crossed: number[] = [];
  private supposing = false;
  private phase = 0;

  constructor(
    readonly plan: Plan,
    readonly seed: string,
  ) {
    this.luck = new Luck(seed);
    this.forces = [...plan.scenario.forces.values()];
    const items = plan.parts.reduce((sum, part) => sum + part.items, 0);
    const alarms = plan.parts.reduce((sum, part) => sum + part.alarms, 0);
    this.partOfItem = new Int16Array(items);
    this.partOfAlarm = new Int16Array(alarms);
    for (const [index, part] of plan.parts.entries()) {
      this.partOfItem.fill(index, part.firstItem, part.firstItem + part.items);
      this.partOfAlarm.fill(index, part.firstAlarm, part.firstAlarm + part.alarms);
    }
    this.firstForce = alarms;
    this.firstTest = alarms + this.forces.length * 2;
    this.due = new Float64Array(this.firstTest + plan.circuit.tests).fill(-1);
    this.isDirty = new Uint8Array(items);
    this.isActing = new Uint8Array(items);
    this.board = new Board(plan, this.markDirty);
    this.ledger = new Ledger(plan, this.board, (test, at) => this.schedule(this.firstTest + test, at), this.markActing);
    this.parts = plan.parts.map((part) => part.plan.create(this));
  }

  // ---- what parts may ask ----

  get now(): Ms {
    return this.board.now;
  }
  /** A signal as of the last round. */
  signal(signal: number): boolean {
    return this.board.live.value[signal] === 1;
  }
  /** The settled change that tipped a signal to what it is; -1 when it has been so from the start. */
  tip(signal: number): number {
    return this.ledger.tips[signal] as number;
  }
  /** The latest settled change of a fact; -1 when there is none. */
  latest(fact: number): number {
    return this.ledger.latest[fact] as number;
  }
  /** Of two facts (-1: none) the one that changed later; in this phase before any earlier one, then by round; ties by name. */
  laterOf(a: number, b: number): number {
    if (a < 0 || b < 0) return Math.max(a, b);
    const { board } = this;
    const [nowA, nowB] = [board.changedInPhase(a), board.changedInPhase(b)];
    if (nowA !== nowB) return nowA ? a : b;
    const later = nowA ? (board.round[b] as number) - (board.round[a] as number) : this.latest(b) - this.latest(a);
    return later > 0 || (later === 0 && b < a) ? b : a;
  }
  /** The number by which a fact without words takes a text as its value. */
  text(text: string): number {
    return this.ledger.recorder.text(text);
  }
  draw(law: Draw, purpose: number, subject: number, occasion: number): number {
    return this.luck.draw(law, purpose, subject, occasion);
  }

  // ---- what parts may do ----

  /** Sets a flag or word at the end of this round. Only the owner of the fact may. */
  set(fact: number, value: number, rule: Rule, cause: number, ref: number): void {
    this.board.set(fact, value, rule, cause, ref);
  }
  /** Sets a number from now on: its level, and its slope per minute. */
  setLevel(fact: number, level: number, slope: number, rule: Rule, cause: number, ref: number): void {
    this.board.setLevel(fact, level, slope, rule, cause, ref);
  }
  /** Rings an alarm of a part at `at`, instead of when it would have rung. At `now`: in the next phase of this instant. */
  alarm(part: PlannedPart, alarm: number, at: Ms): void {
    this.schedule(part.firstAlarm + alarm, at);
  }
  cancel(part: PlannedPart, alarm: number): void {
    this.due[part.firstAlarm + alarm] = -1;
  }
  /** When the alarm will ring, or -1. */
  dueAt(part: PlannedPart, alarm: number): Ms {
    return this.due[part.firstAlarm + alarm] as number;
  }
  /** Has an item settle in the round that is about to begin. */
  touch(part: PlannedPart, item: number): void {
    this.markDirty(part.firstItem + item);
  }
  /** Has an item act at the end of this phase, even if nothing it hears of changes. */
  actLater(part: PlannedPart, item: number): void {
    this.markActing(part.firstItem + item);
  }
  /** What would `signal` be if these facts had these values, with all but connectivity frozen (R13)? Leaves no trace. */
  suppose(facts: readonly number[], values: readonly number[], signal: number): boolean {
    const kept = this.dirty;
    for (const item of kept) this.isDirty[item] = 0;
    this.dirty = [];
    this.supposing = true;
    const answer = this.board.suppose(
      facts,
      values,
      () => this.settleDirty(),
      () => this.signal(signal),
    );
    this.supposing = false;
    for (const item of this.dirty) this.isDirty[item] = 0;
    this.dirty = kept;
    for (const item of kept) this.isDirty[item] = 1;
    return answer;
  }

  // ---- the state before the start ----

  /**
   * The warm state (R11): the greatest set of persistent facts whose grounded facts, computed anew from nothing for that set,
   * satisfy their needs. Returns complaints, empty when it stands.
   */
  warm(): readonly Complaint[] {
    const patience = this.plan.circuit.facts + 16;
    // What hangs on needs begins again from nothing after every drop: two facts must not keep each other alive over one.
    const regrown = this.plan.facts.filter(
      ({ kind }) => rowOf(kind).arises === 'follows' && rowOf(kind).domain.is !== 'number',
    );
    for (let drops = 0, more = true; more; drops++) {
      for (const fact of regrown) this.board.put(fact.id, 0);
      for (let passes = 0, moved = true; moved; passes++) {
        moved = false;
        for (const part of this.parts) moved = part.warm() || moved;
        if (passes > patience)
          return [{ about: null, says: 'the state before the start does not settle: some condition denies itself' }];
      }
      more = false;
      for (const part of this.parts) more = part.drop?.() || more;
      if (drops > patience)
        return [
          { about: null, says: 'the state before the start does not settle: some needs hold only while they do not' },
        ];
    }
    return this.plan.parts.flatMap((part) => part.plan.complain?.(this) ?? []);
  }

  // ---- the run ----

  /** `passes` is told each instant before it is gone through; nothing that it does comes back. */
  run(end: Ms, passes?: (at: Ms) => void): Trace {
    const initial = this.ledger.open();
    for (const part of this.parts) part.start();
    for (const [index, force] of this.forces.entries()) {
      this.schedule(this.firstForce + index * 2, force.at);
      this.schedule(this.firstForce + index * 2 + 1, force.until);
    }
    let reason: Reason = 'quiet';
    for (let at = this.nextDue(); at >= 0; at = this.nextDue()) {
      if (at > end) {
        reason = 'horizon';
        break;
      }
      if (at !== this.now) {
        passes?.(at);
        this.board.beginInstant(at);
        this.phase = 0;
      }
      this.ring(at);
      if (!this.settle()) {
        reason = 'race';
        this.ledger.write(this.phase, this.crossed, this.board.racing);
        break;
      }
      this.ledger.write(this.phase++, this.crossed);
      this.crossed = [];
      this.board.endPhase();
      this.act();
    }
    return this.trace(initial, reason, reason === 'race' ? this.now : end);
  }

  /** What a person finds who looks at `at`, when the run has come so far (R19); null: nobody here knows. */
  look(question: Look, at: Ms): Told | null {
    for (const part of this.parts) {
      const told = part.look?.(question, at);
      if (told) return told;
    }
    return null;
  }

  private schedule(slot: number, at: Ms | null): void {
    if (this.due[slot] === at) return;
    this.due[slot] = at ?? -1;
    if (at !== null) this.queue.push(at, slot);
  }

  /** The time of the next alarm that was not cancelled or moved; -1 when there is none. */
  private nextDue(): Ms {
    for (let at = this.queue.peek(); at >= 0; at = this.queue.peek()) {
      if (this.due[this.queue.front()] === at) return at;
      this.queue.pop();
    }
    return -1;
  }

  /** All alarms due now ring in the first round (R4). */
  private ring(at: Ms): void {
    const slots: number[] = [];
    for (let slot = this.queue.popAt(at); slot >= 0; slot = this.queue.popAt(at)) {
      if (this.due[slot] !== at) continue;
      this.due[slot] = -1;
      slots.push(slot);
    }
    for (const slot of slots) {
      if (slot >= this.firstTest) this.crossed.push(slot - this.firstTest);
      else if (slot >= this.firstForce) this.force(slot - this.firstForce);
      else {
        const part = this.partOfAlarm[slot] as number;
        (this.parts[part] as Part).ring(slot - (this.plan.parts[part] as PlannedPart).firstAlarm);
      }
    }
    // Last, since the others are judged on the state before.
    for (const test of this.crossed) this.board.cross(test);
  }

  /** A force begins or ends; of several on one fact the one that began last holds, and each takes back only itself (R9). */
  private force(alarm: number): void {
    const force = this.forces[alarm >> 1] as Force;
    const fact = this.plan.factByName.get(factName(force.question.kind, force.question.subjects)) as number;
    const others = (this.forced.get(fact) ?? []).filter((other) => other !== force);
    const holding = alarm % 2 === 0 ? [...others, force] : others;
    this.forced.set(fact, holding);
    const last = holding.at(-1);
    if (last) this.board.pin(fact, rawOf(last));
    else this.board.release(fact);
  }

  /** Rounds of pure consequences until silence. False when a fact races. */
  private settle(): boolean {
    this.settleDirty();
    for (let round = 0; this.board.busy; round++) {
      if (!this.board.commit(round)) return false;
      this.settleDirty();
    }
    return true;
  }

  private settleDirty(): void {
    const items = this.dirty;
    this.dirty = [];
    for (const item of items) this.isDirty[item] = 0;
    for (const item of items) {
      const part = this.partOfItem[item] as number;
      const planned = this.plan.parts[part] as PlannedPart;
      if (!this.supposing || planned.plan.supposes) (this.parts[part] as Part).settle(item - planned.firstItem);
    }
  }

  private act(): void {
    const items = this.acting;
    this.acting = [];
    for (const item of items) this.isActing[item] = 0;
    items.sort((a, b) => a - b);
    for (const item of items) {
      const part = this.partOfItem[item] as number;
      (this.parts[part] as Part).act(item - (this.plan.parts[part] as PlannedPart).firstItem);
    }
  }

  private readonly markDirty = (item: number): void => {
    if (this.isDirty[item] === 1) return;
    this.isDirty[item] = 1;
    this.dirty.push(item);
  };
  private readonly markActing = (item: number): void => {
    if (this.isActing[item] === 1) return;
    this.isActing[item] = 1;
    this.acting.push(item);
  };

  private trace(initial: Int32Array, reason: Reason, end: Ms): Trace {
    const { plan, ledger, board } = this;
    const names = plan.facts.map((fact) => fact.name);
    return {
      facts: {
        count: names.length,
        firstWatched: plan.firstWatched,
        names,
        kinds: plan.facts.map((fact) => fact.kind),
        subjects: plan.facts.map((fact) => fact.subjects),
        initial,
      },
      count: ledger.recorder.count,
      columns: ledger.recorder.columns(),
      numbers: ledger.recorder.numbers,
      texts: ledger.recorder.texts,
      disputes: this.parts.flatMap((part) => part.disputes?.() ?? []),
      seed: this.seed,
      end,
      reason,
      flipping: [...board.racing].map((fact) => names[fact] as string),
      digest: ledger.recorder.digest(names.slice(0, plan.firstWatched), initial, board.isNumber, board.isText),
    };
  }
}

/** What a force pins its fact to. */
function rawOf({ question: { kind, test }, holds }: Force): number {
  const domain = rowOf(kind).domain;
  if (domain.is === 'word' && 'word' in test) return domain.words.indexOf(test.word[0] as string);
  return holds ? 1 : 0;
}
