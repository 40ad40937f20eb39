/** Feedback: a number that decides by a limit what it does itself would flicker about that limit, were there no gap (R1). */
import { rowOf } from '../model/facts.ts';
import { isZero } from '../model/luck.ts';
import type { Clause, Scenario } from '../model/scenario.ts';
import type { Complaint, FactRef } from './mechanism.ts';

interface Limit {
  readonly by: FactRef;
  readonly number: FactRef;
  readonly above: number;
}

/** Who asks for whom, as far as facts are defined by other facts; kept only where there are numbers of which that may be so. */
export class Feedback {
  /** Of facts, and of what stands for a list that many of them have in common. */
  private readonly inputs = new Map<object, Set<object>>();
  private readonly lists = new Set<object>();
  private readonly limits: Limit[] = [];
  private readonly jumps: Limit[] = [];

  constructor(private readonly scenario: Scenario) {}

  /** All of a list that is kept once, under `list`. */
  asksAll(by: FactRef, list: object, facts: () => Iterable<FactRef>): void {
    this.asks(by, list);
    if (this.lists.has(list)) return;
    this.lists.add(list);
    this.inputs.set(list, new Set(facts()));
  }
  asks(by: FactRef, fact: object): void {
    const known = this.inputs.get(by);
    if (known) known.add(fact);
    else this.inputs.set(by, new Set([fact]));
  }
  /** A test of a number. */
  limit(by: FactRef, number: FactRef, above: number, below: number): void {
    const { moves } = rowOf(number.kind);
    if (moves === 'along slopes' && above === below) this.limits.push({ by, number, above });
    if (moves === 'in jumps') this.jumps.push({ by, number, above });
  }

  complaints(): readonly Complaint[] {
    const flicker = this.limits
      .filter(({ by, number }) => this.hangsOn(number, by, () => true))
      .map(({ by, number, above }) => ({
        about: by.subjects[0] ?? null,
        says: `${by.name} asks whether ${number.name} is above ${above}, and what it does hangs on that`,
        hint: `say under \`${rowOf(by.kind).endsBelow ?? 'below'}\` when this is false again`,
      }));
    // People who are stopped are no load: at once, and no gap between two limits keeps them.
    const race = this.jumps
      .filter(({ by, number }) => this.hangsOn(number, by, (fact) => !this.isSlow(fact)))
      .map(({ by, number, above }) => ({
        about: number.subjects[0] ?? null,
        says: `${by.name} asks whether ${number.name} is above ${above}, and stops in the same instant those who make it so`,
        hint: 'give what stops them an `upAfter`, a `downAfter` or a `startTakes`',
      }));
    return [...flicker, ...race];
  }

  /** Whether a fact follows from another, through facts through which one looks. */
  private hangsOn(fact: FactRef, other: FactRef, through: (fact: FactRef) => boolean): boolean {
    const seen = new Set<object>([fact]);
    for (const one of seen)
      for (const input of this.inputs.get(one) ?? [])
        if (input === other || this.lists.has(input) || through(input as FactRef)) seen.add(input);
    return seen.has(other);
  }

  /** It takes time to come about, or to go. */
  private isSlow({ kind, subjects }: FactRef): boolean {
    const { arises, lags } = rowOf(kind);
    if (arises !== 'judged') return arises === 'decided' || lags === true;
    const node = this.scenario.nodes.get(subjects[0] as string);
    if (!node) return false;
    const waits = ({ downAfter, upAfter }: Clause): boolean => !isZero(downAfter) || !isZero(upAfter);
    return !isZero(node.startTakes) || (node.needs.length > 0 && node.needs.every(waits));
  }
}
