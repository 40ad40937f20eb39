/** Finds and fetches the trace or the scenario the page was asked to show, and the lists of others beside it. */
import type { Thread } from '../thread/thread.ts';
import { embeddedTrace } from './embedded.ts';
import { type Parsed, parse } from './parse.ts';
import { foreign, missing, stopped, unsound } from './problem.ts';
import { type Opened, openScenario } from './scenario.ts';
import { readTrace, type Tell } from './stream.ts';

export interface Listed {
  readonly name: string;
  readonly title: string;
  readonly url: string;
}

/** The trace the page shows when nothing else is asked: the first of the list, else the file beside the page. */
export const usualTrace = (list: readonly Listed[]): string => list[0]?.url ?? 'trace.jsonl';

/** An address as it is asked for, relative to the page: on the page's own server only. */
export function hereUrl(asked: string, page: string): URL {
  let url: URL;
  try {
    url = new URL(asked, page);
  } catch {
    throw missing(asked, 'it is no address');
  }
  const { origin, protocol } = new URL(page);
  if (url.origin !== origin || url.protocol !== protocol) throw foreign(asked);
  return url;
}

/** The address of the trace: `?trace=` if the page has one, else the usual one. */
export const traceUrl = (page: string, list: readonly Listed[] = []): URL =>
  hereUrl(new URL(page).searchParams.get('trace') ?? usualTrace(list), page);

const nameOf = (url: URL): string => url.pathname.split('/').pop() || url.pathname;

async function answerOf(url: URL, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch {
    throw signal.aborted ? stopped() : missing(nameOf(url), 'the server does not answer');
  }
  if (response.ok && response.body) return response;
  throw missing(
    nameOf(url),
    `the server says ${response.status}${response.statusText ? ` ${response.statusText}` : ''}`,
  );
}

/** Fetches a trace and reads it as it comes; `tell` is called while a large one is being read. */
async function fetchTrace(url: URL, thread: Thread, tell: Tell, signal: AbortSignal): Promise<Parsed> {
  const response = await answerOf(url, signal);
  // What is packed is longer when it is here.
  const { stream, packed } = await unpacked(response.body!);
  const length = packed || response.headers.has('content-encoding') ? null : response.headers.get('content-length');
  const source = { stream, total: length === null ? null : Number(length) };
  return readTrace(source, thread, tell, signal, () => missing(nameOf(url), 'the connection broke'));
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

/** Fetches a scenario and runs it; what it extends and the data it names are looked for beside it. */
async function fetchScenario(url: URL, thread: Thread, signal: AbortSignal): Promise<Opened> {
  const stop = (): void => thread.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const text = await (await answerOf(url, signal)).blob();
    const beside = async (path: string): Promise<Blob | null> => {
      try {
        return await (await answerOf(hereUrl(path, url.href), signal)).blob();
      } catch {
        if (signal.aborted) throw stopped();
        return null;
      }
    };
    return await openScenario(nameOf(url), text, beside, thread);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** What the address of a page asks for: a scenario, or a trace. */
export function openAsked(
  page: string,
  list: readonly Listed[],
  thread: Thread,
  tell: Tell,
  signal: AbortSignal,
): Promise<Opened> {
  const scenario = new URL(page).searchParams.get('scenario');
  return scenario === null
    ? fetchTrace(traceUrl(page, list), thread, tell, signal)
    : fetchScenario(hereUrl(scenario, page), thread, signal);
}

/** What a page is opened with: the trace within it, if it is one file; else what its address asks for, or the first of the list. */
export async function openFirst(
  page: string,
  list: readonly Listed[],
  thread: Thread,
  tell: Tell,
  signal: AbortSignal,
): Promise<Parsed> {
  const within = await embeddedTrace();
  if (within !== null) return parse(within);
  const opened = await openAsked(page, list, thread, tell, signal);
  if ('faults' in opened) throw unsound(new URL(page).searchParams.get('scenario') ?? '', opened.faults);
  return opened;
}

/** The traces to choose from; none when there is no list, or no list that can be read. */
export const fetchList = (page: string): Promise<readonly Listed[]> => listAt('traces.json', page);

/** The scenarios that lie beside the page, likewise. */
export const fetchScenarios = (page: string): Promise<readonly Listed[]> => listAt('scenarios.json', page);

async function listAt(file: string, page: string): Promise<readonly Listed[]> {
  // A page of one file has no others beside it, and may ask for none.
  if (import.meta.env.MODE === 'single') return [];
  try {
    const response = await fetch(new URL(file, page));
    const list: unknown = response.ok ? await response.json() : [];
    if (!Array.isArray(list)) return [];
    return list
      .filter((item): item is Listed => ['name', 'title', 'url'].every((key) => typeof item?.[key] === 'string'))
      .filter((item) => new URL(item.url, page).origin === new URL(page).origin);
  } catch {
    return [];
  }
}
