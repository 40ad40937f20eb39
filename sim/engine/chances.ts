/** What a signal is for a share of those who ask, where some of the facts it reads are numbers: so many of them have it so, the rest otherwise. */
import { MINUTE, type Ms } from '../model/units.ts';
import type { Engine } from './engine.ts';
import type { FactRef } from './mechanism.ts';

/** A flag or word that is not the same for all: each of these values for a share of them, `rest` for the others. */
export interface Doubt {
  readonly fact: FactRef;
  readonly values: readonly { readonly raw: number; readonly share: FactRef }[];
  readonly rest: number;
}

/** A share as it goes on from now on; `left`: milliseconds for which this straight line is it, within what is said below. */
interface Going {
  readonly level: number;
  readonly slope: number;
  readonly left: number;
}

/** How far a straight line may be off a product of several that move. */
const OFF = 5e-4;

/** One way in which all doubts may turn out, and what comes of it. */
interface Case {
  readonly outcome: number;
  /** For each doubt which of its values it is; -1: the rest. */
  readonly picks: readonly number[];
}
interface Course {
  readonly level: number;
  /** A millisecond. */
  readonly slope: number;
}
type Courses = readonly (readonly Course[])[];

/** The shares of several outcomes, as of one round. Doubts are taken to be independent of each other. */
export class Chances {
  private readonly cases: readonly Case[];
  private readonly courses: Courses;
  private readonly since: Ms;

  /** `judge`: the outcome, as a whole number, given what holds, and which of its values each doubt has (-1: the rest). */
  constructor(
    engine: Engine,
    doubts: readonly Doubt[],
    judge: (holds: (signal: number) => boolean, picks: readonly number[]) => number,
  ) {
    const { board } = engine;
    this.since = engine.now;
    this.courses = doubts.map(({ values }) =>
      values.map(({ share: { id } }) => ({
        level: board.levelNow(id),
        slope: (board.slope[id] as number) / MINUTE,
      })),
    );
    const cases: Case[] = [];
    const walk = (picks: readonly number[]): void => {
      const doubt = doubts[picks.length];
      if (doubt) for (let k = -1; k < doubt.values.length; k++) walk([...picks, k]);
      else cases.push({ picks, outcome: judge(supposing(engine, doubts, picks), picks) });
    };
    walk([]);
    this.cases = cases;
  }

  /** No share moves faster than this at `at`, a millisecond. */
  speed(at: Ms): number {
    let speed = 0;
    for (const courses of this.courses)
      for (const { level, slope } of courses) {
        const here = level + slope * (at - this.since);
        if ((slope > 0 && here < 1) || (slope < 0 && here > 0)) speed += Math.abs(slope);
      }
    return speed;
  }

  /** The share of each outcome below `count` at `at`. */
  at(at: Ms, count: number): number[] {
    const shares = new Array<number>(count).fill(0);
    const lists = this.courses.map((courses) =>
      courses.map(({ level, slope }) => Math.min(1, Math.max(0, level + slope * (at - this.since)))),
    );
    for (const { outcome, picks } of this.cases) {
      let chance = 1;
      for (const [k, pick] of picks.entries()) {
        const list = lists[k] as readonly number[];
        chance *= pick >= 0 ? (list[pick] as number) : Math.max(0, 1 - list.reduce((sum, one) => sum + one, 0));
      }
      shares[outcome] = (shares[outcome] as number) + chance;
    }
    return shares;
  }

  /** The share of one outcome from now on; a product of several lines that move is followed by chords. */
  going(outcome: number): Going {
    const speeds = this.courses.map((courses) => courses.reduce((sum, { slope }) => sum + Math.abs(slope), 0));
    const all = speeds.reduce((sum, one) => sum + one, 0);
    const bend = speeds.reduce((sum, one) => sum + one * (all - one), 0);
    const left = bend > 0 ? Math.max(1, Math.floor(Math.sqrt((8 * OFF) / bend))) : Infinity;
    const ahead = Math.min(left, this.ends(), MINUTE);
    const level = this.share(this.since, outcome);
    if (all === 0 || ahead <= 0) return { level, slope: 0, left: Infinity };
    const slope = ((this.share(this.since + ahead, outcome) - level) / ahead) * MINUTE;
    return { level, slope, left };
  }
  private share(at: Ms, outcome: number): number {
    return this.at(at, outcome + 1)[outcome] as number;
  }
  /** How long until the first of the lines comes to nobody or everybody. */
  private ends(): number {
    let ends = Infinity;
    for (const courses of this.courses)
      for (const { level, slope } of courses)
        if (slope !== 0) ends = Math.min(ends, (slope > 0 ? 1 - level : -level) / slope);
    return ends;
  }
}

/** What holds if the doubts turn out so: the circuit anew, for all that hangs on them. */
function supposing(engine: Engine, doubts: readonly Doubt[], picks: readonly number[]): (signal: number) => boolean {
  const { circuit } = engine.plan;
  const raw = new Map(doubts.map(({ fact, values, rest }, k) => [fact.id, values[picks[k] as number]?.raw ?? rest]));
  const known = new Map<number, boolean>();
  const holds = (signal: number): boolean => {
    if (doubts.length === 0) return engine.signal(signal);
    if (signal < circuit.tests) {
      const value = raw.get(circuit.testFact[signal] as number);
      return value === undefined ? engine.signal(signal) : (((circuit.testMask[signal] as number) >> value) & 1) === 1;
    }
    const before = known.get(signal);
    if (before !== undefined) return before;
    const gate = signal - circuit.tests;
    let count = 0;
    for (let i = circuit.inputsOf.start[gate] as number; i < (circuit.inputsOf.start[gate + 1] as number); i++)
      if (holds(circuit.inputsOf.items[i] as number)) count++;
    const is = count >= (circuit.gateNeed[gate] as number);
    known.set(signal, is);
    return is;
  };
  return holds;
}
