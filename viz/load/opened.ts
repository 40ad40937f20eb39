/** Files that somebody opens or drops: a trace is read, a scenario is run in the second thread; or what is wrong is told, as the command line tells it. */
import type { Thread } from '../thread/thread.ts';
import { unpacked } from './fetch.ts';
import { runOf } from './packed.ts';
import type { Parsed } from './parse.ts';
import { missing, Problem } from './problem.ts';
import { readTrace, type Tell } from './stream.ts';

/** A line of a problem, and where the text is at hand the line it is about, with how far its column is in. */
export interface Fault {
  readonly says: string;
  readonly source: { readonly line: number; readonly text: string; readonly column: number } | null;
}

export type Opened = Parsed | { readonly faults: readonly Fault[] };

const SCENARIO = /\.(ya?ml|json)$/i;
const TRACE = /\.(jsonl|ndjson)(\.gz)?$/i;
/** As the command line runs a scenario when no seed is said. */
const SEED = '1';

/** Every place of a problem leads to a line of one of these texts, if it is among them. */
function faultsOf(problems: readonly string[], texts: ReadonlyMap<string, string>): readonly Fault[] {
  return problems.map((says) => {
    for (const [file, text] of texts) {
      if (!says.startsWith(`${file}:`)) continue;
      const [, line, column] = /^(\d+):(\d+):/.exec(says.slice(file.length + 1)) ?? [];
      const found = line === undefined ? undefined : text.split(/\r\n?|\n/)[Number(line) - 1];
      if (found !== undefined) return { says, source: { line: Number(line), text: found, column: Number(column) } };
    }
    return { says, source: null };
  });
}

/** The scenario among several files is the one that extends another, else the first. */
export async function openFiles(
  files: readonly File[],
  thread: Thread,
  tell: Tell,
  signal: AbortSignal,
): Promise<Opened> {
  const trace = files.find(({ name }) => TRACE.test(name));
  if (trace) {
    const { stream, packed } = await unpacked(trace.stream() as ReadableStream<Uint8Array<ArrayBuffer>>);
    const source = { stream, total: packed ? null : trace.size };
    return readTrace(source, thread, tell, signal, () => missing(trace.name, 'it cannot be read'));
  }
  const texts = new Map<string, string>();
  for (const file of files) if (SCENARIO.test(file.name)) texts.set(file.name, await file.text());
  const names = [...texts.keys()];
  const file = names.find((name) => /^extends\s*:/m.test(texts.get(name)!)) ?? names[0];
  if (file === undefined)
    throw new Problem(
      'This is neither a scenario nor a trace',
      `${files[0]?.name ?? 'Nothing'} ends in none of .yaml, .yml, .json, .jsonl, .ndjson, .jsonl.gz.`,
      'A trace is what netfall run FILE --format ndjson writes.',
    );
  const others = Object.fromEntries(
    names
      .filter((name) => name !== file)
      .flatMap((name) => [name, `./${name}`].map((path) => [path, texts.get(name)!])),
  );
  const written = { file, text: texts.get(file)!, others, set: [], patch: null };
  const found = await thread.ask('run', { written, variant: null, seed: SEED });
  if ('packed' in found) return { run: runOf(found.packed), warning: found.warning };
  for (const path of Object.keys(others)) texts.set(path, others[path]!);
  return { faults: faultsOf(found.problems, texts) };
}
