/** Opens a scenario: it is run in the second thread, with what it extends and the data it names as far as these can be found. */
import { packingOf } from '../../sim/index.ts';
import type { Data, Lack } from '../thread/requests.ts';
import { STOPPED, type Thread } from '../thread/thread.ts';
import { runOf } from './packed.ts';
import type { Parsed } from './parse.ts';
import { type Fault, Problem, stopped } from './problem.ts';

/** What came of it: a run; or what is wrong, and which files are missed by the names the scenario gives them. */
export type Opened = Parsed | { readonly faults: readonly Fault[]; readonly lacks: readonly string[] };

/** A file by the path that a scenario gives it; null when there is none. */
export type Find = (path: string) => Promise<Blob | null>;

const MEGABYTE = 1 << 20;
/** A text may be as large as the command line takes it, and data as large as it unpacks it. */
const MOST_TEXT = 64 * MEGABYTE;
const MOST_UNPACKED = 256 * MEGABYTE;
/** A base, and the data: what they name in their turn is no more than that. */
const ROUNDS = 4;
/** As the command line runs a scenario when no seed is said. */
const SEED = '1';

export async function openScenario(file: string, source: Blob, find: Find, thread: Thread): Promise<Opened> {
  const text = await textOf(file, source);
  const others: Record<string, string> = {};
  const data: Record<string, Data> = {};
  for (let round = 1; ; round++) {
    const found = await thread.ask('open', { file, text, others, data, seed: SEED });
    if ('packed' in found) return { run: runOf(found.packed), warning: found.warning };
    if (found === STOPPED) throw stopped();
    const lacks = 'lacks' in found ? found.lacks : [];
    const more = round < ROUNDS && (await add(lacks, find, others, data));
    if (!more)
      return { faults: faultsOf(found.problems, { [file]: text, ...others }), lacks: lacks.map(({ path }) => path) };
  }
}

/** Whether any of what is missed was found. */
async function add(
  lacks: readonly Lack[],
  find: Find,
  others: Record<string, string>,
  data: Record<string, Data>,
): Promise<boolean> {
  let more = false;
  for (const { path, is } of lacks) {
    const found = await find(path);
    if (!found) continue;
    if (is === 'text') others[path] = await textOf(path, found);
    else data[path] = await dataOf(path, found);
    more = true;
  }
  return more;
}

/** Throws where it is no text. */
async function textOf(name: string, source: Blob): Promise<string> {
  if (source.size > MOST_TEXT)
    throw new Problem(
      'This is too large',
      `${name} is larger than ${MOST_TEXT / MEGABYTE} MB.`,
      'No scenario is so large.',
    );
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await source.arrayBuffer());
  } catch {
    throw new Problem(
      'This is not text',
      `${name} is not text in UTF-8.`,
      'Is it compressed, or saved in another encoding?',
    );
  }
}

/** The bytes as they were meant; or why they cannot be taken. */
async function dataOf(path: string, source: Blob): Promise<Data> {
  const packing = packingOf(new Uint8Array(await source.slice(0, 6).arrayBuffer()), path);
  if (packing === 'none') return new Uint8Array(await source.arrayBuffer());
  if (packing !== 'gzip') return packing;
  const reader = source.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const pieces: BlobPart[] = [];
  let length = 0;
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      pieces.push(piece.value);
      length += piece.value.length;
      if (length <= MOST_UNPACKED) continue;
      void reader.cancel().catch(() => undefined);
      return { says: `"${path}" unpacks to more than ${MOST_UNPACKED / MEGABYTE} MB` };
    }
  } catch {
    return { says: `"${path}" is packed by gzip and damaged`, hint: 'fetch it again' };
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/** Every place of a problem leads to a line of one of these texts, if it is among them. */
function faultsOf(problems: readonly string[], texts: Readonly<Record<string, string>>): readonly Fault[] {
  return problems.map((says) => {
    for (const [file, text] of Object.entries(texts)) {
      if (!says.startsWith(`${file}:`)) continue;
      const [, line, column] = /^(\d+):(\d+):/.exec(says.slice(file.length + 1)) ?? [];
      const found = line === undefined ? undefined : text.split(/\r\n?|\n/)[Number(line) - 1];
      if (found !== undefined) return { says, source: { line: Number(line), text: found, column: Number(column) } };
    }
    return { says, source: null };
  });
}
