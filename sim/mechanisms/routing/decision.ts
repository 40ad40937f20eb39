/** Which of several routes to one block is best, and by which step each other one lost (RFC 4271 §9.1.1, §9.1.2.2). */

/**
 * The steps, in their order. What is announced by oneself comes first; then, where only listed paths are taken, their rank; then local
 * preference (higher), length of the path (shorter), MED (lower, among routes of one neighbouring system only), and in place of the
 * identifiers of routers the lower neighbour by name.
 */
export const STEPS = ['own', 'listed', 'preference', 'path length', 'MED', 'neighbour'] as const;
export type Step = (typeof STEPS)[number];

export interface Candidate {
  readonly own: boolean;
  /** Place in the list of paths that are taken; 0 where any is. */
  readonly rank: number;
  readonly preference: number;
  readonly length: number;
  /** The neighbouring system it was heard from. */
  readonly system: number;
  readonly med: number;
  /** Of neighbours and their sessions by name. */
  readonly order: number;
}

const LESS_IS_BETTER: Readonly<Record<Step, (candidate: Candidate) => number>> = {
  own: ({ own }) => 1 - Number(own),
  listed: ({ rank }) => rank,
  preference: ({ preference }) => -preference,
  'path length': ({ length }) => length,
  MED: ({ med }) => med,
  neighbour: ({ order }) => order,
};

/**
 * By elimination, each step among those that all steps before have left. Two at a time it could not be done: by MED the first may beat
 * the second, by name the second the third, and by name the third the first (RFC 3345 §2). So the outcome hangs on no order.
 */
export function decide(candidates: readonly Candidate[]): {
  /** -1 of none. */
  readonly winner: number;
  /** By candidate; null: it won. */
  readonly lostAt: readonly (Step | null)[];
} {
  const lostAt: (Step | null)[] = candidates.map(() => null);
  let left = [...candidates.keys()];
  for (const step of STEPS) {
    const key = (index: number): number => LESS_IS_BETTER[step](candidates[index] as Candidate);
    const group = (index: number): number => (step === 'MED' ? (candidates[index] as Candidate).system : 0);
    const least = new Map<number, number>();
    for (const index of left) least.set(group(index), Math.min(least.get(group(index)) ?? key(index), key(index)));
    const beaten = left.filter((index) => key(index) > (least.get(group(index)) as number));
    for (const index of beaten) lostAt[index] = step;
    left = left.filter((index) => lostAt[index] === null);
  }
  return { winner: left[0] ?? -1, lostAt };
}
