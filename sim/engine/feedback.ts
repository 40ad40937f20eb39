/** Feedback: a number that decides by a limit what it does itself would flicker about that limit, were there no gap (R1). */
import type { Complaint, FactRef } from './mechanism.ts';

/** Who asks for whom, as far as facts are defined by other facts; kept only where there are numbers of which that may be so. */
export class Feedback {
  private readonly inputs = new Map<FactRef, Set<FactRef>>();
  private readonly limits: { readonly by: FactRef; readonly rate: FactRef; readonly above: number }[] = [];

  asks(by: FactRef, fact: FactRef): void {
    const known = this.inputs.get(by);
    if (known) known.add(fact);
    else this.inputs.set(by, new Set([fact]));
  }
  /** A test of a rate that is false again just below where it is true. */
  limit(by: FactRef, rate: FactRef, above: number): void {
    this.limits.push({ by, rate, above });
  }

  complaints(): readonly Complaint[] {
    return this.limits
      .filter(({ by, rate }) => this.hangsOn(rate, by))
      .map(({ by, rate, above }) => ({
        about: by.subjects[0] ?? null,
        says: `${by.name} asks whether ${rate.name} is above ${above}, and what it does hangs on that`,
        hint: `say under \`${by.kind === 'over' ? 'recovers' : 'below'}\` when this is false again`,
      }));
  }

  private hangsOn(fact: FactRef, other: FactRef): boolean {
    const seen = new Set([fact]);
    for (const one of seen) for (const input of this.inputs.get(one) ?? []) seen.add(input);
    return seen.has(other);
  }
}
