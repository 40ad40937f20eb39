/** What can be wrong with a trace, as a sentence for the person who opened it. */

/** A line of a problem, and where the text is at hand the line it is about, with how far its column is in. */
export interface Fault {
  readonly says: string;
  readonly source: { readonly line: number; readonly text: string; readonly column: number } | null;
}

/** Stops the loading; `title` and `message` are shown as they are, and what is wrong in a scenario by its places. */
export class Problem extends Error {
  readonly title: string;
  readonly hint: string;
  readonly faults: readonly Fault[];

  constructor(title: string, message: string, hint: string, faults: readonly Fault[] = []) {
    super(message);
    this.name = 'Problem';
    this.title = title;
    this.hint = hint;
    this.faults = faults;
  }
}

const VIEW =
  'To see a run, start it from a command line: netfall view FILE. The page and its trace then come from the same place.';

export const missing = (url: string, why: string): Problem =>
  new Problem('There is nothing to show here', `${url} could not be fetched: ${why}.`, VIEW);

export const foreign = (url: string): Problem =>
  new Problem(
    'That is not from here',
    `${url} lies on another server, and this page reads only from its own.`,
    'Save it as a file and drop it on this page; or start from a command line: netfall view FILE.',
  );

export const garbled = (line: number, why: string): Problem =>
  new Problem(
    'This is not a trace',
    `Line ${line} ${why}.`,
    'A trace is JSON Lines, as netfall run FILE --format ndjson writes them.',
  );

export const unsound = (name: string, faults: readonly Fault[]): Problem =>
  new Problem(
    'This scenario cannot be run',
    `${name} has ${faults.length === 1 ? 'a problem' : `${faults.length} problems`}.`,
    'Mend what is listed, and try again.',
    faults,
  );

export const newer = (format: unknown, mine: number): Problem =>
  new Problem(
    'This trace is of another format',
    `It says format ${typeof format === 'number' || typeof format === 'string' ? format : 'unknown'}; this page reads format ${mine}.`,
    'Write the trace again with the netfall that this page came with, or open it with the page of the netfall that wrote it.',
  );

export const stopped = (): Problem =>
  new Problem('Reading was stopped', 'The run was not read to its end, so nothing of it is shown.', VIEW);

/** A problem as it travels between threads, which do not keep what sort of error it is. */
export interface Told {
  readonly title: string;
  readonly message: string;
  readonly hint: string;
}

export const toldOf = ({ title, message, hint }: Problem): Told => ({ title, message, hint });
export const problemOf = ({ title, message, hint }: Told): Problem => new Problem(title, message, hint);
