/** Where luck is declared: the laws a number may be drawn from. The drawing itself is `engine/luck.ts`. */

/**
 * A number that may be drawn anew on each occasion. Times in whole milliseconds.
 * One uniform per draw (inverse transform), so that changing one law moves no other draw; normal laws included.
 */
export type Draw =
  | { readonly law: 'fixed'; readonly value: number }
  | { readonly law: 'uniform'; readonly low: number; readonly high: number }
  | { readonly law: 'triangular'; readonly low: number; readonly mode: number; readonly high: number }
  | { readonly law: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly law: 'lognormal'; readonly median: number; readonly sigma: number }
  | { readonly law: 'exponential'; readonly mean: number }
  | { readonly law: 'empirical'; readonly values: readonly number[] };

export const fixed = (value: number): Draw => ({ law: 'fixed', value });

/** True when the law can only give 0: then no alarm is needed and the consequence is immediate. */
export const isZero = (law: Draw): boolean => law.law === 'fixed' && law.value === 0;
