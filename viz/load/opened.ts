/** Files that somebody opens or drops: a trace is read, a scenario is run; of several the others are what it is made of. */
import type { Thread } from '../thread/thread.ts';
import { unpacked } from './fetch.ts';
import { missing, Problem } from './problem.ts';
import { type Opened, openScenario } from './scenario.ts';
import { readTrace, type Tell } from './stream.ts';

const SCENARIO = /\.(ya?ml|json)$/i;
const TRACE = /\.(jsonl|ndjson)(\.gz)?$/i;

export const isScenario = (name: string): boolean => SCENARIO.test(name);

/** Whether a file can be opened by itself: else it can only be what a scenario names. */
export const isWhole = (name: string): boolean => SCENARIO.test(name) || TRACE.test(name);

/** What a path that a scenario gives is called where files have no folders. */
export const nameOfPath = (path: string): string => path.split(/[\\/]/).pop() ?? path;

/** Whether any of these files is one that is missed. */
export const areAwaited = (files: readonly { readonly name: string }[], lacks: readonly string[]): boolean =>
  files.some(({ name }) => lacks.some((path) => nameOfPath(path) === name));

/** The scenario among several files is the one that extends another, else the first. */
async function scenarioIn(files: readonly File[]): Promise<File | undefined> {
  const scenarios = files.filter(({ name }) => isScenario(name));
  if (scenarios.length > 1) for (const one of scenarios) if (/^extends\s*:/m.test(await one.text())) return one;
  return scenarios[0];
}

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
  const file = await scenarioIn(files);
  if (!file)
    throw new Problem(
      'This is neither a scenario nor a trace',
      `${files[0]?.name ?? 'Nothing'} ends in none of .yaml, .yml, .json, .jsonl, .ndjson, .jsonl.gz.`,
      'A trace is what netfall run FILE --format ndjson writes.',
    );
  const beside = async (path: string): Promise<Blob | null> =>
    files.find((one) => one !== file && one.name === nameOfPath(path)) ?? null;
  return openScenario(file.name, file, beside, thread);
}
