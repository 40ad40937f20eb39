/** Disputes: routes that come back to what they were again and again with nothing else changing (R6). */
import type { Ms } from '../../model/units.ts';
import type { Dispute } from '../../trace/trace.ts';
import type { Topology } from './topology.ts';
import { Visits } from './visits.ts';

/** More returns than this make a dispute. */
const PATIENCE = 8;
/** After so many the prefix's messages are stopped: the run must end, and nobody reads a million like changes. */
const ENOUGH = 1000;
/** The latest choices are kept, to see whether they repeat. */
const REMEMBERED = 1024;

interface Choice {
  readonly at: Ms;
  readonly visit: number;
}

/** The choices made for one prefix since something outside routing last changed. */
export class Choices {
  private readonly visits = new Visits();
  private readonly told: Dispute[] = [];
  /** The latest choices since a dispute was found, in a ring. */
  private latest: Choice[] = [];
  private count = 0;
  /** When a dispute was found, and when it was stopped; null: not. */
  private found: Ms | null = null;
  private stoppedAt: Ms | null = null;

  constructor(
    private readonly topology: Topology,
    private readonly prefix: string,
  ) {}

  get stopped(): boolean {
    return this.stoppedAt !== null;
  }

  /** A speaker took this route. */
  note(speaker: number, route: number, now: Ms): void {
    const visit = this.visits.pay(speaker, route, now);
    const returns = this.visits.returns[visit] as number;
    if (returns === 0) return;
    if (returns > PATIENCE) this.found ??= now;
    if (this.found !== null) this.latest[this.count++ % REMEMBERED] = { at: now, visit };
    if (returns > ENOUGH) this.stoppedAt ??= now;
  }

  /** Something outside has changed: what was chosen so far proves nothing any more. */
  reset(): void {
    if (this.found !== null) this.told.push(this.dispute(this.found));
    this.found = null;
    this.stoppedAt = null;
    this.visits.clear();
    this.latest = [];
    this.count = 0;
  }

  all(): readonly Dispute[] {
    return this.found === null ? this.told : [...this.told, this.dispute(this.found)];
  }

  private dispute(at: Ms): Dispute {
    const members = new Set<number>();
    let returns = 0;
    let time = 0;
    const { visits } = this;
    for (const [visit, count] of visits.returns.entries()) {
      if (count <= PATIENCE) continue;
      members.add(visits.speaker[visit] as number);
      returns += count;
      time += (visits.last[visit] as Ms) - (visits.first[visit] as Ms);
    }
    const exact = this.recurrence();
    return {
      prefix: this.prefix,
      members: [...members].sort((a, b) => a - b).map((speaker) => this.topology.speakers[speaker] as string),
      at,
      period: exact ?? time / returns,
      exact: exact !== null,
      stopped: this.stoppedAt,
    };
  }

  /** The time after which the latest choices repeat, each by the same speaker after the same time, twice over; null: they do not. */
  private recurrence(): Ms | null {
    const size = this.latest.length;
    const back = (k: number): Choice => this.latest[(((this.count - 1 - k) % size) + size) % size] as Choice;
    for (let period = 1; period * 3 <= size; period++) {
      const time = back(0).at - back(period).at;
      let same = true;
      for (let k = 0; same && k < period * 2; k++)
        same = back(k).visit === back(k + period).visit && back(k).at - back(k + period).at === time;
      if (same) return time;
    }
    return null;
  }
}
