/** What is wrong with an author's input: where it stands, what was found, what was expected, what may have been meant. */

/** A place in a file; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Problem {
  readonly place: Place;
  /** Where in the document, as a person would say it: `nodes.api.needs[1].up`. Empty for the whole file. */
  readonly path: string;
  /** What is wrong: found and expected, in one sentence without a full stop. */
  readonly says: string;
  /** "did you mean …", or how to mend it. */
  readonly hint?: string;
}

/** Either the value, or every problem at once; never half of each. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** `file:line:column path: says; hint` */
export function formatProblem(problem: Problem): string {
  const { place, path, says, hint } = problem;
  return `${place.file}:${place.line}:${place.column}: ${path ? `${path}: ` : ''}${says}${hint ? `; ${hint}` : ''}`;
}
