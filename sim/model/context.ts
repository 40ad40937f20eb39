/** What every step of reading a scenario shares: the list of problems, and budgets that no file may exceed. */
import type { Problem } from './problems.ts';
import { type Origin, problemAt } from './tree.ts';

/** Things made, questions asked, and comparisons of names: what a small file can demand without end. */
const MOST = {
  things: { count: 200_000, says: 'nodes, links and other things' },
  questions: { count: 400_000, says: 'conditions and questions' },
  work: { count: 4_000_000, says: 'steps of matching and merging' },
} as const;

/** Nobody reads more, and each costs a search for what may have been meant. */
const MOST_PROBLEMS = 1000;

/** Problems about one place. */
const MOST_AT_ONE = 3;

/** Thrown when a budget is spent: going on would only take time. */
export class TooMuch extends Error {}

export class Context {
  readonly problems: Problem[];
  private readonly spent = { things: 0, questions: 0, work: 0 };
  private readonly said = new Map<string, number>();
  /** Entries with a key that is wrong as written: that something is missing there is then no news. */
  private readonly troubled = new Set<string>();

  private closed = false;

  constructor(problems: Problem[]) {
    this.problems = problems;
  }

  /** An entry that makes many things says the same of each: one problem is enough, three if they differ. */
  problem(at: Origin, says: string, hint?: string): void {
    const keys = keysTo(at);
    const entry = keys.slice(0, 2).join('\n');
    if (keys.length === 2 && this.troubled.has(entry)) return;
    if (keys.length > 2 && !this.closed) this.troubled.add(entry);
    const where = `${at.source.file}\n${at.offset}`;
    const exact = `${where}\n${says}`;
    const times = this.said.get(where) ?? 0;
    if (this.said.has(exact) || times >= MOST_AT_ONE) return;
    this.said.set(exact, 1).set(where, times + 1);
    this.report(problemAt(at, says, hint));
  }

  /** Where something is wrong with what is written, nothing more is said about what it might mean. */
  closePlaces(): void {
    this.closed = true;
    for (const where of this.said.keys()) this.said.set(where, MOST_AT_ONE);
  }

  /** Ask before making: `count` may be as large as it likes. */
  spend(what: keyof typeof MOST, count: number, at: Origin): void {
    const { count: most, says } = MOST[what];
    this.spent[what] += count;
    if (this.spent[what] <= most) return;
    this.report(problemAt(at, `this makes too much: ${number(this.spent[what])} ${says}, more than ${number(most)}`));
    throw new TooMuch();
  }

  private report(problem: Problem): void {
    this.problems.push(problem);
    if (this.problems.length >= MOST_PROBLEMS) throw new TooMuch();
  }
}

function keysTo(at: Origin): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let step: Origin | null = at; step && step.key !== null; step = step.parent) keys.push(step.key);
  return keys.reverse();
}

const number = (count: number): string =>
  count < 1e15 ? String(Math.ceil(count)).replace(/\B(?=(\d{3})+$)/g, ',') : 'over 10^15';
