/** What every step of reading a scenario shares: the list of problems, and budgets that no file may exceed. */
import type { Problem } from './problems.ts';
import { type Origin, problemAt } from './tree.ts';

/** Things made, questions asked, and comparisons of names: what a small file can demand without end. */
const MOST = {
  things: { count: 200_000, says: 'nodes, links and other things' },
  questions: { count: 300_000, says: 'conditions and questions' },
  work: { count: 3_000_000, says: 'steps of matching and merging' },
} as const;

/** Nobody reads more, and each costs a search for what may have been meant. */
const MOST_PROBLEMS = 1000;

/** Problems about one place. */
const MOST_AT_ONE = 3;

/** Thrown when a budget is spent: going on would only take time. */
export class TooMuch extends Error {}

/** Why a file cannot be taken, in a sentence. */
interface Refused {
  readonly says: string;
  readonly hint?: string;
}
/** The content of a data file as a scenario names it, unpacked; null: there is none. */
export type ReadBytes = (path: string) => Uint8Array | Refused | null;

export class Context {
  readonly problems: Problem[] = [];
  private readonly spent = { things: 0, questions: 0, work: 0 };
  private readonly said = new Map<string, number>();
  private readonly shut = new Set<string>();
  /** Paths at which something is wrong as written: that more is missing in that entry is then no news. */
  private readonly troubled = new Set<string>();
  private closed = false;

  constructor(readonly readBytes: ReadBytes = () => null) {}

  /** An entry that makes many things says the same of each: one problem is enough, three if they differ. */
  problem(at: Origin, says: string, hint?: string): void {
    const problem = problemAt(at, says, hint);
    const where = whereOf(problem);
    const exact = `${where}\n${says}`;
    if (this.said.has(exact)) return;
    const depth = depthOf(at);
    const times = this.said.get(where) ?? 0;
    this.said.set(exact, 1);
    if (this.shut.has(where) || (this.closed && times >= MOST_AT_ONE)) return;
    if (depth === 2 && this.isTroubled(problem.path)) return;
    if (depth > 2 && !this.closed) this.troubled.add(problem.path);
    this.said.set(where, times + 1);
    this.report(problem);
  }

  /** Takes over what was found in a text before its tree was known. */
  adopt(problems: readonly Problem[]): void {
    for (const problem of problems) {
      this.troubled.add(problem.path);
      this.shut.add(whereOf(problem));
      this.report(problem);
    }
  }

  /** Where something is wrong with what is written, nothing more is said about what it might mean. */
  closePlaces(): void {
    this.closed = true;
    for (const where of this.said.keys()) this.shut.add(where);
  }

  private isTroubled(path: string): boolean {
    for (const one of this.troubled) if (one.startsWith(path) && /^[.[]/.test(one.slice(path.length))) return true;
    return false;
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

const whereOf = ({ place }: Problem): string => `${place.file}:${place.line}:${place.column}`;

/** How many keys lead to a place: 2 for an entry of a section. */
function depthOf(at: Origin): number {
  let depth = 0;
  for (let step: Origin | null = at; step && step.key !== null; step = step.parent) depth++;
  return depth;
}

const number = (count: number): string =>
  count < 1e15 ? String(Math.ceil(count)).replace(/\B(?=(\d{3})+$)/g, ',') : 'over 10^15';
