/** Finds and fetches the trace the page was asked to show, and the list of others beside it. */
import type { Thread } from '../thread/thread.ts';
import { embeddedTrace } from './embedded.ts';
import { type Parsed, parse } from './parse.ts';
import { foreign, missing, stopped } from './problem.ts';
import { readTrace, type Tell } from './stream.ts';

export interface Listed {
  readonly name: string;
  readonly title: string;
  readonly url: string;
}

/** The trace the page shows when nothing else is asked: the first of the list, else the file beside the page. */
export const usualTrace = (list: readonly Listed[]): string => list[0]?.url ?? 'trace.jsonl';

/** The address of the trace: `?trace=` if the page has one, else the usual one; on the page's own server only. */
export function traceUrl(page: string, list: readonly Listed[] = []): URL {
  const asked = new URL(page).searchParams.get('trace') ?? usualTrace(list);
  let url: URL;
  try {
    url = new URL(asked, page);
  } catch {
    throw missing(asked, 'it is no address');
  }
  if (url.origin !== new URL(page).origin) throw foreign(asked);
  return url;
}

/** Fetches a trace and reads it as it comes; `tell` is called while a large one is being read. */
async function fetchTrace(url: URL, thread: Thread, tell: Tell, signal: AbortSignal): Promise<Parsed> {
  const name = url.pathname.split('/').pop() || url.pathname;
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch {
    throw signal.aborted ? stopped() : missing(name, 'the server does not answer');
  }
  if (!response.ok || !response.body)
    throw missing(name, `the server says ${response.status}${response.statusText ? ` ${response.statusText}` : ''}`);
  // What is packed is longer when it is here.
  const { stream, packed } = await unpacked(response.body);
  const length = packed || response.headers.has('content-encoding') ? null : response.headers.get('content-length');
  const source = { stream, total: length === null ? null : Number(length) };
  return readTrace(source, thread, tell, signal, () => missing(name, 'the connection broke'));
}

/** Text, or text packed by gzip, as its first two bytes tell: what a server calls it is no help. */
export async function unpacked(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<{ readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>; readonly packed: boolean }> {
  const source = body.getReader();
  const first = await source.read();
  const whole = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      if (first.value) controller.enqueue(first.value);
      if (first.done) controller.close();
    },
    async pull(controller) {
      const { value, done } = await source.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => source.cancel(reason),
  });
  const packed = first.value?.[0] === 0x1f && first.value[1] === 0x8b;
  return { stream: packed ? whole.pipeThrough(new DecompressionStream('gzip')) : whole, packed };
}

/** The trace within the page, if it is one file; else the one that its address asks for, or the first of the list. */
export async function openTrace(
  page: string,
  list: readonly Listed[],
  thread: Thread,
  tell: Tell,
  signal: AbortSignal,
): Promise<Parsed> {
  const within = await embeddedTrace();
  return within === null ? fetchTrace(traceUrl(page, list), thread, tell, signal) : parse(within);
}

/** The traces to choose from; none when there is no list, or no list that can be read. */
export async function fetchList(page: string): Promise<readonly Listed[]> {
  // A page of one file has no others beside it, and may ask for none.
  if (import.meta.env.MODE === 'single') return [];
  try {
    const response = await fetch(new URL('traces.json', page));
    const list: unknown = response.ok ? await response.json() : [];
    if (!Array.isArray(list)) return [];
    return list
      .filter((item): item is Listed => ['name', 'title', 'url'].every((key) => typeof item?.[key] === 'string'))
      .filter((item) => new URL(item.url, page).origin === new URL(page).origin);
  } catch {
    return [];
  }
}
