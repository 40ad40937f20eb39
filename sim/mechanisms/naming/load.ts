/**
 * How much a resolver, or the nameservers of a zone, are asked in one run: a sum of straight lines, written where it bends (R1).
 *
 * Whoever gets no answer asks again. Every zone that a resolver cannot answer adds its share of the ordinary questions, times what
 * clients make of one; a resolver in vain adds to the zone above what it asks of servers that keep silent. Of many caches each share that
 * gives no answer adds its part, from the moment on at which it is lost.
 */
import type { Engine } from '../../engine/engine.ts';
import { CAUSE } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { ANSWERS } from '../../model/facts.ts';
import { MINUTE, type Ms, round9 } from '../../model/units.ts';
import type { PlannedLoad, PlannedSummand } from './planned.ts';
import { drowned } from './theory.ts';

/** Without an answer clients ask again. */
const NONE: readonly number[] = [ANSWERS.indexOf('servfail'), ANSWERS.indexOf('timeout')];

/** One summand from a moment on: where it is, where it goes, how fast (a millisecond). */
interface Line {
  readonly level: number;
  readonly goal: number;
  readonly slope: number;
}

/** What all that is kept in shares adds: its level and its slope a minute. */
interface Shared {
  readonly level: number;
  readonly slope: number;
}
const NOTHING: Shared = { level: 0, slope: 0 };
interface Bending {
  readonly goals: readonly number[];
  readonly shared: Shared;
}
/** What rounding to nine digits costs along a straight line. */
const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(a));

export class Load {
  private lines: readonly Line[];
  private since: Ms = 0;
  /** The number as it stands on the board, as settled. */
  private readonly shown = { level: 1, slope: 0, since: 0 };
  /** The moment of its last bend that is settled: it bends at most once a millisecond. */
  private bent: Ms = -1;
  /** What many caches add, which is straight while their shares are: a level and a slope a minute, since the last bend. */
  private shared: Shared = NOTHING;
  private readonly sharing: readonly PlannedSummand[];
  /** Where its summands go from the bend that is being made in this phase: as of before it (R4). */
  private bending: Bending | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly plan: PlannedLoad,
    private readonly alarm: number,
  ) {
    this.lines = plan.summands.map(({ rest }) => ({ level: rest, goal: rest, slope: 0 }));
    this.sharing = plan.summands.filter(({ lost }) => lost.length > 0);
  }

  warm(): boolean {
    return this.engine.board.putLevel(this.plan.fact.id, this.total(this.lines, NOTHING));
  }
  start(): void {
    this.shown.level = this.engine.board.level[this.plan.fact.id] as number;
    // What is not answered from the start is asked again from the start.
    if (this.isTurned(this.aims())) this.engine.alarm(this.part, this.alarm, 0);
  }

  /** Where all of it is going, as things are. */
  private aims(): Bending {
    return { goals: this.goals(), shared: this.share() };
  }
  private share(): Shared {
    const { board } = this.engine;
    let [level, slope] = [0, 0];
    for (const { lost, weight, rest, goal } of this.sharing)
      for (const { id } of lost) {
        level += weight * (goal - rest) * board.levelNow(id);
        slope += weight * (goal - rest) * (board.slope[id] as number);
      }
    return { level, slope };
  }
  private sharedNow(): number {
    return this.shared.level + (this.shared.slope * (this.engine.now - this.since)) / MINUTE;
  }
  private goals(): readonly number[] {
    const { summands, up, over, capacity } = this.plan;
    const { value } = this.engine.board;
    const down = up !== null && value[up.id] === 0;
    const dead = summands.map(
      ({ resolves, lost }) =>
        // Of many caches that are down it is said by their shares.
        (down && lost.length === 0) || (resolves !== null && NONE.includes(value[resolves.id] as number)),
    );
    let unanswered = 0;
    for (const [k, { weight }] of summands.entries()) if (dead[k]) unanswered += weight;
    const tries = summands.reduce((most, { goal }) => Math.max(most, goal), 1);
    const late = over !== null && value[over.id] === 1 ? drowned(unanswered, tries, capacity) : null;
    return summands.map(({ rest, goal }, k) => (dead[k] ? goal : (late ?? rest)));
  }
  private isTurned({ goals, shared }: Bending): boolean {
    if (goals.some((goal, k) => goal !== (this.lines[k] as Line).goal)) return true;
    return shared.slope !== this.shared.slope || !isNear(shared.level, this.sharedNow());
  }

  /** The lines from now on. */
  private next(goals: readonly number[]): readonly Line[] {
    return this.lines.map((line, k) => {
      const summand = this.plan.summands[k] as PlannedSummand;
      const goal = goals[k] as number;
      const here = levelAt(line, this.engine.now - this.since);
      const level = goal > line.goal ? Math.max(here, Math.min(summand.jump, goal)) : here;
      const span = goal > level ? summand.over : summand.back;
      if (span === 0 || level === goal) return { level: goal, goal, slope: 0 };
      const speed = (summand.goal - (goal > level ? summand.jump : summand.rest)) / span;
      // Clients that ask no more often without an answer have nowhere to go.
      if (speed <= 0) return { level: goal, goal, slope: 0 };
      return { level, goal, slope: goal > level ? speed : -speed };
    });
  }
  private sum(lines: readonly Line[], of: (line: Line) => number): number {
    return lines.reduce((sum, line, k) => sum + of(line) * (this.plan.summands[k] as PlannedSummand).weight, 0);
  }
  private total(lines: readonly Line[], shared: Shared): number {
    return this.plan.base + this.sum(lines, ({ level }) => level) + shared.level;
  }

  ring(): void {
    this.bending = this.aims();
    this.engine.touch(this.part, this.plan.item);
    this.engine.actLater(this.part, this.plan.item);
  }

  settle(): void {
    if (this.bending === null) return;
    const { engine, plan, shown } = this;
    const after = engine.now - this.since;
    const { goals, shared } = this.bending;
    const lines = this.next(goals);
    const slope = round9(MINUTE * this.sum(lines, ({ slope }) => slope) + shared.slope);
    const jumps =
      lines.some((line, k) => line.level !== levelAt(this.lines[k] as Line, after)) ||
      !isNear(shared.level, this.sharedNow());
    const arrives = this.lines.some((line) => line.slope !== 0 && levelAt(line, after) === line.goal);
    if (slope === shown.slope && !jumps && !arrives) return;
    const straight = shown.level + (shown.slope * (engine.now - shown.since)) / MINUTE;
    const tip = this.tip();
    const rule = tip >= 0 && this.isTurned(this.bending) ? 'now' : 'work';
    // What is summed of shares is known at each bend: along their lines rounding would add up.
    const level = jumps || arrives || this.sharing.length > 0 ? this.total(lines, shared) : straight;
    engine.setLevel(plan.fact.id, level, slope, rule, tip < 0 ? CAUSE.none : CAUSE.change, tip);
  }

  /** The latest of all changes it heard of. */
  private tip(): number {
    return this.plan.inputs.reduce((last, input) => Math.max(last, this.engine.latest(input.id)), -1);
  }

  act(): void {
    const { engine, part, alarm } = this;
    const { board, now } = engine;
    if (this.bending !== null) {
      const { id } = this.plan.fact;
      this.lines = this.next(this.bending.goals);
      this.shared = this.bending.shared;
      this.since = now;
      this.bending = null;
      if (board.since[id] === now && engine.latest(id) >= 0) this.bent = now;
      this.shown.level = board.level[id] as number;
      this.shown.slope = board.slope[id] as number;
      this.shown.since = board.since[id] as number;
    }
    // In a phase of its own, when it is settled what is answered; and in the next millisecond if it has bent in this one.
    if (this.isTurned(this.aims())) return engine.alarm(part, alarm, this.bent === now ? now + 1 : now);
    const ends = this.lines.flatMap((line) => (line.slope === 0 ? [] : lasts(line) - (now - this.since)));
    if (ends.length === 0) engine.cancel(part, alarm);
    else engine.alarm(part, alarm, now + Math.max(1, Math.floor(Math.min(...ends) - DUST) + 1));
  }
}

/** What division costs, in milliseconds. */
const DUST = 1e-6;
const lasts = ({ level, goal, slope }: Line): number => (goal - level) / slope;
/** A line ends at its goal. */
function levelAt(line: Line, after: Ms): number {
  if (line.slope === 0) return line.level;
  return after >= lasts(line) - DUST ? line.goal : line.level + line.slope * after;
}
