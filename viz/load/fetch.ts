/** Finds and fetches the trace the page was asked to show, and the list of others beside it. */
import { type Parsed, parse } from './parse.ts';
import { foreign, missing } from './problem.ts';

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

export async function fetchTrace(url: URL): Promise<Parsed> {
  const name = url.pathname.split('/').pop() || url.pathname;
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw missing(name, 'the server does not answer');
  }
  if (!response.ok)
    throw missing(name, `the server says ${response.status}${response.statusText ? ` ${response.statusText}` : ''}`);
  let text: string;
  try {
    text = await textOf(response);
  } catch {
    throw missing(name, 'the connection broke');
  }
  return parse(text);
}

/** Text, or text packed by gzip, as its first two bytes tell: what a server calls it is no help. */
async function textOf(response: Response): Promise<string> {
  const bytes = await response.arrayBuffer();
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  if (first !== 0x1f || second !== 0x8b) return new TextDecoder().decode(bytes);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

/** The traces to choose from; none when there is no list, or no list that can be read. */
export async function fetchList(page: string): Promise<readonly Listed[]> {
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
