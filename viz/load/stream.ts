/** Reads a trace as it streams in: a short one at once, a long one in the second thread, so that the page can tell how far it is. */
import type { Thread } from '../thread/thread.ts';
import { runOf } from './packed.ts';
import { type Parsed, parsedOf } from './parse.ts';
import { type Problem, problemOf, stopped } from './problem.ts';
import { Reader } from './reader.ts';

export interface Progress {
  readonly bytes: number;
  /** Null where nobody says how long it is. */
  readonly total: number | null;
  readonly changes: number;
}
export type Tell = (progress: Progress) => void;

export interface Source {
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly total: number | null;
}

/** Up to here a second thread takes longer to start than the page to read. */
const SHORT = 8 << 20;
/** What is handed over at a time. */
const PIECE = 1 << 20;

/** `broke` says what is wrong when the stream ends in an error. Aborting stops the thread as well. */
export async function readTrace(
  { stream, total }: Source,
  thread: Thread,
  tell: Tell,
  signal: AbortSignal,
  broke: () => Problem,
): Promise<Parsed> {
  const source = stream.getReader();
  const stop = (): void => {
    thread.stop();
    void source.cancel().catch(() => undefined);
  };
  signal.addEventListener('abort', stop, { once: true });
  const next = async (): Promise<Uint8Array<ArrayBuffer> | null> => {
    try {
      const { value } = await source.read();
      if (signal.aborted) throw stopped();
      return value ?? null;
    } catch {
      throw signal.aborted ? stopped() : broke();
    }
  };
  try {
    const first: Uint8Array<ArrayBuffer>[] = [];
    let length = 0;
    for (let chunk = await next(); chunk; chunk = await next()) {
      first.push(chunk);
      length += chunk.length;
      if (length > SHORT) return await readApart(first, next, total, thread, tell, signal);
    }
    const reader = new Reader();
    for (const chunk of first) reader.push(chunk);
    return parsedOf(reader.end());
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function readApart(
  begun: Uint8Array<ArrayBuffer>[],
  next: () => Promise<Uint8Array<ArrayBuffer> | null>,
  total: number | null,
  thread: Thread,
  tell: Tell,
  signal: AbortSignal,
): Promise<Parsed> {
  let chunks = begun;
  let bytes = 0;
  let sent = 0;
  let asked: Promise<void> = Promise.resolve();
  /** One piece is read while the next is fetched; no more lie about. */
  const send = async (): Promise<void> => {
    const piece = joined(chunks);
    chunks = [];
    await asked;
    const first = sent++ === 0;
    bytes += piece.length;
    const reached = bytes;
    asked = thread.ask('read', { bytes: piece, first }, [piece.buffer]).then((found) => {
      tell({ bytes: reached, total, changes: answered(found, signal).changes });
    });
    // Who awaits it is told; until then it is nobody's fault.
    asked.catch(() => undefined);
  };
  tell({ bytes: 0, total, changes: 0 });
  await send();
  let waiting = 0;
  for (let chunk = await next(); chunk; chunk = await next()) {
    chunks.push(chunk);
    waiting += chunk.length;
    if (waiting < PIECE) continue;
    waiting = 0;
    await send();
  }
  if (chunks.length > 0) await send();
  await asked;
  const { packed, warning } = answered(await thread.ask('read-end', null), signal);
  return { run: runOf(packed), warning };
}

function answered<Found extends object>(
  found: Found,
  signal: AbortSignal,
): Exclude<Found, { unread: unknown } | { problems: unknown }> {
  if (signal.aborted) throw stopped();
  if ('unread' in found) throw problemOf(found.unread as Parameters<typeof problemOf>[0]);
  if ('problems' in found) throw new Error((found.problems as readonly string[]).join(' '));
  return found as Exclude<Found, { unread: unknown } | { problems: unknown }>;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
