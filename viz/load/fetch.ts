/** Finds and fetches the trace the page was asked to show, and the list of others beside it. */
import { embeddedTrace } from './embedded.ts';
import { type Parsed, parse } from './parse.ts';
import { foreign, missing } from './problem.ts';

export interface Listed {
  readonly name: string;
  readonly title: string;
  readonly url: string;
}

/** The address of the trace: `?trace=` if the page has one, else the file beside it; on the page's own server only. */
export function traceUrl(page: string): URL {
  const asked = new URL(page).searchParams.get('trace') ?? 'trace.jsonl';
  let url: URL;
  try {
    url = new URL(asked, page);
  } catch {
    throw missing(asked, 'it is no address');
  }
  if (url.origin !== new URL(page).origin) throw foreign(asked);
  return url;
}

async function fetchTrace(url: URL): Promise<Parsed> {
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
    text = await response.text();
  } catch {
    throw missing(name, 'the connection broke');
  }
  return parse(text);
}

/** The trace within the page, if it is one file; else the one that its address asks for. */
export async function openTrace(page: string): Promise<Parsed> {
  const within = await embeddedTrace();
  return within === null ? fetchTrace(traceUrl(page)) : parse(within);
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
