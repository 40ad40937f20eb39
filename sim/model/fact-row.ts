/** What a row of the table of facts says, and the words its sentences are made with. */

export type Domain =
  | { readonly is: 'flag' }
  | { readonly is: 'word'; readonly words: readonly string[] }
  | { readonly is: 'number'; readonly unit: string }
  /** A text that is only shown, never tested: a path. Empty where there is none. */
  | { readonly is: 'opaque' };

export interface FactRow {
  readonly owner: string;
  readonly domain: Domain;
  /** What the parts of its name stand for. */
  readonly of: readonly string[];
  /** Persistent facts may hold because they held; grounded ones only through a chain that ends in a source. */
  readonly support: 'persistent' | 'grounded';
  /**
   * How it comes about: decided between phases (faults, changes, what people do); judged to hold until its needs fail; or following
   * from others, and so begun again from nothing while the warm state is sought (R11).
   */
  readonly arises: 'decided' | 'judged' | 'follows';
  /**
   * Of a number that may hang on what it sets off itself: it moves along slopes, so that it takes time from one limit to another; or it
   * jumps, and no gap between limits holds it up.
   */
  readonly moves?: 'along slopes' | 'in jumps';
  /** It comes about later than what it follows from, never in the same instant. */
  readonly lags?: true;
  /** The key under which a scenario says below which number it ends, where that is not `below`. */
  readonly endsBelow?: 'recovers';
  /** The sentence for a value, without clock and full stop. Flags come as 'yes' and 'no'; as 'gone' what ends with the thing itself. */
  readonly says: (subjects: readonly string[], value: string) => string;
  /** The same where the first part of its name is a prefix, and so stands for the sites that announce it. */
  readonly saysOfSites?: FactRow['says'];
}

export const flag: Domain = { is: 'flag' };
export const words = (...list: readonly string[]): Domain => ({ is: 'word', words: list });
export const on = (layer: string | undefined) => (layer ? ` over ${layer}` : '');
export const yes = (value: string, so: string, not: string) => (value === 'yes' ? so : not);
