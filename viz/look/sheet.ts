/** What the page shows of one answer: a line to open, and below it a table, notes, and how it came to that. */

export interface Sheet {
  readonly id: string;
  readonly name: string;
  /** The answer in a few words. */
  readonly word: string;
  readonly good: boolean;
  readonly says: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly good: boolean }[];
  readonly notes: readonly string[];
  /** The chain of causes, where there is something to explain. */
  readonly how: readonly { readonly time: string; readonly says: string }[];
}
